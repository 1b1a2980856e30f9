"""A configured machine on a quote: its price by options, its cost, and the authority of spec 4; what is not agreed does not go out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tenant_apps.selection import library
from tests import trade
from tests.api import Api, Json
from tests.selection.test_tables import V1


def published(api: Api) -> Json:
    made = api.create("selection.ruleset", {"name": trade.some("UTM-E"), "table": library.table("utm_e")})
    return api.act(api.act(made, "test")["document"], "publish")["document"]


@pytest.fixture(scope="module")
def table(api: Api) -> Json:
    return published(api)


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


def test_its_full_cost_is_estimated_part_by_part_and_with_its_hours_where_they_are_costed(api: Api, table: Json):
    item, choice = api.again(table)["item"]["id"], configured(api, table)
    made = trade.quote(api, {"item": item, "configuration": choice["id"], "quantity": "2"})
    found = api.made(made, "estimate", "quoting.estimate")
    assert (found["direct_cost"], {line["kind"] for line in found["lines"]}) == ("236400.00", {"material"})
    assert any("Chamber −70" in line["description"] for line in found["lines"]) and len(found["lines"]) > 5
    api.create("organization.setting", {"name": "quoting.labour_rate", "value": "65", "scope": "tenant"})
    hours = [line for line in api.made(made, "estimate", "quoting.estimate")["lines"] if line["kind"] == "labour"]
    assert hours and all(line["unit_cost"] == "65" for line in hours)


def test_what_breaks_a_rule_does_not_go_out(api: Api, table: Json):
    wrong = configured(api, table, frame="S")
    made = trade.quote(api, {"item": api.again(table)["item"]["id"], "configuration": wrong["id"]})
    told = api.refused(made, "send", "not_valid")
    assert told["help"][0]["values"] == {"id": wrong["id"]}


def next_version(api: Api, table: Json, *, without: str = "") -> Json:
    """The next version of a table, published: the frame of 100 kN costs 1,000 more, and a period of warranty may be gone."""
    draft = api.made(table, "revise", "selection.ruleset")
    source = draft["table"] | {"cases": [], "presets": []}
    options = {option["name"]: option for option in source["options"]}
    for value in options["F"]["values"]:
        value["price"] = str(int(value["price"]) + (1000 if value["code"] == "100" else 0))
    options["warranty"]["values"] = [value for value in options["warranty"]["values"] if value["code"] != without]
    return api.act(api.act(api.change(draft, {"table": source}), "test")["document"], "publish")["document"]


def test_a_replaced_table_is_told_and_priced_anew_it_is_taken_over(api: Api, on_day):
    on_day(date(2026, 5, 1))
    first = published(api)
    choice = configured(api, first)
    made = trade.quote(api, {"item": first["item"]["id"], "configuration": choice["id"]}, valid_until="2026-07-31")
    second = next_version(api, first)
    on_day(date(2026, 6, 1))
    told = api.refused(made, "send", "prices_expired")
    assert told["help"][0]["action"] == "quoting.quote.reprice"
    (row,) = api.get(f"/quoting/quotes/{made['id']}/repricing/")["lines"]
    assert row["version"] == {"from": f"{first['name']} v1", "to": f"{first['name']} v2", "possible": True}
    assert (int(row["price"]) - int(row["price_before"]), row["changed"]) == (1100, True), "the longer warranty is a share of the price"
    warned = api.change(made, {"title": "Still v1"})
    assert [one["code"] for one in warned["_authority"]["warnings"]] == ["replaced"]
    kept = api.made(warned, "copy", "quoting.quote")
    assert api.act(kept, "send")["document"]["total"] == made["total"], "a quote keeps to its version"
    now = api.act(warned, "reprice", lines=[row["id"]])["document"]
    (line,) = now["lines"]
    assert (line["unit_price"], line["spec"]) == (row["price"], choice["code"])
    taken = api.read("selection.configuration", line["configuration"]["id"])
    assert (taken["rule_set"]["id"], taken["choices"]) == (second["id"], choice["choices"])
    assert [one["code"] for one in now["_authority"]["warnings"]] == [] and api.again(choice)["rule_set"]["id"] == first["id"]
    assert api.act(now, "send")["document"]["state"] == "sent"


def test_choices_that_the_next_version_does_not_know_stay_with_theirs(api: Api):
    first = published(api)
    made = trade.quote(api, {"item": first["item"]["id"], "configuration": configured(api, first)["id"]})
    next_version(api, first, without="24")
    (row,) = api.get(f"/quoting/quotes/{made['id']}/repricing/")["lines"]
    assert (row["version"]["possible"], row["changed"], row["price"]) == (False, False, row["price_before"])
    now = api.act(made, "reprice")["document"]
    assert now["lines"][0]["configuration"] == made["lines"][0]["configuration"]
    assert api.act(now, "send")["document"]["state"] == "sent"


def test_what_stands_on_a_quote_that_has_gone_out_is_not_chosen_anew(api: Api, table: Json):
    choice = configured(api, table)
    made = trade.quote(api, {"item": api.again(table)["item"]["id"], "configuration": choice["id"]})
    choice = api.change(choice, {"choices": choice["choices"] | {"software": "SW-A"}})
    sent = api.act(api.change(made, {"title": "Go"}), "send")["document"]
    told = api.change(choice, {"choices": V1}, 409)
    assert told["code"] == "gone_out" and sent["number"] in told["detail"] and told["help"][0]["values"] == {"id": sent["id"]}
    api.change(choice, {"title": "A name is not a choice"})
