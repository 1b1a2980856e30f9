"""Two companies against every resource and every verb: neither learns that the other, or anything of it, is there."""

from __future__ import annotations

import json

import pytest
from django.conf import settings

from kernel import registry
from kernel.resources import Resource
from tests import trade
from tests.api import Api, Json, at
from tests.founding import browser
from tests.kernel import examples

EVERY = registry.everything()
every = pytest.mark.parametrize("resource", EVERY.values(), ids=EVERY)


@pytest.fixture(scope="module")
def here(api: Api) -> Api:
    """The administrator of a company that has some of everything."""
    examples.fill(api)
    for resource in EVERY.values():
        if resource.creatable:
            examples.create(resource, api)
    return api


@pytest.fixture(scope="module")
def carried(here: Api, there: Api) -> Api:
    """The first administrator's session at the other company's address."""
    client = browser(there.company)
    client.cookies[settings.SESSION_COOKIE_NAME] = here.client.cookies[settings.SESSION_COOKIE_NAME].value
    return Api(there.company, client)


def addresses(resource: Resource, pk: int) -> list[tuple[str, str, Json | None]]:
    single = f"{at(resource.key)}{pk}/"
    around = [("get", f"{single}{part}/", None) for part in ("events", "notes", "files")]
    writes = [
        ("post", f"{single}notes/", {"text": "x"}),
        ("post", f"{single}files/", {"file": 1}),
        ("patch", single, {"version": 1}),
        ("delete", single, None),
    ]
    prints = [("get", f"{single}print/", None)] if resource.prints else []
    return [("get", single, None), *around, *prints, *writes, *(("post", f"{single}{verb}/", {}) for verb in resource.verbs)]


def collections(resource: Resource) -> list[tuple[str, str, Json | None]]:
    base = at(resource.key)
    reads = [("get", f"{base}{query}", None) for query in ("", "?q=steel", "?group=id", "lookup/")]
    return [
        *reads,
        ("post", base, {}),
        ("post", f"{base}export/", {"format": "csv"}),
        ("post", f"{base}bulk/", {"verb": "delete", "ids": [1]}),
    ]


@every
def test_a_session_is_worth_nothing_at_another_companys_address(here: Api, there: Api, carried: Api, resource: Resource):
    mine, theirs = here.latest(resource.key), there.rows(resource.key, "limit=1")
    answers = []
    for pk in {mine["id"], 2**40, *(row["id"] for row in theirs)}:
        answers.append([carried.ask(method, path, data) for method, path, data in addresses(resource, pk)])
    assert {status for one in answers for status, _told in one} == {401}
    assert all(one == answers[0] for one in answers), "an answer hints whether the record is there"
    assert {carried.ask(method, path, data)[0] for method, path, data in collections(resource)} == {401}
    assert carried.get(f"/meta/{resource.app}/{resource.path}/", status=401)
    assert here.again(mine) == mine


@every
def test_the_ids_of_another_company_are_nobody(here: Api, there: Api, resource: Resource):
    mine = here.latest(resource.key)
    assert mine["id"] not in {row["id"] for row in there.rows(resource.key, "limit=500")}
    for method, path, data in addresses(resource, mine["id"]):
        status, told = there.ask(method, path, data)
        nothing = there.ask(method, path.replace(f"/{mine['id']}/", f"/{2**40}/"), data)
        assert (status, told) == nothing, (method, path)
        assert status in (404, 422), (method, path, told)
    told = there.post(f"{at(resource.key)}bulk/", {"verb": "delete", "ids": [mine["id"]]})
    assert (told["results"][0]["ok"], told["results"][0]["code"]) == (False, "not_found")
    assert there.get(f"{at(resource.key)}lookup/?id={mine['id']}")["rows"] == []
    assert here.again(mine) == mine


@every
def test_nothing_of_another_company_can_be_referred_to(here: Api, there: Api, resource: Resource):
    for name in sorted(resource.writable):
        spec = resource.own[name]
        if spec.type == "ref" and resource.creatable:
            target = registry.of(spec.target)
            told = there.post(at(resource.key), {name: here.latest(target.key)["id"]}, 422)
            assert "not_found" in {error["code"] for error in told["errors"] if error["path"] == name}, name


def test_no_list_or_search_shows_the_other_companys_words(here: Api, there: Api):
    words = {
        here.latest(resource.key)["_label"] for resource in EVERY.values() if resource.creatable and resource.model.label_field != "number"
    }
    seen = json.dumps([there.rows(key, "limit=500") for key in EVERY])
    assert {word for word in words if len(word) > 5 and word in seen} == set()
    for word in words:
        assert there.get(f"/search/?q={word[:40]}")["rows"] == []


def test_a_token_is_worth_nothing_at_another_company(here: Api, there: Api):
    token = here.post("/me/tokens/", {"name": "shop"}, 201)["token"]
    program = Api(there.company, browser(there.company, HTTP_AUTHORIZATION=f"Bearer {token}"))
    assert program.get("/meta/", status=401)["code"] == "not_logged_in"
    assert Api(
        here.company, program.client.__class__(HTTP_HOST=f"{here.company.slug}.localhost:8000", HTTP_AUTHORIZATION=f"Bearer {token}")
    ).get("/meta/")


def test_numbers_settings_and_caches_are_each_companys_own(here: Api, there: Api):
    """What is kept in the process between requests belongs to one company."""
    here.create("kernel.customfield", {"resource": "catalog.category", "name": "secret_field", "label": "Secret", "kind": "text"})
    for _ in range(2):
        assert "secret_field" in here.get("/meta/catalog/categories/")["fields"]
        assert "secret_field" not in there.get("/meta/catalog/categories/")["fields"]
    assert trade.quote(there)["number"].endswith("-00001")
    names = {row["label"] for row in there.get("/organization/members/lookup/")["rows"]}
    assert names.isdisjoint({row["label"] for row in here.get("/organization/members/lookup/")["rows"]})


def test_files_messages_jobs_and_drafts_stay_at_home(here: Api, there: Api, carried: Api):
    file = here.post("/files/", {"name": "a.txt", "size": 3, "type": "text/plain"}, 201)
    here.client.put(file["upload"]["url"], b"abc", content_type="text/plain")
    job = here.post("/partners/partners/export/", {"format": "csv"}, 202)["job"]
    here.put("/me/drafts/quoting.quote:new/", {"values": {"title": "secret"}})
    for nobody, status in ((there, 404), (carried, 401)):
        assert nobody.ask("get", f"/files/{file['id']}/")[0] == status
        assert nobody.ask("get", f"/jobs/{job['id']}/")[0] == status
    assert there.get("/me/drafts/")["rows"] == []
    assert there.get("/jobs/")["rows"] == []
