"""Taking backups, one company at a time, and forgetting those that are too old."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Max, Q
from django.utils import timezone

from tenants.backups import snapshot, vault
from tenants.models import Backup, SchemaRelease, Standing, Tenant
from tenants.states import OPEN
from tenants.throwaway import on_own_connection

LOCK = 7_140_010
DUE_AFTER = timedelta(hours=24)


def due() -> list[Tenant]:
    """Companies whose last backup is a day old; a sandbox can be made anew."""
    old = Q(last=None) | Q(last__lt=timezone.now() - DUE_AFTER)
    return list(
        Tenant.objects.filter(state__in=OPEN, closed="", sandbox_of=None)
        .annotate(last=Max("backups__taken_at"))
        .filter(old)
        .order_by("last", "pk")
    )


def take(company: Tenant) -> Backup | None:
    """Back a company up now, files included. None when that is being done already. A failure is noted where operators look."""
    try:
        return on_own_connection(_take, company)
    except Exception as error:
        Standing.objects.update_or_create(company=company, defaults={"backup_error": f"{type(error).__name__}: {error}"[:2000]})
        raise


def _take(company: Tenant) -> Backup | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, company.pk])
        if not cursor.fetchone()[0]:
            return None
    began, at = time.monotonic(), timezone.now()
    name = f"{company.schema_name}/{at:%Y%m%dT%H%M%S%f}.backup"
    with tempfile.TemporaryFile() as whole:
        manifest = snapshot.write(company.schema_name, whole)
        keep_files(company.schema_name, manifest.files)
        whole.seek(0)
        size, digest = vault.put(name, vault.blocks(whole))
    release = SchemaRelease.objects.latest().digest
    told = {"rows": manifest.rows, "files": len(manifest.files), "size": size, "digest": digest, "release": release}
    made = Backup.objects.create(company=company, taken_at=at, name=name, took_ms=round((time.monotonic() - began) * 1000), **told)
    Standing.objects.update_or_create(company=company, defaults={"backup_at": at, "backup_error": ""})
    return made


def keep_files(schema: str, paths: Iterable[str]) -> int:
    """Keep the files that are not kept yet; tells how many these were. One whose bytes are gone is passed over."""
    there, new = vault.names(f"{schema}/files"), 0
    for path in paths:
        name = vault.of_file(schema, path)
        if name not in there and default_storage.exists(path):
            with default_storage.open(path) as stream:
                vault.put(name, vault.blocks(stream))
            new += 1
    return new


def forget_old(company: Tenant, now: datetime | None = None) -> int:
    """Remove the backups that the retention does not want any more, and files that none of the others holds."""
    backups = list(Backup.objects.filter(company=company))
    wanted = worth_keeping([backup.taken_at for backup in backups], now or timezone.now())
    old = [backup for backup in backups if backup.taken_at not in wanted]
    for backup in old:
        vault.remove([backup.name])
        backup.delete()
    if old:
        _forget_files(company.schema_name, [backup for backup in backups if backup.taken_at in wanted])
    return len(old)


def _forget_files(schema: str, kept: list[Backup]) -> None:
    held: set[str] = set()
    for backup in kept:
        with vault.fetched(backup.name) as whole:
            held |= {vault.of_file(schema, path) for path in snapshot.manifest_of(whole).files}
    vault.remove(vault.names(f"{schema}/files") - held)


def worth_keeping(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """The last backup of each of the last so many days, weeks and months that have one, and the very last."""
    newest_first = sorted((moment for moment in moments if moment <= now), reverse=True)
    kept = set(newest_first[:1])
    for period, count in (("%Y-%m-%d", settings.BACKUP_DAYS), ("%G-%V", settings.BACKUP_WEEKS), ("%Y-%m", settings.BACKUP_MONTHS)):
        last_of: dict[str, datetime] = {}
        for moment in newest_first:
            last_of.setdefault(timezone.localtime(moment).strftime(period), moment)
        kept |= set(list(last_of.values())[:count])
    return kept
