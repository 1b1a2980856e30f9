"""A company's schema at one moment as one file, and a schema made of it again.

A zip of `schema.json` (the statements that make the tables, and those for when they are full), `data/<table>` as COPY
writes it, and `manifest.json` with the rows and the hash of each table, its counters, and the company's stored files.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import IO, Any

from django.apps import apps
from django.db import connection, transaction

from tenants import copying, provisioning
from tenants.backups import vault
from tenants.catalog import shape_of
from tenants.context import schema_context
from tenants.copying import Table

FORMAT = 1
AT_ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


class Altered(Exception):
    """What was read is not what was written."""


@dataclass
class Manifest:
    """What a snapshot holds."""

    schema: str
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(table["rows"] for table in self.tables.values())


def write(schema: str, target: IO[bytes]) -> Manifest:
    """Everything in the schema as it is now, whatever is being changed meanwhile. Takes a connection of its own."""
    manifest = Manifest(schema)
    with schema_context(schema), transaction.atomic(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as whole:
        with connection.cursor() as cursor:
            cursor.execute(AT_ONE_MOMENT)
        whole.writestr("schema.json", json.dumps(asdict(shape_of(schema))))
        for table in copying.tables(schema):
            manifest.tables[table.name] = {"columns": table.columns, **_filled(whole, table), "counters": copying.counters(table)}
        manifest.files = dict(stored_files().values_list("path", "size"))
        whole.writestr("manifest.json", json.dumps(asdict(manifest)))
    return manifest


def stored_files() -> Any:
    """The rows of the company's files whose bytes are kept."""
    return apps.get_model("kernel", "File")._default_manager.filter(stored=True)


def _filled(whole: zipfile.ZipFile, table: Table) -> dict[str, Any]:
    digest, rows = hashlib.sha256(), 0
    with whole.open(f"data/{table.name}", "w", force_zip64=True) as member:
        for block in copying.read(table):
            member.write(block)
            digest.update(block)
            rows += block.count(b"\n")
    return {"rows": rows, "sha256": digest.hexdigest()}


def manifest_of(source: IO[bytes]) -> Manifest:
    with zipfile.ZipFile(source) as whole:
        return Manifest(**json.loads(whole.read("manifest.json")))


def load(source: IO[bytes], schema: str) -> Manifest:
    """Make a schema of this name out of a snapshot; whole or, with an error, not at all. In the caller's transaction."""
    with zipfile.ZipFile(source) as whole:
        manifest = Manifest(**json.loads(whole.read("manifest.json")))
        shape = json.loads(whole.read("schema.json"))
        provisioning.make_schema(schema, ";\n".join([*shape["tables"], ""]))
        with schema_context(schema):
            for name, told in manifest.tables.items():
                _fill(whole, Table(name, tuple(told["columns"])), told)
        provisioning.alter_schema(schema, ";\n".join([*shape["after"], ""]))
    return manifest


def _fill(whole: zipfile.ZipFile, table: Table, told: dict[str, Any]) -> None:
    digest = hashlib.sha256()

    def blocks() -> Iterator[bytes]:
        with whole.open(f"data/{table.name}") as member:
            for block in vault.blocks(member):
                digest.update(block)
                yield block

    rows = copying.write(table, blocks())
    if rows != told["rows"] or digest.hexdigest() != told["sha256"]:
        raise Altered(f"{table.name}: {told['rows']} rows were written, {rows} were read.")
    copying.set_counters(table, told["counters"])
