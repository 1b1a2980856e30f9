"""5,000 customers with contact and address from a spreadsheet, checked for duplicates, by the background worker."""

from __future__ import annotations

import io
import time

import xlsxwriter

from tests.bench import load, timing
from tests.bench.client import Browser
from tests.bench.report import Results, say
from tests.bench.servers import Site, serving

ROWS, COUNT = 5000, 3
HEADINGS = (
    "name",
    "kind",
    "grade",
    "industry",
    "region",
    "phone",
    "address",
    "tax_no",
    "contacts.name",
    "contacts.phone",
    "contacts.email",
)


def workbook(batch: int) -> bytes:
    """Customers nobody has yet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for row in range(1, ROWS + 1):
            place, name, trade = load.PLACES[row % 25], load.NAMES[row % 20], load.TRADES[row % 6]
            own = [f"{place}{name}{batch}{row:05d}{trade}", "customer", "ABC"[row % 3], "汽车零部件", "华东", f"021-5{batch}{row:06d}"]
            own += [f"{place}市科技路 {row} 号", f"9131{batch}000MA{row:07d}"]
            sheet.write_row(row, 0, [*own, f"李{row}", f"138{row:08d}", f"c{row}@example.com"])
    return out.getvalue()


def imported(browser: Browser, content: bytes, rows: int = ROWS) -> float:
    """Seconds from sending the file to the news that it is done."""
    started = time.perf_counter()
    job = browser.upload("/partners/partners/import/", "客户.xlsx", content, {"mode": "insert"})["job"]
    while job["state"] in ("queued", "running"):
        time.sleep(0.03)
        job = browser.get(f"/jobs/{job['id']}/")
    assert job["state"] == "done" and job["result"]["created"] == rows, job
    return time.perf_counter() - started


def measure(site: Site, results: Results) -> None:
    with serving(site, worker=True):
        browser = site.sign_up("imports")
        imported(browser, workbook(0))
        found = [imported(browser, workbook(batch)) for batch in range(1, COUNT + 1)]
        results |= {"import_5k_s": timing.middle(found)}
        say("each: " + ", ".join(f"{spent:.2f} s" for spent in found))
        with site.database() as database:
            schema = site.schema("imports")
            there = database.execute(
                f"SELECT (SELECT count(*) FROM {schema}.partners_partner), (SELECT count(*) FROM {schema}.partners_contact)"
            )
            say("customers and contacts there: {}, {}".format(*(there.fetchone() or ())))
