"""Those who watch the platform read its figures; nobody else does, and no company can be told from them."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tenants.models import Tenant
from tests.founding import browser, deployed, found, platform

__all__ = ["deployed", "found", "platform"]


@pytest.fixture
def watcher(platform: None) -> Client:
    return Client(HTTP_HOST="10.0.0.7:8000", REMOTE_ADDR="127.0.0.1")


def counted(text: str, status: str) -> float:
    match = re.search(rf'millwright_request_seconds_count{{method="GET",status="{status}"}} ([\d.]+)', text)
    return float(match[1]) if match else 0.0


def test_requests_are_counted_by_how_they_end(watcher: Client):
    before = watcher.get("/metrics").content.decode()
    browser().get("/api/v1/session/")
    browser().get("/api/v1/nothing/")
    after = watcher.get("/metrics").content.decode()
    assert counted(after, "2xx") - counted(before, "2xx") == counted(after, "4xx") - counted(before, "4xx") == 1


def test_companies_are_counted_by_state_and_not_named(watcher: Client, found):
    company: Tenant = found()
    text = watcher.get("/metrics").content.decode()
    assert re.search(r'millwright_companies{state="trial"} [1-9]', text)
    assert company.slug not in text and company.schema_name not in text


@pytest.mark.parametrize("headers", [{"REMOTE_ADDR": "203.0.113.9"}, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}])
def test_a_stranger_finds_nothing(platform: None, headers: dict[str, str]):
    assert Client(HTTP_HOST="localhost:8000", **headers).get("/metrics").status_code == 404


def test_from_elsewhere_a_token_is_needed(platform: None, settings):
    settings.METRICS_TOKEN = "let-me-see"
    far = Client(HTTP_HOST="localhost:8000", REMOTE_ADDR="203.0.113.9")
    assert far.get("/metrics").status_code == 404
    assert far.get("/metrics", headers={"Authorization": "Bearer let-me-see"}).status_code == 200
