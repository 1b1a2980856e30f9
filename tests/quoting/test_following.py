"""Prices, model codes and costs go with what they were made of, whichever way that changes; what was typed stays (spec 2.3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import trade
from tests.api import Api, Json
from tests.quoting.test_configured import configured, published
from tests.quoting.test_going_on import policy
from tests.selection.test_tables import V1

CODE_P, CODE_A = "UTM-E100D-0.5-H3-E50-TC-WG+CP-C3-P", "UTM-E100D-0.5-H3-E50-TC-WG+CP-C3-A"
DEAR = V1 | {"software": "SW-A"}
"""Other software, by which the list price rises from 256,800 to 272,800."""


@pytest.fixture(scope="module")
def table(api: Api) -> Json:
    return published(api)


@pytest.fixture(scope="module")
def machine(api: Api, table: Json) -> int:
    found: int = api.again(table)["item"]["id"]
    return found


def figures(document: Json) -> list[tuple[str, str, str]]:
    return [(line["unit_price"], line["list_price"], line["spec"]) for line in document["lines"]]


def by_rules(document: Json) -> set[str]:
    return {line["unit_price"] for line in document["lines"]}


# configurations ------------------------------------------------------------------------------------------------------
def test_price_and_code_follow_other_choices_and_what_was_typed_stays(api: Api, table: Json, machine: int):
    choice = configured(api, table)
    line = {"item": machine, "configuration": choice["id"]}
    made = trade.quote(api, line, {**line, "unit_price": "250000", "spec": "As in your enquiry"})
    assert figures(made) == [("256800", "256800", CODE_P), ("250000", "256800", "As in your enquiry")]
    choice = api.change(choice, {"choices": DEAR})
    now = api.again(made)
    assert figures(now) == [("272800", "272800", CODE_A), ("250000", "272800", "As in your enquiry")]
    assert now["total"] == "522800.00" and now["version"] > made["version"]
    other = configured(api, table)
    rows = [{"id": row["id"], "configuration": other["id"]} for row in now["lines"]]
    typed = api.post("/quoting/quotes/preview/", {"id": made["id"], "lines": rows})
    assert figures(typed) == figures(api.change(now, {"lines": rows})) == figures(made)


def test_a_template_and_what_is_made_of_it_follow_as_well(api: Api, table: Json, machine: int):
    made = trade.quote(api, {"item": machine, "configuration": configured(api, table)["id"]})
    template = api.made(made, "keep", "quoting.quotetemplate", name=trade.some("Standard"))
    own = api.read("selection.configuration", template["lines"][0]["configuration"]["id"])
    api.change(own, {"choices": DEAR})
    who = trade.customer(api)["id"]
    assert figures(api.made(template, "offer", "quoting.quote", customer=who)) == [("272800", "272800", CODE_A)]
    assert api.change(template, {"remark": "Renewed"})["lines"][0]["spec"] == CODE_A


@pytest.mark.parametrize("verb", ["copy", "revise"])
def test_what_is_made_of_a_quote_is_configured_for_itself(api: Api, table: Json, machine: int, verb: str):
    choice = configured(api, table)
    sent = api.act(trade.quote(api, {"item": machine, "configuration": choice["id"]}), "send")["document"]
    made = api.made(sent, verb, "quoting.quote")
    assert figures(made) == figures(sent) and made["lines"][0]["configuration"]["id"] != choice["id"]
    assert api.get(f"/quoting/quotes/{made['id']}/differences/{sent['id']}/")["lines"] == []
    own = api.read("selection.configuration", made["lines"][0]["configuration"]["id"])
    api.change(own, {"choices": DEAR})
    assert figures(api.again(made)) == [("272800", "272800", CODE_A)]
    assert figures(api.again(sent)) == [("256800", "256800", CODE_P)]
    assert api.change(choice, {"choices": DEAR}, 409)["code"] == "gone_out"


def test_differences_know_a_machine_by_its_code(api: Api, table: Json, machine: int):
    lines = [{"item": machine, "configuration": configured(api, table, **more)["id"]} for more in ({}, {"software": "SW-A"})]
    sent = api.act(trade.quote(api, *lines), "send")["document"]
    made = api.made(sent, "revise", "quoting.quote")
    made = api.change(made, {"lines": [{"id": made["lines"][1]["id"]}]})
    (gone,) = api.get(f"/quoting/quotes/{made['id']}/differences/{sent['id']}/")["lines"]
    assert (gone["before"]["unit_price"], gone["after"]) == ("256800", None)


def test_what_engineering_has_agreed_to_stays_agreed_in_a_copy(api: Api, table: Json, machine: int):
    choice = configured(api, table, stroke="1500 mm")
    made = trade.quote(api, {"item": machine, "configuration": choice["id"]})
    api.refused(made, "send", "review_needed")
    api.act(choice, "agree")
    copied = api.made(made, "copy", "quoting.quote", customer=trade.customer(api)["id"])
    own = api.read("selection.configuration", copied["lines"][0]["configuration"]["id"])
    assert own["reviewed"] and not api.change(own, {"choices": DEAR | {"stroke": "1600 mm"}})["reviewed"]
    api.refused(copied, "send", "review_needed")
    assert api.act(made, "send")["document"]["state"] == "sent"


# customers and days --------------------------------------------------------------------------------------------------
def test_a_price_by_the_rules_follows_customer_and_day_and_a_typed_one_stays(api: Api):
    item, (first, second, third) = trade.item(api, cost="100", floor_percent="50")["id"], (trade.customer(api)["id"] for _ in range(3))
    for who, value in ((first, "12"), (second, "30")):
        policy(api, level="customer", partner=who, item=item, value=value)
    made = trade.quote(api, {"item": item}, customer=first)
    assert (by_rules(made), made["level"]) == ({"880"}, 1)
    typed = api.post("/quoting/quotes/preview/", {"id": made["id"], "customer": second})
    other = api.change(made, {"customer": second})
    assert by_rules(typed) == by_rules(other) == {"700"}
    assert [step["step"] for step in api.get(f"/quoting/quotes/{made['id']}/prices/")["lines"][0]["steps"]] == ["list", "customer"]
    nobody = api.change(other, {"customer": third})
    assert (by_rules(nobody), nobody["level"]) == ({"1000"}, 1), "nobody typed a discount"
    kept = api.change(nobody, {"lines": [{"id": nobody["lines"][0]["id"], "unit_price": "950"}]})
    assert by_rules(api.change(kept, {"customer": second})) == {"950"}


def test_a_price_by_the_rules_follows_the_day_of_the_quote(api: Api, on_day):
    on_day(date(2026, 5, 1))
    item = trade.item(api)["id"]
    policy(api, level="promotion", item=item, value="20", valid_from="2026-06-01")
    made = trade.quote(api, {"item": item}, {"item": item, "unit_price": "990"}, valid_until="2026-12-31")
    assert by_rules(made) == {"1000", "990"}
    on_day(date(2026, 6, 1))
    assert by_rules(api.change(made, {"title": "The same day"})) == {"1000", "990"}
    assert by_rules(api.change(api.again(made), {"quote_date": "2026-06-01"})) == {"800", "990"}


# what does not count -------------------------------------------------------------------------------------------------
def test_each_line_is_judged_whether_it_counts_or_not(api: Api):
    item = trade.machine(api, "256800", "118200")["id"]
    made = trade.quote(
        api, {"item": item}, {"item": item, "kind": "alternative", "discount": "60"}, {"item": item, "kind": "optional", "discount": "7"}
    )
    assert (made["level"], made["discount_rate"], made["total"]) == (5, "0", "256800.00")
    assert made["_authority"]["floor"] == "218280.00", "of what is summed up"
    why = made["_authority"]["why"]
    assert [one for one in why if "Line 2" in one and "60" in one] and [one for one in why if "218,280.00" in one]
    assert not [one for one in why if "whole" in one]
    milder = api.change(
        made, {"lines": [{"id": row["id"], "discount": value} for row, value in zip(made["lines"], ("0", "8", "5"), strict=True)]}
    )
    assert (milder["level"], milder["margin_rate"]) == (2, made["margin_rate"])


# estimates -----------------------------------------------------------------------------------------------------------
def estimated(api: Api, **more: Any) -> Json:
    """A quote of one piece at 100,000 whose full cost of 40,000 was estimated and adopted."""
    made = trade.quote(api, {"item": trade.item(api, "100000", "40000")["id"], **more})
    api.act(api.made(made, "estimate", "quoting.estimate"), "adopt")
    return api.again(made)


def test_an_estimate_of_other_lines_counts_no_less_than_these_cost(api: Api, as_role):
    made = estimated(api)
    assert (made["cost_total"], made["_authority"]["warnings"]) == ("40000.00", [])
    row = {"id": made["lines"][0]["id"]}
    cheaper = api.change(made, {"lines": [{**row, "unit_price": "99000"}]})
    assert cheaper["_authority"]["warnings"] == [], "its price is not what it was made for"
    ten = api.change(cheaper, {"lines": [{**row, "quantity": "10", "unit_price": "100000"}]})
    assert (ten["cost_total"], ten["margin_rate"]) == ("400000.00", "54.8")
    assert [one["code"] for one in ten["_authority"]["warnings"]] == ["estimate"]
    again = api.made(api.act(ten, "send")["document"], "revise", "quoting.quote")
    assert (again["cost_total"], [one["code"] for one in again["_authority"]["warnings"]]) == ("400000.00", ["estimate"])
    found = api.made(again, "estimate", "quoting.estimate")
    api.act(api.change(found, {"lines": [{"id": found["lines"][0]["id"], "unit_cost": "38000"}]}), "adopt")
    anew = api.again(again)
    assert (anew["cost_total"], anew["_authority"]["warnings"]) == ("380000.00", [])
    half = api.change(anew, {"lines": [{"id": anew["lines"][0]["id"], "quantity": "5"}]})
    assert half["cost_total"] == "380000.00", "the greater of both"


def test_the_least_by_full_cost_is_told_to_those_who_see_costs(api: Api):
    grants = {"quoting.quote": dict.fromkeys(("read",), "all"), "catalog.item": {"read": "all"}}
    role = api.create(
        "organization.role", {"name": trade.some("Seller"), "grants": grants, "masks": {"quoting.quote": {"cost_total": "hide"}}}
    )
    made = estimated(api)
    dear = api.made(made, "estimate", "quoting.estimate")
    api.act(api.change(dear, {"lines": [{"id": dear["lines"][0]["id"], "unit_cost": "70000"}]}), "adopt")
    told = api.again(made)["_authority"]
    assert (told["floor"], told["least"]) == ("85000.00", "98875.00"), "70,000 × 1.25 × 1.13"
    seen = trade.join(api, role["name"]).again(made)
    assert "98,875" not in str(seen) and "98875" not in str(seen)
    assert (seen["_authority"]["floor"], seen["_authority"]["least"]) == ("85000.00", None)


# currencies ----------------------------------------------------------------------------------------------------------
def test_a_template_takes_the_last_rate_known(api: Api, on_day):
    on_day(date(2026, 5, 1))
    api.create("pricing.exchangerate", {"currency": "AUD", "rate": "4", "valid_from": "2026-04-01", "valid_to": "2026-04-30"})
    api.create("pricing.exchangerate", {"currency": "AUD", "rate": "5", "valid_from": "2026-05-01", "valid_to": "2026-05-31"})
    made = trade.quote(api, {"item": trade.item(api)["id"]}, currency="AUD", valid_until="2026-12-31")
    sent = api.act(made, "send")["document"]
    template = api.made(sent, "keep", "quoting.quotetemplate", name=trade.some("Export"))
    on_day(date(2026, 6, 1))
    renamed = api.change(template, {"title": trade.some("Export")})
    assert (renamed["currency"], renamed["total"]) == ("AUD", "200.00")
    assert api.made(sent, "keep", "quoting.quotetemplate", name=trade.some("Second"))["total"] == "200.00"
    who = trade.customer(api)["id"]
    assert api.act(renamed, "offer", 422, customer=who)["errors"][0]["code"] == "no_rate", "an offer needs the rate of its day"
    assert api.change(renamed, {"currency": "XOF"}, 422)["errors"][0]["code"] == "no_rate"
