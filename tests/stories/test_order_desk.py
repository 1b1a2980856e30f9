"""One order on one page: quantity moved, value invoiced and cash collected side by side (WF-2.1)."""

from __future__ import annotations

from decimal import Decimal

from tests import trade
from tests.api import Api, Json


def desk(api: Api, placed: Json) -> Json:
    return api.get(f"/sales/orders/{placed['id']}/desk/")


def moved(told: Json) -> list[tuple[str, ...]]:
    return [tuple(line[name] for name in ("quantity", "delivered", "invoiced", "collected")) for line in told["lines"]]


def test_the_three_totals_move_apart(api: Api):
    part, tool = trade.item(api, "1000", "600"), trade.item(api, "3000", "1500")
    agreed, placed = trade.ready(api, {"item": part["id"], "quantity": "10"}, {"item": tool["id"], "quantity": "1"})
    told = desk(api, placed)
    assert told["totals"]["amount"] == "13000.00"
    assert (told["totals"]["delivered_amount"], told["totals"]["invoiced"], told["totals"]["collected"]) == ("0.00", "0.00", "3900.00")
    assert moved(told) == [("10", "0", "0.00", "3000.00"), ("1", "0", "0.00", "900.00")]

    api.act(agreed, "receive", amount="7800.00")
    note = trade.delivery(api, placed)
    api.act(api.change(note, {"lines": [{"id": note["lines"][0]["id"], "quantity": "4"}]}), "ship")
    told = desk(api, placed)
    assert moved(told) == [("10", "4", "0.00", "9000.00"), ("1", "0", "0.00", "2700.00")]
    assert (told["totals"]["delivered_amount"], told["totals"]["cost"]) == ("4000.00", "2400.00")

    bill = api.made(placed, "invoice", "finance.invoice")
    api.act(api.change(bill, {"lines": [{"id": bill["lines"][0]["id"], "quantity": "4"}]}), "issue")
    told = desk(api, placed)
    assert moved(told) == [("10", "4", "4000.00", "9000.00"), ("1", "0", "0.00", "2700.00")]
    assert told["totals"]["invoiced"] == "4000.00"
    assert {row["_key"] for row in told["documents"]} == {
        "quoting.quote",
        "contracts.contract",
        "logistics.delivery",
        "finance.invoice",
        "inventory.move",
    }


def test_it_says_what_comes_next_and_what_stands_in_its_way(api: Api):
    agreed, placed = trade.order(api, {"item": trade.item(api)["id"]})
    told = desk(api, placed)
    assert (told["next"]["verb"], told["next"]["enabled"]) == ("release", False)
    assert "300.00" in told["next"]["reason"]
    assert [line["blocking"] for line in told["plan"]] == [True, True, False]
    assert [line["gate"] for line in told["plan"]] == ["production", "delivery", "none"]

    api.act(agreed, "receive", amount="300")
    seen = []
    for _ in range(3):
        told = desk(api, placed)
        assert told["next"]["enabled"], told["next"]
        seen.append(told["next"]["verb"])
        api.act(placed, told["next"]["verb"])
    assert seen == ["release", "stock_in", "ready"]
    told = desk(api, placed)
    assert (told["next"]["verb"], told["next"]["enabled"]) == ("deliver", False)
    assert told["next"]["help"][0]["action"] == "contracts.contract.receive"
    assert "600.00" in told["next"]["reason"]
    assert [line["blocking"] for line in told["plan"]] == [False, True, False]

    api.act(agreed, "receive", amount="600")
    assert [(line["collected"], line["state"], line["blocking"]) for line in desk(api, placed)["plan"]] == [
        ("300.00", "received", False),
        ("600.00", "received", False),
        ("0.00", "planned", False),
    ]
    assert desk(api, placed)["next"]["enabled"]
    api.act(trade.delivery(api, placed), "ship")
    assert desk(api, placed)["next"]["verb"] == "invoice"
    api.act(api.made(placed, "invoice", "finance.invoice"), "issue")
    assert desk(api, placed)["next"]["verb"] == "accept"
    api.act(placed, "accept")
    assert desk(api, placed)["next"]["verb"] == "close"
    api.act(placed, "close")
    told = desk(api, placed)
    assert told["next"] is None
    assert Decimal(told["totals"]["margin"]) == Decimal("884.96") - Decimal("600.00")
    assert told["totals"]["margin_rate"] == "32.20"


def test_a_reversed_invoice_is_no_longer_counted(api: Api):
    _agreed, placed = trade.shipped(api, {"item": trade.item(api)["id"]})
    bill = api.act(api.made(placed, "invoice", "finance.invoice"), "issue")["document"]
    assert desk(api, placed)["totals"]["invoiced"] == "1000.00"
    api.act(bill, "reverse", reason="wrong title")
    assert desk(api, placed)["totals"]["invoiced"] == "0.00"
    assert api.made(placed, "invoice", "finance.invoice")["total"] == "1000.00"


def test_what_a_role_may_not_see_is_not_on_it(api: Api, as_role):
    seller = as_role("Sales engineer")
    who = trade.customer(seller)
    agreed = trade.contract(seller, {"item": trade.item(api)["id"]}, customer=who["id"])
    placed = seller.made(agreed, "sign", "sales.order")
    told = desk(seller, placed)
    assert not {"cost", "margin", "margin_rate"} & set(told["totals"])
    assert (told["document"]["cost"], told["document"]["margin"]) == ("•••", None)
    assert seller.get(f"/sales/orders/{trade.order(api)[1]['id']}/desk/", status=404)
