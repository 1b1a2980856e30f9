"""From a sign-up to a company that can work.

A company's schema exists before the company does: spares are made in advance, one transaction each (row, tables and
rows together), so a crash leaves either a whole spare or nothing. Founding a company takes a spare in the same
transaction that writes the company's row; its default settings follow in a second one that also opens it. Whatever
stops in between is finished by `finish`, as often as needed.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils.module_loading import import_string

from tenants import lifecycle, roles
from tenants.context import as_owner, public_context, schema_context, tenant_context
from tenants.lifecycle import SIGN_UP, By
from tenants.models import SchemaRelease, SpareSchema, Tenant
from tenants.states import State
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


def request(founding: Founding, owner_id: int) -> Tenant:
    """Take an address for the company, and nothing yet that costs anything; `begin` goes on with it."""
    with public_context():
        tenant = Tenant(schema_name=f"requested_{secrets.token_hex(8)}", owner_id=owner_id, state=State.REQUESTED, **vars(founding))
        tenant.save(force_insert=True)
    return tenant


def begin(tenant: Tenant, by: By = SIGN_UP) -> Tenant:
    """Give a requested company its schema."""
    with public_context(), transaction.atomic():
        tenant = Tenant.objects.select_for_update(of=("self",)).get(pk=tenant.pk)
        if tenant.state == State.REQUESTED:
            tenant.schema_name = claim()
            tenant.save(update_fields=["schema_name"])
            tenant = lifecycle.move(tenant, State.PROVISIONING, by=by)
    return tenant


def reserve(founding: Founding, owner_id: int, by: By = SIGN_UP) -> Tenant:
    """Take an address and a schema for the company; it opens with `finish`."""
    with public_context(), transaction.atomic():
        return begin(request(founding, owner_id), by)


def finish(tenant: Tenant) -> Tenant:
    """Install the default settings and open the company, both or neither. Does nothing to an open one."""
    with tenant_context(tenant), transaction.atomic():
        with public_context():
            tenant = Tenant.objects.select_for_update(of=("self",)).get(pk=tenant.pk)
            if tenant.state != State.PROVISIONING:
                return tenant
            owner = owner_of(tenant)
        import_string(settings.TENANT_DEFAULTS)(tenant, owner)
        return lifecycle.start_trial(tenant)


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
    with transaction.atomic():
        name = new_name()
        make_schema(name, release.script)
        SpareSchema.objects.create(schema_name=name, release=release)


def new_name() -> str:
    """The name of a schema that never was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('tenants_schema_number')")
        return f"t_{cursor.fetchone()[0]:06d}"


def make_schema(name: str, script: str) -> None:
    """A schema of this name with what the script makes, and a role that works in it; in the caller's transaction."""
    with as_owner(), public_context(), connection.cursor() as cursor:
        roles.ensure(name)
        cursor.execute(f"CREATE SCHEMA {connection.ops.quote_name(name)}")
        roles.admit(name)
    alter_schema(name, script)


def alter_schema(name: str, script: str) -> None:
    """Change what a schema is made of; in the caller's transaction."""
    with as_owner(), schema_context(name), connection.cursor() as cursor:
        cursor.execute(script)


def drop_schema(name: str) -> None:
    """Remove a schema and everything in it, if it is there; in the caller's transaction."""
    with as_owner(), public_context(), connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {connection.ops.quote_name(name)} CASCADE")


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
    dropped: list[str] = []
    while True:
        with transaction.atomic():
            spare = outdated.select_for_update(skip_locked=True).first()
            if spare is None:
                break
            drop_schema(spare.schema_name)
            spare.delete()
        dropped.append(spare.schema_name)
    roles.drop(dropped)
    return len(dropped)
