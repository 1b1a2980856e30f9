"""A quote of a hundred lines in a company with five thousand price policies: worked out while one types, and printed."""

from __future__ import annotations

import random
from typing import Any

from tests.bench import load, timing
from tests.bench.report import Results, say
from tests.bench.servers import Site, serving

POLICIES, LINES, ITEMS, CUSTOMERS = 5_000, 100, 400, 1000
COUNT, PAPERS, WARM = 60, 10, 10


def policies(database: load.Database, schema: str) -> None:
    """Half for single customers, a third for single items, quantities among them, the rest for everybody: as a grown company has them."""
    source = f"""(SELECT n, (c.ids)[1 + (n * 7919) % cardinality(c.ids)] AS customer, (i.ids)[1 + (n * 104729) % cardinality(i.ids)] AS item
                    FROM (SELECT array_agg(id ORDER BY id) AS ids FROM {schema}.partners_partner) c,
                         (SELECT array_agg(id ORDER BY id) AS ids FROM {schema}.catalog_item) i, generate_series(1::bigint, {POLICIES}) n) made"""
    values: dict[str, str] = {
        "number": "'PP' || n", "name": "'价格策略 ' || n", "search_text": "''", "currency": "'CNY'", "state": "'published'", "priority": "0",
        "level": "CASE WHEN n % 2 = 0 THEN 'customer' WHEN n % 3 = 0 THEN 'product' WHEN n % 5 = 0 THEN 'promotion' ELSE 'quantity' END",
        "kind": "CASE WHEN n % 7 = 0 THEN 'adder' ELSE 'percent' END", "value": "n % 5 + 1", "exclusive": "n % 11 <> 0",
        "partner_id": "CASE WHEN n % 2 = 0 THEN customer END", "item_id": "CASE WHEN n % 5 <> 0 THEN item END",
        "from_quantity": "CASE WHEN n % 2 = 1 AND n % 3 <> 0 THEN 2 ELSE 0 END", "valid_from": "current_date - 30", "valid_to": "current_date + 300",
    }  # fmt: skip
    load.fill(database, f"{schema}.pricing_pricepolicy", source, values)
    database.execute(f"VACUUM ANALYZE {schema}.pricing_pricepolicy")


def measure(site: Site, results: Results) -> None:
    with serving(site):
        browser, schema = site.sign_up("ladder"), site.schema("ladder")
        items = load.items(browser, ITEMS)
        made = browser.post("/pricing/policies/", {"name": "开始", "level": "company", "kind": "factor", "value": "1"})
        browser.post(f"/pricing/policies/{made['id']}/publish/", {})
        with site.database() as database:
            load.customers(database, schema, CUSTOMERS)
            policies(database, schema)
            customers = [row[0] for row in database.execute(f"SELECT id FROM {schema}.partners_partner").fetchall()]
        chance = random.Random(5)

        def asked() -> dict[str, Any]:
            lines = [{"item": key, "quantity": str(chance.randint(1, 4)), "discount": "3"} for key in chance.sample(items, LINES)]
            return {"customer": chance.choice(customers), "title": "试验机及附件", "lines": lines}

        offers = [asked() for _ in range(COUNT + WARM)]
        results |= {
            "price_100_lines_ms": timing.middle(timing.times(lambda at: browser.post("/quoting/quotes/preview/", offers[at]), COUNT, WARM))
        }
        quote = browser.post("/quoting/quotes/", offers[0])
        say(f"a quote of {LINES} lines under {POLICIES} policies comes to {quote['total']}, discount {quote['discount_rate']} %")

        written = [quote, *(browser.post("/quoting/quotes/", offer) for offer in offers[1 : PAPERS + 2])]

        def paper(at: int) -> None:
            answer = browser.send("GET", f"/api/v1/quoting/quotes/{written[at]['id']}/print/")
            assert answer.status == 200 and answer.body.startswith(b"%PDF"), answer.body[:200]

        papers = timing.times(paper, PAPERS, 2)
        results |= {"quote_pdf_s": timing.middle(papers) / 1000}
