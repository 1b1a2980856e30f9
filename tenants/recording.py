"""What a migration does to one company, written down so that it can be done to the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.migrations import RunPython, SeparateDatabaseAndState
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation


def replayable(plan: Sequence[Migration]) -> bool:
    """Whether SQL says it all: no Python, and everything fits into one transaction."""
    return all(migration.atomic and not any(map(_runs_python, migration.operations)) for migration in plan)


def _runs_python(operation: Operation) -> bool:
    if isinstance(operation, SeparateDatabaseAndState):
        return any(map(_runs_python, operation.database_operations))
    return isinstance(operation, RunPython) and operation.code is not RunPython.noop


@contextmanager
def recorded() -> Iterator[list[str]]:
    """Collect every statement that schema editors carry out inside the block."""
    statements: list[str] = []
    usual = connection.SchemaEditorClass

    class Recorder(usual):  # type: ignore[misc, valid-type]
        def execute(self, sql: Any, params: Any = ()) -> None:
            super().execute(sql, params)
            text = str(sql)
            statements.append(text if params is None else self.connection.ops.compose_sql(text, params))

    connection.SchemaEditorClass = Recorder
    try:
        yield statements
    finally:
        connection.SchemaEditorClass = usual
