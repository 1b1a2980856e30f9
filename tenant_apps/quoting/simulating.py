"""What a price policy would have changed: what was won in the last twelve months, with it and without it (W-4.2.3, W-11.2.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from kernel.access import Actor, visible
from kernel.money import HUNDRED, ZERO, cents, net_of
from tenant_apps.organization import chart
from tenant_apps.pricing import policies, waterfall
from tenant_apps.pricing.policies import Circumstances, Policy
from tenant_apps.quoting import calculating, deciding
from tenant_apps.quoting.models import Quote, QuoteLine

YEAR, MOST, SHOWN = timedelta(days=365), 5000, 20
WON = (Quote.State.CONVERTED, Quote.State.ACCEPTED)
Sums = dict[str, Decimal]


def effect(policy: int, actor: Actor, on: date) -> dict[str, Any]:
    """Sums of what was won, priced by the policies in force with and without this one, at the list prices and discounts of then.

    Without VAT where margins are told; over the quotes that this person may see, the latest 5,000 lines.
    """
    added = policies.one(policy)
    others = [one for one in policies.everything(on) if one.id != policy]
    lines = list(_won(actor, on))
    found: dict[tuple[int, str], Sums] = defaultdict(
        lambda: {"before": ZERO, "after": ZERO, "net_before": ZERO, "net_after": ZERO, "cost": ZERO}
    )
    for line in lines:
        _add(found[line.quote.customer_id, str(line.quote.customer)], line, others, added, on)
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
    return lines.select_related("item", "configuration", "quote__customer").order_by("-quote__quote_date", "-pk")[:MOST]


def _add(sums: Sums, line: QuoteLine, others: Sequence[Policy], added: Policy, on: date) -> None:
    quote, customer = line.quote, line.quote.customer
    case = Circumstances(
        on,
        quote.customer_id,
        customer.grade,
        customer.kind,
        customer.region,
        chart.company_of(quote.unit),
        quote.currency,
        quote.rate or Decimal(1),
    )
    cost = calculating.in_currency(calculating.unit_cost(line), case.rate)
    ask = waterfall.Ask(line.item_id, line.item.series_id, line.quantity, line.list_price, cost)
    for name, known in (("before", others), ("after", [*others, added])):
        (worked,) = waterfall.by(policies.fitting(known, case), [ask], case)
        amount = cents(worked.price * line.quantity * (HUNDRED - line.discount) / HUNDRED * case.rate)
        sums[name] += amount
        sums[f"net_{name}"] += net_of(amount, line.tax_rate or ZERO)
    sums["cost"] += cents(calculating.unit_cost(line) * line.quantity)


def _told(sums: Sums) -> dict[str, Any]:
    margins = {name: calculating.margin(sums[f"net_{name}"], sums["cost"]) for name in ("before", "after")}
    return {
        "before": str(sums["before"]), "after": str(sums["after"]), "difference": str(sums["after"] - sums["before"]),
        "margin_before": None if margins["before"] is None else str(margins["before"]),
        "margin_after": None if margins["after"] is None else str(margins["after"]),
    }  # fmt: skip
