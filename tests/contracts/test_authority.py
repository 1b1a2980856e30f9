"""Whose agreement a contract from nothing and a change order need, who is named, and how it goes on (spec 2.3, 2.4; figures of spec 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tenant_apps.analytics import customer_value
from tenant_apps.contracts.models import Contract
from tenant_apps.crm import facts
from tenants.context import tenant_context
from tenants.models import Tenant
from tests import trade
from tests.api import Api, Json
from tests.approvals.conftest import Office, ask
from tests.contracts.test_changes import begun, drafted

LIST, COST, FLOOR = "256800", "118200", "218,280.00"
APPLY = ("contracts.change", "apply")


@pytest.fixture(scope="module")
def item(api: Api) -> int:
    return trade.machine(api, LIST, COST)["id"]


@pytest.fixture(scope="module")
def office(api: Api) -> Office:
    seller, head = trade.join(api, "Sales engineer"), trade.join(api, "Sales manager")
    boss, other = trade.join(api, "General manager", department="Management"), trade.join(api, "Finance", department="Finance")
    unit = next(one for one in api.rows("organization.unit") if one["name"] == "Sales")
    api.change(api.again(unit), {"head": head.member})
    return Office(api, seller, head, boss, other)


@pytest.fixture
def flow(office: Office) -> Iterator[None]:
    office.flow([ask("first", office.head)], on=APPLY)
    yield
    office.off(APPLY)


def sold(office: Office, item: int, price: str = LIST, **values: Any) -> Json:
    """A signed contract of the seller's, signed by whoever may."""
    agreed = drafted(office.seller, {"item": item, "unit_price": price}, **values)
    return office.admin.act(agreed, "sign", order=False)["document"]


def changed(who: Api, agreed: Json, line: Json, **values: Any) -> Json:
    change = begun(who, agreed)
    return who.change(change, {"lines": [{"id": change["lines"][0]["id"], **line}], **values})


@pytest.mark.parametrize(("price", "level", "code"), [("244000", 1, ""), ("231000", 3, "authority"), ("212000", 5, "below_floor")])
def test_a_lower_price_is_judged_like_a_quote(office: Office, item: int, price: str, level: int, code: str):
    change = changed(office.seller, sold(office, item), {"unit_price": price})
    if level == 1:
        assert change["_authority"] is None
        office.seller.act(change, "apply")
        return
    assert change["_authority"]["level"] == level
    told = office.seller.refused(change, "apply", code)
    assert told["errors"][0]["path"] == "lines.0.discount" and told["help"][0]["action"] == "contracts.change.ask"


def test_what_was_agreed_stays_agreed(office: Office, item: int):
    """At 10.05 % less, which the director agreed to: another delivery day, one more part at its price, and a better price need nobody."""
    agreed = sold(office, item, "231000", delivery_date="2027-06-01")
    change = changed(office.seller, agreed, {"unit_price": "232000"}, delivery_date="2027-07-01")
    more = [{"id": change["lines"][0]["id"]}, {"item": trade.item(office.admin, "900000")["id"]}]
    change = office.seller.change(change, {"lines": more})
    assert change["_authority"] is None
    office.seller.act(change, "apply")
    again = changed(office.seller, office.admin.again(agreed), {"quantity": "2"})
    assert again["_authority"]["level"] == 2, "twice as many at the low price"


def test_two_small_steps_are_judged_as_what_they_come_to(office: Office, item: int):
    agreed = sold(office, item)
    office.seller.act(changed(office.seller, agreed, {"discount": "5"}), "apply")
    assert changed(office.seller, office.admin.again(agreed), {"discount": "10"})["_authority"]["level"] == 2


def test_later_payment_and_earlier_delivery_are_judged(office: Office):
    """30/60/10 is usual: 60 % after shipment instead needs the general manager; so do 20 days sooner than the lead time of 60."""
    slow = trade.machine(office.admin, LIST, COST, lead_days=60)["id"]
    agreed = sold(office, slow, contract_date="2026-11-22", delivery_date="2027-02-01")
    change = begun(office.seller, agreed)
    rows = [dict(row) for row in change["plan"]]
    rows[1] |= {"trigger": "shipped", "gate": "none"}
    told = office.seller.change(change, {"plan": rows})["_authority"]
    assert told["level"] == 4 and "60" in told["why"][0]
    rows[1] |= {"trigger": "ready", "offset_months": 12}
    assert office.seller.change(office.seller.again(change), {"plan": rows})["_authority"]["level"] == 4
    rows[1] |= {"offset_months": 0}
    sooner = office.seller.change(office.seller.again(change), {"plan": rows, "delivery_date": "2027-01-01"})["_authority"]
    assert sooner["level"] == 4 and "20" in sooner["why"][0]
    office.seller.refused(change, "apply", "authority")
    office.boss.act(office.boss.again(change), "apply")
    assert office.admin.again(agreed)["delivery_date"] == "2027-01-01"


def test_under_a_flow_it_waits_and_is_then_put_in_force(office: Office, item: int, flow: None):
    agreed = sold(office, item)
    change = changed(office.seller, agreed, {"unit_price": "231000"})
    approval = office.seller.act(change, "apply", 202)["held"]["approval"]
    assert office.admin.again(agreed)["total"] == "256800.00"
    office.agree(office.head, approval)
    assert (office.admin.again(change)["state"], office.admin.again(agreed)["total"]) == ("applied", "231000.00")


def test_a_bulk_edit_does_not_go_around_it(office: Office, item: int):
    change = begun(office.seller, sold(office, item))
    ids = [{"id": change["id"], "version": change["version"]}]
    line = {"id": change["lines"][0]["id"], "unit_price": "212000"}
    office.seller.post("/contracts/changes/bulk/", {"verb": "change", "ids": ids, "values": {"lines": [line]}})
    office.seller.refused(office.seller.again(change), "apply", "below_floor")


def test_below_the_floor_it_is_told_who_can_and_they_are_asked(office: Office, item: int):
    """Without an approval flow: refused with the floor, who may decide, and a way to ask them; they find it and sign."""
    agreed = drafted(office.seller, {"item": item, "unit_price": "212000"})
    told = office.seller.refused(agreed, "sign", "below_floor")
    admin = next(row["name"] for row in office.admin.rows("organization.member") if row["id"] == office.admin.member)
    assert FLOOR in told["detail"] and admin in told["detail"]
    assert told["help"][0]["action"] == "contracts.contract.ask"
    office.boss.refused(office.boss.again(agreed), "sign", "below_floor")
    office.seller.act(agreed, "ask", note="Reference customer")
    message = next(row for row in office.admin.get("/me/messages/")["rows"] if agreed["number"] in row["title"])
    assert message["link"]["id"] == agreed["id"] and "Reference customer" in message["text"] and FLOOR in message["text"]
    office.admin.refused(office.admin.again(agreed), "ask", "own_authority")
    office.admin.act(office.admin.again(agreed), "sign", order=False)


def test_where_nobody_can_it_says_so(api: Api, office: Office, item: int, monkeypatch: pytest.MonkeyPatch):
    agreed = drafted(office.seller, {"item": item, "unit_price": "212000"})
    monkeypatch.setattr("tenant_apps.contracts.asking.deciders", lambda document: [])
    told = office.seller.refused(agreed, "sign", "below_floor")
    assert "approval" in told["detail"] and not told.get("help")
    office.seller.refused(agreed, "ask", "nobody")


def test_what_a_quote_agreed_of_its_stages_is_not_taken_away_unasked(office: Office, company: Tenant):
    """All of it is paid on shipment and blocks it: agreed with the quote. Without the gate, or with one that opens by itself, it is paid later."""
    item, who = trade.machine(office.admin, LIST, COST)["id"], trade.customer(office.seller)["id"]
    stage = {"name": "All", "percent": "100", "trigger": "shipped", "gate": "delivery"}
    scheme = office.admin.create("contracts.scheme", {"name": trade.some("Cash"), "lines": [stage]})["id"]
    agreed = trade.contract(office.seller, {"item": item}, customer=who, scheme=scheme)
    assert agreed["_authority"] is None
    line = agreed["plan"][0]["id"]
    for wrong in ({"gate": "none"}, {"soft": True}, {"tolerance": "100"}):
        told = office.seller.change(office.seller.again(agreed), {"plan": [{"id": line, **wrong}]})
        assert told["_authority"]["level"] == 4, wrong
        office.seller.refused(told, "sign", "authority", order=False)
        right = {"gate": "delivery", "soft": False, "tolerance": "0"}
        assert office.seller.change(office.seller.again(agreed), {"plan": [{"id": line, **right}]})["_authority"] is None
    with tenant_context(company):  # as it was kept before whole terms were
        before = Contract.objects.get(pk=agreed["id"])
        Contract.objects.filter(pk=before.pk).update(facts={"quoted": before.facts["quoted"]})
    assert office.seller.change(office.seller.again(agreed), {"title": "Press"})["_authority"] is None
    told = office.seller.change(office.seller.again(agreed), {"plan": [{"id": line, "gate": "none"}]})
    assert told["_authority"]["level"] == 4


# another currency ----------------------------------------------------------------------------------------------------
def test_a_contract_from_nothing_in_another_currency(office: Office, on_day: Callable[[date], None]):
    """List price 1,400 less 5 % for this customer, at 7 for a dollar: 200 less 5 % = 190, and the floor of 85 % is 170 dollars."""
    api = office.admin
    on_day(date(2026, 5, 1))
    item, who = trade.item(api, "1400", "700")["id"], trade.customer(api)["id"]
    rule = {"name": "Good customer", "level": "customer", "partner": who, "kind": "percent", "value": "5"}
    api.act(api.create("pricing.pricepolicy", rule), "publish")
    values = {"customer": who, "lines": [{"item": item, "quantity": "3"}]}
    assert api.create("contracts.contract", {**values, "currency": "usd"}, 422)["errors"][0]["code"] == "no_rate"
    api.create("pricing.exchangerate", {"currency": "USD", "rate": "7", "valid_from": "2026-05-01", "valid_to": "2026-05-31"})
    made = api.create("contracts.contract", {**values, "currency": "usd"})
    assert (made["currency"], made["rate"], made["rate_until"], made["total"]) == ("USD", "7", "2026-05-31", "570.00")
    assert [line["amount"] for line in made["plan"]] == ["171.00", "342.00", "57.00"]
    own = api.create("contracts.contract", values)
    assert (own["currency"], own["rate"], own["total"]) == ("CNY", "1", "3990.00")
    typed = api.change(own, {"lines": [{"id": own["lines"][0]["id"]}, {"item": item, "unit_price": "180"}]})
    moved = api.change(typed, {"currency": "USD"})
    assert [line["unit_price"] for line in moved["lines"]] == ["190", "180"], "what the rules made follows, what was typed stays"
    low = drafted(office.seller, {"item": item, "unit_price": "169"}, currency="USD")
    assert "USD 170.00" in office.seller.refused(low, "sign", "below_floor")["detail"]


def test_a_rate_that_has_run_out_is_told_before_it_is_signed(api: Api, on_day: Callable[[date], None]):
    on_day(date(2025, 5, 1))
    rate = {"currency": "EUR", "rate": "8", "valid_from": "2025-05-01", "valid_to": "2025-05-31"}
    api.create("pricing.exchangerate", rate)
    made = api.create(
        "contracts.contract", {"customer": trade.customer(api)["id"], "currency": "EUR", "lines": [{"item": trade.item(api, "1400")["id"]}]}
    )
    on_day(date(2025, 6, 1))
    assert api.refused(made, "sign", "rate_expired")["help"][0]["action"] == "contracts.contract.relock"
    assert api.act(made, "relock", 422)["errors"][0]["code"] == "no_rate"
    api.create("pricing.exchangerate", rate | {"rate": "8.4", "valid_from": "2025-06-01", "valid_to": "2025-06-30"})
    now = api.act(made, "relock")["document"]
    assert (made["total"], now["total"], now["rate"]) == ("175.00", "166.67", "8.4")
    assert sum(Decimal(line["amount"]) for line in now["plan"]) == Decimal("166.67")
    placed = api.made(now, "sign", "sales.order")
    assert (placed["currency"], placed["total"]) == ("EUR", "166.67")
    assert api.made(placed, "invoice", "finance.invoice")["currency"] == "EUR"
    change = begun(api, api.again(now))
    assert (
        api.change(change, {"lines": [{"id": change["lines"][0]["id"]}, {"item": trade.item(api, "840")["id"]}]})["difference"] == "100.00"
    )


def test_a_framework_counts_in_its_currency(api: Api, on_day: Callable[[date], None]):
    on_day(date(2024, 5, 1))
    api.create("pricing.exchangerate", {"currency": "USD", "rate": "7", "valid_from": "2024-05-01", "valid_to": "2024-05-31"})
    who, item = trade.customer(api)["id"], trade.item(api, "1400")["id"]
    frame = api.create("contracts.contract", {"customer": who, "kind": "framework", "ceiling": "300", "currency": "USD"})
    api.act(frame, "sign")
    values = {"customer": who, "framework": frame["id"], "lines": [{"item": item}]}
    assert api.create("contracts.contract", {**values, "currency": "CNY"}, 422)["errors"][0]["path"] == "currency"
    called = api.create("contracts.contract", values)
    assert (called["currency"], called["total"]) == ("USD", "200.00")
    api.act(called, "sign", order=False)
    assert "USD 100.00" in api.refused(api.create("contracts.contract", values), "sign", "ceiling")["detail"]


def test_what_is_owed_in_another_currency_counts_at_the_rate_of_its_contract(api: Api, company: Tenant, on_day: Callable[[date], None]):
    """1,000 dollars at 7: invoiced they are 7,000 in the ledger, the deposit of 300 is overdue with 2,100, and 2,100 when it comes in."""
    on_day(date(2023, 5, 20))
    api.create("pricing.exchangerate", {"currency": "USD", "rate": "7", "valid_from": "2023-05-01", "valid_to": "2023-05-31"})
    who, item, seller = trade.customer(api, credit_limit="20000"), trade.item(api, "7000")["id"], trade.join(api, "Sales engineer")
    agreed = drafted(api, {"item": item}, customer=who["id"], currency="USD", owner=seller.member)
    placed = api.made(agreed, "sign", "sales.order")
    desk, page = f"/partners/partners/{who['id']}/desk/", f"/organization/members/{seller.member}/desk/"
    assert api.get(desk)["credit"]["used"] == "7000.00", "ordered"
    assert next(one["amount"] for one in api.get(page)["owns"] if one["_key"] == "sales.order") == "7000.00"
    api.act(api.made(placed, "invoice", "finance.invoice"), "issue")
    on_day(date(2023, 8, 20))
    told = api.get(desk)
    assert (told["figures"]["balance"], told["figures"]["overdue"], told["credit"]["used"]) == ("7000.00", "2100.00", "7000.00")
    assert {row["bucket"]: row["amount"] for row in told["ageing"]}["61-90"] == "2100.00"
    with tenant_context(company):
        assert customer_value.measured(date(2023, 8, 20))[who["id"]]["overdue"] == Decimal(2100)
        assert facts.money([who["id"]], date(2023, 8, 20))["overdue"] == {who["id"]: Decimal(2100)}
    own = api.act(drafted(api, {"item": item}, customer=who["id"]), "sign", order=False)["document"]
    both = [{"due": trade.dues(api, one)[0]["id"], "amount": "300"} for one in (agreed, own)]
    told = api.create("finance.receipt", {"partner": who["id"], "amount": "600", "allocations": both}, 422)["errors"]
    assert [(error["path"], error["code"]) for error in told] == [("allocations.1.due", "other_currency")]
    receipt = api.create("finance.receipt", {"partner": who["id"], "amount": "400", "allocations": both[:1]})
    assert receipt["currency"] == "USD"
    receipt = api.act(receipt, "post")["document"]
    api.refused(receipt, "allocate", "other_currency", due=both[1]["due"])
    assert [api.get(desk)["ledger"][0][name] for name in ("credit", "balance")] == ["2800.00", "4200.00"]
    assert api.get(desk)["figures"]["overdue"] == "0.00"
    api.act(receipt, "reverse", reason="Wrong account")
    assert api.get(desk)["figures"]["balance"] == "7000.00"
