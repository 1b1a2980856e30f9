"""What a quote comes to: prices by the company's policies, floors, costs, margin, and the authority it needs (spec 2.3).

Worked out at every write, whichever way it comes, from the figures themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _t

from kernel import statements
from kernel.money import HUNDRED, ZERO, cents
from kernel.refusals import FieldError, Invalid
from tenant_apps.catalog.models import list_prices
from tenant_apps.catalog.priced import check, describe, sum_up, unfinished
from tenant_apps.organization import chart
from tenant_apps.pricing import authority, rates, waterfall
from tenant_apps.pricing.policies import Circumstances
from tenant_apps.quoting import configured, terms

if TYPE_CHECKING:
    from tenant_apps.quoting.models import Quote, QuoteLine

ROUGH = Decimal("0.01")
LEAST = Decimal(-100_000)


def calculate(quote: Quote, lines: Sequence[QuoteLine], on: date) -> None:
    """Fill in and check a quote and its lines."""
    known = [line for line in lines if line.item_id]
    configured.look_up(known)
    describe([line for line in known if unfinished(line)])
    statements.attach(known, "item")
    moved = lock_rate(quote, on)
    fresh = [line for line in known if line.waterfall.get("for") != _case_key(quote, line)]
    for line, found in zip(fresh, priced(quote, fresh, quote.quote_date or on), strict=True):
        _take(quote, line, found, moved)
    check(lines)
    for line in known:
        _by_hand(line)
    sum_up(quote, lines)
    for line in known:
        _derive(quote, line)
    _judge(quote, {at: line for at, line in enumerate(lines) if line.item_id and line.counted})


def lock_rate(quote: Quote, on: date) -> bool:
    """The exchange rate of the quote's day, which stays until the currency changes or the quote is priced anew; whether it is another currency now."""
    before = quote.__dict__.get("_stored", {}).get("currency")
    quote.currency = (quote.currency or rates.base()).strip().upper()
    moved = before not in (None, quote.currency)
    if quote.rate is not None and not moved:
        return False
    found = rates.rate_on(quote.currency, quote.quote_date or on)
    if found is None:
        told = {"currency": quote.currency, "day": quote.quote_date or on}
        sentence = _t(
            "There is no exchange rate of %(currency)s for %(day)s. Enter one under exchange rates, or offer in another currency."
        )
        raise Invalid([FieldError("currency", "no_rate", sentence % told)])
    quote.rate, quote.rate_until = found
    return moved


def circumstances(quote: Quote, on: date) -> Circumstances:
    """Under which conditions its prices are made."""
    customer = quote.customer if quote.customer_id else None
    return Circumstances(
        on, quote.customer_id, customer.grade if customer else "", customer.kind if customer else "",
        customer.region if customer else "", chart.company_of(quote.unit), quote.currency, quote.rate or Decimal(1),
    )  # fmt: skip


def priced(quote: Quote, lines: Sequence[QuoteLine], on: date) -> list[waterfall.Waterfall]:
    """What the company's rules make of these lines; a statement for the list prices and one for the policies, if there are any."""
    if not lines:
        return []
    case = circumstances(quote, on)
    listed = list_prices([(line.item, line.quantity) for line in lines], case.grade, case.on)
    listed = [configured.list_price(line, price) for line, price in zip(lines, listed, strict=True)]
    return waterfall.price([_ask(line, price, case.rate) for line, price in zip(lines, listed, strict=True)], case)


def outdated(quote: Quote, lines: Sequence[QuoteLine], on: date) -> list[QuoteLine]:
    """Lines for which the company's rules give another price today than on the day of the quote."""
    if quote.quote_date is None or quote.quote_date >= on:
        return []
    known = [line for line in lines if line.item_id]
    found = priced(quote, known, on)
    return [line for line, now in zip(known, found, strict=True) if waterfall.plain(now.price) != line.waterfall["price"]]


def _ask(line: QuoteLine, listed: Decimal, rate: Decimal) -> waterfall.Ask:
    options = tuple(one._replace(amount=in_currency(one.amount, rate)) for one in configured.options(line))
    cost = in_currency(unit_cost(line), rate)
    return waterfall.Ask(line.item_id, line.item.series_id, line.quantity, in_currency(listed, rate), cost, options)


def unit_cost(line: QuoteLine) -> Decimal:
    """Full cost of a unit without VAT, in the company's own currency."""
    return configured.cost(line) or line.item.standard_cost


def in_currency(value: Decimal, rate: Decimal) -> Decimal:
    return value if rate == 1 else (value / rate).quantize(ROUGH, rounding=ROUND_HALF_UP)


def _case_key(quote: Quote, line: QuoteLine) -> str:
    """What the price of a line depends on; when it changes the price is made anew."""
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
    """The list price and the price by the rules; a price that is there stays, unless it was in another currency."""
    if line.unit_price is None or (moved and waterfall.plain(line.unit_price) == line.waterfall.get("price")):
        line.unit_price = found.price
    line.list_price = found.list_price
    line.waterfall = found.told() | {"for": _case_key(quote, line)}


def _by_hand(line: QuoteLine) -> None:
    """The net price of a unit after what somebody typed."""
    net, steps = waterfall.by_hand(Decimal(line.waterfall["price"]), line.unit_price or ZERO, line.discount)
    rounded = waterfall.plain(net) if any(step.step == "rounding" for step in steps) else None
    told = {"by_hand": [step.told() for step in steps], "net": waterfall.plain(net), "rounded": rounded}
    line.waterfall = line.waterfall | told


def _derive(quote: Quote, line: QuoteLine) -> None:
    """Floor, cost and margin of a line."""
    told, rate = line.waterfall, quote.rate or Decimal(1)
    percent = line.item.floor_percent if told["floor"] is None else Decimal(told["floor"])
    cost = in_currency(unit_cost(line), rate)
    line.floor = cents(authority.floor_of(line.list_price, percent, cost, line.tax_rate or ZERO) * line.quantity)
    line.cost = cents(cost * line.quantity)
    line.margin_rate = margin(line.net_amount, line.cost)


def margin(net: Decimal, cost: Decimal) -> Decimal | None:
    """Percent of the net price that is left after cost; None when the cost is not known. A price of a few cents says no more than the least."""
    return max((net - cost) * HUNDRED / net, LEAST).quantize(ROUGH, rounding=ROUND_HALF_UP) if cost and net else None


def _judge(quote: Quote, placed: Mapping[int, QuoteLine]) -> None:
    """Discount, margin and the authority that the quote as a whole needs; lines by their place on the quote."""
    lines, rate = list(placed.values()), quote.rate or Decimal(1)
    estimated = None if quote.estimate_cost is None else in_currency(quote.estimate_cost, rate)
    quote.cost_total = sum((line.cost for line in lines), ZERO) if estimated is None else estimated
    quote.margin_rate = margin(quote.net_total, quote.cost_total)
    full = sum((line.quantity * (line.list_price or line.unit_price or ZERO) for line in lines), ZERO)
    quote.discount_rate = authority.discount_of(quote.total, full)
    offered = [
        authority.Offered(at, line.amount, cents(Decimal(line.waterfall["price"]) * line.quantity), line.floor, configured.lead_days(line))
        for at, line in placed.items()
    ]
    asked = authority.Terms(quote.margin_rate, terms.later_than_usual(quote.scheme_id), quote.delivery_days, _least(quote, estimated))
    level, findings = authority.required(offered, asked)
    quote.level = level
    told: list[dict[str, Any]] = [finding._asdict() for finding in findings]
    quote.facts = {**quote.facts, "findings": told}


def _least(quote: Quote, estimated: Decimal | None) -> Decimal:
    """The floor of a quote whose full cost was estimated."""
    if not estimated or not quote.net_total:
        return ZERO
    tax_rate = quote.tax_total * HUNDRED / quote.net_total
    return authority.floor_of(ZERO, ZERO, estimated, tax_rate)
