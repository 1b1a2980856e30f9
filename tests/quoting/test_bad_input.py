"""What cannot be offered or accepted is told with a code and a sentence, and nothing is lost (spec 2.3, issue: bad input)."""

from __future__ import annotations

from datetime import date

import pytest

from tests import trade
from tests.api import Api, Json
from tests.faults.together import copies, together
from tests.quoting.test_going_on import policy
from tests.quoting.test_link import SIGNATURE, mailed


@pytest.mark.parametrize("quantity", ["0", "-1", "0.000000001", "1000000000000"])
def test_a_quantity_that_cannot_be_is_refused_at_its_cell(api: Api, quantity: str):
    made = trade.quote(api, {"item": trade.item(api)["id"]})
    told = api.change(made, {"lines": [{"id": made["lines"][0]["id"], "quantity": quantity}]}, 422)
    assert told["errors"][0]["path"] == "lines.0.quantity" and told["errors"][0]["detail"]
    assert api.again(made) == made


def test_the_smallest_quantity_comes_to_nothing_and_does_not_go_out(api: Api):
    made = trade.quote(api, {"item": trade.item(api)["id"], "quantity": "0.000001"})
    assert made["total"] == "0.00"
    api.refused(made, "send", "empty")


@pytest.mark.parametrize("by", ["policy", "price list"])
def test_a_policy_or_list_that_has_ended_makes_no_price_and_is_told(api: Api, on_day, by: str):
    on_day(date(2026, 5, 1))
    item, until = trade.item(api), {"valid_from": "2026-01-01", "valid_to": "2026-05-31"}
    if by == "policy":
        policy(api, item=item["id"], **until)
    else:
        api.create("catalog.pricelist", {"name": trade.some("List"), **until, "lines": [{"item": item["id"], "price": "900"}]})
    made = trade.quote(api, {"item": item["id"]}, valid_until="2026-07-31")
    assert made["total"] == "900.00"
    on_day(date(2026, 6, 1))
    told = api.refused(made, "send", "prices_expired")
    assert told["help"][0]["action"] == "quoting.quote.reprice"
    assert api.act(made, "reprice")["document"]["total"] == "1000.00"


def test_a_policy_that_has_ended_is_not_put_into_force(api: Api, on_day):
    on_day(date(2026, 6, 1))
    made = api.create("pricing.pricepolicy", {"name": "Spring", "level": "company", "value": "5", "valid_to": "2026-05-31"})
    assert "2026-05-31" in api.refused(made, "publish", "ended")["detail"]


def test_what_is_not_sold_any_more_is_warned_of_and_does_not_go_out(api: Api):
    item = trade.item(api)
    made = trade.quote(api, {"item": trade.item(api)["id"]}, {"item": item["id"]})
    api.change(item, {"active": False})
    told = api.refused(made, "send", "not_sold")
    assert told["errors"][0]["path"] == "lines.1.item" and item["name"] in told["detail"]
    kept = api.change(made, {"title": "Kept"})
    assert [one["code"] for one in kept["_authority"]["warnings"]] == ["not_sold"]
    assert api.act(api.change(kept, {"lines": [{"id": made["lines"][0]["id"]}]}), "send")["document"]["state"] == "sent"


def test_of_two_who_revise_at_the_same_moment_one_makes_the_revision_and_the_other_is_led_to_it(api: Api):
    sent = api.act(trade.quote(api, {"item": trade.item(api)["id"]}), "send")["document"]
    screens = copies(api, 2)
    answers = together(2, lambda at: screens[at].ask("post", f"/quoting/quotes/{sent['id']}/revise/", {"version": sent["version"]}))
    assert sorted(status for status, _told in answers) == [200, 409]
    (refused,) = [told for status, told in answers if status == 409]
    assert refused["code"] in ("wrong_state", "stale") and refused["detail"]
    (made,) = [row for row in api.rows("quoting.quote", f"q={sent['number']}") if row["id"] != sent["id"]]
    told = api.refused(sent, "revise", "wrong_state")
    assert made["number"] in told["detail"] and told["help"][0]["values"] == {"id": made["id"]}


def test_of_two_who_change_one_draft_the_second_is_told_and_what_the_first_saved_stays(api: Api):
    made = trade.quote(api, {"item": trade.item(api)["id"]})
    api.change(made, {"title": "First"})
    assert api.change(made, {"title": "Second"}, 409)["detail"]
    assert api.again(made)["title"] == "First"


def test_a_revision_deleted_before_it_went_out_brings_the_former_one_back(api: Api):
    first = api.act(trade.quote(api, {"item": trade.item(api)["id"]}), "send")["document"]
    customer, link = mailed(api, first, email="li@example.com")
    second = api.made(first, "revise", "quoting.quote")
    assert customer.get(link)["standing"] == "superseded"
    api.delete(f"/quoting/quotes/{second['id']}/")
    assert (api.again(first)["state"], customer.get(link)["standing"]) == ("sent", "open")
    third = api.act(api.made(first, "revise", "quoting.quote"), "send")["document"]
    assert third["number"] == second["number"]


@pytest.mark.parametrize("verb", ["expire", "lose"])
def test_what_the_company_has_closed_is_not_accepted_through_the_link(api: Api, verb: str):
    sent = api.act(trade.quote(api, {"item": trade.item(api)["id"]}), "send")["document"]
    customer, link = mailed(api, sent, email="li@example.com")
    api.act(sent, verb, **({"reason": "postponed"} if verb == "lose" else {}))
    assert customer.get(link)["standing"] == "withdrawn"
    assert customer.post(f"{link}accept/", {"name": "Li", "signature": SIGNATURE}, 409)["code"] == "withdrawn"
    assert customer.post(f"{link}comment/", {"name": "Li", "text": "Please renew"})["talk"]


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"level": "company", "kind": "factor", "value": "0"}, "value"), ({"level": "company", "kind": "floor", "value": "120"}, "value"),
        ({"level": "option", "option_code": "TC", "kind": "formula", "formula": "cost * 2"}, "kind"),
        ({"level": "company", "value": "5", "currency": "RMB¥"}, "currency"), ({"level": "company", "from_quantity": "-1"}, "from_quantity"),
    ],
)  # fmt: skip
def test_a_policy_that_would_make_nonsense_of_prices_is_refused(api: Api, values: Json, path: str):
    assert api.create("pricing.pricepolicy", {"name": "Wrong", **values}, 422)["errors"][0]["path"] == path
