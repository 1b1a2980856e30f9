"""Suppliers on a screen of their own, whether they may be bought from, and which brands may be sold where (W-9.1.1, W-9.1.2, W-1.6.5)."""

from __future__ import annotations

from datetime import date

import pytest

from kernel.refusals import Refused
from tenant_apps.partners import agencies, suppliers
from tenant_apps.partners.models import Partner
from tenants.context import tenant_context
from tests import trade
from tests.api import Api

TODAY = date(2026, 5, 4)


@pytest.fixture
def today(on_day) -> date:
    on_day(TODAY)
    return TODAY


def test_a_supplier_is_rated_approved_and_blocked_by_a_licence_that_ran_out(company, api: Api, today):
    paper = {"kind": "licence", "licence": "iso9001", "ends_on": "2026-05-03", "needed": True}
    made = api.create("partners.supplier", {"name": trade.some("Castings"), "punctuality": "90", "quality": "80", "papers": [paper]})
    assert (made["kind"], made["number"][0], made["score"]) == ("supplier", "S", "85.7")  # (40·90 + 30·80) / 70
    api.refused(made, "approve", "licence_expired")
    assert api.one("partners.paper", f"partner={made['id']}")["name"].startswith("Quality management")
    renewed = api.change(made, {"papers": [{"id": made["papers"][0]["id"], "ends_on": "2027-05-03"}]})
    assert api.act(renewed, "approve")["document"]["approved"] is True
    with tenant_context(company):
        partner = Partner.objects.get(pk=made["id"])
        suppliers.refuse_trade(partner, TODAY)
        with pytest.raises(Refused, match="ran out"):
            suppliers.refuse_trade(partner, date(2027, 5, 4))
    api.act(api.again(made), "blacklist", reason="never again")
    with tenant_context(company), pytest.raises(Refused, match="blacklisted"):
        suppliers.refuse_trade(Partner.objects.get(pk=made["id"]), TODAY)


def test_customers_are_no_suppliers_unless_said_and_one_history_tells_both(api: Api):
    made = trade.customer(api)
    assert made["id"] not in [row["id"] for row in api.rows("partners.supplier", "limit=500")]
    api.change(made, {"supplies": True})
    seen = api.read("partners.supplier", made["id"])
    api.change(seen, {"quality": "70"})
    assert [row["verb"] for row in api.get(f"/partners/partners/{made['id']}/events/")["rows"]][:2] == ["change", "change"]
    assert api.again(made)["kind"] == "customer"


def warned(brand: str, region: str, on: date = TODAY, buyer: Partner | None = None) -> str:
    """What is said when a brand is offered to a dealer, or to a customer, in a region."""
    who = buyer or Partner(kind=Partner.Kind.CUSTOMER)
    who.region = region
    return agencies.warnings([brand], who, on).get(brand, "")


def test_a_brand_is_sold_where_its_agency_holds(company, api: Api, today):
    east, north = (api.create("organization.region", {"name": name})["id"] for name in ("East", "North"))
    town = api.create("organization.region", {"name": "Town", "parent": east})
    dealer, other = trade.customer(api, kind="dealer"), trade.customer(api, kind="dealer")
    maker = trade.customer(api, kind="supplier")
    for values in (
        {"brand": "Zwick", "kind": "ours", "partner": maker["id"], "regions": [east], "ends_on": "2026-12-31"},
        {"brand": "Own", "kind": "theirs", "partner": dealer["id"], "regions": [east]},
        {"brand": "Own", "kind": "theirs", "partner": other["id"], "regions": [north], "exclusive": True},
    ):
        api.create("partners.agency", values)
    with tenant_context(company):
        buyer = Partner.objects.get(pk=dealer["id"])
        assert warned("zwick", town["name"]) == warned("Nobody's", "North") == warned("", "") == ""
        assert "may not sell Zwick in North" in warned("Zwick", "North")
        assert "may not sell" in warned("Zwick", "East", date(2027, 1, 1))
        assert warned("Own", "Town", buyer=buyer) == ""
        assert "outside the territory" in warned("Own", "North", buyer=buyer)
        assert "sole right" in warned("Own", "North")
    assert api.create("partners.agency", {"brand": "", "partner": maker["id"]}, 422)["errors"][0]["path"] == "brand"


def test_a_contact_goes_to_another_company_and_keeps_where_they_were(api: Api):
    old, new = trade.customer(api), trade.customer(api)
    boss = api.create("partners.contact", {"name": "Boss", "partner": old["id"]})
    made = api.create(
        "partners.contact", {"name": "Wang", "partner": old["id"], "job": "Buyer", "reports_to": boss["id"], "birthday": "1990-02-03"}
    )
    stranger = api.create("partners.contact", {"name": "Elsewhere", "partner": new["id"]})
    assert api.change(made, {"influences": stranger["id"]}, 422)["errors"][0]["code"] == "other_company"
    moved = api.act(made, "change_company", to=new["id"], job="Head of buying")["document"]
    assert (moved["partner"]["id"], moved["reports_to"], moved["job"]) == (new["id"], None, "Head of buying")
    assert [(row["label"], row["job"]) for row in moved["history"]] == [(old["name"], "Buyer")]
