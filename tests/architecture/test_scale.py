"""The rules of sharding by schema, held before there is a shard (design/SCALE.md 1–7, 11, 12): each was seen to fail otherwise."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
import sqlparse
from django.apps import apps
from django.conf import settings
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from infra import programs
from tenants.context import tenant_context
from tests.architecture.sources import PRODUCT, imported, nodes, place, texts
from tests.faults.programs import environment

WIDE = (models.BigAutoField, models.BigIntegerField, models.UUIDField, models.CharField)
NARROW = (models.AutoField, models.SmallAutoField, models.IntegerField)
VOLATILE = re.compile(
    r"\bupdate\b.*\b(random|gen_random_uuid|uuid_generate_v\d|clock_timestamp|timeofday|nextval)\s*\(", re.IGNORECASE | re.DOTALL
)
FORBIDDEN = re.compile(
    r"\bcreate\s+(constraint\s+)?trigger\b|\bmaterialized\s+view\b|\binherits\s*\(|\brename\s+constraint\b|\bmerge\s+into\b"
    r"|\badd\s+column\s+\S+\s+(big|small)?serial\b|\badd\s+(column\s+)?\S+[^;]*\bgenerated\b[^;]*\bas\s+identity\b|\blisten\s|\bnotify\s",
    re.IGNORECASE,
)
TABLES_AT_MOST = 130
OURS = [config for config in apps.get_app_configs() if config.name in settings.TENANT_APPS]
MODELS = [model for config in OURS for model in config.get_models()]
every = pytest.mark.parametrize("model", MODELS, ids=[model._meta.label_lower for model in MODELS])


def operations() -> Iterator[tuple[str, Operation]]:
    ours = {config.label for config in OURS}
    for (label, title), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        if label in ours:
            for operation in flat(migration.operations):
                yield f"{label}.{title}", operation


def flat(given: list[Operation]) -> Iterator[Operation]:
    for operation in given:
        yield operation
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from flat(operation.database_operations)


def statements(operation: migrations.RunSQL) -> list[str]:
    found: list[str] = []
    for given in (operation.sql, operation.reverse_sql):
        items: list[Any] = given if isinstance(given, list | tuple) else [given]
        found += [item[0] if isinstance(item, list | tuple) else item for item in items if item not in (None, migrations.RunSQL.noop)]
    return found


OPERATIONS = list(operations())


@every
def test_keys_are_wide_and_every_table_has_one(model: type[models.Model]):
    """3 and 6: what is smaller than bigint cannot grow, what has no key cannot be moved online."""
    key = model._meta.pk
    assert isinstance(key, WIDE) and not isinstance(key, models.SmallAutoField)
    for field in model._meta.concrete_fields:
        if field.name.endswith("_id") and not field.is_relation:
            assert not isinstance(field, NARROW) or isinstance(field, models.BigIntegerField), f"{field} is too narrow for an id"


@every
def test_no_table_inherits(model: type[models.Model]):
    """5: table inheritance is refused by the cluster."""
    assert model._meta.proxy or not model._meta.parents


def test_one_statement_an_item():
    """4: several statements in one item are sent to one node only."""
    written = [(where, sql) for where, one in OPERATIONS if isinstance(one, migrations.RunSQL) for sql in statements(one)]
    assert [where for where, sql in written if len(sqlparse.split(sql)) > 1] == []


def test_ddl_is_right_when_the_table_is_made():
    """5: adding identity columns later and renaming constraints are refused."""
    later = [where for where, one in OPERATIONS if isinstance(one, migrations.AddField) and isinstance(one.field, models.AutoField)]
    changed = [where for where, one in OPERATIONS if isinstance(one, migrations.AlterField) and isinstance(one.field, models.AutoField)]
    assert later + changed == []


def test_no_forbidden_sql_anywhere():
    """5, 7, 9, 11, 12: no triggers, materialized views, inheritance, MERGE, LISTEN, or volatile functions in an UPDATE."""
    written = [(place(path, node), texts(node)) for path, node in nodes(*PRODUCT)]
    written += [(where, sql) for where, one in OPERATIONS if isinstance(one, migrations.RunSQL) for sql in statements(one)]
    assert [where for where, text in written if FORBIDDEN.search(text) or VOLATILE.search(text)] == []


def test_no_update_draws_a_random_value():
    """11: each node would draw its own."""
    drawing = {"django.db.models.functions.Random", "django.contrib.postgres.functions.RandomUUID"}
    assert [place(path, node) for path, node in nodes(*PRODUCT) if drawing & set(imported(node))] == []


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ("UPDATE t SET a = random()", True),
        ("UPDATE t SET a = now()", False),
        ("CREATE TRIGGER x", True),
        ("ALTER TABLE t ADD COLUMN id bigserial", True),
        ("CREATE MATERIALIZED VIEW v AS", True),
        ("SELECT random()", False),
        ("CREATE TABLE t (id bigint GENERATED BY DEFAULT AS IDENTITY)", False),
    ],
)
def test_the_rules_catch_what_they_are_for(text: str, caught: bool):
    assert bool(FORBIDDEN.search(text) or VOLATILE.search(text)) is caught


def test_the_migrations_make_what_the_models_say(company):
    """In a process of its own: tests bring models that the product does not have."""
    command = programs.manage("makemigrations", "--check", "--dry-run")
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# what the database has -----------------------------------------------------------------------------------------------
def ask(company: Any, sql: str) -> list[str]:
    with tenant_context(company), connection.cursor() as cursor:
        cursor.execute(sql, [company.schema_name])
        return [row[0] for row in cursor.fetchall()]


def test_a_company_has_few_tables_and_each_has_a_key(company):
    tables = ask(company, "SELECT tablename FROM pg_tables WHERE schemaname = %s")
    keyed = ask(
        company,
        "SELECT DISTINCT r.relname FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid JOIN pg_namespace n ON n.oid = r.relnamespace"
        " WHERE c.contype = 'p' AND n.nspname = %s",
    )
    assert set(tables) == set(keyed)
    assert len(tables) <= TABLES_AT_MOST


def test_a_company_has_no_triggers_views_or_keys_that_leave_it(company):
    relations = ask(
        company,
        "SELECT r.relname FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace"
        " WHERE n.nspname = %s AND (r.relkind IN ('m', 'v') OR EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = r.oid AND NOT t.tgisinternal)"
        " OR EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = r.oid AND NOT r.relispartition))",
    )
    leaving = ask(
        company,
        "SELECT c.conname FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid"
        " JOIN pg_namespace n ON n.oid = r.relnamespace WHERE c.contype = 'f' AND n.nspname = %s AND f.relnamespace <> r.relnamespace",
    )
    assert relations + leaving == []
