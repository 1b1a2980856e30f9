"""Forty alert rules over a hundred thousand orders: the first look, at which everything fires, and the next, at which nothing is new."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

from tests.bench import load
from tests.bench.report import Results, say
from tests.bench.servers import Site, serving

RULES, ORDERS, CUSTOMERS, PEOPLE = 40, 100_000, 1000, 50
LADDER = [
    {"days": -3, "to": [{"who": "owner"}]},
    {"days": 1, "to": [{"who": "owner"}, {"who": "superior", "level": 1}]},
    {"days": 5, "to": [{"who": "head"}]},
    {"days": 10, "to": [{"who": "owner"}, {"who": "administrators"}]},
]


def look(slug: str, path: str) -> None:
    """Write the rules and let them look twice; runs inside the product (`manage.py shell`)."""
    from kernel import clock, saving
    from kernel.access import SYSTEM
    from tenant_apps.process.engine import running
    from tenant_apps.process.models import Alert, Rule
    from tenants.context import tenant_context
    from tenants.models import Tenant

    with tenant_context(Tenant.objects.get(slug=slug)):
        Rule.objects.all().delete()
        saving.create_many(Rule, [(rule(number), {}) for number in range(RULES)], by=SYSTEM, at=clock.now())
        spent, used = [], []
        for _again in range(2):
            Rule.objects.update(next_at=None)
            started, processor = time.monotonic(), time.process_time()
            assert running.run_due() == RULES
            spent.append(time.monotonic() - started)
            used.append(time.process_time() - processor)
        Path(path).write_text(json.dumps({"spent": spent, "used": used, "alerts": Alert.objects.count()}))


def rule(number: int) -> dict[str, object]:
    """Every fourth counts from silence, every fourth from when it came true; the others climb a ladder from the promised date."""
    kind = number % 4
    anchor = ("date", "date", "silent", "holds")[kind]
    steps = LADDER if anchor == "date" else [{"days": 0, "to": [{"who": "owner"}]}]
    condition = f'state = "released" and total > {50_000 + 20_000 * number}'
    given = {"anchor": anchor, "field": "promised_date" if anchor == "date" else "", "steps": steps}
    return {
        "name": f"规则 {number}",
        "resource": "sales.order",
        "condition": condition,
        "facts": ["customer", "total", "promised_date"],
        **given,
    }


def measure(site: Site, results: Results) -> None:
    with serving(site):
        site.sign_up("alerts")
    schema = site.schema("alerts")
    with site.database() as database:
        load.customers(database, schema, CUSTOMERS)
        load.orders(database, schema, ORDERS, date.today())
        people = f"(SELECT n FROM generate_series(2::bigint, {PEOPLE}) n) made"
        values = {"name": "'同事 ' || n", "email": "n || '@example.com'", "account": "1000 + n", "roles": "ARRAY[3]", "state": "'active'"}
        load.fill(database, f"{schema}.organization_member", people, {**values, "department_id": "1", "id": "n", "search_text": "n::text"})
    told = site.var / "alerts.json"
    site.manage("shell", "-c", f"from tests.bench.alerts import look; look('alerts', '{told}')")
    found = json.loads(told.read_text())
    first, again = found["spent"]
    say(f"{RULES} rules over {ORDERS:,} orders: {found['alerts']:,} alerts in {first:.1f} s; the next look {again:.1f} s")
    say("processor time of the worker: " + ", ".join(f"{one:.1f} s" for one in found["used"]))
    results |= {"alerts_100k_s": first}
