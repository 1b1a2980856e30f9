"""What a thousand companies on one database cost: founding one more, changing between them, and the memory of a web worker."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from tests.bench import load, provision, timing
from tests.bench.client import Browser
from tests.bench.companies import EMAIL
from tests.bench.report import Results, say
from tests.bench.servers import PASSWORD, Site, serving

COUNT, CUSTOMERS, SIGN_UPS, SWITCHES, LANES, BLOCKS = 1000, 100, 10, 3000, 2, 20
FIRST = "crowd-0"


def found_first() -> None:
    """The company that the others will be like. Runs inside the product (`manage.py shell`)."""
    from django.contrib.auth import get_user_model

    from tenants.provisioning import Founding, create_company

    owner = get_user_model().objects.filter(email=EMAIL).first()
    owner = owner or get_user_model().objects.create_user(EMAIL, PASSWORD, name="王建国")
    create_company(Founding(name="公司 0", slug=FIRST), owner.pk)


def multiply(count: int, sessions: Path) -> None:
    """Found the others by replaying the first one's tables and rows, and begin a session in each. Runs inside the product."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from tenants import provisioning
    from tenants.catalog import script_of
    from tenants.context import tenant_context
    from tenants.models import Tenant
    from tenants.provisioning import make_schema, new_name
    from tenants.throwaway import on_own_connection

    first = Tenant.objects.get(slug=FIRST)
    script = "SET LOCAL synchronous_commit = off;\n" + on_own_connection(script_of, first.schema_name)

    def lane(numbers: range) -> None:
        for number in numbers:
            name = new_name()
            make_schema(name, script)
            told = {field.attname: getattr(first, field.attname) for field in Tenant._meta.concrete_fields if not field.primary_key}
            Tenant.objects.create(**{**told, "schema_name": name, "slug": f"crowd-{number}", "name": f"公司 {number}"})

    lanes = [range(1 + start, count, LANES) for start in range(LANES)]
    with ThreadPoolExecutor(LANES) as pool:
        list(pool.map(lambda numbers: on_own_connection(lane, numbers), lanes))
    on_own_connection(provisioning.refill)
    owner = get_user_model().objects.get(pk=first.owner_id)
    keys = {}
    for company in Tenant.objects.filter(slug__startswith="crowd-"):
        with tenant_context(company):
            client = Client(HTTP_HOST=f"{company.slug}.localhost")
            client.force_login(owner)
            keys[company.slug] = client.cookies["sessionid"].value
    sessions.write_text(json.dumps(keys))


def switches(count: int, times: int, told: Path) -> None:
    """Microseconds that a change of company takes with its role, and with its search path alone. Runs inside the product."""
    from statistics import median

    from django.db import connection

    from tenants.context import Chosen
    from tenants.models import Tenant

    companies = list(Tenant.objects.filter(slug__startswith="crowd-")[:count])
    whole = [connection.session_sql(Chosen(company)) for company in companies]  # type: ignore[attr-defined]
    paths = [message[message.index(b"SET search_path") :] for message in whole]
    spent: dict[str, list[float]] = {"role": [], "path": []}
    for number in range(times):
        for kind, messages in (("role", whole), ("path", paths)):
            started = time.perf_counter()
            connection.connection.pgconn.exec_(messages[number % len(messages)])
            spent[kind].append((time.perf_counter() - started) * 1e6)
    told.write_text(json.dumps({kind: median(values) for kind, values in spent.items()} | {"first": spent["role"][0]}))


def measure(site: Site, results: Results) -> None:
    count = round(results.seconds(COUNT))
    names = crowd(site, count)
    path = site.var / "told.json"
    site.manage("shell", "-c", f"from tests.bench.many import *; switches({count}, {SWITCHES}, Path({str(path)!r}))")
    spent = json.loads(path.read_text())
    say(f"a change of company {spent['role']:.0f} µs, of the search path alone {spent['path']:.0f} µs, the first {spent['first']:.0f} µs")
    results |= {"role_switch_us": max(spent["role"] - spent["path"], 0)}
    keys = json.loads((site.var / "sessions.json").read_text())
    rotate(site, results, keys, names)
    memory(site, results, keys)
    found_more(site, results)


def crowd(site: Site, count: int) -> list[str]:
    """That many companies; the names of the customers that each of them has."""
    started = time.monotonic()
    site.manage("shell", "-c", "from tests.bench.many import found_first; found_first()")
    with site.database() as database:
        names = load.customers(database, site.schema(FIRST), CUSTOMERS)
    path = site.var / "sessions.json"
    site.manage("shell", "-c", f"from tests.bench.many import *; multiply({count}, Path({str(path)!r}))")
    say(f"{count} companies made in {time.monotonic() - started:.0f} s")
    return names


def browsers_of(site: Site, keys: dict[str, str]) -> list[Browser]:
    """The owner of every company, at its address, over one connection."""
    browsers = [Browser(site.port, f"{slug}.localhost", {"sessionid": key}) for slug, key in keys.items()]
    wire = browsers[0].connect()
    for browser in browsers:
        browser.wire = wire
    return browsers


def rotate(site: Site, results: Results, keys: dict[str, str], names: list[str]) -> None:
    with serving(site):
        browsers = browsers_of(site, keys)
        words = [quote(name[2:4]) for name in names]

        def of_one(number: int) -> None:
            browsers[0].get(f"/partners/partners/?q={words[number % len(words)]}&limit=50")

        def of_each(number: int) -> None:
            browsers[number % len(browsers)].get(f"/partners/partners/?q={words[number % len(words)]}&limit=50")

        one, each = [], timing.times(of_each, 0, warm=2 * len(browsers))
        for block in range(BLOCKS):  # by turns, so that whatever else the machine does slows both
            one += timing.times(of_one, len(browsers) // BLOCKS, warm=30)
            each += timing.times(
                lambda number, block=block: of_each(block * len(browsers) // BLOCKS + number), len(browsers) // BLOCKS, warm=0
            )
        say(f"one company {timing.middle(one):.2f} ms, {len(browsers)} in turn {timing.middle(each):.2f} ms")
        results |= {"rotate_1000_ratio": timing.middle(each) / timing.middle(one)}


def memory(site: Site, results: Results, keys: dict[str, str]) -> None:
    """One web worker with all its threads, and what its backends hold for themselves: the buffers that all share are counted nowhere."""
    with serving(site, workers=1):
        for browser in browsers_of(site, keys):
            browser.get("/partners/partners/?limit=50")
            browser.get("/home/")
        worker = max(psutil.Process(site.started[0].pid).children(), key=lambda child: child.memory_info().rss)
        ports = {wire.laddr.port for wire in worker.net_connections("tcp")}
        with psycopg.connect(site.env["DATABASE_URL"]) as database:  # the log-in itself: only it is told about its own sessions
            asked = "SELECT pid FROM pg_stat_activity WHERE client_port = ANY(%s)"
            backends = [psutil.Process(row[0]) for row in database.execute(asked, [list(ports)]).fetchall()]
        own, theirs = worker.memory_full_info().pss / 1e6, [private(process) for process in backends]
        say(f"web worker {own:.0f} MB, its {len(theirs)} backends {', '.join(f'{size:.0f}' for size in theirs)} MB")
        results |= {"worker_1000_mb": own + sum(theirs)}


def private(process: psutil.Process) -> float:
    return sum(area.anonymous for area in process.memory_maps()) / 1e6


def found_more(site: Site, results: Results) -> None:
    with serving(site, worker=True):
        spent = []
        for number in range(-1, SIGN_UPS):
            provision.wait_for_spares(site)
            seconds = provision.sign_up(site, f"later-{number + 1}")
            spent += [seconds] if number >= 0 else []
        results |= {"provision_1000_s": timing.middle(spent)}
