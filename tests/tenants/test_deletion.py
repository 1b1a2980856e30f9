"""The end of a company: complete, certified, and finished by whoever comes next when it was killed half-way."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from kernel.models import File
from tenants import deletion, lifecycle, provisioning, roles
from tenants.backups import restoring, taking, vault
from tenants.context import tenant_context
from tenants.lifecycle import By
from tenants.models import Backup, Certificate, Domain, Tenant
from tenants.states import State
from tenants.tasks import delete_due
from tests.founding import browser
from tests.tenants.test_backups import contents, customer, customers, drawing
from tests.tenants.test_provisioning import schemas

PERSON = By("owner", 7)


@pytest.fixture
def leaving(found):
    """A company with data, a file and a backup that was cancelled thirty days ago."""
    company = found(language="en")
    customer(company, "Somebody")
    drawing(company, b"plan")
    taking.take(company)
    Domain.objects.create(tenant=company, domain=f"{company.slug}.example")
    lifecycle.cancel(company, by=PERSON)
    Tenant.objects.filter(pk=company.pk).update(until=timezone.now() - timedelta(seconds=1))
    return Tenant.objects.get(pk=company.pk)


def gone(company: Tenant) -> None:
    assert company.schema_name not in schemas()
    assert vault.names(company.schema_name) == vault.names(f"{company.schema_name}/files") == set()
    assert not default_storage.exists(company.schema_name)
    assert not Backup.objects.filter(company=company).exists()
    assert not Domain.objects.filter(tenant=company).exists()
    assert Tenant.objects.get(pk=company.pk).state == State.DELETED
    assert browser(company).get("/api/v1/session/").status_code == 404
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = %s", [roles.of(company.schema_name)])
        assert cursor.fetchone() == (0,)


def stored(company: Tenant) -> bytes:
    """What its one file holds."""
    with tenant_context(company), default_storage.open(File.objects.get().path) as stream:
        return stream.read()


def test_a_cancelled_company_is_deleted_on_its_day_and_certified(leaving, found):
    rows = contents(leaving)
    beside = found()
    before = contents(beside)
    delete_due.delay()
    gone(leaving)
    certificate = Certificate.objects.get(company=leaving)
    assert {name: told["rows"] for name, told in certificate.tables.items()} == rows
    assert (certificate.rows, certificate.files, len(certificate.digest)) == (sum(rows.values()), 1, 64)
    assert certificate.digest[:16] in leaving.transitions.last().reason
    assert contents(beside) == before
    assert deletion.delete(leaving) == certificate


def test_nobody_is_deleted_before_the_day(leaving):
    Tenant.objects.filter(pk=leaving.pk).update(until=timezone.now() + timedelta(hours=1))
    delete_due.delay()
    assert deletion.delete(leaving) is None
    assert leaving.schema_name in schemas()


def test_a_company_that_was_taken_back_stays(leaving):
    lifecycle.activate(leaving, by=PERSON)
    assert deletion.delete(leaving) is None
    assert Tenant.objects.get(pk=leaving.pk).state == State.ACTIVE


STEPS = [
    (deletion, "certify"),
    (provisioning, "drop_schema"),
    (roles, "drop"),
    (deletion, "empty"),
    (deletion, "_close"),
    (lifecycle, "move"),
]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("place", "step"), STEPS, ids=[step for _place, step in STEPS])
def test_a_deletion_killed_at_any_step_is_finished_by_the_next(leaving, monkeypatch, place, step, after):
    rows = sum(contents(leaving).values())
    usual = getattr(place, step)

    def killed(*told, **more):
        if after:
            usual(*told, **more)
        raise KeyboardInterrupt

    monkeypatch.setattr(place, step, killed)
    with pytest.raises(KeyboardInterrupt):
        deletion.delete(leaving)
    monkeypatch.setattr(place, step, usual)
    assert deletion.delete(leaving).rows == rows
    gone(leaving)


@pytest.mark.parametrize(("place", "step"), [(roles, "drop"), (deletion, "_close")], ids=["drop", "_close"])
def test_kept_backups_outlive_a_deletion_that_was_killed(leaving, monkeypatch, place, step):
    """They stay for their days whatever happened on the way, then go as all others do."""
    Tenant.objects.filter(pk=leaving.pk).update(backups_until=timezone.now() + timedelta(days=30))
    kept, usual = vault.names(leaving.schema_name), getattr(place, step)
    files = vault.names(f"{leaving.schema_name}/files")

    def killed(*told, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr(place, step, killed)
    with pytest.raises(KeyboardInterrupt):
        deletion.delete(leaving)
    monkeypatch.setattr(place, step, usual)
    certificate = deletion.delete(leaving)
    assert certificate.deleted_at and deletion.delete(leaving) == certificate
    assert (vault.names(leaving.schema_name), vault.names(f"{leaving.schema_name}/files")) == (kept, files) and kept and files
    assert Backup.objects.filter(company=leaving).exists() and leaving.schema_name not in schemas()
    copy = restoring.restore_as(leaving, f"b{secrets.token_hex(6)}")
    assert customers(copy) == ["Somebody"] and stored(copy) == b"plan"
    Tenant.objects.filter(pk=leaving.pk).update(backups_until=timezone.now())
    assert deletion.forget_kept() >= 1
    gone(leaving)
    with pytest.raises(restoring.NothingToRestore):
        restoring.restore_as(leaving, f"b{secrets.token_hex(6)}")
    assert customers(copy) == ["Somebody"] and stored(copy) == b"plan"
