"""The browser client: what a cold list costs, switching tabs, pasting from a spreadsheet. Times are taken inside the page, to the painted frame."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, sync_playwright

from infra import browser as browsers
from tests.bench import load, timing
from tests.bench.lists import Company
from tests.bench.report import Results
from tests.bench.servers import Site, serving

ORDERS, ITEMS, LINES, COLD, SWITCHES, PASTES = 10_000, 200, 10, 7, 20, 7
LAST_LINE = f'[data-testid=linegrid] [data-r="{LINES - 1}"][data-c="0"]'
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# Notes when the first row of a list is painted.
WATCH = """
    new MutationObserver((_, observer) => {
      if (!document.querySelector('[data-testid=list-row]')) return
      observer.disconnect()
      requestAnimationFrame(() => setTimeout(() => { window.listReady = performance.now() }))
    }).observe(document, { childList: true, subtree: true })
"""
# Clicks a tab and waits until what it holds is painted.
SWITCH = """
    ([position, wanted]) => new Promise((done) => {
      const start = performance.now()
      document.querySelectorAll('.tab__label')[position].click()
      const look = () => [...document.querySelectorAll(wanted)].some((found) => found.getClientRects().length)
        ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)))
        : requestAnimationFrame(look)
      look()
    })
"""
# Notes how long after a paste its last row is painted, and when the references in it are known.
PASTED = """
    () => {
      window.pasted = new Promise((done) => document.addEventListener('paste', () => {
        const start = performance.now()
        const look = () => document.querySelector('[data-testid=linegrid] [data-r="199"]')
          ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)))
          : requestAnimationFrame(look)
        look()
      }, { capture: true, once: true }))
    }
"""


def measure(site: Site, results: Results) -> None:
    with serving(site), sync_playwright() as tool:
        company = Company(site, "screens", ORDERS)
        items = load.items(company.browser, ITEMS)
        customer = company.browser.get("/partners/partners/?limit=1")["rows"][0]["id"]
        lines = [{"item": key, "quantity": "2"} for key in items[:LINES]]
        quote = company.browser.post("/quoting/quotes/", {"customer": customer, "lines": lines})["id"]
        chromium = tool.chromium.launch(executable_path=browsers.find(), args=FLAGS)
        cold = [cold_list(chromium, company) for _ in range(COLD)]
        results |= {"web_list_kb": timing.middle([size for size, _ in cold]), "web_list_ms": timing.middle([spent for _, spent in cold])}
        with screen(chromium, company) as page:
            results |= {"tab_switch_ms": timing.middle(switches(page, company, quote))}
        results |= {"paste_ms": timing.middle([paste(chromium, company) for _ in range(PASTES)])}
        chromium.close()


@contextmanager
def screen(chromium: Chromium, company: Company) -> Iterator[Page]:
    """A browser that has never been here, logged in."""
    context = chromium.new_context(bypass_csp=True, locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(30_000)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    origin = company.browser.origin
    context.add_cookies([{"name": name, "value": value, "url": origin} for name, value in company.browser.cookies.items()])
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


def cold_list(chromium: Chromium, company: Company) -> tuple[float, float]:
    """Kilobytes over the wire, and milliseconds, until the list of orders can be used."""
    with screen(chromium, company) as page:
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        asked: dict[str, float] = {}
        sizes: dict[str, float] = {}
        wire.on("Network.requestWillBeSent", lambda event: asked.setdefault(event["requestId"], event["wallTime"] * 1000))
        wire.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
        page.goto(f"{company.browser.origin}/w/list/sales.order")
        page.wait_for_function("window.listReady")
        page.wait_for_load_state("networkidle")
        told: Any = page.evaluate("[performance.timeOrigin, window.listReady]")
        needed = [size for key, size in sizes.items() if asked[key] <= sum(told)]
        return sum(needed) / 1024, told[1]


def switches(page: Page, company: Company, quote: int) -> list[float]:
    """Between a list and a quote of ten lines, both open and seen before."""
    page.goto(f"{company.browser.origin}/w/list/sales.order")
    page.get_by_test_id("list-row").first.wait_for()
    page.goto(f"{company.browser.origin}/w/doc/quoting.quote/{quote}")
    page.locator(LAST_LINE).wait_for()
    last = page.locator(".tab__label").count() - 1
    places = [[last - 1, "[data-testid=list-row]"], [last, LAST_LINE]]
    return [float(page.evaluate(SWITCH, place)) for _ in range(SWITCHES + 1) for place in places][2:]


def paste(chromium: Chromium, company: Company) -> float:
    """200 lines of six columns into a new quote."""
    block = "\n".join(f"ACC-{row:04d}\t夹具 {row}\t{row} kN\t台\t{row}\t{1000 + row}" for row in range(1, ITEMS + 1))
    with screen(chromium, company) as page:
        page.goto(f"{company.browser.origin}/w/list/quoting.quote")
        page.get_by_test_id("new").filter(visible=True).click()
        grid = page.get_by_test_id("linegrid").filter(visible=True)
        page.get_by_test_id("line-add").filter(visible=True).click()
        grid.locator('[data-r="0"][data-c="0"]').click()
        page.evaluate(PASTED)
        page.evaluate("text => navigator.clipboard.writeText(text)", block)
        page.keyboard.press("Control+v")
        return float(page.evaluate("window.pasted"))
