"""Everything of a company in one archive that people and programs can read."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import IO, Any, cast

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, connections, transaction
from django.utils import timezone
from psycopg import sql

from tenants import copying
from tenants.backups.snapshot import AT_ONE_MOMENT, stored_files
from tenants.copying import Table
from tenants.models import Tenant
from tenants.moving.archive import KIND, STAYS, Kept, Manifest, Part, Progress, copied

MANY = 1000


def export(company: Tenant, target: IO[bytes], progress: Progress = lambda done, total: None) -> Manifest:
    """Write the company as it is at this moment. Call it in the company's context, outside of any transaction."""
    told = {name: str(getattr(company, name)) for name in ("name", "slug", "language", "timezone", "currency")}
    manifest = Manifest(told, timezone.now().isoformat(timespec="seconds"))
    with transaction.atomic(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as whole:
        with connection.cursor() as cursor:
            cursor.execute(AT_ONE_MOMENT)
        tables = [table for table in copying.tables(company.schema_name) if table.name not in STAYS]
        paths = list(stored_files().exclude(type=KIND).order_by("pk").values_list("pk", "name", "path"))
        total = len(tables) + len(paths)
        for done, table in enumerate(tables):
            manifest.tables[table.name] = _table(whole, table)
            progress(done + 1, total)
        for done, (pk, name, path) in enumerate(paths, len(tables)):
            _file(whole, manifest, pk, name, path)
            progress(done + 1, total)
        whole.writestr("manifest.json", manifest.dump())
    return manifest


def _table(whole: zipfile.ZipFile, table: Table) -> Part:
    csv = _member(whole, f"data/{table.name}.csv", copying.read(table, copying.CSV))
    rows = Rows(table)
    json = _member(whole, f"data/{table.name}.json", rows)
    return Part(label(table.name), list(table.columns), rows.count, csv, json, copying.counters(table))


def label(table: str) -> str:
    """What people call a table's rows."""
    model: Any = next((model for model in apps.get_models() if model._meta.db_table == table), None)
    return str(model._meta.verbose_name) if model else table


def _member(whole: zipfile.ZipFile, name: str, blocks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    with whole.open(name, "w", force_zip64=True) as member:
        for block in blocks:
            member.write(block)
            digest.update(block)
    return digest.hexdigest()


class Rows:
    """A table's rows as a JSON list, a row a line."""

    def __init__(self, table: Table) -> None:
        self.table, self.count = table, 0

    def __iter__(self) -> Iterator[bytes]:
        query = sql.SQL("SELECT row_to_json(t)::text FROM {} t").format(sql.Identifier(self.table.name))
        with cast("Any", connections["default"]).chunked_cursor() as cursor:
            cursor.execute(query)
            while rows := cursor.fetchmany(MANY):
                before = ",\n" if self.count else "[\n"
                self.count += len(rows)
                yield (before + ",\n".join(row[0] for row in rows)).encode()
        yield b"\n]\n" if self.count else b"[]\n"


def _file(whole: zipfile.ZipFile, manifest: Manifest, pk: int, name: str, path: str) -> None:
    if not default_storage.exists(path):
        manifest.missing.append(path)
        return
    place = f"files/{pk}-{PurePosixPath(name).name}"
    with default_storage.open(path) as source, whole.open(place, "w", force_zip64=True) as member:
        size, digest = copied(cast("Any", source), member)
    manifest.files.append(Kept(path, place, size, digest))
