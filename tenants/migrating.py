"""Bringing every company's schema to this release.

Asking them all takes a few queries, a change is worked out once and replayed in one transaction per company. A
company that fails is named and left as it was; the others go on, and the next run takes up what is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.utils import timezone

from tenants.catalog import quoted
from tenants.context import as_owner, schema_context
from tenants.models import SchemaRelease, Standing, Tenant
from tenants.recording import recorded, replayable
from tenants.releases import targets
from tenants.states import State
from tenants.throwaway import on_this_thread

Applied = frozenset[tuple[str, str]]
Progress = Callable[[str], None]
AT_ONCE = 200
STEP = 25
WITHOUT_SCHEMA = (State.REQUESTED, State.DELETED)
LOCK_TIMEOUT = "SET LOCAL lock_timeout = '5s'"
WITH_RECORDER = """
    SELECT nspname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
     WHERE relname = 'django_migrations' AND relkind = 'r' AND nspname = ANY(%s)
"""


@dataclass
class Outcome:
    """What became of the companies' schemas."""

    current: int = 0
    done: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)

    @property
    def settled(self) -> int:
        return len(self.done) + len(self.failed)

    @property
    def migrated(self) -> int:
        return len(self.done)


def migrate_companies(progress: Progress = lambda line: None) -> Outcome:
    """Bring all companies to this release, and note for each how it went."""
    companies = dict(Tenant.objects.exclude(state__in=WITHOUT_SCHEMA).order_by("pk").values_list("schema_name", "pk"))
    outcome = bring_up(list(companies), progress)
    _note(companies, outcome)
    return outcome


def bring_up(schemas: Sequence[str], progress: Progress = lambda line: None) -> Outcome:
    """Bring these schemas to this release."""
    outcome = Outcome()
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


@as_owner()
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


def _bring_up(schemas: Sequence[str], outcome: Outcome, progress: Progress) -> None:
    """Take companies that stand at the same point to the present one."""
    with schema_context(schemas[0]):
        executor = MigrationExecutor(connection)
        plan = [migration for migration, _ in executor.migration_plan(targets(executor))]
    if not plan:
        outcome.current += len(schemas)
        return
    progress(f"{len(schemas)} companies: {', '.join(f'{step.app_label}.{step.name}' for step in plan)}")
    if not replayable(plan):
        _each(schemas, run_migrations, outcome, progress)
        return
    script: list[str] = []
    for number, schema in enumerate(schemas):  # the first company that takes it writes the script for the others
        _one(schema, lambda name: script.append(run_recorded(name, plan)), outcome)
        if script:
            _each(schemas[number + 1 :], lambda name: replay(name, script[0]), outcome, progress)
            return


def _each(schemas: Sequence[str], work: Callable[[str], None], outcome: Outcome, progress: Progress) -> None:
    """Several companies at a time, each on its own: on connections that are closed afterwards."""
    waiting: SimpleQueue[str] = SimpleQueue()
    for schema in schemas:
        waiting.put(schema)

    def take() -> None:
        while not waiting.empty():
            try:
                schema = waiting.get_nowait()
            except Empty:
                return
            _one(schema, work, outcome)
            if outcome.settled % STEP == 0:
                progress(f"{outcome.settled} companies")

    count = min(settings.MIGRATION_CONNECTIONS, len(schemas))
    if not count:
        return
    with ThreadPoolExecutor(count, thread_name_prefix="migrating") as pool:
        for worker in [pool.submit(on_this_thread, take) for _ in range(count)]:
            worker.result()


def _one(schema: str, work: Callable[[str], None], outcome: Outcome) -> None:
    try:
        with schema_context(schema):
            work(schema)
    except DatabaseError as error:
        outcome.failed[schema] = str(error).strip()
    else:
        outcome.done.append(schema)


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


def _note(companies: dict[str, int], outcome: Outcome) -> None:
    """Tell the operators how each company's last migration went."""
    release = SchemaRelease.objects.order_by("deployed_at").values_list("digest", flat=True).last() or ""
    done = [Standing(company_id=companies[schema], release=release, migrated_at=timezone.now()) for schema in outcome.done]
    failed = [Standing(company_id=companies[schema], migration_error=why) for schema, why in outcome.failed.items()]
    settled = {*outcome.done, *outcome.failed}
    known = set(Standing.objects.filter(release=release, migration_error="").values_list("company_id", flat=True))
    there = [Standing(company_id=pk, release=release) for schema, pk in companies.items() if schema not in settled and pk not in known]
    for rows, fields in (
        (there, ["release", "migration_error"]),
        (done, ["release", "migrated_at", "migration_error"]),
        (failed, ["migration_error"]),
    ):
        Standing.objects.bulk_create(rows, 500, update_conflicts=True, unique_fields=["company"], update_fields=fields)
