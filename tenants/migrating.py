"""Bringing every company's schema to this release.

Asking them all takes a few queries, a change is worked out once and replayed in one transaction per company. A
company that fails is named and left as it was; the others go on, and the next run takes up what is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration

from tenants.catalog import quoted
from tenants.context import schema_context
from tenants.models import Tenant
from tenants.recording import recorded, replayable
from tenants.releases import targets

Applied = frozenset[tuple[str, str]]
AT_ONCE = 200
LOCK_TIMEOUT = "SET LOCAL lock_timeout = '5s'"
WITH_RECORDER = """
    SELECT nspname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
     WHERE relname = 'django_migrations' AND relkind = 'r' AND nspname = ANY(%s)
"""


@dataclass
class Outcome:
    """What became of the companies' schemas."""

    current: int = 0
    migrated: int = 0
    failed: dict[str, str] = field(default_factory=dict)


def migrate_companies(progress: Callable[[str], None] = lambda line: None) -> Outcome:
    outcome = Outcome()
    schemas = list(Tenant.objects.order_by("pk").values_list("schema_name", flat=True))
    applied = ask(schemas)
    for schema in set(schemas) - applied.keys():
        outcome.failed[schema] = "The schema is missing or has no record of its migrations."
    groups: dict[Applied, list[str]] = defaultdict(list)
    for schema in schemas:
        if schema in applied:
            groups[applied[schema]].append(schema)
    for alike in groups.values():
        _bring_up(alike, outcome, progress)
    return outcome


def ask(schemas: Sequence[str]) -> dict[str, Applied]:
    """Which migrations each company has, many companies per query."""
    with connection.cursor() as cursor:
        cursor.execute(WITH_RECORDER, [list(schemas)])
        there = [row[0] for row in cursor.fetchall()]
        answer: dict[str, Applied] = {}
        for start in range(0, len(there), AT_ONCE):
            cursor.execute(" UNION ALL ".join(map(_question, there[start : start + AT_ONCE])))
            answer.update({schema: frozenset(map(tuple, rows or ())) for schema, rows in cursor.fetchall()})
    return answer


def _question(schema: str) -> str:
    return f"SELECT '{schema}', json_agg(json_build_array(app, name)) FROM {connection.ops.quote_name(schema)}.django_migrations"  # noqa: S608


def _bring_up(schemas: Sequence[str], outcome: Outcome, progress: Callable[[str], None]) -> None:
    """Take companies that stand at the same point to the present one."""
    with schema_context(schemas[0]):
        executor = MigrationExecutor(connection)
        plan = [migration for migration, _ in executor.migration_plan(targets(executor))]
    if not plan:
        outcome.current += len(schemas)
        return
    progress(f"{len(schemas)} companies: {', '.join(f'{step.app_label}.{step.name}' for step in plan)}")
    if not replayable(plan):
        _each(schemas, run_migrations, outcome)
        return
    script: list[str] = []
    for number, schema in enumerate(schemas):  # the first company that takes it writes the script for the others
        _each([schema], lambda name: script.append(run_recorded(name, plan)), outcome)
        if script:
            _each(schemas[number + 1 :], lambda name: replay(name, script[0]), outcome)
            return


def _each(schemas: Iterable[str], work: Callable[[str], None], outcome: Outcome) -> None:
    for schema in schemas:
        try:
            with schema_context(schema):
                work(schema)
        except DatabaseError as error:
            outcome.failed[schema] = str(error).strip()
        else:
            outcome.migrated += 1


def run_migrations(schema: str) -> None:
    """The slow way, for migrations with Python in them: Django's own, company by company, resumable at every migration."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets(executor))


def run_recorded(schema: str, plan: Sequence[Migration]) -> str:
    """Migrate one company for real, all or nothing, and return the SQL of it."""
    with transaction.atomic(), connection.cursor() as cursor, recorded() as statements:
        cursor.execute(LOCK_TIMEOUT)
        run_migrations(schema)
    done = ", ".join(f"({quoted(step.app_label)}, {quoted(step.name)}, now())" for step in plan)
    note = f"INSERT INTO django_migrations (app, name, applied) VALUES {done}"  # noqa: S608 - quoted above
    return ";\n".join([LOCK_TIMEOUT, *statements, note])


def replay(schema: str, script: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(script)
