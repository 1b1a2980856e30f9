"""What stands beside a price while one offers: how it came about, and what others paid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import F, Q, QuerySet

from kernel import words
from kernel.access import Actor, visible
from kernel.figures import sees
from kernel.money import HUNDRED
from tenant_apps.catalog.models import Item
from tenant_apps.pricing import allowing, configured
from tenant_apps.pricing.waterfall import plain
from tenant_apps.quoting import deciding
from tenant_apps.quoting.models import Quote, QuoteLine
from tenant_apps.selection import ready

S = Quote.State
LAST, MONTHS, BAND, MOST = 5, 24, Decimal("2.5"), 5000
WON, OVER = (S.CONVERTED, S.ACCEPTED), (S.CONVERTED, S.ACCEPTED, S.LOST, S.EXPIRED)
NAMES = (
    "item_id",
    "quote_id",
    "quote__number",
    "quote__quote_date",
    "quote__state",
    "quote__customer_id",
    "quantity",
    "amount",
    "list_price",
    "quote__rate",
)


def hints(actor: Actor, customer: int | None, asked: Sequence[tuple[int, Decimal]], on: date, rate: Decimal) -> list[dict[str, Any]]:
    """For each item and discount asked: the customer's last deals, the range of the item's series and how often such a discount won.

    Prices of a unit incl. VAT, of quotes that this person may see, each turned by its own rate into the currency asked for (`rate`); two statements for all.
    """
    items = dict(Item.objects.filter(pk__in=[item for item, _discount in asked]).values_list("pk", "series_id"))
    since = on - timedelta(days=MONTHS * 30)
    lines = _lines(actor, since).filter(Q(item__in=items) | Q(item__series__in=[one for one in items.values() if one]))
    rows = list(lines.annotate(series=F("item__series_id")).order_by("-quote__quote_date", "-pk").values(*NAMES, "series")[:MOST])
    for row in rows:
        row["each"] = row["amount"] / row["quantity"] * (row["quote__rate"] or 1) / rate
    return [_hint(item, discount, _alike(rows, item, items.get(item)), customer) for item, discount in asked]


def _lines(actor: Actor, since: date) -> QuerySet[QuoteLine]:
    """Lines of quotes that went out, as far as the person may see them."""
    quotes = visible(actor, Quote.objects.filter(quote_date__gte=since), deciding.KEY)
    states = (S.SENT, *OVER)
    return QuoteLine.objects.filter(quote__in=quotes.filter(state__in=states).values("pk"), kind=QuoteLine.Kind.NORMAL, quantity__gt=0)


def _alike(rows: Sequence[dict[str, Any]], item: int, series: int | None) -> list[dict[str, Any]]:
    same = [row for row in rows if row["item_id"] == item]
    return same or [row for row in rows if series is not None and row["series"] == series]


def _hint(item: int, discount: Decimal, rows: Sequence[dict[str, Any]], customer: int | None) -> dict[str, Any]:
    own = [row for row in rows if row["quote__customer_id"] == customer][:LAST]
    won = [row["each"] for row in rows if row["quote__state"] in WON]
    near = [row for row in rows if row["quote__state"] in OVER and abs(_discount(row) - discount) <= BAND]
    wins = sum(row["quote__state"] in WON for row in near)
    return {
        "item": item,
        "last": [
            {
                "quote": row["quote_id"], "number": row["quote__number"], "date": row["quote__quote_date"].isoformat(), "state": row["quote__state"],
                "quantity": plain(row["quantity"]), "price": _money(row["each"]), "discount": plain(_discount(row)),
            }
            for row in own
        ],
        "range": {"least": _money(min(won)), "middle": _money(median(won)), "most": _money(max(won)), "deals": len(won)} if won else None,
        "win_rate": {"won": wins, "of": len(near), "from": plain(max(discount - BAND, Decimal(0))), "to": plain(discount + BAND)} if near else None,
    }  # fmt: skip


def _discount(row: dict[str, Any]) -> Decimal:
    full = row["list_price"] * row["quantity"]
    return ((full - row["amount"]) * HUNDRED / full).quantize(Decimal("0.01")) if full else Decimal(0)


def _money(value: Decimal) -> str:
    return f"{value:.2f}"


def waterfalls(lines: Sequence[QuoteLine]) -> list[dict[str, Any]]:
    """How the price of each line came about; the floor for whoever may see it."""
    floors = sees(*allowing.FLOOR)
    configured.look_up(lines)
    return [
        {
            "id": line.pk, "description": line.description, "quantity": plain(line.quantity), "amount": _money(line.amount), "floor": _money(line.floor) if floors else None,
            "net": line.waterfall.get("net"), "steps": [*map(_options(line), line.waterfall.get("steps", [])), *line.waterfall.get("by_hand", [])],
        }
        for line in lines
    ]  # fmt: skip


def _options(line: QuoteLine) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Steps of chosen options with what their table calls them."""
    table = ready.of(line.configuration.rule_set_id) if line.configuration is not None else None
    options = table.machine.table.options if table is not None else {}

    def named(step: dict[str, Any]) -> dict[str, Any]:
        name, _, code = step["name"].partition(" ")
        option = options.get(name) if step["step"] == "option" else None
        if option is None:
            return step
        value = option.values.get(code)
        return step | {"label": " ".join(words.spoken(one["zh"], one["en"]) for one in (option.label, *([value.name] if value else ())))}

    return named
