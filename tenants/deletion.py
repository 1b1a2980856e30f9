"""The end of a company: its tables, files and backups go, a certificate of what they were stays.

Every step may be repeated, so a deletion that was killed is finished by the next run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from tenants import copying, lifecycle, provisioning, roles
from tenants.backups import snapshot, vault
from tenants.context import schema_context
from tenants.lifecycle import CLOCK, By
from tenants.models import Backup, Certificate, Tenant
from tenants.states import LEAVING, OPEN, State
from tenants.throwaway import on_own_connection

LOCK = 7_140_011


def due() -> list[Tenant]:
    """Companies whose day of deletion has come."""
    return list(Tenant.objects.filter(state__in=LEAVING, until__lte=timezone.now()))


def forget_kept() -> int:
    """Remove the backups of deleted companies that were kept for a time, when it is over."""
    over = Tenant.objects.filter(state=State.DELETED, backups_until__lte=timezone.now())
    return sum(on_own_connection(_forget_kept, company) for company in over)


def _forget_kept(company: Tenant) -> int:
    empty(vault.vault(), company.schema_name)
    with transaction.atomic():
        Backup.objects.filter(company=company).delete()
        return Tenant.objects.filter(pk=company.pk).update(backups_until=None)


def delete(company: Tenant, *, by: By = CLOCK) -> Certificate | None:
    """Delete a company whose wait is over. None when it is not over, or somebody else is deleting it already."""
    return on_own_connection(_delete, company.pk, by)


@contextmanager
def _alone(pk: int) -> Iterator[bool]:
    """Whether nobody else is deleting this company; nobody else does until it is left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, pk])
        free = cursor.fetchone()[0]
        try:
            yield free
        finally:
            if free:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, pk])


def _delete(pk: int, by: By) -> Certificate | None:
    with _alone(pk) as free:
        return _deleted(pk, by) if free else None


def _deleted(pk: int, by: By) -> Certificate | None:
    company = next((one for one in due() if one.pk == pk), None)
    if company is None:
        return Certificate.objects.filter(company=pk, deleted_at__isnull=False).first()
    Tenant.objects.filter(pk=pk).update(closed="delete")
    company.moved()
    for copy in Tenant.objects.filter(sandbox_of=company, state__in=OPEN):
        lifecycle.cancel(copy, by=by, reason=f"With {company.slug}")
        Tenant.objects.filter(pk=copy.pk).update(until=timezone.now())
        _delete(copy.pk, by)
    certificate = Certificate.objects.filter(company=company).first() or certify(company)
    provisioning.drop_schema(company.schema_name)
    roles.drop([company.schema_name])
    empty(default_storage, company.schema_name)
    if company.backups_until is None:
        empty(vault.vault(), company.schema_name)
    return _close(company, certificate, by)


def _close(company: Tenant, certificate: Certificate, by: By) -> Certificate:
    with transaction.atomic():
        if company.backups_until is None:
            Backup.objects.filter(company=company).delete()
        company.domains.all().delete()
        company.claims.all().delete()
        lifecycle.move(company, State.DELETED, by=by, reason=f"Certificate {certificate.digest[:16]}")
        certificate.deleted_at = timezone.now()
        certificate.save(update_fields=["deleted_at"])
    return certificate


def certify(company: Tenant) -> Certificate:
    """Write down, table by table, how many rows there are and the hash of them."""
    tables: dict[str, dict[str, Any]] = {}
    with schema_context(company.schema_name), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(snapshot.AT_ONE_MOMENT)
        for table in copying.tables(company.schema_name):
            digest, rows = hashlib.sha256(), 0
            for block in copying.read(table):
                digest.update(block)
                rows += block.count(b"\n")
            tables[table.name] = {"rows": rows, "sha256": digest.hexdigest()}
        files = snapshot.stored_files().count()
    told = {"company": company.schema_name, "slug": company.slug, "tables": tables, "files": files}
    whole = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    total = sum(table["rows"] for table in tables.values())
    return Certificate.objects.create(company=company, tables=tables, rows=total, files=files, digest=whole, begun_at=timezone.now())


def empty(kept: Any, folder: str) -> None:
    """Remove a folder of a storage with all that is in it."""
    try:
        folders, files = kept.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        kept.delete(f"{folder}/{name}")
    for name in folders:
        empty(kept, f"{folder}/{name}")
    if kept.exists(folder):
        kept.delete(folder)
