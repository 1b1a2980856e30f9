"""The operators' list says of every company what it uses, how it stands and what is wrong, whatever their number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from kernel import clock
from shared_apps.accounts.models import Device
from shared_apps.billing import subscriptions
from shared_apps.billing.models import Usage
from shared_apps.console import steps
from shared_apps.console.clients import keep_in_line
from shared_apps.console.models import Client
from shared_apps.console.standing import LATE_AFTER
from tenants.backups import taking
from tenants.context import public_context
from tenants.migrating import migrate_companies
from tenants.models import Backup, SchemaRelease, Standing, Tenant
from tenants.throwaway import on_own_connection
from tests.api import Api
from tests.console.conftest import Operator

GB = 2**30


@pytest.fixture
def own(founded: Callable[[], Tenant]) -> Iterator[Tenant]:
    """A company with which this test alone does what it likes."""
    company = founded()
    yield company
    Standing.objects.filter(company=company).delete()
    Backup.objects.filter(company=company).delete()


def row_of(company: Tenant) -> Client:
    keep_in_line(clock.now())
    return Client.objects.get(tenant=company.pk)


def used(company: Tenant, **told: int) -> None:
    month = timezone.localdate().replace(day=1)
    Usage.objects.update_or_create(tenant_id=company.pk, month=month, defaults={**told, "measured_at": timezone.now()})


def test_plan_usage_and_backup_are_told(own: Tenant, operator: Operator):
    subscriptions.of(own)
    used(own, seats=3, documents=41, storage_bytes=5 * 2**20 + 1)
    made = taking.take(own)
    assert made
    row_of(own)
    (row,) = [row for row in operator().rows("console.client", "sort=-documents&limit=500") if row["slug"] == own.slug]
    assert (row["plan"], row["members"], row["documents"], row["megabytes"]) == ("team", 3, 41, 6)
    assert row["backed_up_at"] == timezone.localtime(made.taken_at).isoformat(timespec="seconds")
    assert SchemaRelease.objects.latest().digest.startswith(row["release"]) and row["release"]
    assert row["trouble"] in (None, "")


def test_last_used_is_when_somebody_last_worked_there(own: Tenant):
    at = timezone.now() - timedelta(hours=3)
    Device.objects.create(user_id=own.owner_id, key=f"k{own.pk}", place=own.schema_name, began_at=at, seen_at=at)
    assert row_of(own).last_seen_at == at
    Device.objects.filter(place=own.schema_name).delete()
    assert row_of(own).last_seen_at == at


def stood(company: Tenant, **told: str) -> None:
    Standing.objects.update_or_create(company=company, defaults=told)


def test_the_gravest_trouble_is_shown(own: Tenant):
    subscriptions.of(own)
    assert row_of(own).trouble == ""
    used(own, seats=10_000)
    assert row_of(own).trouble == "over"
    Tenant.objects.filter(pk=own.pk).update(created_at=timezone.now() - LATE_AFTER - timedelta(minutes=1))
    assert row_of(own).trouble in ("late", "behind")  # it stands as on the day it was founded
    Tenant.objects.filter(pk=own.pk).update(created_at=timezone.now())
    stood(own, release="an earlier one")
    assert row_of(own).trouble == "behind"
    stood(own, backup_error="OSError: no room")
    assert row_of(own).trouble == "backup"
    stood(own, migration_error="column is there already")
    assert row_of(own).trouble == "migration"


def test_an_old_backup_is_late(own: Tenant):
    made = taking.take(own)
    assert made
    Backup.objects.filter(pk=made.pk).update(taken_at=timezone.now() - LATE_AFTER + timedelta(minutes=5))
    assert row_of(own).trouble == ""
    Backup.objects.filter(pk=made.pk).update(taken_at=timezone.now() - LATE_AFTER - timedelta(minutes=5))
    assert row_of(own).trouble == "late"


def test_a_renamed_company_is_found_by_its_new_name(own: Tenant, operator: Operator):
    row_of(own)
    Tenant.objects.filter(pk=own.pk).update(name="宝山锻压")
    row_of(own)
    assert [row["slug"] for row in operator().rows("console.client", "q=baoshan")] == [own.slug]


def statements() -> int:
    with public_context(), CaptureQueriesContext(connection) as queries:
        keep_in_line(clock.now())
    return len(queries)


def changed(companies: list[Tenant]) -> None:
    """Every one of them has something new to tell."""
    for company in companies:
        used(company, documents=Usage.objects.filter(tenant_id=company.pk).count() + company.pk + timezone.now().microsecond)


def test_ten_companies_cost_no_more_statements_than_two(founded: Callable[[], Tenant]):
    companies = [founded(), founded()]
    keep_in_line(clock.now())
    changed(companies)
    few = statements()
    companies += [founded() for _ in range(3)]
    keep_in_line(clock.now())
    changed(companies)
    assert statements() == few
    assert Client.objects.filter(tenant__in=[company.pk for company in companies]).exclude(documents=0).count() == 5


def test_many_new_companies_are_taken_up_at_once(founded: Callable[[], Tenant]):
    for _ in range(2):
        founded()
    keep_in_line(clock.now())
    founded()
    one = statements()
    for _ in range(4):
        founded()
    assert statements() == one


def test_nothing_new_is_written_nowhere(own: Tenant):
    keep_in_line(clock.now())
    assert keep_in_line(clock.now()) == 0


def test_the_page_of_a_company_tells_the_rest(own: Tenant, operator: Operator, founded: Callable[[], Tenant]):
    subscriptions.of(own)
    used(own, seats=10_000, storage_bytes=3 * GB)
    made = taking.take(own)
    assert made
    stood(own, migration_error="column is there already")
    admin, row = operator(), row_of(own)
    told = admin.get(f"/console/clients/{row.pk}/care/")
    assert [one["name"] for one in told["troubles"]] == ["migration", "over"]
    assert (told["troubles"][0]["why"], told["troubles"][1]["limits"]) == ("column is there already", ["seats"])
    assert {one["name"]: one["used"] for one in told["usage"]}["storage"] == 3 * GB
    assert [one["id"] for one in told["backups"]] == [made.pk]
    assert told["address"].startswith(f"http://{own.slug}.")
    assert told["life"][0]["after"]
    Api.of_owner(own).get(f"/console/clients/{row.pk}/care/", 404)


def test_a_release_that_changes_no_table_leaves_nobody_behind(own: Tenant):
    latest = SchemaRelease.objects.create(digest=f"none-{own.pk}", script="", deployed_at=timezone.now())
    try:
        assert row_of(own).trouble == "behind"
        on_own_connection(migrate_companies)
        assert (row_of(own).trouble, row_of(own).release) == ("", latest.digest[:12])
    finally:
        latest.delete()
        on_own_connection(migrate_companies)


def test_the_steps_of_a_companys_life_are_told_in_the_readers_language():
    with override("zh-hans"):
        assert steps.told("sign-up", "14 days more") == {"by": "注册", "reason": "延长 14 天"}
        assert steps.told("王工", "paid by cheque") == {"by": "王工", "reason": "paid by cheque"}
    assert steps.told("clock", "The trial has ended.") == {"by": "The clock", "reason": "The trial has ended."}
