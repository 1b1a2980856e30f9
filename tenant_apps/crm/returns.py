"""What campaigns cost and what came of them (W-5.2.3, WF-3.1): per lead, per opportunity, per yuan won."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from kernel.access import Actor, visible
from kernel.codes import labels
from kernel.money import CENT, ZERO
from kernel.trees import below
from tenant_apps.crm.code_tables import CAMPAIGN
from tenant_apps.crm.models import Campaign, Lead, Opportunity

Row = dict[str, Any]
S = Opportunity.State
WAYS = ("source", "first")
"""To what an opportunity counts: the campaign it names itself, or the one through which its customer first came to us."""


def returns(actor: Actor, way: str) -> list[Row]:
    """A row for each campaign that stands for itself, its events counted with it, and one for each of these events."""
    campaigns = list(visible(actor, Campaign.objects.exclude(state=Campaign.State.CANCELLED), "crm.campaign").order_by("-starts_on", "-pk"))
    parents = {row.pk: row.parent_id for row in campaigns}
    leads, deals = _leads(actor), _deals(actor, way)
    shown = not actor.profile.hidden("crm.opportunity").intersection(("amount", "weighted"))
    costs = not actor.profile.hidden("crm.campaign").intersection(("actual_cost", "planned_cost", "costs"))
    return [_row(row, [one for one in campaigns if one.pk in below(row.pk, parents)], leads, deals, shown, costs) for row in campaigns]


def _leads(actor: Actor) -> dict[int, Row]:
    rows = visible(actor, Lead.objects.filter(campaign__isnull=False), "crm.lead") if actor.may("crm.lead", "read") else Lead.objects.none()
    sums = {"leads": Count("pk"), "good": Count("pk", filter=Q(state__in=(Lead.State.QUALIFIED, Lead.State.CONVERTED)))}
    counted: Any = rows.order_by().values("campaign").annotate(**sums)
    return {row["campaign"]: row for row in counted}


def _deals(actor: Actor, way: str) -> dict[int, Row]:
    if not actor.may("crm.opportunity", "read"):
        return {}
    rows = visible(actor, Opportunity.objects.all(), "crm.opportunity")
    sums = {
        "deals": Count("pk"), "open": Sum("weighted", filter=Q(state=S.OPEN)), "won": Count("pk", filter=Q(state=S.WON)),
        "amount": Sum("amount", filter=Q(state=S.WON)),
    }  # fmt: skip
    if way == "source":
        named: Any = rows.filter(campaign__isnull=False).order_by().values("campaign").annotate(**sums)
        return {row["campaign"]: row for row in named}
    firsts = Lead.objects.filter(partner__isnull=False, campaign__isnull=False).order_by("partner", "pk").distinct("partner")
    first = dict(firsts.values_list("partner", "campaign"))
    found: dict[int, Row] = {}
    theirs: Any = rows.filter(customer__in=first).order_by().values("customer").annotate(**sums)
    for row in theirs:
        campaign = first[row["customer"]]
        kept = found.setdefault(campaign, {"deals": 0, "open": ZERO, "won": 0, "amount": ZERO})
        for name in kept:
            kept[name] += row[name] or 0
    return found


def _row(campaign: Campaign, parts: list[Campaign], leads: dict[int, Row], deals: dict[int, Row], shown: bool, costs: bool) -> Row:
    def count(found: dict[int, Row], name: str) -> Any:
        return sum((found[part.pk][name] or 0 for part in parts if part.pk in found), 0)

    cost = sum((part.actual_cost or part.planned_cost for part in parts), ZERO)
    won = Decimal(count(deals, "amount"))
    query = "&".join(f"campaign={part.pk}" for part in parts)
    per: Callable[[Any], str | None] = lambda by: str((cost / by).quantize(CENT)) if by and costs else None  # noqa: E731
    return {
        "id": campaign.pk, "label": campaign.name, "parent": campaign.parent_id, "kind": str(labels(CAMPAIGN).get(campaign.kind, campaign.kind)), "state": campaign.state,
        "starts_on": campaign.starts_on, "budget": str(campaign.budget) if costs else None,
        "planned": str(sum((part.planned_cost for part in parts), ZERO)) if costs else None,
        "spent": str(sum((part.actual_cost for part in parts), ZERO)) if costs else None,
        "target_leads": campaign.target_leads, "leads": count(leads, "leads"), "good_leads": count(leads, "good"),
        "opportunities": count(deals, "deals"), "won": count(deals, "won"),
        "open_weighted": str(Decimal(count(deals, "open"))) if shown else None, "won_amount": str(won) if shown else None,
        "cost_per_lead": per(count(leads, "leads")), "cost_per_opportunity": per(count(deals, "deals")), "cost_per_won": per(count(deals, "won")),
        "return": f"{won / cost:.2f}" if cost and shown and costs else None, "query": query,
    }  # fmt: skip
