"""Competitors' products beside ours, for an opportunity or a quote (W-5.1.3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from kernel.access import Actor, visible
from tenant_apps.catalog.models import Item
from tenant_apps.crm.models import Opportunity, Rival
from tenant_apps.crm.seeing import seen
from tenant_apps.quoting.models import Quote, QuoteLine

KEY = "crm.rival"
SHOWN = 30


def of_opportunity(opportunity: Opportunity, actor: Actor) -> list[dict[str, Any]]:
    """Those of its competitors first, then whatever stands against its products."""
    items = [int(row["item"]["id"]) for row in opportunity.products]
    return beside(actor, items, opportunity.competitors)


def of_quote(quote: Quote, actor: Actor) -> list[dict[str, Any]]:
    key = quote.ancestor("crm.opportunity")
    named = Opportunity.objects.filter(pk=key).values_list("competitors", flat=True).first() if key else None
    return beside(actor, list(QuoteLine.objects.filter(quote=quote).values_list("item_id", flat=True)), named or [])


def beside(actor: Actor, items: Iterable[int], makers: Iterable[int]) -> list[dict[str, Any]]:
    """Products that compete with these items or their series, or come from these makers."""
    if not actor.may(KEY, "read"):
        return []
    keys, makers = list(items), list(makers)
    series = Item.objects.filter(pk__in=keys, series__isnull=False).values_list("series", flat=True)
    against = Q(item__in=keys) | Q(series__in=list(series))
    wanted = against | Q(maker__in=makers) if makers else against
    rows = list(
        visible(actor, Rival.objects.filter(wanted, active=True), KEY)
        .select_related("maker", "series", "item")
        .order_by("name", "pk")[:SHOWN]
    )
    rows.sort(key=lambda row: row.maker_id not in makers)
    hidden = actor.profile.hidden(KEY)
    return [
        {
            "id": row.pk, "name": row.name, "maker": row.maker.name, "named": row.maker_id in makers,
            "ours": str(row.item or row.series or ""),
            "price_from": None if "price_from" in hidden else str(row.price_from), "price_to": None if "price_to" in hidden else str(row.price_to),
            **seen(actor, KEY, row, "seen_on", "specs", "strengths", "weaknesses", "arguments"),
        }
        for row in rows
    ]  # fmt: skip
