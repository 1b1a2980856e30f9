"""Deciding, and the inbox of somebody for whom ten thousand decisions wait."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from tests.bench import load, timing
from tests.bench.client import Browser
from tests.bench.report import Results, say
from tests.bench.servers import Site, serving

WAITING, COUNT, WARM = 10_000, 200, 30
KIND = {"resource": "partners.partner", "verb": "delete"}
SEARCHED = ("有限公司", "精密机械", "上海")


def flow(browser: Browser) -> int:
    """Two steps; the founder is alone, so that both are asked of the administrator."""
    who = [{"source": "superior", "level": 1}]
    nodes = [
        {"id": "start", "kind": "start"},
        *({"id": key, "kind": "approve", "who": who} for key in ("first", "second")),
        {"id": "end", "kind": "end"},
    ]
    edges = [{"from": one, "to": other} for one, other in (("start", "first"), ("first", "second"), ("second", "end"))]
    made = browser.post("/approvals/flows/", {"name": "两级", **KIND, "drawing": {"nodes": nodes, "edges": edges}})
    return int(browser.post(f"/approvals/flows/{made['id']}/publish/", {})["document"]["id"])


def wait(database: load.Database, schema: str, key: int) -> None:
    """Approvals and their tasks as the product leaves them, one for each of many customers."""
    source = f"""(SELECT p.id AS customer, p.name, p.search_text, n, now() - n * interval '1 minute' AS since
                    FROM generate_series(1::bigint, {WAITING}) n
                    JOIN (SELECT *, row_number() OVER (ORDER BY id) AS at, count(*) OVER () AS many FROM {schema}.partners_partner) p
                      ON p.at = 1 + (n * 7919) % p.many) made"""
    approval: dict[str, str] = {
        "number": "'AP' || n", "flow_id": str(key), "resource": "'partners.partner'", "verb": "'delete'", "subject": "name", "subject_id": "NULL",
        "amount": "n * 17.5", "open": "true", "owner": "1", "state": "'running'", "search_text": "search_text", "created_at": "since",
    }  # fmt: skip
    load.fill(database, f"{schema}.approvals_approval", source, approval)
    task: dict[str, str] = {
        "approval_id": "a.id", "place": "3", "round": "2", "node": "'first'", "node_name": "'first'", "kind": "'approve'", "since": "a.created_at",
        "owner": "1", "state": "'active'", "created_at": "a.created_at",
    }  # fmt: skip
    load.fill(database, f"{schema}.approvals_task", f"{schema}.approvals_approval a", task)
    for table in ("approval", "task"):
        database.execute(f"VACUUM ANALYZE {schema}.approvals_{table}")


def measure(site: Site, results: Results) -> None:
    with serving(site):
        browser, schema = site.sign_up("decide"), site.schema("decide")
        with site.database() as database:
            load.customers(database, schema, 1000)
            customers = [row[0] for row in database.execute(f"SELECT id FROM {schema}.partners_partner ORDER BY id").fetchall()]
        key = flow(browser)
        for customer in customers[: COUNT + WARM]:
            browser.send("DELETE", f"/api/v1/partners/partners/{customer}/")
        cards: list[Any] = [card for page in pages(browser) for card in page["rows"]]

        def agree(number: int) -> None:
            card = cards[number]
            browser.post(f"/approvals/tasks/{card['id']}/agree/", {"version": card["version"], "comment": "同意"})

        results |= {"approve_ms": timing.middle(timing.times(agree, COUNT, WARM))}
        with site.database() as database:
            wait(database, schema, key)
        browser = browser.again()
        inbox(browser, site, results)


def pages(browser: Browser) -> list[Any]:
    found = [browser.get("/approvals/inbox/?limit=100")]
    while found[-1]["next"]:
        found.append(browser.get(f"/approvals/inbox/?limit=100&cursor={found[-1]['next']}"))
    return found


def inbox(browser: Browser, site: Site, results: Results) -> None:
    whole = timing.times(lambda _number: browser.get("/approvals/inbox/?limit=50"), COUNT, WARM)
    results |= {"inbox_p95_ms": timing.percentile(whole, 95)}
    say(f"processor time of a page: {timing.processor(site, lambda _number: browser.get('/approvals/inbox/?limit=50'), 100)}")
    for address in (
        "/approvals/inbox/counts/",
        "/approvals/inbox/?limit=50&count=1&sum=1",
        *(f"/approvals/inbox/?q={quote(word)}" for word in SEARCHED),
    ):
        spent = timing.times(lambda _number, address=address: browser.get(address), 30)  # type: ignore[misc]
        say(f"{address}: median {timing.middle(spent):.1f} ms")
