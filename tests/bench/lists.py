"""Lists with a text filter: orders by date at two sizes, and customers."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from tests.bench import access, load, timing
from tests.bench.client import Browser
from tests.bench.report import Results, say
from tests.bench.servers import Site, serving

CUSTOMERS, SECONDS, CLIENTS, COUNT = 1000, 20, 8, 400
WORDS = ("有限公司", "utm", "so2", "")


class Company:
    """A company with customers and orders, and the requests its lists send while somebody types."""

    def __init__(self, site: Site, slug: str, orders: int) -> None:
        self.browser = site.sign_up(slug)
        self.orders = orders
        schema = site.schema(slug)
        with site.database() as database:
            self.names = load.customers(database, schema, CUSTOMERS)
            if orders:
                load.orders(database, schema, orders, date.today())
        self.browser = self.browser.again()  # the server closes idle connections, and loading takes its time

    def order_texts(self, number: int) -> str:
        """The end of a number and a customer's name in turn."""
        if number % 2:
            return self.names[(number * 31) % CUSTOMERS][:6]
        return f"{(number * 7907) % self.orders + 1:07d}"[-5:]

    def find_orders(self, browser: Browser, number: int) -> None:
        browser.get(f"/sales/orders/?q={quote(self.order_texts(number))}&sort=-order_date&limit=50")

    def find_customers(self, browser: Browser, number: int) -> None:
        browser.get(f"/partners/partners/?q={quote(self.names[(number * 31) % CUSTOMERS][2:4])}&limit=50")

    def alone(self, work: timing.Work) -> list[float]:
        return timing.times(lambda number: work(self.browser, number), COUNT, warm=40)

    def wide(self) -> None:
        """Words that are in very many rows, which the goals do not cover but users type."""
        for word in WORDS:
            address = f"/sales/orders/?q={quote(word)}&sort=-order_date&limit=50"
            spent = timing.times(lambda _number, address=address: self.browser.get(address), 20)  # type: ignore[misc]
            say(f"{self.orders:,} orders, “{word}”: median {timing.middle(spent):.1f} ms")


def orders(site: Site, results: Results) -> None:
    with serving(site):
        company = Company(site, "orders", 100_000)
        alone = company.alone(company.find_orders)
        spent = timing.processor(site, lambda number: company.find_orders(company.browser, number), 200)
        say(f"100,000 orders: median {timing.middle(alone):.1f} ms; processor time {spent}")
        rate, wrong = timing.together(company.browser, company.find_orders, CLIENTS, results.seconds(SECONDS))
        results |= {"list_p95_ms": timing.percentile(alone, 95), "list_rps": rate}
        assert not wrong, wrong[0]
        company.wide()


def million(site: Site, results: Results) -> None:
    with serving(site):
        company = Company(site, "million", 1_000_000)
        alone = company.alone(company.find_orders)
        say(f"1,000,000 orders: median {timing.middle(alone):.1f} ms")
        results |= {"list_1m_p95_ms": timing.percentile(alone, 95), "acl_ratio": access.ratio(site, company.browser.again(), "million")}
        company.wide()


def customers(site: Site, results: Results) -> None:
    with serving(site):
        company = Company(site, "customers", 0)
        alone = company.alone(company.find_customers)
        say(f"processor time {timing.processor(site, lambda number: company.find_customers(company.browser, number), 200)}")
        rate, wrong = timing.together(company.browser, company.find_customers, CLIENTS, results.seconds(SECONDS))
        results |= {"customers_ms": timing.middle(alone), "customers_rps": rate}
        assert not wrong, wrong[0]
