"""A configured machine on a quote: its price by options, its cost, and the authority of spec 4; what is not agreed does not go out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tenant_apps.pricing.models import PricePolicy
from tenant_apps.selection import library
from tenants.context import tenant_context
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
    assert (steps[0], steps[-2]) == (("list", "108000"), ("table_rounding", "58.8")), "the base of spec 4; 256,741.20 rounded up"
    assert told["steps"][0]["label"] == "Maximum force 100 kN"
    option = {"name": "Chambers", "level": "option", "option_code": "TC-70-350", "kind": "adder", "value": "-5000"}
    known = [step["name"] for step in told["steps"] if step["amount"] == "65000"]
    code = known[0].split()[-1]
    chambers = api.act(api.create("pricing.pricepolicy", option | {"option_code": code}), "publish")["document"]
    cheaper = trade.quote(api, {"item": item, "configuration": configured(api, table)["id"]})
    assert cheaper["lines"][0]["unit_price"] == "251800"
    api.refused(made, "send", "prices_expired")
    api.act(chambers, "withdraw")
    agreed = api.made(api.act(made, "send")["document"], "accept", "contracts.contract")
    assert (agreed["total"], agreed["lines"][0]["configuration"]["id"]) == ("231000.00", choice["id"])


def priced(api: Api, item: int, choice: Json) -> Json:
    made = trade.quote(api, {"item": item, "configuration": choice["id"]})
    return api.get(f"/quoting/quotes/{made['id']}/prices/")["lines"][0]


def test_a_policy_names_option_and_value_and_the_machine_itself(api: Api):
    table = published(api)
    item, choice = table["item"]["id"], configured(api, table)
    values = {"name": "Base", "level": "option", "item": item, "kind": "percent", "value": "10"}
    offered = {row["code"]: row["label"] for row in api.get(f"/pricing/policies/options/?item={item}")["rows"]}
    assert (offered["F.100"], offered["grips.WG"][:5], "F.100" in offered) == ("Maximum force 100 kN", "Grips", True)
    assert "air.yes" not in offered and api.get("/pricing/policies/options/?item=999999999")["rows"] == []
    base = api.act(api.create("pricing.pricepolicy", values | {"option_code": "F.100"}), "publish")["document"]
    assert priced(api, item, choice)["net"] == "246000", "256,800 − 10 % of 108,000"
    api.act(base, "withdraw")
    told = api.create("pricing.pricepolicy", values | {"option_code": "300"}, 422)["errors"]
    assert [(one["path"], one["code"]) for one in told] == [("option_code", "unclear")] and "F.300, height.300" in told[0]["detail"]
    height = api.act(api.create("pricing.pricepolicy", values | {"option_code": "height.300"}), "publish")["document"]
    assert (priced(api, item, choice)["net"], height["_warnings"]) == ("256250", []), "256,800 − 10 % of 5,500"
    with tenant_context(api.company):
        PricePolicy.objects.filter(pk=height["id"]).update(option_code="300")
    line = priced(api, item, choice)
    assert (line["net"], line["steps"][-1]) == ("256800", {"step": "unclear", "amount": "0", "name": "Base", "policy": height["id"]})
    assert "height.300" in api.again(height)["_warnings"][0]["detail"]
    api.refused(api.act(height, "withdraw")["document"], "publish", "unclear")


def test_what_others_paid_is_told_of_the_same_model(api: Api):
    table, who = published(api), trade.customer(api)["id"]
    item = table["item"]["id"]
    large, small = configured(api, table, F="50"), configured(api, table, F="20", chamber="none", software="SW-B")
    prices = []
    for choice in (large, small):
        sent = api.act(trade.quote(api, {"item": item, "configuration": choice["id"]}, customer=who), "send")["document"]
        prices.append(sent["total"])
        api.act(sent, "confirm")
    other = configured(api, table, F="50", chamber="none")
    asked = {"customer": who, "lines": [{"item": item, "configuration": one} for one in (large["id"], small["id"], other["id"], None)]}
    told = api.post("/quoting/hints/", asked)["lines"]
    assert [(one["range"]["least"], one["range"]["most"], one["range"]["deals"]) for one in told[:3]] == [
        (prices[0], prices[0], 1), (prices[1], prices[1], 1), (prices[0], prices[0], 1),
    ]  # fmt: skip
    assert told[3]["range"]["least"] == prices[1] < told[3]["range"]["most"]
    assert [one["compared"] for one in told] == [
        {"by": "model", "label": large["code"]}, {"by": "model", "label": small["code"]}, {"by": "base", "label": "Maximum force 50 kN"},
        {"by": "item", "label": ""},
    ]  # fmt: skip
    assert [row["model"] for row in told[3]["last"]] == [small["code"], large["code"]]


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
    sent = api.act(made, "send")["document"]
    told = api.change(choice, {"choices": V1}, 409)
    assert told["code"] == "gone_out" and sent["number"] in told["detail"] and told["help"][0]["values"] == {"id": sent["id"]}
    api.change(choice, {"title": "A name is not a choice"})


def test_another_item_lets_go_of_the_configuration(api: Api, table: Json):
    machine, choice, pump = api.again(table)["item"]["id"], configured(api, table), trade.item(api, "900", "400", name="Pump", spec="P1")
    made = trade.quote(api, {"item": machine, "configuration": choice["id"], "unit_price": "231000", "quantity": "2", "discount": "1"})
    other = {"id": made["lines"][0]["id"], "item": pump["id"]}
    typed = api.post("/quoting/quotes/preview/", {"id": made["id"], "lines": [other]})
    now = api.change(made, {"lines": [other]})
    for shown in (typed, now):
        (line,) = shown["lines"]
        assert (line["configuration"], line["description"], line["spec"], line["unit_price"]) == (None, "Pump", "P1", "900")
        assert (line["list_price"], line["quantity"], line["amount"], line["floor"]) == ("900", "2", "1782.00", "1530.00")
    back = api.post("/quoting/quotes/preview/", {"id": made["id"], "lines": [{**other, "item": machine}]})["lines"][0]
    assert (back["configuration"], back["unit_price"]) == (None, "0"), "what was saved is chosen anew"
    kept = trade.quote(api, {"item": machine, "configuration": choice["id"]})
    again = api.post("/quoting/quotes/preview/", {"id": kept["id"], "lines": [{"id": kept["lines"][0]["id"], "item": machine}]})
    assert [{**again["lines"][0], "seq": 1}] == kept["lines"], "the same item chosen again changes nothing"
    said = {"id": kept["lines"][0]["id"], "item": pump["id"], "unit_price": "850", "description": "Pump, painted"}
    (line,) = api.change(kept, {"lines": [said]})["lines"]
    assert (line["unit_price"], line["description"], line["configuration"]) == ("850", "Pump, painted", None)


@pytest.mark.parametrize("key", ["quoting.quote", "contracts.contract"])
def test_an_item_and_a_configuration_that_do_not_go_together_are_refused(api: Api, table: Json, key: str):
    choice, pump, who = configured(api, table), trade.item(api)["id"], trade.customer(api)["id"]
    pair = {"item": pump, "configuration": choice["id"]}
    told = api.create(key, {"customer": who, "lines": [pair]}, 422)["errors"]
    assert [(one["path"], one["code"]) for one in told] == [("lines.0.configuration", "other_item")]
    assert api.again(table)["item"]["label"] in told[0]["detail"]
    made = api.create(key, {"customer": who, "lines": [{"item": api.again(table)["item"]["id"], "configuration": choice["id"]}]})
    row = {"id": made["lines"][0]["id"], **pair}
    assert api.change(made, {"lines": [row]}, 422)["errors"] == told
    (line,) = api.change(made, {"lines": [{"id": row["id"], "item": pump}]})["lines"]
    assert (line["configuration"], line["unit_price"], line["spec"]) == (None, "1000", "")
