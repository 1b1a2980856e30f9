"""A sandbox is a copy that nobody outside hears of, made anew at will, and its configuration can be carried back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from kernel import clock, configuration, saving
from kernel.access import SYSTEM
from kernel.models import CustomField, Event, File, NumberRule
from kernel.refusals import Refused
from tenant_apps.contracts.models import Scheme
from tenant_apps.organization.models import Role, Unit
from tenants import deletion, lifecycle, sandbox
from tenants.backups import taking
from tenants.context import tenant_context
from tenants.lifecycle import By
from tenants.models import Tenant
from tenants.sandbox import NoSandbox
from tenants.states import State
from tests.api import Json
from tests.founding import log_in, owner_of
from tests.tenants.test_backups import customer, customers, drawing
from tests.tenants.test_provisioning import schemas

ADMIN = By("owner", 1)


@pytest.fixture
def live(found):
    company = found(language="en")
    customer(company, "Real")
    return company


@pytest.fixture
def tried(live):
    return sandbox.make(live, by=ADMIN)


def test_a_sandbox_is_a_marked_copy_with_files_of_its_own(live):
    file = drawing(live, b"plan")
    copy = sandbox.make(live, by=ADMIN)
    assert customers(copy) == ["Real"]
    assert copy.slug.endswith("-sandbox")
    client = log_in(copy, owner_of(live).email)
    assert client.get("/api/v1/meta/").json()["company"]["sandbox"] is True
    with tenant_context(copy):
        own = File.objects.get(pk=file.pk)
        default_storage.delete(own.path)
    assert default_storage.exists(file.path)


def test_what_is_tried_there_stays_there_until_it_is_made_anew(live, tried):
    customer(tried, "Tried")
    assert customers(live) == ["Real"]
    customer(live, "Newer")
    again = sandbox.make(live, by=ADMIN)
    assert (again.pk, again.slug, again.schema_name) == (tried.pk, tried.slug, tried.schema_name)
    assert customers(again) == ["Newer", "Real"]
    assert Tenant.objects.filter(sandbox_of=live).count() == 1


def test_there_is_no_sandbox_of_a_sandbox(tried):
    with pytest.raises(NoSandbox) as no:
        sandbox.make(tried, by=ADMIN)
    assert no.value.code == "in_sandbox"


def test_nothing_goes_out_of_it(live, mailoutbox):
    with tenant_context(live):
        Event.objects.create(at=timezone.now(), kind="x.y", subject="partners.partner", subject_id=1, pending=True)
    copy = sandbox.make(live, by=ADMIN)
    with tenant_context(copy):
        assert sandbox.in_sandbox()
        assert not Event.objects.filter(pending=True).exists()
    client = log_in(copy, owner_of(live).email)
    told = {"name": "New", "email": f"new-{copy.slug[:8]}@example.com"}
    member = client.post("/api/v1/organization/members/", told, content_type="application/json").json()
    sent = len(mailoutbox)
    refused = client.post(f"/api/v1/organization/members/{member['id']}/invite/", {}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "sandbox")
    assert len(mailoutbox) == sent


def test_it_is_thrown_away_at_once(live, tried):
    assert sandbox.discard(live, by=ADMIN)
    assert tried.schema_name not in schemas()
    assert sandbox.of(live) is None
    assert not sandbox.discard(live, by=ADMIN)
    assert customers(sandbox.make(live, by=ADMIN)) == ["Real"]


def test_a_sandbox_is_no_way_around_a_suspension_and_goes_with_the_company(live, tried):
    lifecycle.suspend(live, by=ADMIN)
    assert Tenant.objects.get(pk=tried.pk).state == State.SUSPENDED
    lifecycle.activate(live, by=ADMIN)
    assert Tenant.objects.get(pk=tried.pk).state == State.ACTIVE
    lifecycle.cancel(live, by=ADMIN)
    Tenant.objects.filter(pk=live.pk).update(until=timezone.now())
    deletion.delete(live)
    assert {Tenant.objects.get(pk=one.pk).state for one in (live, tried)} == {State.DELETED}
    assert not {live.schema_name, tried.schema_name} & schemas()
    assert tried not in taking.due()


# promotion -----------------------------------------------------------------------------------------------------------
def configure(company: Tenant) -> None:
    """Something new and something changed of each kind."""
    at = clock.now()
    with tenant_context(company):
        saving.create(CustomField, {"resource": "partners.partner", "name": "wechat", "label": "WeChat"}, by=SYSTEM, at=at)
        saving.create(NumberRule, {"resource": "quoting.quote", "pattern": "QT-{seq:04d}"}, by=SYSTEM, at=at)
        role = Role.objects.get(name="Warehouse")
        saving.change(role, {"remark": "Two people", "grants": {"inventory.*": {"read": "all"}}}, by=SYSTEM, at=at)
        head = Unit.objects.order_by("pk").first()
        saving.create(Unit, {"name": "Laboratory", "company": head.company, "parent": head}, by=SYSTEM, at=at)
        scheme = Scheme.objects.get(name="30/60/10")
        terms = [{"name": "All", "percent": Decimal(100), "trigger": "signed"}]
        saving.change(scheme, {}, {"lines": terms}, by=SYSTEM, at=at)


def diff(live: Tenant, tried: Tenant) -> Json:
    with tenant_context(tried):
        theirs = configuration.pictured()
    with tenant_context(live):
        return configuration.diff(configuration.pictured(), theirs)


def carry(live: Tenant, tried: Tenant, digest: str) -> int:
    with tenant_context(tried):
        theirs = configuration.pictured()
    with tenant_context(live):
        return configuration.carry(theirs, digest, by=SYSTEM, at=clock.now())


def told(rows) -> set[tuple[str, str, str]]:
    return {(row["resource"], row["label"], row["kind"]) for row in rows}


def test_configuration_is_shown_and_then_carried_over(live, tried):
    configure(tried)
    shown = diff(live, tried)
    assert told(shown["rows"]) == {
        ("kernel.customfield", "WeChat", "new"),
        ("kernel.numberrule", "QT-{seq:04d}", "new"),
        ("organization.role", "Warehouse", "changed"),
        ("organization.unit", "Laboratory", "new"),
        ("contracts.scheme", "30/60/10", "changed"),
    }
    changes = next(row["changes"] for row in shown["rows"] if row["label"] == "Warehouse")
    assert {change["field"] for change in changes} == {"remark", "grants"}
    assert not any("{" in change["old"] + change["new"] for change in changes)
    assert carry(live, tried, shown["digest"]) == 5
    assert diff(live, tried)["rows"] == []
    with tenant_context(live):
        assert Unit.objects.get(name="Laboratory").parent == Unit.objects.order_by("pk").first()
        assert [line.name for line in Scheme.objects.get(name="30/60/10").lines.all()] == ["All"]
        assert Event.objects.filter(subject="organization.role", kind__endswith="change").exists()
    assert customers(live) == ["Real"]


def test_what_has_changed_since_it_was_shown_is_not_carried_over(live, tried):
    configure(tried)
    shown = diff(live, tried)
    with tenant_context(tried):
        saving.change(Role.objects.get(name="Finance"), {"remark": "later"}, by=SYSTEM, at=clock.now())
    with pytest.raises(Refused) as no:
        carry(live, tried, shown["digest"])
    assert no.value.code == "stale"
    with tenant_context(live):
        assert not CustomField.objects.exists()


def test_what_only_the_live_company_has_is_shown_and_stays(live, tried):
    with tenant_context(live):
        saving.create(Role, {"name": "Only live"}, by=SYSTEM, at=clock.now())
    shown = diff(live, tried)
    assert told(shown["rows"]) == {("organization.role", "Only live", "only_live")}
    assert carry(live, tried, shown["digest"]) == 0
    with tenant_context(live):
        assert Role.objects.filter(name="Only live").exists()


def test_what_it_needs_and_is_not_there_stops_all_of_it(live, tried):
    with tenant_context(tried):
        company = Unit.objects.order_by("pk").first().company
        saving.change(company, {"name": "Renamed"}, by=SYSTEM, at=clock.now())
        saving.create(Role, {"name": "Before"}, by=SYSTEM, at=clock.now())
        saving.create(Unit, {"name": "Laboratory", "company": company}, by=SYSTEM, at=clock.now())
    shown = diff(live, tried)
    with pytest.raises(Refused) as no:
        carry(live, tried, shown["digest"])
    assert no.value.code == "reference_missing"
    with tenant_context(live):
        assert not Role.objects.filter(name="Before").exists()
