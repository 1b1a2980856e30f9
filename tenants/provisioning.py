"""From a sign-up to a company that can work.

A company's schema exists before the company does: spares are made in advance, one transaction each (row, tables and
rows together), so a crash leaves either a whole spare or nothing. Founding a company takes a spare in the same
transaction that writes the company's row; its default settings follow in a second one that also opens it. Whatever
stops in between is finished by `finish`, as often as needed.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils.module_loading import import_string

from tenants.context import public_context, schema_context, tenant_context
from tenants.models import SchemaRelease, SpareSchema, Tenant
from tenants.throwaway import on_own_connection

CLAIM = """
    DELETE FROM tenants_spareschema WHERE id = (
        SELECT id FROM tenants_spareschema
         WHERE release_id = (SELECT id FROM tenants_schemarelease ORDER BY deployed_at DESC LIMIT 1)
         ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING schema_name
"""
REFILL_LOCK = 7_140_001
ATTEMPTS = 5


class NotDeployed(Exception):
    """No release has been deployed to this database: run `manage.py deploy`."""


@dataclass(frozen=True)
class Owner:
    """The person who founds the company, as its own schema needs to know them."""

    user_id: int
    name: str
    email: str
    language: str


@dataclass(frozen=True)
class Founding:
    """What a new company says about itself."""

    name: str
    slug: str
    language: str = "zh-hans"
    timezone: str = "Asia/Shanghai"
    currency: str = "CNY"
    template: str = ""


def create_company(founding: Founding, owner_id: int) -> Tenant:
    """A new company, ready to work in."""
    return finish(reserve(founding, owner_id))


def reserve(founding: Founding, owner_id: int) -> Tenant:
    """Take an address and a schema for the company; it opens with `finish`."""
    with public_context(), transaction.atomic():
        tenant = Tenant(schema_name=claim(), owner_id=owner_id, **vars(founding))
        tenant.save(force_insert=True)
    return tenant


def finish(tenant: Tenant) -> Tenant:
    """Install the default settings and open the company, both or neither. Does nothing to an open one."""
    with tenant_context(tenant), transaction.atomic():
        with public_context():
            tenant = Tenant.objects.select_for_update().get(pk=tenant.pk)
            if tenant.state != Tenant.State.PROVISIONING:
                return tenant
            owner = owner_of(tenant)
        import_string(settings.TENANT_DEFAULTS)(tenant, owner)
        with public_context():
            tenant.state = Tenant.State.ACTIVE
            tenant.save(update_fields=["state"])
    return tenant


def owner_of(tenant: Tenant) -> Owner:
    user = get_user_model().objects.get(pk=tenant.owner_id)
    return Owner(user.pk, user.name, user.email, user.language)


def claim() -> str:
    """The name of a complete, empty schema that nobody else gets; made on the spot when none is ready."""
    for _ in range(ATTEMPTS):
        with connection.cursor() as cursor:
            cursor.execute(CLAIM)
            row = cursor.fetchone()
        if row is not None:
            return str(row[0])
        on_own_connection(build_spare)
    raise NotDeployed


def build_spare() -> None:
    """One more ready schema, whole or not at all."""
    release = SchemaRelease.objects.order_by("deployed_at").last()
    if release is None:
        raise NotDeployed
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nextval('tenants_schema_number')")
        name = f"t_{cursor.fetchone()[0]:06d}"
        cursor.execute(f"CREATE SCHEMA {connection.ops.quote_name(name)}")
        with schema_context(name), connection.cursor() as inside:
            inside.execute(release.script)
        SpareSchema.objects.create(schema_name=name, release=release)


def refill() -> int:
    """Make spares until there are as many as wanted; one process at a time. Tells how many were made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [REFILL_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    missing = settings.SPARE_SCHEMAS - SpareSchema.objects.filter(release=SchemaRelease.objects.latest()).count()
    for _ in range(missing):
        build_spare()
    return max(missing, 0)


def drop_outdated() -> int:
    """Remove spares of earlier releases."""
    outdated = SpareSchema.objects.exclude(release=SchemaRelease.objects.latest())
    count = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            spare = outdated.select_for_update(skip_locked=True).first()
            if spare is None:
                return count
            cursor.execute(f"DROP SCHEMA {connection.ops.quote_name(spare.schema_name)} CASCADE")
            spare.delete()
            count += 1
