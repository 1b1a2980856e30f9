"""Putting one company back to how it was, or beside itself, without touching any other."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from tenants import cache, migrating, provisioning
from tenants.backups import snapshot, vault
from tenants.context import tenant_context
from tenants.lifecycle import By
from tenants.models import Backup, Tenant, Transition
from tenants.states import State
from tenants.throwaway import on_own_connection

Source = Callable[[], AbstractContextManager[IO[bytes]]]
OPERATOR = By("operator")


class NothingToRestore(Exception):
    """There is no backup from before that moment."""


class NotBroughtUp(Exception):
    """The restored tables are of an earlier release and could not be brought to this one."""


def backup_at(company: Tenant, at: datetime | None = None) -> Backup:
    """The last backup that was taken up to this moment."""
    found = Backup.objects.filter(company=company, taken_at__lte=at or timezone.now()).last()
    if found is None:
        raise NothingToRestore(f"{company.slug} has no backup from before {at or 'now'}.")
    return found


def restore(company: Tenant, at: datetime | None = None, *, by: By = OPERATOR) -> Backup:
    """Take a company back to its last backup before `at`. Nobody may enter meanwhile; after a failure it is as it was."""
    backup = backup_at(company, at)
    on_own_connection(replace, company, lambda: vault.fetched(backup.name), kept=company.schema_name)
    note(company, by, f"Restored from the backup of {backup.taken_at:%Y-%m-%d %H:%M}")
    return backup


def restore_as(company: Tenant, slug: str, at: datetime | None = None, *, by: By = OPERATOR) -> Tenant:
    """The company as it was then, under an address of its own beside the live one: a sandbox, from which nothing goes out."""
    backup = backup_at(company, at)
    reason = f"Copy of the backup of {backup.taken_at:%Y-%m-%d %H:%M}"
    return on_own_connection(beside, company, slug, lambda: vault.fetched(backup.name), by=by, reason=reason)


def replace(company: Tenant, source: Source, *, kept: str = "", copied: bool = False) -> None:
    """Put what a snapshot holds in the place of all that the company has. `kept`: whose kept files belong to it."""
    _close(company, "restore")
    try:
        with source() as whole, transaction.atomic():
            provisioning.drop_schema(company.schema_name)
            manifest = snapshot.load(whole, company.schema_name)
            if manifest.schema != company.schema_name:
                _rehouse(company, manifest.schema)
    except Exception:
        _close(company, "")
        raise
    _settle(company, manifest, kept, copied=copied)
    cache.forget(company.schema_name)
    _close(company, "")


def beside(company: Tenant, slug: str, source: Source, *, by: By, reason: str) -> Tenant:
    """A copy of the company under another address, made of a snapshot of it."""
    with source() as whole, transaction.atomic():
        told = {name: getattr(company, name) for name in ("name", "owner_id", "template", "language", "timezone", "currency")}
        copy = Tenant(schema_name=provisioning.new_name(), slug=slug, state=State.ACTIVE, closed="restore", sandbox_of=company, **told)
        copy.save(force_insert=True)
        note(copy, by, reason)
        manifest = snapshot.load(whole, copy.schema_name)
        _rehouse(copy, manifest.schema)
    _settle(copy, manifest, manifest.schema, copied=True)
    _close(copy, "")
    return copy


def note(company: Tenant, by: By, reason: str) -> None:
    """Write into the company's life what changed its data, not its state."""
    told = {"before": company.state, "after": company.state, "reason": reason[:300]}
    Transition.objects.create(company=company, at=timezone.now(), by=by.name, account=by.account, **told)


def _close(company: Tenant, why: str) -> None:
    Tenant.objects.filter(pk=company.pk).update(closed=why)
    company.closed = why
    company.moved()


def _rehouse(company: Tenant, before: str) -> None:
    """Its files lie in a folder of its own."""
    with tenant_context(company), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE kernel_file SET path = %s || substr(path, %s) WHERE starts_with(path, %s)",
            [company.schema_name, len(before) + 1, f"{before}/"],
        )


def _settle(company: Tenant, manifest: snapshot.Manifest, kept: str, *, copied: bool) -> None:
    """What belongs to a company beside its tables: this release, its files, and that processes read its settings anew."""
    outcome = migrating.bring_up([company.schema_name])
    if outcome.failed:
        raise NotBroughtUp(outcome.failed[company.schema_name])
    for path in manifest.files:
        own = company.schema_name + path.removeprefix(manifest.schema)
        _bring_file(own, path, kept)
    with tenant_context(company), transaction.atomic():
        import_string(settings.TENANT_REPLACED)(company, copied=copied)


def _bring_file(own: str, path: str, kept: str) -> None:
    """Put a file where the company looks for it: from the backup, or from the company it was copied from."""
    if default_storage.exists(own):
        return
    name = vault.of_file(kept, path) if kept else ""
    if name and vault.vault().exists(name):
        with vault.fetched(name) as stream:
            default_storage.save(own, File(stream))
    elif default_storage.exists(path):
        with default_storage.open(path) as stream:
            default_storage.save(own, File(stream))
