"""Bringing many companies to a new release."""

from __future__ import annotations

import pytest
from django.conf import settings as configured
from django.db import connection

from tenants import releases
from tenants.context import as_owner, tenant_context
from tenants.deploying import deploy
from tenants.migrating import WITHOUT_SCHEMA, migrate_companies
from tenants.models import SchemaRelease, SpareSchema, Standing, Tenant
from tenants.throwaway import on_own_connection
from tests.tenants.trap import lay, table

APP = configured.TENANT_APPS[-1].rsplit(".", 1)[-1]


@pytest.fixture
def later(platform, settings):
    """The last company app as a later release will have it: `later("plain")`."""

    def release(name: str) -> None:
        settings.MIGRATION_MODULES = {**configured.MIGRATION_MODULES, APP: f"tests.tenants.later.{name}"}

    yield release
    settings.MIGRATION_MODULES = {}
    on_own_connection(deploy)


def run(company, sql: str) -> list[tuple]:
    with as_owner(), tenant_context(company), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def later_migrations(company) -> list[str]:
    return [row[0] for row in run(company, "SELECT name FROM django_migrations WHERE name LIKE '9%' ORDER BY name")]


SHAPE = """
    SELECT column_name, data_type, character_maximum_length, column_default, is_nullable FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = 'later' ORDER BY 1
"""
KEYS = "SELECT conname FROM pg_constraint WHERE conrelid = 'later'::regclass ORDER BY 1"


def test_a_change_is_worked_out_once_and_done_everywhere(found, later):
    companies = [found() for _ in range(3)]
    later("plain")
    outcome = on_own_connection(migrate_companies)
    assert outcome.failed == {}
    assert outcome.migrated >= 3
    shapes = [(run(company, SHAPE), run(company, KEYS)) for company in companies]
    assert shapes[0][0] and shapes == [shapes[0]] * 3
    for company in companies:
        assert later_migrations(company) == ["9001_later", "9002_more"]
        run(company, "INSERT INTO later (name, note) VALUES ('a', '')")
        assert run(company, "SELECT share FROM later") == [(0,)]
    again = on_own_connection(migrate_companies)
    assert again.migrated == 0
    assert again.current == outcome.migrated + outcome.current


def test_companies_at_different_points_all_arrive(found, later):
    ahead, behind = found(), found()
    later("plain")
    with as_owner(), tenant_context(ahead):
        executor = releases.MigrationExecutor(connection)
        executor.migrate([(APP, "9001_later")])
    assert on_own_connection(migrate_companies).failed == {}
    assert run(ahead, SHAPE) == run(behind, SHAPE)
    assert later_migrations(ahead) == later_migrations(behind) == ["9001_later", "9002_more"]


def test_python_runs_in_every_company(found, later):
    companies = [found() for _ in range(2)]
    later("python")
    assert on_own_connection(migrate_companies).failed == {}
    for company in companies:
        assert run(company, "SELECT made_in FROM mark") == [(company.schema_name,)]


@pytest.mark.parametrize("bad_one_first", [True, False])
def test_one_company_that_fails_does_not_hold_up_the_others(found, later, bad_one_first):
    pair = [found(), found()]
    good, bad = reversed(pair) if bad_one_first else pair
    lay(good, "once")
    lay(bad, "twice", "twice")
    for company in Tenant.objects.exclude(state__in=WITHOUT_SCHEMA):
        table(company)
    later("broken")
    outcome = on_own_connection(migrate_companies)
    assert list(outcome.failed) == [bad.schema_name], next(iter(outcome.failed.values()))
    assert "trap_once" in outcome.failed[bad.schema_name]
    assert later_migrations(good) == ["9001_unique"]
    assert later_migrations(bad) == []
    assert run(bad, "SELECT to_regclass(current_schema() || '.half')") == [(None,)]
    assert "trap_once" in Standing.objects.get(company=bad).migration_error
    assert Standing.objects.get(company=good).migrated_at is not None
    run(bad, "DELETE FROM trap WHERE id = 1")
    assert on_own_connection(migrate_companies).failed == {}
    assert later_migrations(bad) == ["9001_unique"]
    assert Standing.objects.get(company=bad).migration_error == ""
    for company in Tenant.objects.exclude(state__in=WITHOUT_SCHEMA):
        run(company, "DROP TABLE half; DROP INDEX trap_once; DELETE FROM django_migrations WHERE name = '9001_unique'")


def test_a_company_without_its_schema_is_named(found, later):
    company = found()
    run(company, f'ALTER SCHEMA "{company.schema_name}" RENAME TO "{company.schema_name}_gone"')
    try:
        assert company.schema_name in on_own_connection(migrate_companies).failed
    finally:
        run(company, f'ALTER SCHEMA "{company.schema_name}_gone" RENAME TO "{company.schema_name}"')


def test_a_deployment_gives_new_companies_the_new_tables(found, later):
    later("plain")
    done = on_own_connection(deploy)
    assert done.built and done.spares == configured.SPARE_SCHEMAS
    assert set(SpareSchema.objects.values_list("release", flat=True)) == {SchemaRelease.objects.latest().pk}
    assert later_migrations(found()) == ["9001_later", "9002_more"]
    again = on_own_connection(deploy)
    assert (again.public, again.built, again.companies.migrated, again.companies.failed) == (0, False, 0, {})
