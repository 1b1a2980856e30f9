"""Data to measure on, put straight into a company's tables as the kernel would have left it."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import psycopg

from kernel.words import encode, index
from tests.bench.client import Browser


def pairs(text: str) -> list[str]:
    """Chinese words of two characters each."""
    return [text[at : at + 2] for at in range(0, len(text), 2)]


PLACES = pairs("上海北京深圳苏州无锡杭州宁波南京合肥武汉长沙成都重庆西安郑州济南青岛大连沈阳天津佛山东莞厦门福州昆明")
NAMES = pairs("华晟晶科天工恒砺精测东岳博砺鼎辰金砥海纳启辰同砺远景力拓晟泰安诺科晟宏砺凯砺瑞砺")
NOTHING = {"numeric": "0", "integer": "0", "bigint": "0", "boolean": "false", "jsonb": "'{}'", "character varying[]": "'{}'"}
TRADES = ("材料研究院", "汽车零部件有限公司", "钢铁股份有限公司", "检测技术有限公司", "精密机械有限公司", "航空制造有限公司")
Database = psycopg.Connection[tuple[Any, ...]]


def customers(database: Database, schema: str, count: int) -> list[str]:
    """Customers with distinct names; returns these."""
    chance = random.Random(7)
    names = chance.sample([f"{place}{name}{trade}" for place in PLACES for name in NAMES for trade in TRADES], count)
    rows = [(f"C{number:05d}", name, index([f"C{number:05d}", name])) for number, name in enumerate(names, 1)]
    with database.transaction():
        with database.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE given (number text, name text, search_text text) ON COMMIT DROP")
            with cursor.copy("COPY given FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            same = {name: name for name in ("number", "name", "search_text")}
            fill(database, f"{schema}.partners_partner", "given", same | {"plain_name": "name", "kind": "'customer'", "grade": "'B'"})
        counter = f"INSERT INTO {schema}.kernel_counter (key, value) VALUES ('partners.partner|C#', %s)"
        database.execute(f"{counter} ON CONFLICT (key) DO UPDATE SET value = excluded.value", [count])
    database.execute(f"VACUUM ANALYZE {schema}.partners_partner")
    return names


def orders(database: Database, schema: str, count: int, today: date) -> None:
    """Orders spread over three years and all customers, in the states a grown company has."""
    first = today - timedelta(days=3 * 365)
    title = encode("电子万能试验机")
    spoken = index(["电子万能试验机"]).removeprefix(title).strip()
    source = f"""(
        SELECT n, 'SO' || to_char(day, 'YYYY') || '-' || lpad(n::text, 7, '0') AS number, day,
               (c.ids)[1 + (n * 7919) %% cardinality(c.ids)] AS customer, round((50000 + (n * 104729) %% 900000)::numeric, 2) AS total
          FROM (SELECT array_agg(id ORDER BY id) AS ids FROM {schema}.partners_partner) c, generate_series(1::bigint, %(count)s) n,
               LATERAL (SELECT %(first)s::date + (n * 1095.0 / %(count)s)::int AS day) d) made"""
    values = {
        "number": "number",
        "order_date": "day",
        "customer_id": "customer",
        "title": "'电子万能试验机 UTM-E100D'",
        "promised_date": "day + 60",
        "total": "total",
        "net_total": "round(total / 1.13, 2)",
        "tax_total": "total - round(total / 1.13, 2)",
        "state": "CASE WHEN n %% 20 = 0 THEN 'released' WHEN n %% 20 = 1 THEN 'shipped' ELSE 'closed' END",
        "search_text": "lower(number) || ' ' || %(title)s || ' utm-e100d ' || %(spoken)s",
        "owner": "1 + n %% 50",
        "unit": "1",
    }
    params = {"count": count, "first": first, "title": title, "spoken": spoken}
    fill(database, f"{schema}.sales_order", source, values, params)
    database.execute(f"VACUUM ANALYZE {schema}.sales_order")


def fill(database: Database, target: str, source: str, values: dict[str, str], params: dict[str, Any] | None = None) -> None:
    """INSERT … SELECT; what a table demands beyond the given values is filled with its type's nothing."""
    usual = {"version": "1", "custom": "'{}'", "created_by": "1", "updated_by": "1", "active": "true", "currency": "'CNY'"}
    usual |= {"created_at": "now()", "updated_at": "now()"}
    there = columns(database, target)
    demanded = {name: NOTHING.get(kind, "''") for name, (kind, optional) in there.items() if not optional and name != "id"}
    given = {**demanded, **usual, **values}
    chosen = {name: text for name, text in given.items() if name in there}
    database.execute(f"INSERT INTO {target} ({', '.join(chosen)}) SELECT {', '.join(chosen.values())} FROM {source}", params)


def columns(database: Database, table: str) -> dict[str, tuple[str, bool]]:
    """{column: (type, whether it may be null)}."""
    asked = "SELECT attname, format_type(atttypid, NULL), NOT attnotnull FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
    return {name: (kind, optional) for name, kind, optional in database.execute(asked, [table]).fetchall()}


def items(browser: Browser, count: int) -> list[int]:
    """Stocked items with far more on hand than is going to be delivered, made through the API."""
    measure = browser.get("/catalog/measures/?limit=1")["rows"][0]["id"]
    tax = next(row["id"] for row in browser.get("/catalog/taxes/")["rows"] if row["rate"].startswith("13"))
    warehouse = browser.get("/inventory/warehouses/")["rows"][0]["id"]
    made = []
    for number in range(1, count + 1):
        values = {"code": f"ACC-{number:04d}", "name": f"夹具 {number}", "list_price": str(1000 + number), "standard_cost": "600"}
        made.append(browser.post("/catalog/items/", {**values, "measure": measure, "tax": tax})["id"])
    lines = [{"item": key, "quantity": "1000000", "to_warehouse": warehouse} for key in made]
    move = browser.post("/inventory/moves/", {"kind": "receipt", "lines": lines})
    browser.post(f"/inventory/moves/{move['id']}/post/", {})
    return made
