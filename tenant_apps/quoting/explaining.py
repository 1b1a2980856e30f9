"""What stands beside a price while one offers: how it came about, what others paid, what it would be today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import F, Q, QuerySet

from kernel import statements
from kernel.access import Actor, visible
from kernel.figures import sees
from kernel.money import HUNDRED
from tenant_apps.catalog.models import Item
from tenant_apps.pricing import allowing, configured, offering, rates
from tenant_apps.pricing.waterfall import plain
from tenant_apps.quoting import calculating, deciding
from tenant_apps.quoting.models import Quote, QuoteLine

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
)


def hints(actor: Actor, customer: int | None, asked: Sequence[tuple[int, Decimal]], on: date) -> list[dict[str, Any]]:
    """For each item and discount asked: the customer's last deals, the range of the item's series and how often such a discount won.

    Prices of a unit incl. VAT, of quotes that this person may see; two statements for all.
    """
    items = dict(Item.objects.filter(pk__in=[item for item, _discount in asked]).values_list("pk", "series_id"))
    since = on - timedelta(days=MONTHS * 30)
    lines = _lines(actor, since).filter(Q(item__in=items) | Q(item__series__in=[one for one in items.values() if one]))
    rows = list(lines.annotate(series=F("item__series_id")).order_by("-quote__quote_date", "-pk").values(*NAMES, "series")[:MOST])
    return [_hint(item, discount, _alike(rows, item, items.get(item)), customer) for item, discount in asked]


def _lines(actor: Actor, since: date) -> QuerySet[QuoteLine]:
    """Lines of quotes that went out, as far as the person may see them."""
    quotes = visible(actor, Quote.objects.filter(quote_date__gte=since, currency=rates.base()), deciding.KEY)
    states = (S.SENT, *OVER)
    return QuoteLine.objects.filter(quote__in=quotes.filter(state__in=states).values("pk"), kind=QuoteLine.Kind.NORMAL, quantity__gt=0)


def _alike(rows: Sequence[dict[str, Any]], item: int, series: int | None) -> list[dict[str, Any]]:
    same = [row for row in rows if row["item_id"] == item]
    return same or [row for row in rows if series is not None and row["series"] == series]


def _hint(item: int, discount: Decimal, rows: Sequence[dict[str, Any]], customer: int | None) -> dict[str, Any]:
    own = [row for row in rows if row["quote__customer_id"] == customer][:LAST]
    won = [row["amount"] / row["quantity"] for row in rows if row["quote__state"] in WON]
    near = [row for row in rows if row["quote__state"] in OVER and abs(_discount(row) - discount) <= BAND]
    wins = sum(row["quote__state"] in WON for row in near)
    return {
        "item": item,
        "last": [
            {
                "quote": row["quote_id"], "number": row["quote__number"], "date": row["quote__quote_date"].isoformat(), "state": row["quote__state"],
                "quantity": plain(row["quantity"]), "price": _money(row["amount"] / row["quantity"]), "discount": plain(_discount(row)),
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


def waterfalls(quote: Quote) -> list[dict[str, Any]]:
    """How the price of each line came about, as it was kept; the floor for whoever may see it."""
    lines, floors = statements.lines(QuoteLine)(quote.pk), sees(*allowing.FLOOR)
    return [
        {
            "id": line.pk, "description": line.description, "quantity": plain(line.quantity), "amount": _money(line.amount), "floor": _money(line.floor) if floors else None,
            "net": line.waterfall.get("net"), "steps": [*line.waterfall.get("steps", []), *line.waterfall.get("by_hand", [])],
        }
        for line in lines
    ]  # fmt: skip


def repricing(quote: Quote, on: date) -> list[dict[str, Any]]:
    """What each line would cost today, beside what it costs now; nothing is changed."""
    lines = statements.lines(QuoteLine)(quote.pk)
    statements.attach(lines, "item")
    configured.look_up(lines)
    quote.rate = quote.rate_until = None
    calculating.lock_rate(quote, on)
    told = []
    for line, now in zip(lines, offering.priced(quote, lines, on), strict=True):
        was = line.unit_price or Decimal(0)
        told.append(
            {
                "id": line.pk, "description": line.description, "quantity": plain(line.quantity), "list_before": plain(line.list_price),
                "list": plain(now.list_price), "price_before": plain(was), "price": plain(now.price), "changed": was != now.price,
                "difference": _money((now.price - was) * line.quantity * (HUNDRED - line.discount) / HUNDRED),
            }
        )  # fmt: skip
    return told


def compared(before: Quote, after: Quote) -> dict[str, Any]:
    """What differs between two revisions: lines by item and description, and terms."""
    old, new = (statements.lines(QuoteLine)(one.pk) for one in (before, after))
    return {
        "before": {"id": before.pk, "number": before.number, "total": _money(before.total)},
        "after": {"id": after.pk, "number": after.number, "total": _money(after.total)},
        "terms": _terms(before, after),
        "lines": list(_changed(old, new)),
    }


TERMS = ("title", "valid_until", "delivery_days", "scheme", "warranty_months", "currency", "rate", "discount_rate", "remark")


def _terms(before: Quote, after: Quote) -> list[dict[str, str]]:
    found = []
    for name in TERMS:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            field: Any = Quote._meta.get_field(name)
            found.append({"name": name, "label": str(field.verbose_name), "from": _said(was), "to": _said(now)})
    return found


def _said(value: Any) -> str:
    return "" if value is None else plain(value) if isinstance(value, Decimal) else str(value)


def _changed(old: Sequence[QuoteLine], new: Sequence[QuoteLine]) -> Iterable[dict[str, Any]]:
    """Lines in the order of the new revision, then those that are gone; equal ones are left out."""
    left = list(old)
    for line in new:
        twin = next((one for one in left if one.item_id == line.item_id and one.description == line.description), None)
        twin = twin or next((one for one in left if one.item_id == line.item_id), None)
        if twin is not None:
            left.remove(twin)
        if twin is None or _figures(twin) != _figures(line):
            yield {"description": line.description, "before": twin and _figures(twin), "after": _figures(line)}
    for line in left:
        yield {"description": line.description, "before": _figures(line), "after": None}


def _figures(line: QuoteLine) -> dict[str, str]:
    told = {name: plain(getattr(line, name) or Decimal(0)) for name in ("quantity", "unit_price", "discount")}
    return told | {"spec": line.spec, "kind": line.kind, "amount": _money(line.amount)}
