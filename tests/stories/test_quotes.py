"""Quotes: prices, the floor, revisions, and how they end (spec 2.3)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tenant_apps.quoting.tasks import expire
from tenants.context import tenant_context
from tests import trade
from tests.api import Api


def test_below_the_floor_is_refused_line_by_line(api: Api, as_role):
    seller = as_role("Sales engineer")
    cheap, dear = trade.item(api, "1000"), trade.item(api, "2000")
    lines = [{"item": dear["id"], "discount": "5"}, {"item": cheap["id"], "discount": "15.01"}, {"item": cheap["id"], "unit_price": "800"}]
    offer = trade.quote(seller, *lines)
    told = seller.refused(offer, "send", "below_floor")
    assert [(error["path"], error["code"]) for error in told["errors"] if error["code"] == "below_floor"] == [
        ("lines.1.discount", "below_floor"),
        ("lines.2.discount", "below_floor"),
    ]
    assert "850.00" in " ".join(error["detail"] for error in told["errors"])
    kept = [{"id": offer["lines"][0]["id"]}, {"id": offer["lines"][1]["id"], "discount": "5"}]
    assert seller.act(seller.change(offer, {"lines": kept}), "send")["document"]["state"] == "sent"


def test_who_may_go_below_the_floor_does(api: Api):
    offer = trade.quote(api, {"item": trade.item(api)["id"], "discount": "40"})
    assert api.act(offer, "send")["document"]["total"] == "600.00"


def test_a_revision_replaces_and_keeps_the_number(api: Api):
    first = api.act(trade.quote(api, {"item": trade.item(api)["id"]}), "send")["document"]
    second = api.made(first, "revise", "quoting.quote")
    assert (second["number"], second["revision"], second["state"]) == (f"{first['number']}-R2", 2, "draft")
    assert [line["amount"] for line in second["lines"]] == ["1000.00"]
    assert api.again(first)["state"] == "superseded"
    api.refused(first, "accept", "wrong_state")
    line = {"id": second["lines"][0]["id"], "unit_price": "900"}
    api.act(api.change(second, {"lines": [line]}), "send")
    third = api.made(second, "revise", "quoting.quote")
    assert third["number"] == f"{first['number']}-R3"
    api.act(third, "send")
    assert api.made(third, "accept", "contracts.contract")["total"] == "900.00"
    assert api.again(first)["lines"][0]["unit_price"] == "1000"


def test_an_offer_out_of_date_is_not_sent(api: Api, on_day):
    on_day(date(2026, 5, 1))
    offer = trade.quote(api, valid_until="2026-05-31")
    on_day(date(2026, 6, 1))
    api.refused(offer, "send", "expired")
    assert api.act(api.change(offer, {"valid_until": "2026-06-30"}), "send")["document"]["state"] == "sent"


def test_offers_expire_by_themselves_once_their_last_day_has_passed(api: Api, on_day):
    on_day(date(2026, 5, 1))
    sent, draft = api.act(trade.quote(api, valid_until="2026-05-31"), "send")["document"], trade.quote(api, valid_until="2026-05-31")
    longer = api.act(trade.quote(api, valid_until="2026-06-01"), "send")["document"]
    for day, state in ((31, "sent"), (32, "expired"), (32, "expired")):
        on_day(date(2026, 5, 1) + timedelta(days=day - 1))
        with tenant_context(api.company):
            expire.apply(headers={"_schema_name": api.company.schema_name}, throw=True)
        assert [api.again(one)["state"] for one in (sent, longer, draft)] == [state, "sent", "draft"]
    assert [event["verb"] for event in api.get(f"/quoting/quotes/{sent['id']}/events/")["rows"]] == ["expire", "send", "create"]
    api.refused(sent, "accept", "wrong_state")
    assert api.made(sent, "revise", "quoting.quote")["revision"] == 2


def test_a_lost_quote_keeps_its_reason(api: Api):
    offer = api.act(trade.quote(api), "send")["document"]
    assert api.act(offer, "lose", 422)["errors"][0]["path"] == "reason"
    lost = api.act(offer, "lose", reason="price")["document"]
    assert (lost["state"], lost["lost_reason"]) == ("lost", "price")


def test_an_empty_quote_is_not_sent(api: Api):
    offer = api.create("quoting.quote", {"customer": trade.customer(api)["id"], "lines": []})
    api.refused(offer, "send", "empty")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"quantity": "0"}, "positive"),
        ({"quantity": "-1"}, "positive"),
        ({"unit_price": "-5"}, "negative"),
        ({"discount": "101"}, "range"),
        ({"tax_rate": "100"}, "range"),
    ],
)
def test_lines_that_cannot_be_are_named(api: Api, line: dict[str, str], code: str):
    item = trade.item(api)
    told = api.create(
        "quoting.quote", {"customer": trade.customer(api)["id"], "lines": [{"item": item["id"]}, {"item": item["id"], **line}]}, 422
    )
    assert [(error["path"], error["code"]) for error in told["errors"]] == [(f"lines.1.{next(iter(line))}", code)]


def test_the_price_list_of_the_day_the_grade_and_the_quantity_counts(api: Api, on_day):
    on_day(date(2026, 5, 1))
    item = trade.item(api, "1000")
    general = [{"item": item["id"], "from_quantity": "1", "price": "950"}, {"item": item["id"], "from_quantity": "10", "price": "900"}]
    api.create("catalog.pricelist", {"name": "2026", "valid_from": "2026-05-01", "valid_to": "2026-12-31", "lines": general})
    api.create(
        "catalog.pricelist", {"name": "Grade A", "grade": "A", "valid_from": "2026-05-01", "lines": [{"item": item["id"], "price": "880"}]}
    )

    def price(quantity: str, grade: str = "") -> str:
        who = trade.customer(api, grade=grade)["id"]
        return trade.quote(api, {"item": item["id"], "quantity": quantity}, customer=who)["lines"][0]["unit_price"]

    assert (price("1"), price("9.999999"), price("10"), price("1", "A"), price("10", "B")) == ("950", "950", "900", "880", "900")
    on_day(date(2027, 1, 1))
    assert (price("10"), price("1", "A")) == ("1000", "880")
    on_day(date(2026, 4, 30))
    assert price("10") == "1000"


def test_create_and_act_in_one_step_is_all_or_nothing(api: Api):
    item, who = trade.item(api), trade.customer(api)["id"]
    made = api.post("/quoting/quotes/?then=send,accept", {"customer": who, "lines": [{"item": item["id"]}]}, 201)
    assert made["document"]["state"] == "converted"
    assert [row["_key"] for row in made["created"]] == ["contracts.contract"]
    told = api.post("/quoting/quotes/?then=send,send", {"customer": who, "title": "Twice", "lines": [{"item": item["id"]}]}, 409)
    assert told["code"] == "wrong_state"
    assert api.rows("quoting.quote", "q=Twice") == []
