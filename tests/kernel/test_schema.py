"""The OpenAPI description is valid, says what the API really sends and takes, and is for members only."""

from __future__ import annotations

import secrets
from typing import Any

import jsonschema_rs
import openapi_spec_validator
import pytest

from kernel import registry
from kernel.resources import Resource
from tests.api import Api, Json, at, where
from tests.founding import browser
from tests.kernel import examples
from tests.trade import customer, join, some

EVERY = registry.everything()
every = pytest.mark.parametrize("resource", EVERY.values(), ids=EVERY)
PARTNER = "partners.partner"
OPERATIONS = ("get", "post", "patch", "put", "delete")


@pytest.fixture(scope="module")
def full(api: Api) -> Api:
    """The administrator of a company that has some of everything."""
    examples.fill(api)
    return api


@pytest.fixture(scope="module")
def schema(full: Api) -> Json:
    return full.get("/schema/")


def fits(schema: Json, shape: Json, value: Any) -> None:
    errors = list(jsonschema_rs.validator_for({**shape, "components": schema["components"]}).iter_errors(value))
    assert not errors, [f"{'/'.join(map(str, error.instance_path))}: {error.message}" for error in errors]


def answer_of(schema: Json, path: str, method: str, status: str) -> Json:
    return schema["paths"][f"/api/v1{path}"][method]["responses"][status]["content"]["application/json"]["schema"]


def operations(schema: Json) -> list[tuple[str, str, Json]]:
    return [(path, method, told) for path, methods in schema["paths"].items() for method, told in methods.items() if method in OPERATIONS]


# as a whole ----------------------------------------------------------------------------------------------------------
def test_it_is_valid_openapi(schema: Json):
    assert schema["openapi"] == "3.1.0"
    openapi_spec_validator.validate(schema, cls=openapi_spec_validator.OpenAPIV31SpecValidator)


def test_every_operation_has_a_name_of_its_own_an_explanation_and_a_way_to_be_refused(schema: Json):
    told = operations(schema)
    names = [one["operationId"] for _path, _method, one in told]
    assert len(names) == len(set(names))
    assert {name for name, (_path, _method, one) in zip(names, told, strict=True) if "4XX" not in one["responses"]} == set()
    generic = [one for path, _method, one in told if one["operationId"].rpartition(".")[0] in EVERY]
    assert all(one["summary"] for one in generic) and len(generic) > 10 * len(EVERY)


def test_every_address_of_every_resource_is_in_it(schema: Json):
    for resource in EVERY.values():
        for rest in (
            "",
            "preview/",
            "bulk/",
            "lookup/",
            "export/",
            "{id}/",
            "{id}/events/",
            "{id}/notes/",
            *(f"{{id}}/{verb}/" for verb in resource.verbs),
        ):
            assert f"{resource.url}{rest}" in schema["paths"]


def test_it_is_for_members(full: Api, company):
    assert browser(company).get("/api/v1/schema/").status_code == 401


def test_it_speaks_the_readers_language(full: Api, schema: Json):
    chinese = full.get("/schema/", **{"Accept-Language": "zh-hans"})
    assert schema["components"]["schemas"][PARTNER]["properties"]["grade"]["title"] == "Grade"
    assert chinese["components"]["schemas"][PARTNER]["properties"]["grade"]["title"] != "Grade"


def test_the_pages_that_draw_it_open(full: Api):
    page = full.client.get("/api/v1/docs/")
    assert page.status_code == 200
    assert b"swagger" in page.content and b"https://" not in page.content
    assert full.ask("post", "/docs/")[0] == 405


# what it says of each resource ---------------------------------------------------------------------------------------
@every
def test_documents_are_as_described(full: Api, schema: Json, resource: Resource):
    (latest, *_rest) = full.rows(resource.key, "sort=-id&limit=1")
    fits(schema, {"$ref": f"#/components/schemas/{resource.key}"}, full.read(resource.key, latest["id"]))


@every
def test_lists_are_as_described(full: Api, schema: Json, resource: Resource):
    shape = answer_of(schema, at(resource.key), "get", "200")
    columns = ",".join(resource.own)
    for query in ("", f"columns={columns}&limit=500", "count=1&limit=1", *(f"group={name}" for name in resource.groups)):
        fits(schema, shape, full.get(f"{at(resource.key)}?{query}"))


@every
def test_what_surrounds_a_document_is_as_described(full: Api, schema: Json, resource: Resource):
    (latest, *_rest) = full.rows(resource.key, "sort=-id&limit=1")
    path = f"{at(resource.key)}{{id}}/"
    fits(schema, answer_of(schema, f"{path}events/", "get", "200"), full.get(f"{where(latest)}events/"))
    fits(
        schema,
        answer_of(schema, f"{path}notes/", "post", "201"),
        full.post(f"{where(latest)}notes/", {"text": "Well", "mentions": [1]}, 201),
    )
    fits(schema, answer_of(schema, f"{path}files/", "get", "200"), full.get(f"{where(latest)}files/"))
    fits(schema, answer_of(schema, f"{at(resource.key)}lookup/", "get", "200"), full.get(f"{at(resource.key)}lookup/"))
    many = full.post(f"{at(resource.key)}lookup/", {"texts": [latest["_label"], "none such"]})
    fits(schema, answer_of(schema, f"{at(resource.key)}lookup/", "post", "200"), many)
    fits(schema, answer_of(schema, f"{at(resource.key)}preview/", "post", "200"), full.post(f"{at(resource.key)}preview/", {}))
    bulk = {"verb": "delete", "ids": [{"id": 2**62}]}
    fits(schema, answer_of(schema, f"{at(resource.key)}bulk/", "post", "200"), full.post(f"{at(resource.key)}bulk/", bulk))


@every
def test_what_is_described_as_input_is_taken(full: Api, schema: Json, resource: Resource):
    if resource.creatable:
        values = examples.of(resource, full)
        fits(schema, {"$ref": f"#/components/schemas/{resource.key}.New"}, values)
        made = full.create(resource.key, values)
        fits(schema, answer_of(schema, at(resource.key), "post", "201"), made)


@every
def test_every_filter_described_is_known_and_no_other(full: Api, schema: Json, resource: Resource):
    told = [
        schema["components"]["parameters"][one["$ref"].rpartition("/")[2]] for one in schema["paths"][resource.url]["get"]["parameters"]
    ]
    for one in told:
        value = one["schema"].get("items", one["schema"])
        value = value.get("anyOf", [value])[0]
        plain = {"date": "2026-11-21", "date-time": "2026-11-21T00:00", "email": "a@example.com"}.get(value.get("format", ""), "1")
        sample = value["enum"][0] if "enum" in value else plain
        if one["name"] not in ("cursor", "columns", "sum"):
            assert full.ask("get", f"{at(resource.key)}?{one['name']}={sample}")[0] == 200, one["name"]
    filters = {name for name in (one["name"].partition("__")[0] for one in told) if name in resource.own}
    assert filters == {name for name, spec in resource.own.items() if spec.filter}


def test_money_is_text_everywhere(schema: Json):
    exact = {"money", "price", "decimal", "percent"}
    for key, resource in EVERY.items():
        shape = schema["components"]["schemas"][key]["properties"]
        shapes = [(name, spec, shape) for name, spec in resource.own.items()]
        for kind, specs in resource.line_specs.items():
            shapes += [(name, spec, shape[kind]["items"]["properties"]) for name, spec in specs.items()]
        for name, spec, properties in shapes:
            if spec.type in exact:
                assert "string" in properties[name]["type"] and "pattern" in properties[name], f"{key}.{name}"


def test_actions_answer_as_described(full: Api, schema: Json):
    receipt = full.create("finance.receipt", {"partner": customer(full)["id"], "amount": "5.00"})
    shape = answer_of(schema, f"{at('finance.receipt')}{{id}}/post/", "post", "200")
    fits(schema, shape, full.act(receipt, "post"))
    again = full.create("finance.receipt", {"partner": customer(full)["id"], "amount": "5.00"})
    fits(schema, shape, full.post(f"{where(again)}post/", {}, Prefer="return=minimal"))


def test_refusals_are_as_described(full: Api, schema: Json):
    problem = {"$ref": "#/components/schemas/Problem"}
    receipt = full.create("finance.receipt", {"partner": customer(full)["id"], "amount": "5.00"})
    for told in (
        full.get("/partners/partners/999999/", 404),
        full.create(PARTNER, {"name": "", "grade": "Z"}, 422),
        full.get(f"{at(PARTNER)}?nonsense=1", 400),
        full.change({**receipt, "version": 99}, {"amount": "6.00"}, 409),
        join(full, _role(full)).create(PARTNER, {"name": "x"}, 403),
    ):
        fits(schema, problem, told)


def _role(api: Api) -> str:
    name = some("Role")
    api.create("organization.role", {"name": name, "grants": {PARTNER: {"read": "all"}}})
    return name


def test_it_knows_the_companys_own_fields(full: Api):
    name = f"colour_{secrets.token_hex(3)}"
    full.create("kernel.customfield", {"resource": PARTNER, "name": name, "label": "Colour", "kind": "choice", "options": ["red", "blue"]})
    schemas = full.get("/schema/")["components"]["schemas"]
    assert schemas[f"{PARTNER}.New"]["properties"]["custom"]["properties"][name]["enum"] == ["red", "blue", "", None]
    assert name in schemas[PARTNER]["properties"]["custom"]["properties"]
