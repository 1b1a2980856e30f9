"""What was reached of the yearly target of a brand agency, and the rebate to be expected (W-1.6.5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tenant_apps.analytics import agency_targets
from tenant_apps.analytics.agency_targets import Dealt
from tenant_apps.partners.models import Agency
from tests import trade
from tests.api import Api

ON = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def settings_of_nobody(monkeypatch):
    monkeypatch.setattr(agency_targets.AGENCY_SLACK, "value", lambda: 10)
    monkeypatch.setattr(agency_targets.agencies, "covers", lambda agency, region: not agency.regions or region == "East")


def judged(kind: str, *rows: Dealt, **values: object) -> Agency:
    agency = Agency(kind=kind, brand=" Zwick ", partner_id=1, regions=[5], target=Decimal(1000), rebate=Decimal(3), **values)
    agency_targets.judge(agency, rows, ON)
    return agency


def dealt(amount: int, kind: str = "sales", partner: int = 1, region: str = "East", on: date = ON, brand: str = "zwick") -> Dealt:
    return Dealt(brand, kind, partner, region, on, Decimal(amount))


def test_a_brand_we_sell_counts_by_territory_and_its_rebate_by_what_we_bought():
    rows = (
        dealt(300, partner=7),
        dealt(200, partner=8, region="West"),
        dealt(400, "purchase"),
        dealt(50, brand="other"),
        dealt(90, on=date(2025, 12, 31)),
    )
    agency = judged("ours", *rows)
    assert (agency.actual, agency.reached, agency.rebate_due, agency.behind) == (Decimal(300), Decimal(30), Decimal(12), True)


def test_a_dealer_counts_by_what_they_bought():
    agency = judged("theirs", dealt(450, region="West"), dealt(100, partner=2))
    assert (agency.actual, agency.reached, agency.rebate_due, agency.behind) == (Decimal(450), Decimal(45), Decimal("13.5"), False)


def test_the_year_of_an_agency_begins_when_it_did():
    assert agency_targets.year_of(Agency(begins_on=date(2024, 2, 29)), date(2026, 2, 27)) == (date(2025, 2, 28), date(2026, 2, 28))
    assert agency_targets.year_of(Agency(), ON) == (date(2026, 1, 1), date(2027, 1, 1))
    agency = judged("ours", dealt(80, on=date(2026, 5, 31)), dealt(20, on=date(2026, 6, 1)), begins_on=date(2025, 6, 1))
    assert (agency.actual, agency.behind) == (Decimal(20), False), "what was sold in the year before does not count"


def test_without_a_target_nothing_is_behind():
    agency = Agency(kind="theirs", brand="Own", partner_id=1, regions=[])
    agency_targets.judge(agency, [], ON)
    assert (agency.actual, agency.reached, agency.rebate_due, agency.behind) == (Decimal(0), None, None, False)


def test_a_signed_contract_counts_at_once(api: Api):
    brand = api.create("catalog.brand", {"name": trade.some("Own")})
    dealer = trade.customer(api, kind="dealer")
    asked = {"brand": brand["name"].upper(), "kind": "theirs", "partner": dealer["id"], "target": "2000", "rebate": "5"}
    agency = api.create("partners.agency", asked)
    goods = trade.item(api, brand=brand["id"])
    trade.order(api, {"item": goods["id"]}, customer=dealer["id"])
    told = api.again(agency)
    assert (told["actual"], told["reached"], told["rebate_due"]) == ("1000.00", "50", "50.00")
    assert api.get("/meta/partners/agencies/")["fields"]["reached"]["bar"] is True
