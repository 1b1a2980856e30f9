"""A whole-company archive brought into a fresh company, all of it or nothing."""

from __future__ import annotations

import hashlib
import secrets
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any, cast

from django.apps import apps
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from tenants import copying
from tenants.copying import Table
from tenants.models import Tenant
from tenants.moving.archive import BLOCK, STAYS, Kept, Manifest, NotTaken, Part, Progress, copied, manifest_of
from tenants.provisioning import Owner

KEEPS = STAYS - {"organization_token"}
"""What the fresh company keeps of its own."""
DAMAGED = _("“%(what)s” is not what the export wrote: the archive is damaged or was changed. Export again.")


def bring_in(company: Tenant, source: IO[bytes], owner: Owner, progress: Progress = lambda done, total: None) -> Manifest:
    """Replace what a fresh company was founded with by what the archive holds. Call it in the company's context."""
    try:
        with zipfile.ZipFile(source) as whole:
            return _bring_in(company, whole, owner, progress)
    except (zipfile.BadZipFile, EOFError) as error:
        raise NotTaken("not_an_archive", _("This is not an export of a whole company. Choose the .zip that the export made.")) from error


def _bring_in(company: Tenant, whole: zipfile.ZipFile, owner: Owner, progress: Progress) -> Manifest:
    manifest = manifest_of(whole)
    here = {table.name: table for table in copying.tables(company.schema_name) if table.name not in KEEPS}
    _fitting(manifest, here)
    kept: list[str] = []
    try:
        with transaction.atomic():
            _only_fresh()
            _clear(here)
            for done, (name, part) in enumerate(manifest.tables.items()):
                _fill(whole, Table(name, tuple(part.columns)), part)
                progress(done + 1, len(manifest.tables) + len(manifest.files))
            _files(company, whole, manifest, kept, progress)
            import_string(settings.TENANT_IMPORTED)(company, owner)
    except BaseException as error:
        for path in kept:
            default_storage.delete(path)
        if isinstance(error, DatabaseError):
            raise NotTaken(
                "archive_rows", _("The rows of the archive do not fit together: %(why)s"), why=str(error).split("\n")[0]
            ) from error
        raise
    return manifest


def _only_fresh() -> None:
    """People's work is not overwritten."""
    if apps.get_model("kernel", "Event")._default_manager.exclude(actor=None).exclude(subject="").exists():
        raise NotTaken("not_fresh", _("Somebody has worked in this company already. Sign up for a new one and import there."))


def _fitting(manifest: Manifest, here: dict[str, Table]) -> None:
    for name, part in manifest.tables.items():
        known = set(here[name].columns) if name in here else set()
        if name in STAYS or not part.columns or not set(part.columns) <= known:
            sentence = _(
                "The export comes from another release: “%(name)s” is not the same here. Export it again from the present release."
            )
            raise NotTaken("archive_release", sentence, name=name)


def _clear(here: dict[str, Table]) -> None:
    with connection.cursor() as cursor:
        for name in here:
            cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))


def _fill(whole: zipfile.ZipFile, table: Table, part: Part) -> None:
    digest = hashlib.sha256()

    def blocks() -> Iterator[bytes]:
        with whole.open(f"data/{table.name}.csv") as member:
            while block := member.read(BLOCK):
                digest.update(block)
                yield block

    try:
        rows = copying.write(table, blocks(), copying.CSV)
    except KeyError as error:
        raise NotTaken("archive_damaged", DAMAGED, what=table.name) from error
    if rows != part.rows or digest.hexdigest() != part.csv_sha256:
        raise NotTaken("archive_damaged", DAMAGED, what=table.name)
    copying.set_counters(table, part.counters)


def _files(company: Tenant, whole: zipfile.ZipFile, manifest: Manifest, kept: list[str], progress: Progress) -> None:
    """Put the files where only this company looks. Paths of the archive are names of its rows, never places here."""
    rows = apps.get_model("kernel", "File")._default_manager.all()
    brought: dict[str, str] = {}
    for done, file in enumerate(manifest.files, len(manifest.tables)):
        brought[file.path] = _file(company, whole, file)
        kept.append(brought[file.path])
        progress(done + 1, len(manifest.tables) + len(manifest.files))
    for row in rows:
        row.path, row.stored = brought.get(row.path, ""), row.path in brought
        row.save(update_fields=["path", "stored"])


def _file(company: Tenant, whole: zipfile.ZipFile, file: Kept) -> str:
    path = f"{company.schema_name}/imported/{secrets.token_urlsafe(16)}/{PurePosixPath(file.member).name[-120:]}"
    try:
        member: Any = whole.open(file.member)
    except KeyError as error:
        raise NotTaken("archive_damaged", DAMAGED, what=file.member) from error
    with member, tempfile.TemporaryFile() as content:
        if copied(member, cast("Any", content)) != (file.size, file.sha256):
            raise NotTaken("archive_damaged", DAMAGED, what=file.member)
        content.seek(0)
        return str(default_storage.save(path, File(content)))
