"""One company of 100,000 rows: backed up, destroyed, restored."""

from __future__ import annotations

import subprocess
import time
from datetime import date

from infra import programs
from tests.bench import load
from tests.bench.report import Results, say
from tests.bench.servers import Site, serving

SLUG, CUSTOMERS, ORDERS = "vault", 2_000, 98_000


def work() -> None:
    """Back the company up, drop its schema, restore it; prints the seconds of each (`manage.py shell`)."""
    from tenants import provisioning
    from tenants.backups import restoring, taking
    from tenants.models import Tenant
    from tenants.throwaway import on_own_connection

    company = Tenant.objects.get(slug=SLUG)
    started = time.perf_counter()
    made = taking.take(company)
    taken = time.perf_counter() - started
    assert made is not None and made.rows > CUSTOMERS + ORDERS
    on_own_connection(provisioning.drop_schema, company.schema_name)
    started = time.perf_counter()
    restoring.restore(company)
    print(f"MEASURED {made.rows} {made.size} {taken} {time.perf_counter() - started}")


def measure(site: Site, results: Results) -> None:
    with serving(site):
        founder = site.sign_up(SLUG)
        founder.close()
    with site.database() as database:
        schema = site.schema(SLUG)
        load.customers(database, schema, CUSTOMERS)
        load.orders(database, schema, ORDERS, date(2026, 11, 22))
    command = programs.manage("shell", "-c", "from tests.bench.backup import work; work()")
    done = subprocess.run(command, env=site.env, check=True, capture_output=True, text=True)
    told = next(line for line in done.stdout.splitlines() if line.startswith("MEASURED")).split()
    say(f"{told[1]} rows, {int(told[2]) / 2**20:.1f} MB sealed")
    with site.database() as database:
        row = database.execute(f"SELECT count(*) FROM {schema}.sales_order").fetchone()
    assert row == (ORDERS,)
    results |= {"backup_one_s": float(told[3]), "restore_one_s": float(told[4])}
