"""From the table of a trade to an item with its bill of materials, through the API."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kernel import calls, clock
from kernel.access import SYSTEM
from tenant_apps.selection import freezing, library
from tenant_apps.selection.models import Configuration
from tenants.context import tenant_context
from tests import trade
from tests.api import Api
from tests.faults.together import together
from tests.selection.test_tables import V1, V2

Json = dict[str, Any]
RULE_SETS = "/selection/rule-sets/"


@pytest.fixture(scope="module")
def table(api: Api) -> Json:
    """The table of testing machines, published."""
    made = api.create("selection.ruleset", {"name": trade.some("UTM-E"), "table": library.table("utm_e")})
    made = api.act(made, "test")["document"]
    return api.act(made, "publish")["document"]


def configured(api: Api, table: Json, **more: Any) -> Json:
    return api.create("selection.configuration", {"rule_set": table["id"], "choices": V1 | more})


def test_one_answer(api: Api, table: Json):
    told = api.post(f"{RULE_SETS}{table['id']}/evaluate/", {"choices": V1})
    assert (told["valid"], told["price"]["list"], told["cost"]["total"]) == (True, "256800.00", "118200.00")
    assert told["code"] == "UTM-E100D-0.5-H3-E50-TC-WG+CP-C3-P"
    assert told["disabled"]["frame"]["S"] == {
        "rule": "R1", "sentence": {"zh": "单柱机架只用于 5 kN 及以下", "en": "A single column carries 5 kN at most"},
        "change": {"F": "5", "chamber": "none"},
    }  # fmt: skip
    told = api.post(f"{RULE_SETS}{table['id']}/evaluate/", {"choices": V2 | {"F": "5", "grips": ["BF"]}})
    assert ([one["rule"] for one in told["broken"]], told["valid"]) == (["R2"], False)
    with CaptureQueriesContext(connection) as statements:
        api.post(f"{RULE_SETS}{table['id']}/evaluate/", {"choices": V1})
    assert not [one for one in statements if "selection_" in one["sql"]]


def test_costs_are_for_those_who_may_see_them(api: Api, table: Json, as_role):
    rep = as_role("Sales engineer")
    told = rep.post(f"{RULE_SETS}{table['id']}/evaluate/", {"choices": V1})
    assert "cost" not in told
    assert "118" not in json.dumps(rep.get(f"{RULE_SETS}{table['id']}/outline/"))
    assert rep.get(f"{RULE_SETS}{table['id']}/", 403)
    assert rep.post(f"{RULE_SETS}analyse/", {"table": {}}, 403)


def test_codes_questions_templates(api: Api, table: Json):
    at = f"{RULE_SETS}{table['id']}/"
    assert api.post(f"{at}parse/", {"code": "utm-e20d-1-ed-pg+bf-c1"})["choices"]["grips"] == {"PG": 1, "BF": 1}
    assert api.post(f"{at}guide/", {"answers": {"fmax": 80}})["choices"]["F"] == "100"
    api.create(
        "selection.configuration", {"rule_set": table["id"], "choices": V2, "preset": True, "title": "Plastics", "standard": "GB/T 1040"}
    )
    outline = api.get(f"{at}outline/")
    assert [one["standard"] for one in outline["templates"]] == ["GB/T 1040"]
    assert outline["presets"][0]["standard"] == "GB/T 228.1"
    assert table["id"] in [row["id"] for row in api.get("/selection/offer/")["rows"]]


def test_a_published_version_is_never_changed(api: Api, table: Json):
    api.patch(f"{RULE_SETS}{table['id']}/", {"remark": "x", "version": table["version"]}, 409)
    api.act(api.read("selection.ruleset", table["id"]), "revise")
    draft = api.latest("selection.ruleset")
    assert (draft["edition"], draft["state"]) == (2, "draft")
    broken = json.loads(json.dumps(draft["table"]))
    broken["options"][0]["values"][4]["price"] = "109000"
    draft = api.patch(f"{RULE_SETS}{draft['id']}/", {"table": broken, "version": draft["version"]})
    tested = api.act(draft, "test")["document"]
    refused = api.post(f"{RULE_SETS}{draft['id']}/publish/", {"version": tested["version"]}, 409)
    assert refused["code"] == "cases_failed"
    assert refused["errors"][0]["path"] == "table.cases.0.expect.list"


def test_what_is_wrong_is_told_by_its_place(api: Api, table: Json):
    wrong = {"options": [{"name": "a", "values": [{"code": "1", "price": "b + 1"}]}]}
    refused = api.post(RULE_SETS, {"name": trade.some("Bad"), "table": wrong}, 422)
    assert [one["path"] for one in refused["errors"]] == ["table.options.0.values.0.price"]
    assert api.post(f"{RULE_SETS}analyse/", {"table": wrong})["problems"][0]["path"] == "options.0.values.0.price"
    refused = api.post("/selection/configurations/", {"rule_set": table["id"], "choices": {"F": "7", "grips": {"WG": -1}}}, 422)
    assert {one["path"] for one in refused["errors"]} == {"choices.F", "choices.grips"}


def test_cells_of_a_spreadsheet(api: Api):
    cells = "选项\t名称\t代号\t值名称\t加价\r\nF\t试验力\t5\t5 kN\t38,000\r\n\t\t10\t10 kN\t52,000\r\nG\t夹具\t\t\t\r\n"
    told = api.post(f"{RULE_SETS}paste/", {"part": "options", "text": cells})
    assert [value["price"] for value in told["rows"][0]["values"]] == ["38000", "52000"]
    assert [(one["path"], one["code"]) for one in told["problems"]] == [("C4", "required")]
    rules = "规则号,条件,则,说明\nR1,F = 5,G = 'x',只用于 x\n"
    assert api.post(f"{RULE_SETS}paste/", {"part": "rules", "text": rules})["rows"][0]["then"] == "G = 'x'"


def drawn(api: Api, line: Json) -> Json:
    return api.create("contracts.contract", {"customer": trade.customer(api)["id"], "lines": [line]})


# fixing ------------------------------------------------------------------------------------------------------------------
def test_signing_makes_an_item_with_its_parts_and_an_equal_configuration_shares_it(api: Api, table: Json):
    first, second = configured(api, table), configured(api, table)
    standing = api.read("selection.ruleset", table["id"])["item"]["id"]
    made = []
    for one in (first, second):
        line = {"item": standing, "configuration": one["id"], "unit_price": "256800"}
        signed = api.act(drawn(api, line), "sign")["document"]
        made.append(signed["lines"][0]["item"]["id"])
    assert made[0] == made[1] != standing
    item = api.read("catalog.item", made[0])
    assert (item["code"], item["list_price"], item["standard_cost"]) == (
        "UTM-E100D-0.5-H3-E50-TC-WG+CP-C3-P",
        "256800",
        "118200",
    )
    bom = api.one("catalog.bom", f"item={made[0]}")
    assert len(bom["lines"]) == 12
    assert [step["hours"] for step in bom["operations"]] == ["16", "8", "12", "8", "8", "24", "4", "4"]
    assert {line["operation"] for line in bom["lines"]} == {10, 20, 30, 40, 50, 80}
    frozen = api.read("selection.configuration", first["id"])
    assert (frozen["state"], frozen["item"]["id"]) == ("frozen", made[0])
    api.patch(f"/selection/configurations/{first['id']}/", {"title": "x", "version": frozen["version"]}, 409)
    order = api.latest("sales.order")
    assert order["lines"][0]["item"]["id"] == made[0]


def test_what_is_not_valid_or_not_agreed_is_not_signed(api: Api, table: Json):
    standing = api.read("selection.ruleset", table["id"])["item"]["id"]
    for more, code in (({"frame": "S"}, "not_valid"), ({"stroke": "1500 mm"}, "review_needed")):
        one = configured(api, table, **more)
        agreed = drawn(api, {"item": standing, "configuration": one["id"], "unit_price": "256800"})
        api.refused(agreed, "sign", code)
    assert api.act(api.read("selection.configuration", one["id"]), "agree")["document"]["reviewed"]
    api.act(agreed, "sign")


def test_two_at_once_make_one(api: Api, table: Json):
    pair = [configured(api, table, warranty="36")["id"] for _time in range(2)]

    def fix(number: int) -> int:
        with tenant_context(api.company), calls.call():
            return freezing.freeze(Configuration(pk=pair[number]), by=SYSTEM, at=clock.now()).pk

    done = together(2, fix)
    assert done[0] == done[1]
