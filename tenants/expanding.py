"""Old code runs beside a new schema while a release is rolled out, so a migration may only add. What takes away comes a release later.

A migration that takes something away says which earlier one made it superfluous:

    class Migration(migrations.Migration):
        contracts = ("sales", "0007_note_replaced")     # released before this one

and is refused unless that one stands in `released.txt`, the list of migrations that an earlier release has brought everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED

RELEASED = Path(__file__).with_name("released.txt")
TAKING = (migrations.RemoveField, migrations.RenameField, migrations.DeleteModel, migrations.RenameModel, migrations.AlterModelTable)
TAKING_SQL = re.compile(r"\bdrop\s+(column|table)\b|\brename\s+(column|to)\b|\bset\s+not\s+null\b", re.IGNORECASE)


def released() -> frozenset[str]:
    """Names of the migrations that run everywhere: `sales.0001_initial`, a line each."""
    return frozenset(RELEASED.read_text(encoding="utf-8").split())


def faults(migration: Migration, before: ProjectState, known: frozenset[str]) -> list[str]:
    """What old code could not live with, as sentences; `before` is how the models stood in front of this migration."""
    name = f"{migration.app_label}.{migration.name}"
    return [] if name in known else [f"{name}: {why}" for why in _faults(migration, before.clone(), known)]


def _faults(migration: Migration, state: ProjectState, known: frozenset[str]) -> Iterator[str]:
    told = getattr(migration, "contracts", None)
    expanded = told is not None and ".".join(told) in known
    if told is not None and not expanded:
        yield f"contracts {'.'.join(told)}, which no release has brought yet"
    made: set[str] = set()
    for operation in _flat(migration.operations):
        if isinstance(operation, migrations.CreateModel):
            made.add(operation.name_lower)
        if getattr(operation, "model_name_lower", "") not in made:
            yield from _fault(operation, migration.app_label, state, expanded)
        operation.state_forwards(migration.app_label, state)


def _fault(operation: Operation, label: str, state: ProjectState, expanded: bool) -> Iterator[str]:
    what = operation.describe()
    if isinstance(operation, TAKING) and not expanded:
        yield f"{what}: old code still uses it. Release first what does without, then say `contracts = …`"
    if isinstance(operation, migrations.RunSQL) and TAKING_SQL.search(str(operation.sql)) and not expanded:
        yield "raw SQL takes something away. Release first what does without, then say `contracts = …`"
    if isinstance(operation, migrations.AddField) and _demanding(operation.field):
        yield f"{what}: old code does not fill it. Give it a db_default, or allow null"
    if isinstance(operation, migrations.AlterField) and not expanded:
        old = state.models[label, operation.model_name_lower].fields[operation.name]
        if old.null and _demanding(operation.field):
            yield f"{what}: old code may leave it empty. Release first what fills it, then say `contracts = …`"


def _flat(operations: Sequence[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from _flat(operation.database_operations)
        else:
            yield operation


def _demanding(field: Any) -> bool:
    """Whether the database refuses a row that says nothing of it. Django's own `default` is not known there."""
    made_there = field.db_default is not NOT_PROVIDED or getattr(field, "generated", False)
    return not (field.null or field.many_to_many or made_there)


def ours(loader: MigrationLoader) -> Iterator[Migration]:
    """The migrations of the product's own apps."""
    for migration in loader.disk_migrations.values():
        if "site-packages" not in Path(apps.get_app_config(migration.app_label).path).parts:
            yield migration
