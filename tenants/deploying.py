"""From a database in any earlier state to one that serves this release."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tenants import migrating, provisioning, releases, roles
from tenants.context import PUBLIC
from tenants.models import SpareSchema, Tenant

LOCK = 7_140_002


@dataclass
class Deployment:
    """What a deployment did."""

    public: int
    built: bool
    companies: migrating.Outcome
    spares: int


def deploy(progress: Callable[[str], None] = lambda line: None) -> Deployment:
    """Migrate the public schema and every company, and keep spares of this release ready. One at a time per database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    public = migrate_public(progress)
    admitted = admit()
    if admitted:
        progress(f"{admitted} companies of an earlier release have a database role of their own now")
    release, built = releases.prepare()
    if built:
        progress(f"tables of a new company: {release.script.count('CREATE TABLE')}")
    companies = migrating.migrate_companies(progress)
    provisioning.drop_outdated()
    return Deployment(public, built, companies, provisioning.refill())


def admit() -> int:
    """Give the platform and every company the role that works for it; tells how many companies had none."""
    roles.admit_to_all(PUBLIC)
    companies, spares = (model.objects.values_list("schema_name", flat=True) for model in (Tenant, SpareSchema))
    return roles.complete([*companies, *spares])


def migrate_public(progress: Callable[[str], None]) -> int:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        progress(f"public schema: {len(plan)} migrations")
        call_command("migrate", interactive=False, verbosity=0)
    return len(plan)
