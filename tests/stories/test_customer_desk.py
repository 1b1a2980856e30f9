"""One customer on one page: ledger, ageing by due date, every document (spec 2.11)."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import override

from tenant_apps.analytics import customer_business
from tenant_apps.catalog.models import Item, Series
from tenant_apps.inventory.models import Serial
from tests import trade
from tests.api import Api, Json

NOTHING = {
    "not_due": "0.00",
    "1-30": "0.00",
    "31-60": "0.00",
    "61-90": "0.00",
    "91-180": "0.00",
    "181-365": "0.00",
    ">365": "0.00",
    "retention": "0.00",
}


def desk(api: Api, who: int) -> Json:
    return api.get(f"/partners/partners/{who}/desk/")


def ageing(api: Api, who: int) -> dict[str, str]:
    return {row["bucket"]: row["amount"] for row in desk(api, who)["ageing"]}


def test_the_ledger_tells_what_is_owed_line_by_line(api: Api, on_day):
    on_day(date(2026, 3, 2))
    agreed, placed = trade.shipped(api, {"item": trade.item(api)["id"]})
    who = agreed["customer"]["id"]
    on_day(date(2026, 3, 9))
    bill = api.act(api.made(placed, "invoice", "finance.invoice"), "issue")["document"]
    told = desk(api, who)
    assert [(row["date"], row["kind"], row["debit"], row["credit"], row["balance"]) for row in told["ledger"]] == [
        ("2026-03-09", "invoice", "1000.00", "0.00", "100.00"),
        ("2026-03-02", "receipt", "0.00", "600.00", "-900.00"),
        ("2026-03-02", "receipt", "0.00", "300.00", "-300.00"),
    ]
    assert (told["ledger"][0]["_key"], told["ledger"][0]["id"]) == ("finance.invoice", bill["id"])
    assert told["figures"] == {
        "balance": "100.00",
        "overdue": "0.00",
        "retention": "100.00",
        "contracted": "1000.00",
        "collected": "900.00",
    }
    assert [row["_key"] for row in told["documents"]].count("finance.receipt") == 2
    assert {row["_key"] for row in told["documents"]} == {
        "quoting.quote",
        "contracts.contract",
        "sales.order",
        "logistics.delivery",
        "finance.invoice",
        "finance.receipt",
    }
    assert [contact["name"] for contact in told["contacts"]] == ["Li"]

    api.act(bill, "reverse", reason="wrong title")
    assert desk(api, who)["ledger"][0] | {"label": ""} == {
        "date": "2026-03-09",
        "kind": "reversal",
        "kind_label": "Reversal",
        "label": "",
        "debit": "-1000.00",
        "credit": "0.00",
        "balance": "-900.00",
        "_key": "finance.invoice",
        "id": bill["id"],
    }


def test_receivables_age_by_their_due_date(api: Api, on_day):
    signed = date(2026, 1, 5)
    on_day(signed)
    agreed, _placed = trade.order(api, {"item": trade.item(api)["id"]})
    who, due = agreed["customer"]["id"], signed + timedelta(days=7)
    for days, bucket in [
        (0, "not_due"),
        (1, "1-30"),
        (30, "1-30"),
        (31, "31-60"),
        (90, "61-90"),
        (91, "91-180"),
        (180, "91-180"),
        (181, "181-365"),
        (366, ">365"),
    ]:
        on_day(due + timedelta(days=days))
        expected = NOTHING | {"not_due": "600.00", "retention": "100.00"}
        expected[bucket] = "900.00" if bucket == "not_due" else "300.00"
        assert ageing(api, who) == expected, days
        assert desk(api, who)["figures"]["overdue"] == ("300.00" if days else "0.00")
    api.act(agreed, "receive", amount="300")
    assert ageing(api, who) == NOTHING | {"not_due": "600.00", "retention": "100.00"}


def test_retention_stands_apart_until_it_is_overdue(api: Api, on_day):
    on_day(date(2026, 1, 5))
    agreed, placed = trade.shipped(api, {"item": trade.item(api)["id"]})
    api.act(placed, "accept")
    who = agreed["customer"]["id"]
    on_day(date(2027, 1, 5))
    assert ageing(api, who) == NOTHING | {"retention": "100.00"}
    on_day(date(2027, 1, 6))
    assert ageing(api, who) == NOTHING | {"1-30": "100.00"}
    (kept,) = [row for row in api.rows("finance.chargeitem") if row["code"] == "retention"]
    api.change(api.again(kept), {"in_ageing": False})
    assert ageing(api, who) == NOTHING, "a charge item may be left out of the ageing"
    api.change(api.again(kept), {"in_ageing": True})


def test_a_warehouse_keeper_sees_no_money_on_it(api: Api, as_role):
    agreed, _placed = trade.order(api)
    told = desk(as_role("Warehouse"), agreed["customer"]["id"])
    assert (told["figures"], told["ledger"]) == (None, [])
    assert {row["_key"] for row in told["documents"]} <= {"sales.order", "logistics.delivery"}


def test_credit_counts_what_is_owed_and_what_is_ordered_once(api: Api, as_role):
    agreed, _placed = trade.order(api, {"item": trade.item(api)["id"]})
    who = agreed["customer"]["id"]
    assert desk(api, who)["credit"] is None
    api.change(api.read("partners.partner", who), {"credit_limit": "800"})
    assert desk(api, who)["credit"] == {"limit": "800.00", "used": "1000.00", "free": "-200.00"}
    api.act(agreed, "receive", amount="300")
    assert desk(api, who)["credit"] == {"limit": "800.00", "used": "700.00", "free": "100.00"}
    assert desk(as_role("Warehouse"), who)["credit"] is None
    (activities,) = [panel for panel in desk(api, who)["panels"] if panel["name"] == "activities"]
    assert activities["adds"] == {"key": "crm.activity", "field": "partner"}


def test_a_delivered_machine_tells_its_warranty():
    machine = Serial(serial_no="SN1", shipped_on=date(2026, 3, 2), item=Item(series=Series(warranty_months=12)))
    with override("en"):
        assert customer_business.warranty(machine, date(2027, 3, 2)) == "warranty until 2027-03-02"
        assert customer_business.warranty(machine, date(2027, 3, 3)) == "warranty ended on 2027-03-02"
        assert customer_business.warranty(Serial(serial_no="SN2", item=Item()), date(2027, 3, 3)) == ""
