"""A configured machine on a quote: its price by options, its cost, and the authority of spec 4; what is not agreed does not go out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tenant_apps.selection import library
from tests import trade
from tests.api import Api, Json
from tests.selection.test_tables import V1


@pytest.fixture(scope="module")
def table(api: Api) -> Json:
    made = api.create("selection.ruleset", {"name": trade.some("UTM-E"), "table": library.table("utm_e")})
    return api.act(api.act(made, "test")["document"], "publish")["document"]


def configured(api: Api, table: Json, **more: object) -> Json:
    return api.create("selection.configuration", {"rule_set": table["id"], "choices": V1 | more})


def test_who_sells_configures_by_a_table_they_may_not_read(api: Api, table: Json, as_role: Callable[..., Api]):
    seller = as_role("Sales engineer")
    seller.get(f"/selection/rule-sets/{table['id']}/", 403)
    made = trade.quote(seller, {"item": api.again(table)["item"]["id"], "configuration": configured(seller, table)["id"]})
    assert made["lines"][0]["list_price"] == "256800"


def test_it_is_priced_by_its_options_and_judged_by_its_cost(api: Api, table: Json):
    item, choice = api.again(table)["item"]["id"], configured(api, table)
    made = trade.quote(api, {"item": item, "configuration": choice["id"], "unit_price": "231000"})
    (line,) = made["lines"]
    assert (line["list_price"], line["cost"], line["floor"], line["spec"]) == ("256800", "118200.00", "218280.00", choice["code"])
    assert (made["level"], made["margin_rate"], made["discount_rate"]) == (3, "42.18", "10.05")
    assert (made["_authority"]["lead"]["line"], made["_authority"]["lead"]["days"]) == (0, 47)
    early = trade.quote(api, {"item": item, "configuration": choice["id"]}, delivery_days=40)
    assert early["level"] == 3 and any("7" in why for why in early["_authority"]["why"])
    (told,) = api.get(f"/quoting/quotes/{made['id']}/prices/")["lines"]
    steps = [(step["step"], step["amount"]) for step in told["steps"]]
    assert ("option", "65000") in steps and steps[-1] == ("manual", "-25800")
    option = {"name": "Chambers", "level": "option", "option_code": "TC-70-350", "kind": "adder", "value": "-5000"}
    known = [step["name"] for step in told["steps"] if step["amount"] == "65000"]
    code = known[0].split()[-1]
    api.act(api.create("pricing.pricepolicy", option | {"option_code": code}), "publish")
    cheaper = trade.quote(api, {"item": item, "configuration": configured(api, table)["id"]})
    assert cheaper["lines"][0]["unit_price"] == "251800"
    agreed = api.made(api.act(made, "send")["document"], "accept", "contracts.contract")
    assert (agreed["total"], agreed["lines"][0]["configuration"]["id"]) == ("231000.00", choice["id"])


def test_what_breaks_a_rule_does_not_go_out(api: Api, table: Json):
    wrong = configured(api, table, frame="S")
    made = trade.quote(api, {"item": api.again(table)["item"]["id"], "configuration": wrong["id"]})
    told = api.refused(made, "send", "not_valid")
    assert told["help"][0]["values"] == {"id": wrong["id"]}
