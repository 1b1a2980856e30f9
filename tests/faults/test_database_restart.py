"""PostgreSQL goes away under load and comes back: 503 meanwhile, then on as before, and nothing half done."""

from __future__ import annotations

import re
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any

import orjson
import pytest

from infra import embedded
from tests.bench.client import Browser
from tests.bench.servers import Site, serving, site
from tests.faults.programs import wait_for

CLIENTS, BEFORE, AFTER = 6, 30, 60
LINES = 3
KEY = re.compile(rb"Idempotency-Key: [^\r]+")


@pytest.fixture(scope="module")
def running() -> Iterator[Site]:
    """The product on servers of its own, with two web workers."""
    with pytest.MonkeyPatch.context() as patch:
        for name in embedded.ADDRESSES:
            patch.delenv(name, raising=False)
        patch.setenv("SPARE_SCHEMAS", "1")
        with site() as made, serving(made):
            yield made


@dataclass
class Load:
    """People who save quotes one after the other; each repeats what failed with the same key until it is done."""

    item: int
    customer: int
    asked: threading.Event = field(default_factory=threading.Event)
    seen: Counter[int] = field(default_factory=Counter)
    retry_after: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    titles: list[str] = field(default_factory=list)

    def work(self, browser: Browser) -> None:
        while not self.asked.is_set():
            title = uuid.uuid4().hex
            self.titles.append(title)
            while not self.saved(browser, title):
                time.sleep(0.05)

    def saved(self, browser: Browser, title: str) -> bool:
        values = {"customer": self.customer, "title": title, "lines": [{"item": self.item, "quantity": "1"}] * LINES}
        request = browser.framed("POST", "/api/v1/quoting/quotes/?then=send", "application/json", orjson.dumps(values))
        answer = browser.exchange(KEY.sub(f"Idempotency-Key: {title}".encode(), request, count=1))
        self.seen[answer.status] += 1
        if answer.status == 503:
            self.retry_after.add(answer.header("retry-after"))
            self.codes.add(answer.json["code"])
        return answer.status == 201


def facts(running: Site, schema: str) -> tuple[Any, ...]:
    """Quotes, quotes sent, lines, and events of each kind."""
    with running.database() as database:
        row = database.execute(
            f"""SELECT (SELECT count(DISTINCT title) FROM {schema}.quoting_quote), (SELECT count(*) FROM {schema}.quoting_quote),
                       (SELECT count(*) FROM {schema}.quoting_quote WHERE state = 'sent'), (SELECT count(*) FROM {schema}.quoting_quoteline),
                       (SELECT count(*) FROM {schema}.kernel_event WHERE kind = 'quoting.quote.create'),
                       (SELECT count(*) FROM {schema}.kernel_event WHERE kind = 'quoting.quote.send'),
                       (SELECT value FROM {schema}.kernel_counter WHERE key LIKE 'quoting.quote|%%')"""
        ).fetchone()
    assert row is not None
    return tuple(row)


def test_requests_fail_with_503_and_recover_and_nothing_is_half_done(running: Site):
    boss = running.sign_up("restart")
    measure = boss.get("/catalog/measures/")["rows"][0]["id"]
    tax = boss.get("/catalog/taxes/")["rows"][0]["id"]
    item = boss.post("/catalog/items/", {"code": "M", "name": "M", "measure": measure, "tax": tax, "list_price": "10"})["id"]
    load = Load(item, boss.post("/partners/partners/", {"name": "Steel"})["id"])
    people = [threading.Thread(target=load.work, args=[boss.again()], daemon=True) for _ in range(CLIENTS)]
    for one in people:
        one.start()
    wait_for(lambda: load.seen[201] >= BEFORE, "the first quotes")

    assert running.servers.postgres is not None
    running.servers.postgres.stop()
    wait_for(lambda: load.seen[503] >= CLIENTS, "answers without a database")
    running.servers.postgres.start()
    done = load.seen[201]
    wait_for(lambda: load.seen[201] >= done + AFTER, "quotes after the restart")
    load.asked.set()
    for one in people:
        one.join(60)

    assert set(load.seen) == {201, 503}
    assert (load.codes, load.retry_after) == ({"busy"}, {"2"})
    quotes = len(load.titles)
    assert facts(running, running.schema("restart")) == (quotes, quotes, quotes, quotes * LINES, quotes, quotes, quotes)


def status(running: Site, path: str) -> int:
    connection = HTTPConnection("127.0.0.1", running.port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": f"restart.localhost:{running.port}"})
        return connection.getresponse().status
    finally:
        connection.close()


def test_the_server_says_that_it_is_not_ready_meanwhile(running: Site):
    assert running.servers.postgres is not None
    assert status(running, "/health/ready") == 200
    running.servers.postgres.stop()
    try:
        assert [status(running, path) for path in ("/health/ready", "/health/live")] == [503, 200]
        assert status(running, "/api/v1/meta/") in (401, 503)
    finally:
        running.servers.postgres.start()
    wait_for(lambda: status(running, "/health/ready") == 200, "ready again")


def test_without_the_cache_everything_still_works(running: Site):
    """Sessions, roles and numbers come from the database then."""
    boss = running.sign_up("nocache")
    assert running.servers.valkey is not None
    running.servers.valkey.stop()
    try:
        made = boss.post("/partners/partners/", {"name": "Steel"})
        assert boss.get(f"/partners/partners/{made['id']}/")["name"] == "Steel"
        assert boss.post(f"/partners/partners/{made['id']}/notes/", {"text": "no broker"})["text"] == "no broker"
        assert boss.post("/partners/partners/export/", {"format": "csv"})["job"]["state"] == "queued"
    finally:
        running.servers.valkey.start()
    assert boss.get("/partners/partners/")["rows"]
