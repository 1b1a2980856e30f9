"""Quote with ten lines → contract → order → delivery → invoice → full payment."""

from __future__ import annotations

import random
from typing import Any

from tests.bench import load, timing
from tests.bench.client import Browser
from tests.bench.report import Results, say
from tests.bench.servers import Site, serving

LINES, ITEMS, CUSTOMERS = 10, 200, 1000
SECONDS, CLIENTS, COUNT, WARM = 60, 8, 50, 50
"""PostgreSQL plans a statement anew for its first eight uses on each of a worker's four connections; they live on for minutes."""


class Trade:
    """What a company needs to trade, and the trade itself, request by request as its screens send them."""

    def __init__(self, site: Site, slug: str) -> None:
        self.browser = site.sign_up(slug)
        with site.database() as database:
            load.customers(database, site.schema(slug), CUSTOMERS)
            self.customers = [row[0] for row in database.execute(f"SELECT id FROM {site.schema(slug)}.partners_partner").fetchall()]
        self.items = load.items(self.browser, ITEMS)
        keys = [row["id"] for row in self.browser.get("/contracts/schemes/?sort=id")["rows"]]
        stages = {key: [line["trigger"] for line in self.browser.get(f"/contracts/schemes/{key}/")["lines"]] for key in keys}
        self.plain = next(key for key in keys if stages[key] == ["shipped"])
        self.gated = next(key for key in keys if stages[key] == ["signed", "ready", "accepted"])

    def quote(self, browser: Browser, number: int, scheme: int) -> tuple[Any, int]:
        """A quote that becomes a contract; the quote and the contract's key."""
        chance = random.Random(number)
        lines = [{"item": key, "quantity": str(chance.randint(1, 3)), "discount": "5"} for key in chance.sample(self.items, LINES)]
        values = {"customer": chance.choice(self.customers), "title": "电子万能试验机及附件", "scheme": scheme, "lines": lines}
        quote = browser.post("/quoting/quotes/", values)
        sent = browser.post(f"/quoting/quotes/{quote['id']}/send/", {"version": quote["version"]})["document"]
        accepted = browser.post(f"/quoting/quotes/{quote['id']}/accept/", {"version": sent["version"]})
        return quote, made(accepted, "contracts.contract")

    def whole(self, browser: Browser, number: int) -> None:
        """Paid in one sum after shipment."""
        quote, contract = self.quote(browser, number, self.plain)
        order = made(browser.post(f"/contracts/contracts/{contract}/sign/", {}), "sales.order")
        self.ship(browser, order)
        self.invoice(browser, order)
        self.pay(browser, contract, quote["total"], "received in full")

    def staged(self, browser: Browser, number: int) -> None:
        """Paid 30/60/10 with production and delivery waiting for the money."""
        _quote, contract = self.quote(browser, number, self.gated)
        order = made(browser.post(f"/contracts/contracts/{contract}/sign/", {}), "sales.order")
        plan = [line["amount"] for line in browser.get(f"/contracts/contracts/{contract}/")["plan"]]
        self.pay(browser, contract, plan[0], "deposit")
        for verb in ("release", "stock_in", "ready"):
            browser.post(f"/sales/orders/{order}/{verb}/", {})
        self.pay(browser, contract, plan[1], "before shipment")
        self.ship(browser, order)
        self.invoice(browser, order)
        browser.post(f"/sales/orders/{order}/accept/", {})
        self.pay(browser, contract, plan[2], "retention")
        browser.post(f"/sales/orders/{order}/close/", {})

    def ship(self, browser: Browser, order: int) -> None:
        delivery = made(browser.post(f"/sales/orders/{order}/deliver/", {}), "logistics.delivery")
        browser.post(f"/logistics/deliveries/{delivery}/ship/", {})

    def invoice(self, browser: Browser, order: int) -> None:
        invoice = made(browser.post(f"/sales/orders/{order}/invoice/", {}), "finance.invoice")
        browser.post(f"/finance/invoices/{invoice}/issue/", {})

    def pay(self, browser: Browser, contract: int, amount: str, reference: str) -> None:
        browser.post(f"/contracts/contracts/{contract}/receive/", {"amount": amount, "reference": reference})


def made(answer: Any, key: str) -> int:
    return next(row["id"] for row in answer["created"] if row["_key"] == key)


def measure(site: Site, results: Results) -> None:
    with serving(site):
        trade = Trade(site, "cycle")
        alone = timing.times(lambda number: trade.whole(trade.browser, number), COUNT, WARM)
        results |= {"cycle_ms": timing.middle(alone), "cycle_p95_ms": timing.percentile(alone, 95)}
        say(f"processor time of a cycle: {timing.processor(site, lambda number: trade.whole(trade.browser, 5_000 + number), 20)}")
        staged = timing.times(lambda number: trade.staged(trade.browser, 10_000 + number), 15)
        say(f"30/60/10 with its gates, 16 requests: {timing.middle(staged):.0f} ms")
        rate, wrong = timing.together(trade.browser, trade.whole, CLIENTS, results.seconds(SECONDS))
        results |= {"cycles_per_min": rate * 60, "cycle_errors": len(wrong)}
        for text in wrong[:3]:
            say(f"error: {text}")
        check(site, "cycle")


def check(site: Site, slug: str) -> None:
    """What was measured must also have happened: every cycle paid in full, stock and ledger in line."""
    schema = site.schema(slug)
    with site.database() as database:
        facts = database.execute(
            f"""SELECT (SELECT count(*) FROM {schema}.contracts_contract WHERE collected <> total),
                       (SELECT coalesce(sum(debit) - sum(credit), 0) FROM {schema}.finance_entry),
                       (SELECT count(*) FROM {schema}.sales_order WHERE invoiced <> total OR collected <> total),
                       (SELECT count(*) FROM {schema}.inventory_balance b WHERE on_hand < 0 OR on_hand <> (
                            SELECT sum(CASE WHEN to_warehouse_id IS NULL THEN -quantity ELSE quantity END)
                              FROM {schema}.inventory_moveline l JOIN {schema}.inventory_move m ON m.id = l.move_id
                             WHERE m.state = 'posted' AND l.item_id = b.item_id))"""
        ).fetchone()
    assert facts is not None
    say("after the run: contracts not paid {}, ledger off by {}, orders not settled {}, balances off {}".format(*facts))


def statements(site: Site, results: Results) -> None:
    """Counted apart from the timing."""
    with serving(site, counting=True):
        trade = Trade(site, "sql")
        for number in range(10):
            trade.whole(trade.browser, number)
        trade.browser.statements, trade.browser.in_database = 0, 0.0
        trade.whole(trade.browser, 11)
        results |= {"sql_cycle": trade.browser.statements}
        say(f"of which waiting for the database: {trade.browser.in_database:.0f} ms")
