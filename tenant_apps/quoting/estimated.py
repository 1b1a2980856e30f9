"""What the estimate of full cost that was adopted says of a quote, and whether it was made for the lines that are there now (P-A.12)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _t

from kernel import statements
from kernel.money import HUNDRED, ZERO
from tenant_apps.pricing import authority, offering
from tenant_apps.pricing.waterfall import plain

if TYPE_CHECKING:
    from tenant_apps.quoting.models import Quote, QuoteLine

Json = dict[str, Any]
NEAR = Decimal("0.0001")
"""A rate told from amounts in cents is the one that they were made with."""


def mark(lines: Sequence[QuoteLine]) -> str:
    """The goods that count and how many of them, whatever their order and their prices."""
    counted = [line for line in lines if line.item_id and line.counted]
    statements.attach([line for line in counted if line.configuration_id], "configuration")
    goods = sorted(f"{line.item_id} {line.configuration and line.configuration.hash} {plain(line.quantity)}" for line in counted)
    return hashlib.sha256("\n".join(goods).encode()).hexdigest()


def full_cost(quote: Quote, lines: Sequence[QuoteLine], rate: Decimal) -> Decimal | None:
    """Without VAT, in the quote's currency; None where nothing was estimated. An estimate of other lines counts as far as it is more than these cost."""
    fits = quote.estimate_cost is None or quote.facts.get("estimated") == mark(lines)
    quote.facts = {**quote.facts, "estimate_fits": fits}
    if quote.estimate_cost is None:
        return None
    found = offering.in_currency(quote.estimate_cost, rate)
    return found if fits else max(found, sum((line.cost for line in lines), ZERO))


def least(quote: Quote, cost: Decimal | None) -> Decimal:
    """The lowest price of a whole quote whose full cost was estimated, incl. VAT."""
    if not cost or not quote.net_total:
        return ZERO
    tax_rate = (quote.tax_total * HUNDRED / quote.net_total).quantize(NEAR)
    return authority.floor_of(ZERO, ZERO, cost, tax_rate)


def warnings(facts: Mapping[str, Any]) -> list[Json]:
    """That the estimate was made for other lines, in words."""
    if facts.get("estimate_fits", True):
        return []
    told = _t(
        "The cost estimate was made for other lines: until it is made anew, the higher of its full cost and that of the lines counts. "
        "Estimate full cost again, and adopt it."
    )
    return [{"code": "estimate", "detail": told}]
