"""Contracts of other kinds than sales: service, agency, freight, purchase; what comes of them when their day comes or they end (spec 2.4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from tenant_apps.finance import tasks
from tenants.context import tenant_context
from tenants.models import Tenant
from tests import trade
from tests.api import Api, Json, where
from tests.contracts.test_changes import drafted, plan
from tests.crm import sales


def test_a_service_contract_is_carried_out_and_paid_without_an_order(api: Api):
    agreed = drafted(api, {"item": trade.item(api, "10600", rate="6", supply="service")["id"], "quantity": "2"}, kind="service")
    agreed = api.act(agreed, "sign")["document"]
    assert (agreed["state"], sum(map(Decimal, plan(agreed)))) == ("executing", Decimal("21200.00"))
    assert api.rows("sales.order", f"customer={agreed['customer']['id']}") == []
    paid = api.act(agreed, "receive", amount="21200")["document"]
    assert paid["collected"] == "21200.00"


def test_an_agency_contract_has_no_goods_and_counts_as_nothing_sold(api: Api):
    agreed = api.act(drafted(api, kind="agency"), "sign")["document"]
    assert (agreed["state"], agreed["total"], "order" in agreed["_actions"]) == ("executing", "0.00", False)
    api.refused(agreed, "order", "not_sold")


def test_a_freight_contract_is_completed_when_the_carrier_is_paid(api: Api):
    carrier = api.create("partners.supplier", {"name": trade.some("Carrier")})
    api.act(carrier, "approve")
    stage = {"name": "Arrival", "percent": "100", "trigger": "arrived"}
    agreed = drafted(
        api, {"item": trade.item(api, "1060", rate="6", supply="service")["id"]}, customer=carrier["id"], kind="freight", plan=[stage]
    )
    agreed = api.act(agreed, "sign")["document"]
    assert agreed["state"] == "executing"
    agreed = api.act(agreed, "reach", stage="arrived", on="2026-11-22")["document"]
    api.refused(agreed, "complete", "unpaid")
    agreed = api.act(agreed, "pay", amount=agreed["total"])["document"]
    assert api.act(agreed, "complete")["document"]["state"] == "completed"


def supplier(api: Api, found_by: Api) -> Json:
    return api.act(found_by.create("partners.supplier", {"name": trade.some("Castings")}), "approve")["document"]


def test_what_something_costs_is_not_told_by_buying_it(api: Api, as_role: Callable[..., Api]):
    """600 and 13 % are 678 for whoever knows costs; to a sales engineer the price is left open, and nothing is ordered without one."""
    seller = as_role("Sales engineer")
    values = {"kind": "purchase", "customer": supplier(api, seller)["id"], "lines": [{"item": trade.item(api)["id"]}]}
    assert api.create("contracts.contract", values)["lines"][0]["unit_price"] == "678"
    open_ = seller.create("contracts.contract", values)
    assert (open_["lines"][0]["unit_price"], open_["total"]) == (None, "0.00")
    seller.refused(open_, "sign", "no_price")
    typed = seller.change(open_, {"lines": [{"id": open_["lines"][0]["id"], "unit_price": "700"}]})
    assert seller.act(typed, "sign")["document"]["total"] == "700.00"


def test_what_we_buy_is_due_by_what_we_are_told(api: Api):
    """Nobody but ourselves tells that a supplier has shipped and invoiced, and that we have accepted."""
    stages = [
        {"name": "Shipped", "percent": "50", "trigger": "shipped", "offset_days": 30}, {"name": "Invoiced", "percent": "30", "trigger": "invoiced"},
        {"name": "Accepted", "percent": "20", "trigger": "accepted"},
    ]  # fmt: skip
    agreed = drafted(api, {"item": trade.item(api)["id"]}, customer=supplier(api, api)["id"], kind="purchase", plan=stages)
    api.act(agreed, "sign")
    for what, on in (("shipped", "2026-06-01"), ("invoiced", "2026-06-03"), ("accepted", "2026-06-20")):
        api.act(agreed, "reach", stage=what, on=on)
    assert [line["due_date"] for line in api.get(f"{where(agreed)}desk/")["plan"]] == ["2026-07-01", "2026-06-03", "2026-06-20"]


def test_a_service_without_an_order_is_accepted_by_hand(api: Api):
    stage = {"name": "All", "percent": "100", "trigger": "accepted", "bill": "acceptance"}
    agreed = api.act(drafted(api, {"item": trade.item(api, "10600", supply="service")["id"]}, kind="service", plan=[stage]), "sign")[
        "document"
    ]
    (due,) = trade.dues(api, agreed)
    bill = api.made(agreed, "bill", "finance.invoice", stage=due["id"])
    api.refused(bill, "issue", "invoice_too_early")
    api.refused(agreed, "reach", "told_elsewhere", stage="invoiced")
    api.act(agreed, "reach", stage="accepted", on="2026-06-01")
    assert (api.again(due)["state"], api.again(due)["due_date"]) == ("triggered", "2026-06-01")
    assert any(agreed["number"] in one["title"] for one in api.get("/me/messages/")["rows"]), "it is to be invoiced now"
    api.act(bill, "issue")
    sold = api.act(drafted(api, {"item": trade.item(api)["id"]}), "sign")["document"]
    api.refused(sold, "reach", "told_elsewhere", stage="accepted")


def test_a_stage_whose_day_has_come_is_due(api: Api, company: Tenant, on_day: Callable[[date], None]):
    """Shipped on January 5 and never accepted: 10 % are due fifteen months later; the warranty ends a year after acceptance."""
    on_day(date(2026, 1, 5))
    shipped, _placed = trade.shipped(api, {"item": trade.item(api)["id"]})
    kept = [{"name": "Now", "percent": "90"}, {"name": "Kept", "kind": "retention", "percent": "10", "trigger": "warranty"}]
    service = drafted(api, {"item": trade.item(api, supply="service")["id"]}, kind="service", plan=kept, warranty_months=12)
    service = api.act(service, "sign")["document"]
    api.act(service, "reach", stage="accepted", on="2026-02-01")
    dues = [trade.dues(api, shipped)[-1], trade.dues(api, service)[-1]]
    assert [(due["due_date"], due["state"]) for due in dues] == [("2027-04-05", "planned"), ("2027-02-01", "planned")]
    on_day(date(2027, 4, 5))
    with tenant_context(company):
        assert tasks.turn_day() >= 2
        assert tasks.turn_day() == 0
    now = [api.again(due) for due in dues]
    assert [(due["triggered_on"], due["state"]) for due in now] == [("2027-04-05", "triggered"), ("2027-02-01", "triggered")]
    late = {row["bucket"]: row["amount"] for row in api.get(f"/partners/partners/{service['customer']['id']}/desk/")["ageing"]}
    assert (late["61-90"], late["retention"]) == ("100.00", "0.00")


def test_an_opportunity_whose_contract_ended_is_no_longer_won(api: Api):
    one = sales.deal(api, products=[{"item": trade.item(api, "1000")["id"], "quantity": "1"}], amount="0")
    offer = api.act(api.made(one, "quote", "quoting.quote"), "send")["document"]
    agreed = api.act(api.made(offer, "accept", "contracts.contract"), "sign", order=False)["document"]
    assert api.again(one)["state"] == "won"
    api.act(agreed, "terminate", reason="Project stopped")
    now = api.again(one)
    assert (now["state"], now["amount"], now["lost_reason"]) == ("lost", "1000.00", "cancelled")
