"""What a quote comes to: prices by the company's policies, floors, costs, margin, and the authority it needs (spec 2.3).

Worked out at every write, whichever way it comes, from the figures themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kernel import statements
from kernel.lines import said
from kernel.money import ZERO, cents
from tenant_apps.catalog.models import brands_of
from tenant_apps.catalog.priced import check, describe, sum_up, take_in, unfinished
from tenant_apps.contracts import lateness
from tenant_apps.partners import agencies
from tenant_apps.pricing import authority, configured, offering, pairing, rates, waterfall
from tenant_apps.quoting import estimated, outdated, promising

if TYPE_CHECKING:
    from tenant_apps.quoting.models import Quote, QuoteLine


def calculate(quote: Quote, lines: Sequence[QuoteLine], on: date) -> None:
    """Fill in and check a quote and its lines."""
    pairing.settle(lines)
    take_in(lines)
    known = [line for line in lines if line.item_id]
    configured.look_up(known)
    describe([line for line in known if unfinished(line)])
    statements.attach(known, "item")
    moved = rates.lock(quote, quote.quote_date or on, quote.rate_of)
    for line in known:
        _follow_code(line)
    fresh = [(line, key) for line in known if line.waterfall.get("for") != (key := _case_key(quote, line))]
    priced = offering.priced(quote, [line for line, _key in fresh], quote.quote_date or on)
    for (line, key), found in zip(fresh, priced, strict=True):
        _take(line, found, key, moved)
    check(lines)
    for line in known:
        by_hand(line)
    sum_up(quote, lines)
    for line in known:
        _derive(quote, line)
    placed = {at: line for at, line in enumerate(lines) if line.item_id}
    promising.follow(quote, {at: line for at, line in placed.items() if line.counted})
    _judge(quote, placed, on)
    outdated.note(quote, lines)


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


def _take(line: QuoteLine, found: waterfall.Waterfall, key: str, moved: bool) -> None:
    """The list price and the price by the rules. A price that they made follows them, unless it is said again in the same currency; a typed one
    stays."""
    by_rules = line.unit_price is not None and waterfall.plain(line.unit_price) == line.waterfall.get("price")
    if line.unit_price is None or (by_rules and (moved or "unit_price" not in said(line))):
        line.unit_price = found.price
    line.list_price = found.list_price
    line.waterfall = line.unpriced | found.told() | {"for": key}


def _follow_code(line: QuoteLine) -> None:
    """A specification that was the model code of its configuration goes on being it, whichever is chosen."""
    if line.configuration is not None:
        code = configured.spec_of(line.configuration)
        if line.spec == line.waterfall.get("code"):
            line.spec = code
        line.waterfall = line.waterfall | {"code": code}


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
    """Discount, margin and the authority that the quote needs; lines by their place on it, those that do not count judged by themselves."""
    lines, rate = [line for line in placed.values() if line.counted], quote.rate or Decimal(1)
    found = estimated.full_cost(quote, lines, rate)
    quote.cost_total = sum((line.cost for line in lines), ZERO) if found is None else found
    quote.margin_rate = offering.margin(quote.net_total, quote.cost_total)
    full = sum((line.quantity * (line.list_price or line.unit_price or ZERO) for line in lines), ZERO)
    quote.discount_rate = authority.discount_of(quote.total, full)
    least = cents(estimated.least(quote, found))
    asked = authority.Terms(quote.margin_rate, lateness.of_scheme(quote.scheme_id), quote.delivery_days, least)
    quote.level, findings = authority.required([_offered(at, line) for at, line in placed.items()], asked)
    told: list[dict[str, Any]] = [finding._asdict() for finding in findings]
    floor = sum((line.floor for line in lines), ZERO)
    quote.facts = {
        **quote.facts, "findings": told, "brands": _foreign(quote, lines, on), "floor": str(floor), "least": str(least) if least else None,
        "full": str(cents(full)),
    }  # fmt: skip


def _offered(at: int, line: QuoteLine) -> authority.Offered:
    due = cents(Decimal(line.waterfall["price"]) * line.quantity)
    return authority.Offered(at, line.amount, due, line.floor, configured.lead_days(line), line.counted)


def _foreign(quote: Quote, lines: Sequence[QuoteLine], on: date) -> list[str]:
    """Brands of its goods that may not be sold where its customer is; the words are found anew for whoever reads it."""
    items = [line.item for line in lines if line.item.brand_id or line.item.series_id]
    return sorted(agencies.warnings(brands_of(items), quote.customer, on)) if items and quote.customer is not None else []
