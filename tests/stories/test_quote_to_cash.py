"""One machine from the quote to the last payment, with the figures of the specification (2.3, 2.4, 2.5, 5.1)."""

from __future__ import annotations

from datetime import date

import pytest

from tests import trade
from tests.api import Api, Json


@pytest.fixture
def machine(api: Api) -> Json:
    return trade.machine(api, price="256800", cost="118200")


def test_a_machine_is_sold_made_shipped_and_paid(api: Api, machine: Json, on_day):
    on_day(date(2026, 3, 2))
    offer = trade.quote(api, {"item": machine["id"], "unit_price": "231000"})
    assert (offer["total"], offer["net_total"], offer["tax_total"], offer["discount_rate"]) == (
        "231000.00",
        "204424.78",
        "26575.22",
        "10.05",
    )
    assert (offer["state"], offer["valid_until"]) == ("draft", "2026-04-01")
    api.act(offer, "send")
    agreed = api.made(offer, "accept", "contracts.contract")
    assert api.again(offer)["state"] == "converted"
    assert [line["amount"] for line in agreed["plan"]] == ["69300.00", "138600.00", "23100.00"]
    assert (agreed["state"], agreed["total"], agreed["source_label"]) == ("draft", "231000.00", offer["number"])

    placed = api.made(agreed, "sign", "sales.order")
    assert (placed["state"], placed["total"], placed["source_label"]) == ("confirmed", "231000.00", agreed["number"])
    assert api.again(agreed)["state"] == "executing"
    assert [(due["amount"], due["due_date"], due["state"]) for due in trade.dues(api, agreed)] == [
        ("69300.00", "2026-03-09", "triggered"),
        ("138600.00", None, "planned"),
        ("23100.00", None, "planned"),
    ]

    told = api.refused(placed, "release", "deposit_missing")
    assert "69,300.00" in told["detail"] and agreed["number"] in told["detail"]
    assert told["help"][0] == {
        "label": "Register receipt",
        "action": "contracts.contract.receive",
        "values": {"id": agreed["id"], "amount": "69300.00"},
    }
    api.act(agreed, "receive", amount="69299.99")
    assert api.refused(placed, "release", "deposit_missing")["help"][0]["values"]["amount"] == "0.01"
    api.act(agreed, "receive", amount="0.01")
    assert api.act(placed, "release")["document"]["released_on"] == "2026-03-02"

    api.act(placed, "stock_in", serials="UTM-2026-001")
    serial = api.one("inventory.serial", "q=UTM-2026-001")
    assert (serial["state"], serial["item"]["id"], serial["cost"]) == ("in_stock", machine["id"], "118200.00")
    on_day(date(2026, 4, 10))
    api.act(placed, "ready")
    assert trade.dues(api, agreed)[1]["due_date"] == "2026-04-15"

    note = trade.delivery(api, placed)
    assert api.refused(note, "ship", "delivery_unpaid")["help"][0]["values"]["amount"] == "138600.00"
    api.act(agreed, "receive", amount="137906.99")
    assert "693.01" in api.refused(note, "ship", "delivery_unpaid")["detail"]
    api.act(agreed, "receive", amount="0.01")  # half a percent may be missing
    on_day(date(2026, 4, 20))
    assert api.act(note, "ship")["document"]["lines"][0]["serials"] == "UTM-2026-001"
    assert api.again(serial)["state"] == "shipped"
    placed = api.again(placed)
    assert (placed["state"], placed["delivered_amount"], placed["cost"], placed["shipped_on"]) == (
        "shipped",
        "231000.00",
        "118200.00",
        "2026-04-20",
    )
    retention = trade.dues(api, agreed)[2]
    assert (retention["state"], retention["due_date"], retention["triggered_on"]) == ("planned", "2027-07-20", None)

    bill = api.made(placed, "invoice", "finance.invoice")
    assert (bill["state"], bill["number"], bill["title"]) == ("draft", "", agreed["customer"]["label"])
    api.refused(placed, "close", "not_invoiced")
    assert api.act(bill, "issue")["document"]["number"] == "SI202604-0001"
    assert api.again(placed)["invoiced"] == "231000.00"

    on_day(date(2026, 5, 6))
    api.act(placed, "accept")
    retention = trade.dues(api, agreed)[2]
    assert (retention["state"], retention["due_date"], retention["triggered_on"]) == ("triggered", "2027-05-06", "2026-05-06")
    done = api.act(placed, "close")["document"]
    assert (done["state"], done["margin"], done["collected"]) == ("closed", "86224.78", "207207.00")
    assert api.again(agreed)["state"] == "executing"

    on_day(date(2027, 5, 6))
    api.act(agreed, "receive", amount="23793.00")
    assert [due["state"] for due in trade.dues(api, agreed)] == ["received"] * 3
    assert (api.again(agreed)["state"], api.again(agreed)["collected"], api.again(placed)["collected"]) == (
        "completed",
        "231000.00",
        "231000.00",
    )


def test_every_step_is_in_the_orders_history_at_once_and_in_the_customers(api: Api):
    agreed, placed = trade.closed(api)
    titles = [event["title"] for event in api.get(f"/sales/orders/{placed['id']}/events/")["rows"]]
    assert titles[::-1][:2] == ["Sales order created", "Sales order: confirmed"]
    for said in (
        "released to production",
        "finished goods received",
        "Delivery: shipped",
        "Sales invoice: issued",
        "accepted by the customer",
        "Sales order: closed",
    ):
        assert [title for title in titles if said in title], said
    river = api.get(f"/partners/partners/{agreed['customer']['id']}/events/")["rows"]
    assert {event["subject"]["_key"] for event in river} >= {
        "quoting.quote",
        "contracts.contract",
        "sales.order",
        "logistics.delivery",
        "finance.invoice",
        "finance.receipt",
    }
    by_hand = [event for event in river if event["by"]]  # that a customer has bought follows by itself
    assert len(by_hand) > 10 and all(event["by"]["id"] == api.member for event in by_hand)


def test_an_earlier_acceptance_counts_from_its_own_day(api: Api, on_day):
    on_day(date(2026, 8, 31))
    agreed, placed = trade.shipped(api)
    api.act(placed, "accept", on="2026-02-28")
    assert trade.dues(api, agreed)[2]["due_date"] == "2027-02-28"


def test_what_is_not_there_cannot_be_shipped(api: Api):
    agreed, placed = trade.order(api, {"item": trade.item(api)["id"], "quantity": "3"})
    api.act(agreed, "receive", amount=agreed["total"])
    told = api.refused(trade.delivery(api, placed), "ship", "stock_short")
    assert "3 needed, 0 free" in told["detail"]


def test_a_second_delivery_takes_only_what_is_left(api: Api):
    agreed, placed = trade.ready(api, {"item": trade.item(api)["id"], "quantity": "5"})
    api.act(agreed, "receive", amount=agreed["total"])
    note = trade.delivery(api, placed)
    part = api.change(note, {"lines": [{"id": note["lines"][0]["id"], "quantity": "2"}]})
    api.act(part, "ship")
    now = api.again(placed)
    assert (now["state"], now["delivered_amount"], now["lines"][0]["delivered"]) == ("partly_shipped", "2000.00", "2")
    rest = trade.delivery(api, placed)
    assert rest["lines"][0]["quantity"] == "3"
    api.refused(placed, "deliver", "nothing_open")
    api.act(rest, "ship")
    assert (api.again(placed)["state"], api.again(placed)["delivered_amount"]) == ("shipped", "5000.00")


def test_an_order_on_hold_goes_on_where_it_stopped(api: Api):
    _agreed, placed = trade.ready(api)
    held = api.act(placed, "hold", reason="drawing changes")["document"]
    assert (held["state"], held["held_reason"]) == ("held", "drawing changes")
    api.refused(placed, "deliver", "wrong_state")
    assert api.act(placed, "resume")["document"]["state"] == "ready"


def test_a_cancelled_order_frees_what_was_kept_for_it(api: Api):
    part = trade.item(api)
    _agreed, placed = trade.ready(api, {"item": part["id"], "quantity": "4"})
    (kept,) = api.rows("inventory.balance", f"item={part['id']}")
    assert (kept["on_hand"], kept["reserved"]) == ("4", "4")
    api.act(placed, "hold", reason="customer stops")
    api.act(placed, "cancel", reason="customer stops")
    (free,) = api.rows("inventory.balance", f"item={part['id']}")
    assert (free["on_hand"], free["reserved"]) == ("4", "0")
    assert api.rows("inventory.reservation", f"item={part['id']}") == []


def test_a_running_contract_is_not_terminated_over_its_order(api: Api):
    agreed, placed = trade.order(api)
    told = api.refused(agreed, "terminate", "order_running", reason="cold feet")
    assert placed["number"] in told["detail"]
    api.act(placed, "cancel", reason="cold feet")
    assert api.act(agreed, "terminate", reason="cold feet")["document"]["state"] == "terminated"
