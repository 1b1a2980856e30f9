"""Founding companies: whole or not at all, never two in one schema, never one twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from tenants import provisioning, slugs
from tenants.catalog import script_of
from tenants.context import public_context, tenant_context
from tenants.migrating import ask
from tenants.models import SchemaRelease, SpareSchema, Tenant
from tenants.provisioning import Founding
from tenants.tasks import finish_stuck
from tenants.throwaway import on_own_connection
from tests.founding import person

AT_ONCE = 20


def schemas() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 't\\_%'")
        return {row[0] for row in cursor.fetchall()}


def test_twenty_claims_at_once_get_twenty_schemas(platform):
    def claim(_: int) -> str:
        try:
            with public_context(), transaction.atomic():
                return provisioning.claim()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        claimed = list(pool.map(claim, range(AT_ONCE)))
    assert len(set(claimed)) == AT_ONCE
    assert set(claimed) <= schemas()
    assert not SpareSchema.objects.filter(schema_name__in=claimed).exists()


def test_a_claim_does_not_wait_for_one_that_is_under_way(platform):
    on_own_connection(provisioning.build_spare)
    on_own_connection(provisioning.build_spare)

    def claim_at_once() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        return provisioning.claim()

    with transaction.atomic():
        first = provisioning.claim()
        assert on_own_connection(claim_at_once) != first


def test_a_claim_that_is_not_committed_goes_back(platform):
    on_own_connection(provisioning.build_spare)
    with transaction.atomic():
        name = provisioning.claim()
        transaction.set_rollback(True)
    assert SpareSchema.objects.filter(schema_name=name).exists()


def test_a_new_company_equals_what_the_migrations_make(found):
    company = provisioning.reserve(Founding(name="Fresh", slug=f"fresh-{timezone.now():%H%M%S%f}"), person().pk)
    assert script_of(company.schema_name) == SchemaRelease.objects.latest().script


def test_a_spare_that_fails_half_way_leaves_nothing(platform):
    release = SchemaRelease.objects.latest()
    whole, before = release.script, schemas()
    SchemaRelease.objects.filter(pk=release.pk).update(script=whole + "CREATE TABLE half (id int); SELECT 1 / 0;")
    try:
        with pytest.raises(Exception, match="division by zero"):
            on_own_connection(provisioning.build_spare)
    finally:
        SchemaRelease.objects.filter(pk=release.pk).update(script=whole)
    assert schemas() == before


def test_a_taken_address_gives_its_schema_back(found):
    company = found()
    on_own_connection(provisioning.refill)
    ready = set(SpareSchema.objects.values_list("schema_name", flat=True))
    with pytest.raises(IntegrityError):
        provisioning.reserve(Founding(name="Second", slug=company.slug), person().pk)
    assert set(SpareSchema.objects.values_list("schema_name", flat=True)) == ready


def test_an_interrupted_founding_is_finished_once(platform):
    company = provisioning.reserve(Founding(name="Halt", slug=f"halt-{timezone.now():%H%M%S%f}"), person().pk)
    Tenant.objects.filter(pk=company.pk).update(created_at=timezone.now() - timedelta(minutes=5))
    finish_stuck.delay()
    opened = Tenant.objects.get(pk=company.pk)
    assert opened.state == Tenant.State.TRIAL
    rows = contents(opened)
    provisioning.finish(opened)
    assert contents(opened) == rows


def contents(company: Tenant) -> dict[str, int]:
    """How many rows each table of the company has."""
    with tenant_context(company), connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts


def test_default_settings_come_whole_or_not_at_all(platform, settings):
    settings.TENANT_DEFAULTS = "tests.tenants.test_provisioning.half_installed"
    company = provisioning.reserve(Founding(name="Half", slug=f"half-{timezone.now():%H%M%S%f}"), person().pk)
    before = contents(company)
    with pytest.raises(ZeroDivisionError):
        provisioning.finish(company)
    assert contents(company) == before
    assert Tenant.objects.get(pk=company.pk).state == Tenant.State.PROVISIONING


def half_installed(tenant, owner) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES (%s, 'half', now())", [owner.email[:50]])
    raise ZeroDivisionError


def test_refill_makes_as_many_as_are_missing_and_no_more(platform, settings):
    settings.SPARE_SCHEMAS = 3
    on_own_connection(provisioning.refill)
    assert SpareSchema.objects.count() >= 3
    settings.SPARE_SCHEMAS = SpareSchema.objects.count() + 2
    assert on_own_connection(provisioning.refill) == 2
    assert on_own_connection(provisioning.refill) == 0


def test_two_refills_at_once_do_not_make_double(platform, settings):
    settings.SPARE_SCHEMAS = SpareSchema.objects.count() + 2
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: on_own_connection(provisioning.refill), range(4)))
    assert sum(made) == 2


def test_spares_of_an_earlier_release_are_dropped(platform):
    now = timezone.now()
    earlier = SchemaRelease.objects.create(digest=f"earlier-{now:%f}", script="CREATE TABLE old (id int);", deployed_at=now)
    on_own_connection(provisioning.build_spare)
    name = SpareSchema.objects.get(release=earlier).schema_name
    SchemaRelease.objects.filter(pk=earlier.pk).update(deployed_at=timezone.now() - timedelta(days=1))
    assert name in schemas()
    assert on_own_connection(provisioning.drop_outdated) == 1
    assert name not in schemas()


def test_a_company_has_a_record_of_its_migrations(found):
    company = found()
    assert ask([company.schema_name])[company.schema_name]


@pytest.mark.parametrize("slug", ["shence", "a-b-c", "h3c", "x" * 32])
def test_addresses_that_may_be_had(slug):
    slugs.check(slug)


@pytest.mark.parametrize(
    ("slug", "code"),
    [
        *((slug, "slug_length") for slug in ("ab", "x" * 33)),
        *((slug, "slug_form") for slug in ("Shence", "申测仪器", "-abc", "abc-", "xn--fiq", "a_b_c", "12345")),
        *((slug, "slug_reserved") for slug in ("www", "admin")),
    ],
)
def test_addresses_that_may_not(slug, code):
    with pytest.raises(ValidationError) as refusal:
        slugs.check(slug)
    assert refusal.value.code == code


class Killed(BaseException):
    """The process ends here, whatever the code would like to catch."""


POINTS = [(provisioning, "request"), (provisioning, "claim"), (provisioning.lifecycle, "move"), (provisioning, "owner_of"), (provisioning.lifecycle, "start_trial")]  # fmt: skip


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("place", "step"), POINTS, ids=[step for _place, step in POINTS])
def test_a_founding_killed_at_any_step_ends_in_one_good_company(platform, monkeypatch, place, step, after):
    owner, slug = person(), f"kill-{timezone.now():%H%M%S%f}"
    usual, before = getattr(place, step), schemas()

    def killed(*told, **more):
        if after:
            usual(*told, **more)
        raise Killed

    monkeypatch.setattr(place, step, killed)
    with pytest.raises(Killed):
        provisioning.create_company(Founding(name="Killed", slug=slug), owner.pk)
    monkeypatch.setattr(place, step, usual)
    Tenant.objects.filter(slug=slug).update(created_at=timezone.now() - timedelta(minutes=5))
    finish_stuck.delay()
    if not Tenant.objects.filter(slug=slug).exists():  # nothing had come of it: the founder tries again
        provisioning.create_company(Founding(name="Killed", slug=slug), owner.pk)
    made = Tenant.objects.get(slug=slug)
    assert made.state == Tenant.State.TRIAL
    whole = provisioning.create_company(Founding(name="Whole", slug=f"whole-{slug[5:]}"), owner.pk)
    assert contents(made) == contents(whole)
    taken = {made.schema_name, whole.schema_name}
    assert schemas() - before - taken <= set(SpareSchema.objects.values_list("schema_name", flat=True))


def test_a_company_that_was_asked_for_waits_for_its_schema_and_gets_one(platform):
    asked = provisioning.request(Founding(name="Asked", slug=f"asked-{timezone.now():%H%M%S%f}"), person().pk)
    assert asked.state == Tenant.State.REQUESTED
    assert asked.schema_name not in schemas()
    begun = provisioning.begin(provisioning.begin(asked))
    assert begun.schema_name in schemas()
    assert provisioning.finish(begun).state == Tenant.State.TRIAL
    assert [(step.before, step.after) for step in begun.transitions.all()] == [("requested", "provisioning"), ("provisioning", "trial")]
