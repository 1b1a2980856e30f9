"""What the company's rules make of an offer: prices, floors, cost, and the authority it needs (spec 2.3).

An offer is a quote, or a contract made without one: it has a customer, a currency with its rate, a unit, and priced lines that may be configured.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from kernel import statements
from kernel.money import HUNDRED, ZERO, cents
from tenant_apps.catalog.models import list_prices
from tenant_apps.organization import chart, territories
from tenant_apps.pricing import authority, configured, waterfall
from tenant_apps.pricing.policies import Circumstances

ROUGH = Decimal("0.01")
LEAST = Decimal(-100_000)


def circumstances(offer: Any, on: date) -> Circumstances:
    """Under which conditions its prices are made."""
    customer = offer.customer if offer.customer_id else None
    return Circumstances(
        on, offer.customer_id, customer.grade if customer else "", customer.kind if customer else "",
        territories.around(customer.region) if customer else (), chart.company_of(offer.unit), offer.currency, offer.rate or Decimal(1),
    )  # fmt: skip


def priced(offer: Any, lines: Sequence[Any], on: date) -> list[waterfall.Waterfall]:
    """What the company's rules make of these lines; a statement for the list prices and one for the policies, if there are any."""
    if not lines:
        return []
    case = circumstances(offer, on)
    listed = list_prices([(line.item, line.quantity) for line in lines], case.grade, case.on)
    listed = [configured.list_price(line, price) for line, price in zip(lines, listed, strict=True)]
    return waterfall.price([asked(line, in_currency(price, case.rate), case.rate) for line, price in zip(lines, listed, strict=True)], case)


def asked(line: Any, listed: Decimal, rate: Decimal) -> waterfall.Ask:
    """What the price of a line is asked for; `listed`: its list price in the offer's currency."""
    options = tuple(one._replace(amount=in_currency(one.amount, rate)) for one in configured.options(line))
    cost = in_currency(configured.unit_cost(line), rate)
    return waterfall.Ask(line.item_id, line.item.series_id, line.quantity, listed, cost, options, configured.rest(line))


def in_currency(value: Decimal, rate: Decimal) -> Decimal:
    """An amount of the company's own currency in the offer's, to the cent."""
    return value if rate == 1 else (value / rate).quantize(ROUGH, rounding=ROUND_HALF_UP)


def floor(line: Any, listed: Decimal, percent: Decimal | None, rate: Decimal) -> Decimal:
    """The lowest amount of a whole line, incl. VAT; `percent` of a policy takes the place of the item's."""
    share = line.item.floor_percent if percent is None else percent
    cost = in_currency(configured.unit_cost(line), rate)
    return cents(authority.floor_of(listed, share, cost, line.tax_rate or ZERO) * line.quantity)


def cost(line: Any, rate: Decimal) -> Decimal:
    """Full cost of a whole line, without VAT."""
    return cents(in_currency(configured.unit_cost(line), rate) * line.quantity)


def margin(net: Decimal, cost: Decimal) -> Decimal | None:
    """Percent of the net price that is left after cost; None when the cost is not known. A price of a few cents says no more than the least."""
    return max((net - cost) * HUNDRED / net, LEAST).quantize(ROUGH, rounding=ROUND_HALF_UP) if cost and net else None


def measured(offer: Any, lines: Sequence[Any], on: date) -> tuple[list[authority.Offered], Decimal | None]:
    """What is asked of each line, whose price was not kept, against what the rules would take on a day; and the margin of the whole."""
    known = {at: line for at, line in enumerate(lines) if line.item_id}
    configured.look_up(list(known.values()))
    statements.attach(known.values(), "item")
    rate = offer.rate or Decimal(1)
    found = dict(zip(known, priced(offer, list(known.values()), on), strict=True))
    offered = [
        authority.Offered(
            at, line.amount, cents(found[at].price * line.quantity), floor(line, found[at].list_price, found[at].floor_percent, rate),
            configured.lead_days(line),
        )
        for at, line in known.items()
    ]  # fmt: skip
    spent = sum((cost(line, rate) for line in known.values()), ZERO)
    return offered, margin(sum((line.net_amount for line in lines), ZERO), spent)
