"""Contracts of other kinds than sales: service, agency, freight (spec 2.4)."""

from __future__ import annotations

from decimal import Decimal

from tests import trade
from tests.api import Api
from tests.contracts.test_changes import drafted, plan


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
