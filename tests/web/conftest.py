"""A browser in front of the running product. Every browser a test opens is another device with nothing remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from infra import browser as browsers
from infra.programs import ROOT
from tests.api import Api
from tests.web.person import Person
from tests.web.site import Site, serving

PATIENCE = 20_000
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PICTURES = ROOT / "build/web-failures"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a busy machine has kept from a screen is tried once more; the summary tells each (record 0210)."""
    for item in items:
        if item.nodeid.startswith("tests/web/"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="package")
def site(product: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with django_db_blocker.unblock(), serving(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as tool:
        # Playwright keeps a loop in this thread: Django takes that for asynchronous code and opens a database connection apart
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = tool.chromium.launch(executable_path=browsers.find(), args=list(FLAGS))
        yield browser
        browser.close()
        connections.close_all()


@pytest.fixture
def device(chromium: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Callable[..., Person]]:
    """`device(api)`: the person of that API, logged in at a browser; without one: somebody at the main address."""
    faults: list[str] = []
    pages: list[Page] = []
    with ExitStack() as opened:

        def make(api: Api | None = None, *, phone: bool = False, language: str = "en-US") -> Person:
            size = {"viewport": PHONE, "has_touch": True, "is_mobile": True} if phone else {"viewport": DESK}
            context = opened.enter_context(chromium.new_context(locale=language, timezone_id="Asia/Shanghai", **size))
            context.set_default_timeout(PATIENCE)
            context.grant_permissions(["clipboard-read", "clipboard-write"])
            address = site.address(api.company if api else "")
            if api:
                enter(context, api, address)
            page = context.new_page()
            page.on("pageerror", lambda error: faults.append(str(error)))
            pages.append(page)
            return Person(page, address)

        yield make
        if failed := getattr(request.node, "failed", False):
            take_pictures(request.node.name, pages)
    assert failed or faults == []


def enter(context: BrowserContext, api: Api, address: str) -> None:
    """With the session that the API's client has already."""
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": api.client.cookies[name].value, "url": address}])


def take_pictures(test: str, pages: list[Page]) -> None:
    for number, page in enumerate(pages):
        page.screenshot(path=PICTURES / f"{test}-{number}.png")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    item.failed = getattr(item, "failed", False) or report.failed  # type: ignore[attr-defined]
    return report
