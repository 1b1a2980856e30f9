"""What a quote comes to: prices by the company's policies, floors, costs, margin, and the authority it needs (spec 2.3).

Worked out at every write, whichever way it comes, from the figures themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kernel import statements
from kernel.money import HUNDRED, ZERO, cents
from tenant_apps.catalog.models import brands_of
from tenant_apps.catalog.priced import check, describe, sum_up, take_in, unfinished
from tenant_apps.contracts import lateness
from tenant_apps.partners import agencies
from tenant_apps.pricing import authority, configured, offering, rates, waterfall
from tenant_apps.quoting import outdated, promising

if TYPE_CHECKING:
    from tenant_apps.quoting.models import Quote, QuoteLine

OFFERED = 3
"""How many parts of what a price depends on tell what is offered: item, configuration, quantity."""


def calculate(quote: Quote, lines: Sequence[QuoteLine], on: date) -> None:
    """Fill in and check a quote and its lines."""
    take_in(lines)
    known = [line for line in lines if line.item_id]
    configured.look_up(known)
    describe([line for line in known if unfinished(line)])
    statements.attach(known, "item")
    moved = lock_rate(quote, on)
    fresh = [line for line in known if line.waterfall.get("for") != _case_key(quote, line)]
    for line, found in zip(fresh, offering.priced(quote, fresh, quote.quote_date or on), strict=True):
        _take(quote, line, found, moved)
    check(lines)
    for line in known:
        by_hand(line)
    sum_up(quote, lines)
    for line in known:
        _derive(quote, line)
    placed = {at: line for at, line in enumerate(lines) if line.item_id and line.counted}
    promising.follow(quote, placed)
    _judge(quote, placed, on)
    outdated.note(quote, lines)


def lock_rate(quote: Quote, on: date) -> bool:
    """The exchange rate of the quote's day, which stays until the currency changes or the quote is priced anew; whether it is another currency now."""
    return rates.lock(quote, quote.quote_date or on)


def _case_key(quote: Quote, line: QuoteLine) -> str:
    """What the price of a line depends on; when it changes the rules are asked anew."""
    rate = waterfall.plain(quote.rate or Decimal(1))
    depends = (
        line.item_id,
        configured.mark(line),
        waterfall.plain(line.quantity),
        quote.customer_id,
        quote.quote_date,
        quote.unit,
        quote.currency,
        rate,
    )
    return "|".join(str(one) for one in depends)


def _take(quote: Quote, line: QuoteLine, found: waterfall.Waterfall, moved: bool) -> None:
    """The list price and the price by the rules. A price that is there stays, unless the rules made it and it is in another currency now, or
    for other goods and not said again."""
    key = _case_key(quote, line)
    other = line.price_follows and line.waterfall.get("for", "").split("|")[:OFFERED] != key.split("|")[:OFFERED]
    if line.unit_price is None or ((moved or other) and waterfall.plain(line.unit_price) == line.waterfall.get("price")):
        line.unit_price = found.price
    line.list_price = found.list_price
    line.waterfall = found.told() | {"for": key}


def by_hand(line: QuoteLine) -> None:
    """The net price of a unit after what somebody typed."""
    net, steps = waterfall.by_hand(Decimal(line.waterfall["price"]), line.unit_price or ZERO, line.discount)
    rounded = waterfall.plain(net) if any(step.step == "rounding" for step in steps) else None
    told = {"by_hand": [step.told() for step in steps], "net": waterfall.plain(net), "rounded": rounded}
    line.waterfall = line.waterfall | told


def _derive(quote: Quote, line: QuoteLine) -> None:
    """Floor, cost and margin of a line."""
    told, rate = line.waterfall, quote.rate or Decimal(1)
    line.floor = offering.floor(line, line.list_price, None if told["floor"] is None else Decimal(told["floor"]), rate)
    line.cost = offering.cost(line, rate)
    line.margin_rate = offering.margin(line.net_amount, line.cost)


def _judge(quote: Quote, placed: Mapping[int, QuoteLine], on: date) -> None:
    """Discount, margin and the authority that the quote as a whole needs; lines by their place on the quote."""
    lines, rate = list(placed.values()), quote.rate or Decimal(1)
    estimated = None if quote.estimate_cost is None else offering.in_currency(quote.estimate_cost, rate)
    quote.cost_total = sum((line.cost for line in lines), ZERO) if estimated is None else estimated
    quote.margin_rate = offering.margin(quote.net_total, quote.cost_total)
    full = sum((line.quantity * (line.list_price or line.unit_price or ZERO) for line in lines), ZERO)
    quote.discount_rate = authority.discount_of(quote.total, full)
    offered = [
        authority.Offered(at, line.amount, cents(Decimal(line.waterfall["price"]) * line.quantity), line.floor, configured.lead_days(line))
        for at, line in placed.items()
    ]
    asked = authority.Terms(quote.margin_rate, lateness.of_scheme(quote.scheme_id), quote.delivery_days, _least(quote, estimated))
    level, findings = authority.required(offered, asked)
    quote.level = level
    told: list[dict[str, Any]] = [finding._asdict() for finding in findings]
    floor = max(sum((line.floor for line in lines), ZERO), cents(asked.floor))
    quote.facts = {
        **quote.facts, "findings": told, "brands": _foreign(quote, lines, on), "floor": str(floor), "full": str(cents(full)),
    }  # fmt: skip


def _foreign(quote: Quote, lines: Sequence[QuoteLine], on: date) -> list[str]:
    """Brands of its goods that may not be sold where its customer is; the words are found anew for whoever reads it."""
    items = [line.item for line in lines if line.item.brand_id or line.item.series_id]
    return sorted(agencies.warnings(brands_of(items), quote.customer, on)) if items and quote.customer is not None else []


def _least(quote: Quote, estimated: Decimal | None) -> Decimal:
    """The floor of a quote whose full cost was estimated."""
    if not estimated or not quote.net_total:
        return ZERO
    tax_rate = quote.tax_total * HUNDRED / quote.net_total
    return authority.floor_of(ZERO, ZERO, estimated, tax_rate)
