"""Logs and error reports say whose they are and hold nothing of what people typed."""

from __future__ import annotations

import gzip
import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import sentry_sdk
from celery import shared_task
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config import reporting
from tenants.context import tenant_context
from tenants.models import Tenant
from tenants.schema_task import CompanyTask
from tests.api import Api

SECRET = "Zhang San zhang.san@example.com 13812345678"
log = logging.getLogger("millwright.tests")


def break_down(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated
    typed = request.GET["q"] + request.body.decode()
    raise ValueError(f"Key (email)=({typed}) and '{typed}'\nDETAIL: {typed}")


@shared_task(base=CompanyTask, name="tests.break_down")
def break_down_later(typed: str) -> None:
    try:
        raise KeyError(typed)
    except KeyError:
        log.exception("could not do it for %s", typed)


urlpatterns = [path("break/<str:typed>", lambda request, typed: break_down(request))]


class Receiver(BaseHTTPRequestHandler):
    """Takes error reports in as the service would."""

    received: list[dict[str, Any]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        content = gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body
        lines = content.split(b"\n")
        if json.loads(lines[1]).get("type") == "event":
            self.received.append(json.loads(lines[2]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *told: object) -> None:
        pass


@pytest.fixture
def reports() -> Iterator[list[dict[str, Any]]]:
    """What a reporting service of our own has received."""
    received: list[dict[str, Any]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Ours", (Receiver,), {"received": received}))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    reporting.start(f"http://key@127.0.0.1:{server.server_port}/1")
    yield received
    sentry_sdk.get_client().close()
    sentry_sdk.init()
    server.shutdown()


@pytest.fixture(scope="module")
def pair(founded) -> tuple[Api, Api]:
    return Api.of_owner(founded()), Api.of_owner(founded())


def whose(report: dict[str, Any]) -> tuple[str, str]:
    return report["tags"]["company"], report["tags"]["account"]


def is_of(company: Tenant) -> tuple[str, str]:
    return company.schema_name, str(company.owner_id)


def test_an_error_report_says_whose_it_is_and_nothing_else_of_them(pair, reports, settings):
    settings.ROOT_URLCONF = __name__
    for api in pair:
        answer = api.client.post(f"/break/{SECRET}", SECRET, content_type="text/plain", query_params={"q": SECRET})
        assert answer.status_code == 500
    sentry_sdk.flush(10)
    assert [whose(report) for report in reports] == [is_of(api.company) for api in pair]
    assert [report["user"] for report in reports] == [{"id": str(api.company.owner_id)} for api in pair]
    assert reports[0]["exception"]["values"][-1]["type"] == "ValueError"
    told = json.dumps(reports, ensure_ascii=False)
    for part in [*SECRET.split(), pair[0].company.slug, "sessionid"]:
        assert part not in told, part


def test_a_report_from_a_task_names_its_company(pair, reports):
    for api in pair:
        with tenant_context(api.company):
            break_down_later.delay(SECRET)
    sentry_sdk.flush(10)
    assert [whose(report) for report in reports] == [(api.company.schema_name, "-") for api in pair]
    assert not any(part in json.dumps(reports) for part in SECRET.split())


def test_every_line_of_the_log_says_whose_it_is(pair):
    lines: list[str] = []
    handler = logging.Handler()
    handler.addFilter(reporting.Whose())
    handler.emit = lambda record: lines.append(f"{record.company} {record.account} {record.getMessage()}")  # type: ignore[method-assign, attr-defined]
    log.addHandler(handler)
    try:
        for api in pair:
            with tenant_context(api.company):
                log.warning("hello")
        thread = threading.Thread(target=log.warning, args=["nobody"])
        thread.start()
        thread.join()
    finally:
        log.removeHandler(handler)
    assert lines == [*(f"{api.company.schema_name} - hello" for api in pair), "- - nobody"]


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ('value violates constraint "accounts_user_email_key"\nDETAIL:  Key (email)=(a@b.c)', 'value violates constraint "…"'),
        ("no such thing: a@b.example", "no such thing: …"),
        ("call +86 138 1234 5678", "call +…"),
        ("timed out", "timed out"),
    ],
)
def test_messages_are_told_without_what_people_typed(message, told):
    assert reporting.without_typed(message) == told
