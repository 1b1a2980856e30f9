"""Rounding and splitting of money. Everything is Decimal; a cent is the smallest amount."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
HUNDRED = Decimal(100)


def cents(value: Decimal | int | str) -> Decimal:
    """Round to the cent, halves away from zero, as a Chinese invoice does."""
    return Decimal(value).quantize(CENT, rounding=ROUND_HALF_UP)


def percent_of(value: Decimal, percent: Decimal) -> Decimal:
    """`percent` of `value`, to the cent: 30 % of 231,000.00 is 69,300.00."""
    return cents(value * percent / HUNDRED)


def net_of(gross: Decimal, rate: Decimal) -> Decimal:
    """The amount before VAT of an amount that includes it; `rate` in percent (13)."""
    return cents(gross * HUNDRED / (HUNDRED + rate))


def split(total: Decimal, shares: Sequence[Decimal]) -> list[Decimal]:
    """Split an amount by percentages; the last part takes the rounding remainder (spec 2.4)."""
    parts = [percent_of(total, share) for share in shares]
    if parts:
        parts[-1] = total - sum(parts[:-1], ZERO)
    return parts


def spread(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Spread an amount in proportion to weights, to the cent, the largest remainders first; the parts add up exactly."""
    whole = sum(weights, Decimal(0))
    if not weights or not whole:
        return [ZERO for _ in weights]
    exact = [total * weight / whole for weight in weights]
    parts = [value.quantize(CENT, rounding="ROUND_FLOOR") for value in exact]
    missing = int((total - sum(parts, ZERO)) / CENT)
    for index in sorted(range(len(parts)), key=lambda i: exact[i] - parts[i], reverse=True)[:missing]:
        parts[index] += CENT
    return parts
