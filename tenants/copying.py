"""A company's tables as streams of text, out of one schema and into another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg import sql

TABLES = """
    SELECT relname, array_agg(attname::text ORDER BY attnum) FILTER (WHERE attgenerated = ''),
           coalesce(array_agg(attname::text) FILTER (WHERE attidentity <> ''), '{}')
      FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid
     WHERE relnamespace = %s::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
     GROUP BY relname ORDER BY relname
"""
TEXT, CSV = sql.SQL(""), sql.SQL("WITH (FORMAT csv, HEADER true)")


@dataclass(frozen=True)
class Table:
    """A table and those of its columns that hold something of their own."""

    name: str
    columns: tuple[str, ...]
    identities: tuple[str, ...] = ()

    @property
    def named(self) -> sql.Composed:
        columns = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        return sql.SQL("{} ({})").format(sql.Identifier(self.name), columns)


def tables(schema: str) -> list[Table]:
    """The tables of the schema in force."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [schema])
        return [Table(name, tuple(columns), tuple(identities)) for name, columns, identities in cursor.fetchall()]


def read(table: Table, form: sql.SQL = TEXT) -> Iterator[bytes]:
    """The table's rows as COPY writes them."""
    with connection.cursor() as cursor, cursor.copy(sql.SQL("COPY {} TO STDOUT {}").format(table.named, form)) as stream:
        for block in stream:
            yield bytes(block)


def write(table: Table, blocks: Iterable[bytes], form: sql.SQL = TEXT) -> int:
    """Take rows in; tells how many they were."""
    with connection.cursor() as cursor:
        with cursor.copy(sql.SQL("COPY {} FROM STDIN {}").format(table.named, form)) as stream:
            for block in blocks:
                stream.write(block)
        return int(cursor.rowcount)


def counters(table: Table) -> dict[str, list[Any]]:
    """{column: [last value, whether it was given out]} of the numbers that the table draws by itself."""
    found = {}
    with connection.cursor() as cursor:
        for column in table.identities:
            cursor.execute(sql.SQL("SELECT last_value, is_called FROM {}").format(_sequence(cursor, table, column)))
            found[column] = list(cursor.fetchone())
    return found


def set_counters(table: Table, found: dict[str, list[Any]]) -> None:
    with connection.cursor() as cursor:
        for column, (value, called) in found.items():
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)", [f'"{table.name}"', column, value, called])


def _sequence(cursor: Any, table: Table, column: str) -> sql.Identifier:
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table.name}"', column])
    return sql.Identifier(*[part.strip('"') for part in cursor.fetchone()[0].split(".")])
