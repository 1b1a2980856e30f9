"""Operators suspend, extend and end companies; the company feels it at once and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tenants.models import Tenant
from tests.api import Api
from tests.console.conftest import Operator, client_of


@pytest.fixture
def own(founded: Callable[[], Tenant]) -> Tenant:
    """A company that this test alone suspends."""
    return founded()


def test_a_suspended_company_reads_and_does_not_change(operator: Operator, own: Tenant):
    admin, api = operator(), Api.of_owner(own)
    suspended = admin.act(client_of(admin, own), "suspend", reason="Invoice SI-7 is open for 60 days")["document"]
    assert suspended["state"] == "suspended"
    assert api.get("/sales/orders/")["rows"] == []
    told = api.ask("post", "/partners/partners/", {"name": "上海某大学"})
    assert (told[0], told[1]["code"]) == (403, "read_only")
    activated = admin.act(admin.again(suspended), "activate", reason="Paid")["document"]
    assert activated["state"] == "active"
    api.create("partners.partner", {"name": "上海某大学"})


def test_only_an_administrator_of_the_platform_does_so(operator: Operator, own: Tenant):
    row = client_of(operator(), own)
    operator("support").act(row, "suspend", 403, reason="No")
    Api.of_owner(own).post(f"/console/clients/{row['id']}/suspend/", {"reason": "x"}, 403)


def test_a_trial_is_extended_by_days_within_reason(operator: Operator, own: Tenant):
    admin = operator()
    row = client_of(admin, own)
    assert admin.act(row, "extend_trial", 422, days=400, reason="x")["errors"][0]["path"] == "days"
    before = Tenant.objects.get(pk=own.pk).until
    extended = admin.act(row, "extend_trial", days=14, reason="Their accountant is on holiday")["document"]
    after = Tenant.objects.get(pk=own.pk).until
    assert before and after and (after - before).days == 14
    assert extended["trial_until"] == after.date().isoformat()


def test_a_plan_is_given_free_of_charge(operator: Operator, own: Tenant):
    admin = operator()
    row = client_of(admin, own)
    assert admin.act(row, "give_plan", 422, plan="no-such", seats=5, reason="x")["errors"][0]["path"] == "plan"
    given = admin.act(row, "give_plan", plan="team", seats=7, reason="Pilot customer")["document"]
    assert (given["state"], given["plan"]) == ("active", "team")
    assert Api.of_owner(own).get("/billing/")["seats"] == 7


def test_a_transfer_for_an_unknown_invoice_is_refused(operator: Operator, own: Tenant):
    admin = operator()
    told = admin.act(client_of(admin, own), "record_transfer", 404, number="MW-0", amount="1.00", reference="ICBC 1")
    assert told["code"] == "not_found"
