"""What many companies on one database cost each of them: the customer list, rotating over 200 companies and of one alone."""

from __future__ import annotations

import time
from urllib.parse import quote

from tests.bench import load, timing
from tests.bench.client import Browser
from tests.bench.report import Results, say
from tests.bench.servers import PASSWORD, Site, serving

COUNT, CUSTOMERS, ROUNDS, WARM = 200, 200, 5, 8
"""Rounds that do not count come first: each of a worker's four connections meets a company for the first time only once."""
EMAIL = "everywhere@example.com"


def found(count: int) -> None:
    """Found companies of one owner; runs inside the product (`manage.py shell`)."""
    from django.contrib.auth import get_user_model

    from tenants.provisioning import Founding, create_company

    owner = get_user_model().objects.create_user(EMAIL, PASSWORD, name="王建国")
    for number in range(count):
        create_company(Founding(name=f"公司 {number}", slug=f"many-{number}"), owner.pk)


def measure(site: Site, results: Results) -> None:
    started = time.monotonic()
    site.manage("shell", "-c", f"from tests.bench.companies import found; found({COUNT})")
    say(f"{COUNT} companies founded in {time.monotonic() - started:.0f} s")
    with site.database() as database:
        for number in range(COUNT):
            names = load.customers(database, site.schema(f"many-{number}"), CUSTOMERS)
    words = [quote(name[2:4]) for name in names]
    with serving(site):
        browsers = [Browser(site.port, f"many-{number}.localhost").log_in(EMAIL, PASSWORD) for number in range(COUNT)]
        browsers[0].close()  # idle since its log-in: by now the server may have ended that connection
        wire = browsers[0].connect()
        for browser in browsers:
            browser.wire = wire  # one client, one connection: only the company changes

        def of_one(number: int) -> None:
            browsers[0].get(f"/partners/partners/?q={words[number % CUSTOMERS]}&limit=50")

        def of_each(number: int) -> None:
            browsers[number % COUNT].get(f"/partners/partners/?q={words[number % CUSTOMERS]}&limit=50")

        timing.times(of_each, COUNT * WARM, warm=0)
        one, each = [], []
        for _round in range(ROUNDS):  # in turn, so that a machine that becomes slower does so for both
            one += timing.times(of_one, COUNT)
            each += timing.times(of_each, COUNT)
        say(f"one company {timing.middle(one):.2f} ms, {COUNT} in turn {timing.middle(each):.2f} ms")
        results |= {"tenants_ratio": timing.middle(each) / timing.middle(one)}
