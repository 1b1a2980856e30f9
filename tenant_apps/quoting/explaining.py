"""What stands beside a price while one offers: how it came about, and what others paid."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any, NamedTuple

from dateutil.relativedelta import relativedelta
from django.db.models import F, Q, QuerySet

from kernel.access import Actor, visible
from kernel.figures import sees
from kernel.money import HUNDRED
from tenant_apps.catalog.models import Item
from tenant_apps.pricing import allowing, configured, option_codes
from tenant_apps.pricing.waterfall import plain
from tenant_apps.quoting import deciding
from tenant_apps.quoting.models import Quote, QuoteLine
from tenant_apps.selection import ready
from tenant_apps.selection.models import Configuration

S = Quote.State
LAST, PERIOD, BAND, MOST = 5, relativedelta(months=24), Decimal("2.5"), 5000
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
CLOSENESS = ("model", "base", "item_id", "series")
"""By what former deals are alike, the closest first: model code, the value that is the machine itself, item, series."""


class Asked(NamedTuple):
    """What somebody is about to offer: an item at a discount, perhaps a configured one."""

    item: int
    discount: Decimal
    configuration: int = 0


def hints(actor: Actor, customer: int | None, asked: Sequence[Asked], on: date, rate: Decimal) -> list[dict[str, Any]]:
    """For each that is asked: the customer's last deals, the range of the model in 24 months and how often such a discount won.

    Prices of a unit incl. VAT, of quotes that this person may see, each turned by its own rate into the currency asked for (`rate`); two statements
    for all, one more where something is configured.
    """
    items = dict(Item.objects.filter(pk__in=[one.item for one in asked]).values_list("pk", "series_id"))
    models = _models(actor, {one.configuration for one in asked if one.configuration})
    lines = _lines(actor, on - PERIOD).filter(Q(item__in=items) | Q(item__series__in=[one for one in items.values() if one]))
    told = {"series": F("item__series_id"), **_model("configuration__")}
    rows = list(lines.order_by("-quote__quote_date", "-pk").values(*NAMES, **told)[:MOST])
    for row in rows:
        row["each"] = row["amount"] / row["quantity"] * (row["quote__rate"] or 1) / rate
        _based(row)
    return [
        _hint(one, {"item_id": one.item, "series": items.get(one.item), **models.get(one.configuration, {})}, rows, customer)
        for one in asked
    ]


def _model(path: str = "") -> dict[str, Any]:
    """What tells of a configuration which machine it is."""
    return {
        "model": F(f"{path}code"), "table": F(f"{path}rule_set__name"), "table_id": F(f"{path}rule_set_id"),
        "base": F(f"{path}result__price__lines__0__option"), "value": F(f"{path}result__price__lines__0__value"),
    }  # fmt: skip


def _models(actor: Actor, keys: Collection[int]) -> dict[int, dict[str, Any]]:
    if not keys:
        return {}
    found = visible(actor, Configuration.objects.filter(pk__in=keys), "selection.configuration")
    return {row["pk"]: _based({**row}) for row in found.values("pk", **_model())}


def _based(row: dict[str, Any]) -> dict[str, Any]:
    """`base`: the table, and the option and value of it that are the machine itself."""
    row["base"] = (row["table"], row["base"], row["value"]) if row["base"] else None
    return row


def _lines(actor: Actor, since: date) -> QuerySet[QuoteLine]:
    """Lines of quotes that went out, as far as the person may see them."""
    quotes = visible(actor, Quote.objects.filter(quote_date__gte=since), deciding.KEY)
    states = (S.SENT, *OVER)
    return QuoteLine.objects.filter(quote__in=quotes.filter(state__in=states).values("pk"), kind=QuoteLine.Kind.NORMAL, quantity__gt=0)


def _alike(rows: Sequence[dict[str, Any]], to: Mapping[str, Any]) -> tuple[str, list[dict[str, Any]]]:
    """The closest kin there is, and by what it is."""
    for by in CLOSENESS:
        found = [row for row in rows if to.get(by) and row[by] == to[by]]
        if found:
            return by, found
    return "", []


def _hint(asked: Asked, to: Mapping[str, Any], every: Sequence[dict[str, Any]], customer: int | None) -> dict[str, Any]:
    discount, (by, rows) = asked.discount, _alike(every, to)
    own = _alike([row for row in every if row["quote__customer_id"] == customer], to)[1][:LAST]
    won = [row["each"] for row in rows if row["quote__state"] in WON]
    near = [row for row in rows if row["quote__state"] in OVER and abs(_discount(row) - discount) <= BAND]
    wins = sum(row["quote__state"] in WON for row in near)
    return {
        "item": asked.item, "compared": {"by": by.removesuffix("_id"), "label": _told_of(by, to)} if by else None,
        "last": [
            {
                "quote": row["quote_id"], "number": row["quote__number"], "date": row["quote__quote_date"].isoformat(), "state": row["quote__state"],
                "quantity": plain(row["quantity"]), "price": _money(row["each"]), "discount": plain(_discount(row)), "model": row["model"] or "",
            }
            for row in own
        ],
        "range": {"least": _money(min(won)), "middle": _money(median(won)), "most": _money(max(won)), "deals": len(won)} if won else None,
        "win_rate": {"won": wins, "of": len(near), "from": plain(max(discount - BAND, Decimal(0))), "to": plain(discount + BAND)} if near else None,
    }  # fmt: skip


def _told_of(by: str, to: Mapping[str, Any]) -> str:
    """The model code or the machine that was compared, in the reader's language."""
    if by != "base":
        return str(to["model"]) if by == "model" else ""
    _table, option, value = to["base"]
    return _label(ready.of(to["table_id"]), option, value) or " ".join(filter(None, (option, value)))


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

    def named(step: dict[str, Any]) -> dict[str, Any]:
        label = _label(table, *step["name"].split(" ", 1)) if step["step"] in ("list", "option") else ""
        return step | {"label": label} if label else step

    return named


def _label(table: ready.Ready | None, name: str, code: str | None = None) -> str:
    option = None if table is None else table.machine.table.options.get(name)
    return option_codes.label_of(option, option.values.get(code or "")) if option is not None else ""
