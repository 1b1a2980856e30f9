"""What a price policy would have changed: what was won in the last twelve months, with it and without it (W-4.2.3, W-11.2.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from kernel.access import Actor, visible
from kernel.money import HUNDRED, ZERO, cents, net_of
from tenant_apps.pricing import configured, offering, policies, waterfall
from tenant_apps.pricing.policies import Policy
from tenant_apps.quoting import deciding
from tenant_apps.quoting.models import Quote, QuoteLine

YEAR, MOST, SHOWN = timedelta(days=365), 5000, 20
WON = (Quote.State.CONVERTED, Quote.State.ACCEPTED)
Sums = dict[str, Decimal]
Shelf = dict[tuple[int | None, int | None], list[Policy]]
"""Policies by the customer and the item that they name."""


def effect(policy: int, actor: Actor, on: date) -> dict[str, Any]:
    """Sums of what was won, priced by the policies in force with and without this one, at the list prices and discounts of then.

    Without VAT where margins are told; over the quotes that this person may see, the latest 5,000 lines.
    """
    added = policies.one(policy)
    shelf: Shelf = defaultdict(list)
    for one in policies.everything(on):
        if one.id != policy:
            shelf[one.partner_id, one.item_id].append(one)
    lines = list(_won(actor, on))
    found: dict[tuple[int, str], Sums] = defaultdict(
        lambda: {"before": ZERO, "after": ZERO, "net_before": ZERO, "net_after": ZERO, "cost": ZERO}
    )
    for _pk, group in groupby(lines, key=lambda line: line.quote_id):
        of_quote = list(group)
        quote = of_quote[0].quote
        _add(found[quote.customer_id, str(quote.customer)], of_quote, shelf, added, on)
    touched = {who: sums for who, sums in found.items() if sums["before"] != sums["after"]}
    total = {name: sum((sums[name] for sums in found.values()), ZERO) for name in ("before", "after", "net_before", "net_after", "cost")}
    largest = sorted(touched.items(), key=lambda one: abs(one[1]["after"] - one[1]["before"]), reverse=True)[:SHOWN]
    return {
        "lines": len(lines), "customers": len(touched), **_told(total),
        "top": [{"customer": {"id": pk, "label": name}, **_told(sums)} for (pk, name), sums in largest],
    }  # fmt: skip


def _won(actor: Actor, on: date) -> Any:
    quotes = visible(actor, Quote.objects.filter(state__in=WON, quote_date__gte=on - YEAR), deciding.KEY)
    lines = QuoteLine.objects.filter(quote__in=quotes.values("pk"), kind=QuoteLine.Kind.NORMAL)
    return lines.select_related("item", "configuration", "quote__customer").order_by("-quote__quote_date", "-quote", "-pk")[:MOST]


def _add(sums: Sums, lines: Sequence[QuoteLine], shelf: Shelf, added: Policy, on: date) -> None:
    """The lines of one quote; only what can concern its customer and its items is looked at."""
    case = offering.circumstances(lines[0].quote, on)
    asks = [offering.asked(line, line.list_price, case.rate) for line in lines]
    near = [one for who in {None, case.partner} for what in {None, *(ask.item for ask in asks)} for one in shelf.get((who, what), ())]
    for name, known in (("before", near), ("after", [*near, added])):
        for line, worked in zip(lines, waterfall.by(policies.fitting(known, case), asks, case), strict=True):
            amount = cents(worked.price * line.quantity * (HUNDRED - line.discount) / HUNDRED * case.rate)
            sums[name] += amount
            sums[f"net_{name}"] += net_of(amount, line.tax_rate or ZERO)
    sums["cost"] += sum((cents(configured.unit_cost(line) * line.quantity) for line in lines), ZERO)


def _told(sums: Sums) -> dict[str, Any]:
    margins = {name: offering.margin(sums[f"net_{name}"], sums["cost"]) for name in ("before", "after")}
    return {
        "before": str(sums["before"]), "after": str(sums["after"]), "difference": str(sums["after"] - sums["before"]),
        "margin_before": None if margins["before"] is None else str(margins["before"]),
        "margin_after": None if margins["after"] is None else str(margins["after"]),
    }  # fmt: skip
