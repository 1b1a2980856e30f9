"""Another program that is told by webhooks, and a company that tells it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from kernel.models import Delivery
from kernel.webhooks import sending
from tenants.context import tenant_context
from tests import trade
from tests.api import Api


class Receiver:
    """Another program; `status` is what it answers."""

    def __init__(self) -> None:
        self.status, self.got, receiver = 200, [], self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers), body))
                self.send_response(receiver.status)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "4")
                self.end_headers()
                self.wfile.write(b"told")

            def log_message(self, *_args: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}/hook"
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def kinds(self) -> list[str]:
        return [json.loads(body)["type"] for _headers, body in self.got]


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    settings.OUTGOING_ALLOWED = ("127.0.0.0/8",)
    running = Receiver()
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture
def hook(founded, receiver: Receiver):
    """A company of this test's own that tells the receiver of its quotes."""
    api = Api.of_owner(founded())
    return api, api.create("kernel.webhook", {"name": "Shop", "url": receiver.url, "kinds": "quoting.quote.send quoting.quote.create"})


def offer(api: Api) -> dict:
    return api.act(trade.quote(api), "send")["document"]


def later(api: Api, **passed: float) -> int:
    """What the sweeper does once so much time has passed."""
    with tenant_context(api.company):
        for row in Delivery.objects.filter(next_at__isnull=False):
            Delivery.objects.filter(pk=row.pk).update(next_at=row.next_at - timedelta(**passed))
        return sending.send_due()


def deliveries(api: Api, made: dict) -> list[dict]:
    return api.get(f"/organization/webhooks/{made['id']}/deliveries/")["rows"]
