"""The role of each company: made ahead in batches, given its own schema, and nothing else in the database.

Every new membership makes all connections look up anew which roles they may take on, so roles come fifty at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import DatabaseError, connection, transaction
from psycopg import sql

from tenants.backend import roles
from tenants.context import PUBLIC

BATCH = 50
LOCK = 7_140_003
MISSING = "SELECT name FROM unnest(%s::text[]) name WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)"
WITHOUT = """
    SELECT nspname FROM pg_namespace n LEFT JOIN pg_roles r ON rolname = %s || '_' || nspname
     WHERE nspname = ANY(%s) AND (r.oid IS NULL OR NOT has_schema_privilege(r.oid, n.oid, 'USAGE'))
"""
FUTURE = """
    GRANT USAGE ON SCHEMA {schema} TO {role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, USAGE, UPDATE ON SEQUENCES TO {role}
"""
PRESENT = """
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};
    GRANT SELECT, USAGE, UPDATE ON ALL SEQUENCES IN SCHEMA {schema} TO {role}
"""


def of(schema: str) -> str:
    return roles.of(_login(), schema)


def admit(schema: str) -> None:
    """Let the schema's role work with every table that will be made in it. For the owner, in front of the first table."""
    _run(FUTURE, schema)


def admit_to_all(schema: str) -> None:
    """The same for a schema that has its tables already: the public one, a restored one, one of an earlier release."""
    if schema != PUBLIC:
        ensure(schema)
    _run(FUTURE, schema)
    _run(PRESENT, schema)


def ensure(schema: str) -> None:
    """See that the schema's role is there; those of the schemas that come next are made with it."""
    wanted = [of(name) for name in neighbours(schema)]
    with connection.cursor() as cursor:
        cursor.execute(MISSING, [[of(schema)]])
        if cursor.fetchone() is None:
            return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(MISSING, [wanted])
        missing = [sql.Identifier(row[0]) for row in cursor.fetchall()]
        if missing:
            made = [sql.SQL("CREATE ROLE {} LOGIN").format(name) for name in missing]
            named = sql.SQL(", ").join(missing)
            grant = sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE").format(named, sql.Identifier(_login()))
            cursor.execute(sql.SQL("; ").join([*made, grant]))


def neighbours(schema: str) -> list[str]:
    """The schemas whose roles are made together."""
    number = re.fullmatch(r"t_(\d{6,})", schema)
    if number is None:
        return [schema]
    first = int(number[1]) // BATCH * BATCH
    return [f"t_{one:06d}" for one in range(first, first + BATCH)]


def complete(schemas: Iterable[str]) -> int:
    """Give their roles to schemas that have none yet; tells how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT, [_login(), list(schemas)])
        without = [row[0] for row in cursor.fetchall()]
    for schema in without:
        with transaction.atomic():
            admit_to_all(schema)
    return len(without)


def drop(schemas: Iterable[str]) -> None:
    """Forget the roles of schemas that are gone. One that another database of this server still needs stays."""
    for schema in schemas:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(of(schema))))
        except DatabaseError:
            continue


def _run(text: str, schema: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(text).format(schema=sql.Identifier(schema), role=sql.Identifier(of(schema))))


def _login() -> str:
    return str(connection.settings_dict["USER"])
