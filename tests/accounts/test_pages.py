"""Which page is where."""

from __future__ import annotations

import pytest
from django.conf import settings as configured

from tests.founding import browser


@pytest.fixture
def built(settings, tmp_path):
    settings.WEB_DIST = tmp_path
    for name in ("workspace", "door"):
        (tmp_path / f"{name}.html").write_text(f"the {name}")


PAGES = {
    "/": "workspace",
    "/w/quoting/quotes/5": "workspace",
    "/login": "door",
    "/join/abc": "door",
    "/reset": "door",
    "/reset/abc": "door",
}


@pytest.mark.parametrize(("path", "page"), PAGES.items())
def test_at_a_company(found, built, path, page):
    answer = browser(found()).get(path)
    assert answer.content.decode() == f"the {page}"
    assert answer["Cache-Control"] == "no-cache"
    assert configured.CSRF_COOKIE_NAME in answer.cookies


@pytest.mark.parametrize("path", ["/", "/signup", "/login"])
def test_at_the_main_address(platform, built, path):
    assert browser().get(path).content == b"the door"


def test_a_client_that_is_not_built_is_said_so(platform, settings, tmp_path):
    settings.WEB_DIST = tmp_path
    answer = browser().get("/")
    assert answer.status_code == 503
    assert "make run" in answer.content.decode()


def test_an_address_that_leads_nowhere(found):
    company = found()
    assert browser(company).get("/nowhere").status_code == 404
    assert browser(company).get("/api/v1/nowhere/").json()["code"] == "not_found"
    assert browser(company).post("/").status_code == 405
