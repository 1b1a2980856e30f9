"""The uptime that was promised is measured, and everybody can read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from shared_apps.console import uptime
from shared_apps.console.models import Probe
from tests.api import Api
from tests.founding import browser

NOON = timezone.make_aware(datetime(2026, 11, 20, 12, 0))


@pytest.fixture(autouse=True)
def nothing_measured(company: object) -> Iterator[None]:
    Probe.objects.all().delete()
    yield
    Probe.objects.all().delete()


def minutes(start: datetime, count: int, down: int = 0) -> None:
    Probe.objects.bulk_create(
        Probe(minute=start + timedelta(minutes=n), ok=n >= down, trouble="" if n >= down else "HTTP 503") for n in range(count)
    )


@pytest.fixture
def answering() -> Iterator[Callable[[int], str]]:
    """`answering(503)`: the address of a server that answers so."""
    servers = []

    def start(status: int) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()


def test_a_day_with_seven_bad_minutes_keeps_the_promise_and_one_with_eight_does_not():
    """99.5 % of 1,440 minutes leaves 7.2 minutes."""
    minutes(NOON - timedelta(days=1), 1440, down=7)
    assert (uptime.measured(NOON)["percent"], uptime.measured(NOON)["kept"]) == ("99.51", True)
    Probe.objects.filter(ok=True).order_by("minute")[:1].get().delete()
    assert (uptime.measured(NOON)["percent"], uptime.measured(NOON)["kept"]) == ("99.44", False)


def test_a_minute_in_which_nobody_asked_counts_as_down():
    minutes(NOON - timedelta(hours=2), 60)
    assert uptime.measured(NOON)["percent"] == "50.00"


def test_days_are_told_by_the_clock_of_the_place():
    minutes(NOON - timedelta(days=1), 1440)
    days = uptime.measured(NOON)["days"]
    assert [(day["day"], day["percent"]) for day in days] == [("2026-11-19", "100.00"), ("2026-11-20", "100.00")]


def test_no_promise_is_kept_by_rounding():
    assert uptime.percent(99_499, 100_000) == Decimal("99.49")


@pytest.mark.parametrize(("status", "trouble"), [(200, ""), (503, "HTTP 503")])
def test_a_probe_asks_over_the_network(answering: Callable[[int], str], settings: object, status: int, trouble: str):
    settings.PROBE_URL = answering(status)  # type: ignore[attr-defined]
    first = uptime.probe(NOON)
    again = uptime.probe(NOON + timedelta(seconds=20))
    assert (first.ok, first.trouble, first.pk == again.pk) == (not trouble, trouble, True)


def test_a_server_that_is_away_is_noted(settings: Any):
    settings.PROBE_URL = "http://127.0.0.1:9/"  # type: ignore[attr-defined]
    assert (uptime.probe(NOON).ok, uptime.probe(NOON).trouble) == (False, "ConnectionError")


def test_everybody_reads_the_status_at_the_main_address(api: Api, operator: Callable[..., Api], settings: Any):
    settings.DATA_PLACE = "上海，阿里云"
    minutes(timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=10), 11)
    admin = operator()
    ends = (timezone.now() + timedelta(days=1)).isoformat()
    draft = admin.create(
        "console.announcement", {"title": "New release on Sunday", "text": "2–3 a.m.", "kind": "maintenance", "ends_at": ends}
    )
    admin.act(draft, "publish")
    for name, day in (("27.02", 20), ("27.01", 10), ("26.11", -10)):
        on = (timezone.localdate() + timedelta(days=day)).isoformat()
        admin.create("console.release", {"version_name": name, "released_on": on, "notes": "Faster lists"})
    client: Client = browser()
    told = client.get("/api/v1/console/status/").json()
    assert [one["name"] for one in told["releases"] if one["name"].startswith(("27.", "26.11"))] == ["27.01", "27.02"]
    assert set(told["answers"]) == {"count", "percent"}
    soon = f"released_on__gte={timezone.localdate()}&sort=released_on"
    assert [row["version_name"] for row in api.rows("console.release", soon)][:2] == ["27.01", "27.02"]
    assert (told["works"], told["percent"], [one["title"] for one in told["maintenance"]]) == (True, "100.00", ["New release on Sunday"])
    assert told["place"] == api.get("/company/")["place"] == "上海，阿里云"
    api.get("/console/status/", 404)
