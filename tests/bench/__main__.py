"""`python -m tests.bench --only cycle,list`: measure and write build/bench.json."""

from __future__ import annotations

import argparse
import time

from tests.bench import (
    accounts,
    alerts,
    approvals,
    backup,
    companies,
    cycle,
    imports,
    lists,
    many,
    migrate,
    pricing,
    provision,
    report,
    selection,
    servers,
    web,
)

PARTS = {
    "provision": provision.measure,
    "import": imports.measure,
    "duplicates": accounts.measure,
    "bring": accounts.bring,
    "customers": lists.customers,
    "cycle": cycle.measure,
    "sql": cycle.statements,
    "list": lists.orders,
    "million": lists.million,
    "tenants": companies.measure,
    "migrate": migrate.measure,
    "backup": backup.measure,
    "many": many.measure,
    "alerts": alerts.measure,
    "approvals": approvals.measure,
    "pricing": pricing.measure,
    "selection": selection.measure,
    "web": web.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", default="", help=f"parts, separated by commas: {', '.join(PARTS)}")
    parser.add_argument("--scale", type=float, default=1.0, help="shortens runs of fixed length, for trying out; nothing is written then")
    options = parser.parse_args()
    chosen = [part for part in options.only.split(",") if part] or list(PARTS)
    results = report.Results()
    results.scale = options.scale
    with servers.site() as site:
        for part in chosen:
            started = time.monotonic()
            print(f"{part} …", flush=True)
            PARTS[part](site, results)
            print(f"    took {time.monotonic() - started:.0f} s", flush=True)
    if options.scale == 1.0:
        report.merge(results)
        print(f"written to {report.FILE.relative_to(report.ROOT)}")


if __name__ == "__main__":
    main()
