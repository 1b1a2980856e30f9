"""What a demo company sells: categories, items, price lists, and what lies in its warehouses."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from kernel import saving
from kernel.access import SYSTEM
from tenant_apps.analytics.demo.book import Book, Product
from tenant_apps.catalog.models import Category, Item, Measure, PriceLine, PriceList, Tax
from tenant_apps.inventory import actions as inventory
from tenant_apps.inventory.models import Move, MoveLine, Serial

KINDS = {"machines": Item.Supply.MAKE, "accessories": Item.Supply.BUY, "services": Item.Supply.SERVICE}
RATES = {"machines": 13, "accessories": 13, "services": 6}
RISE = Decimal("0.97")
"""Last year's prices in parts of today's."""
SPECIAL = Decimal("0.95")
"""What the best customers pay for accessories."""


def stock_up(book: Book, at: datetime) -> dict[str, Item]:
    """The catalogue, its price lists and the first stock; items by code."""
    items = _items(book, at)
    _price_lists(book, items, at)
    _first_stock(book, items, at)
    return items


def _items(book: Book, at: datetime) -> dict[str, Item]:
    rows: list[Any] = [({"name": name, "tax_code": code}, {}) for _key, name, code in book.catalog["categories"]]
    made = saving.create_many(Category, rows, by=SYSTEM, at=at)
    categories = {key: category for (key, _name, _code), category in zip(book.catalog["categories"], made, strict=True)}
    taxes = {int(tax.rate): tax for tax in Tax.objects.all()}
    measure = Measure.objects.order_by("pk")[0]
    drafts = [
        {
            "code": product.code,
            "name": product.name,
            "name_en": product.name_en,
            "spec": product.spec,
            "category": categories[product.category],
            "measure": measure,
            "tax": taxes[RATES[kind]],
            "supply": KINDS[kind],
            "serialised": kind == "machines",
            "list_price": product.price,
            "standard_cost": product.cost,
            "lead_days": product.days,
        }
        for kind in KINDS
        for product in book.products(kind)
    ]
    items = saving.create_many(Item, [(draft, {}) for draft in drafts], by=SYSTEM, at=at)
    return {item.code: item for item in items}


def _price_lists(book: Book, items: dict[str, Item], at: datetime) -> None:
    """Last year's list, this year's, and one for the best customers with breaks by quantity."""
    turn = at.date() + timedelta(days=365)
    everything = [product for kind in KINDS for product in book.products(kind)]
    best = {"name": "A 级客户附件价", "grade": "A", "valid_from": turn}
    lists: list[Any] = [
        ({"name": f"标准价目表 {at:%Y}", "valid_from": at.date(), "valid_to": turn - timedelta(days=1)}, _prices(items, everything, RISE)),
        ({"name": f"标准价目表 {turn:%Y}", "valid_from": turn}, _prices(items, everything, Decimal(1))),
        (best, _prices(items, book.products("accessories"), SPECIAL, Decimal(3))),
    ]
    saving.create_many(PriceList, lists, by=SYSTEM, at=at)


def _prices(items: dict[str, Item], products: list[Product], share: Decimal, start: Decimal = Decimal(1)) -> dict[str, list[PriceLine]]:
    hundred = Decimal(100)
    rows = [(product, (product.price * share / hundred).quantize(Decimal(1)) * hundred) for product in products]
    return {"lines": [PriceLine(item=items[product.code], price=price, from_quantity=start) for product, price in rows]}


def _first_stock(book: Book, items: dict[str, Item], at: datetime) -> None:
    place = inventory.main_warehouse()
    lines = []
    for code, quantity in book.catalog["stock"]:
        serials = [f"{code}-{at:%y%m}-{number:03d}" for number in range(1, quantity + 1)] if items[code].serialised else []
        lines.append(MoveLine(item=items[code], quantity=Decimal(quantity), to_warehouse=place, serials="\n".join(serials)))
    move = saving.create(Move, {"kind": Move.Kind.RECEIPT, "reason": "期初库存", "moved_on": at.date()}, {"lines": lines}, by=SYSTEM, at=at)
    inventory.post(move, by=SYSTEM, at=at)


def serial_numbers(code: str, count: int, at: datetime) -> str:
    """Numbers for machines just finished: the item, the month, and a running number."""
    base = f"{code}-{at:%y%m}-"
    first = Serial.objects.filter(serial_no__startswith=base).count() + 1
    return "\n".join(f"{base}{number:03d}" for number in range(first, first + count))
