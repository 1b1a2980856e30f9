"""A release over 200 companies: nothing to do, one column more, and nothing to do again."""

from __future__ import annotations

import subprocess
import time

from infra import programs
from tests.bench import companies
from tests.bench.report import Results, say
from tests.bench.servers import Site

COUNT = 200
RELEASE = "from tests.bench.migrate import release; release({with_column})"


def release(with_column: bool) -> None:
    """Bring all companies to the release, in a process of the product; prints the seconds (`manage.py shell`)."""
    from django.conf import settings

    from tenants.migrating import migrate_companies
    from tenants.throwaway import on_own_connection

    if with_column:
        settings.MIGRATION_MODULES = {"analytics": "tests.bench.later"}
    started = time.perf_counter()
    outcome = on_own_connection(migrate_companies)
    spent = time.perf_counter() - started
    assert not outcome.failed and outcome.migrated in (0, outcome.migrated + outcome.current)
    print(f"RELEASED {outcome.migrated} {spent}")


def measure(site: Site, results: Results) -> None:
    with site.database() as database:
        row = database.execute("SELECT count(*) FROM public.tenants_tenant").fetchone()
    there = 0 if row is None else int(str(row[0]))
    if there < COUNT:
        started = time.monotonic()
        site.manage("shell", "-c", f"from tests.bench.companies import found; found({COUNT - there})")
        say(f"{COUNT - there} companies founded in {time.monotonic() - started:.0f} s by {companies.EMAIL}")
    nothing = run(site, with_column=False)
    column = run(site, with_column=True)
    again = run(site, with_column=True)
    assert (nothing[0], again[0]) == (0, 0) and column[0] >= COUNT
    results |= {"migrate_200_s": column[1], "migrate_noop_200_s": max(nothing[1], again[1])}


def run(site: Site, *, with_column: bool) -> tuple[int, float]:
    """How many companies were migrated, and the seconds."""
    command = programs.manage("shell", "-c", RELEASE.format(with_column=with_column))
    done = subprocess.run(command, env=site.env, check=True, capture_output=True, text=True)
    told = next(line for line in done.stdout.splitlines() if line.startswith("RELEASED")).split()
    return int(told[1]), float(told[2])
