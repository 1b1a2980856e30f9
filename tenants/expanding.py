"""Old code runs beside a new schema while a release is rolled out, so a migration may only add. What takes away comes a release later.

A migration that takes something away says which earlier one made it superfluous:

    class Migration(migrations.Migration):
        contracts = ("sales", "0007_note_replaced")     # released before this one

and is refused unless that one stands in `released.txt`, the list of migrations that an earlier release has brought everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.db import migrations
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED, Field

RELEASED = Path(__file__).with_name("released.txt")
TAKING = (migrations.RemoveField, migrations.RenameField, migrations.DeleteModel, migrations.RenameModel, migrations.AlterModelTable)


def released() -> frozenset[str]:
    """Names of the migrations that run everywhere: `sales.0001_initial`, a line each."""
    return frozenset(RELEASED.read_text(encoding="utf-8").split())


def faults(migration: Migration, known: frozenset[str]) -> list[str]:
    """What old code could not live with, as sentences."""
    if str(name_of(migration)) in known:
        return []
    return [f"{name_of(migration)}: {why}" for why in _faults(migration, known)]


def name_of(migration: Migration) -> str:
    return f"{migration.app_label}.{migration.name}"


def _faults(migration: Migration, known: frozenset[str]) -> Iterator[str]:
    made = {operation.name_lower for operation in migration.operations if isinstance(operation, migrations.CreateModel)}
    told = getattr(migration, "contracts", None)
    expanded = told is not None and ".".join(told) in known
    if told is not None and not expanded:
        yield f"contracts {'.'.join(told)}, which no release has brought yet"
    for operation in _flat(migration.operations):
        if getattr(operation, "model_name_lower", "") in made:
            continue
        if isinstance(operation, TAKING) and not expanded:
            yield f"{operation.describe()}: old code still reads it. Release first what does without, then say `contracts = …`"
        if isinstance(operation, migrations.AddField) and _demanding(operation.field):
            yield f"{operation.describe()}: old code does not fill it. Give it a db_default, or allow null"
        if isinstance(operation, migrations.AlterField) and _demanding(operation.field) and not expanded:
            yield f"{operation.describe()}: old code may leave it empty. Release first what fills it, then say `contracts = …`"


def _flat(operations: list[Operation]) -> Iterator[Operation]:
    for operation in operations:
        yield operation
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from _flat(operation.database_operations)


def _demanding(field: Field) -> bool:  # type: ignore[type-arg]
    """Whether a row that says nothing of it is refused by the database. Django's own `default` is not known there."""
    made_there = field.db_default is not NOT_PROVIDED or getattr(field, "generated", False)
    return not (field.null or field.many_to_many or made_there)
