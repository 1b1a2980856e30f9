"""What campaigns cost and what came of them (W-5.2.3, WF-3.1): per lead, per opportunity, per yuan won."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, Sum

from kernel.access import Actor, visible
from kernel.codes import labels
from kernel.money import CENT, ZERO
from kernel.trees import below
from tenant_apps.crm.code_tables import CAMPAIGN
from tenant_apps.crm.forecasting import sees_amounts
from tenant_apps.crm.models import Campaign, Lead, Opportunity

Row = dict[str, Any]
S = Opportunity.State
MOST = 200
"""Customers that one address can name."""
FINE = Decimal("0.0001")
WAYS = ("source", "first")
"""To what an opportunity counts: the campaign it names itself, or the one through which its customer first came to us."""


class Counted(NamedTuple):
    """What was counted for all campaigns at once, and what of it the reader may know."""

    leads: dict[int, Row]
    deals: dict[int, Row]
    way: str
    amounts: bool
    costs: bool


def returns(actor: Actor, way: str) -> list[Row]:
    """A row for each campaign that stands for itself, its events counted with it, and one for each of these events."""
    campaigns = list(visible(actor, Campaign.objects.exclude(state=Campaign.State.CANCELLED), "crm.campaign").order_by("-starts_on", "-pk"))
    parents = {row.pk: row.parent_id for row in campaigns}
    costs = not actor.profile.hidden("crm.campaign").intersection(("actual_cost", "planned_cost", "costs"))
    counted = Counted(_leads(actor), _deals(actor, way), way, sees_amounts(actor), costs)
    return [_row(row, [one for one in campaigns if one.pk in below(row.pk, parents)], counted) for row in campaigns]


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
    first = firsts()
    found: dict[int, Row] = {}
    theirs: Any = rows.filter(customer__in=first).order_by().values("customer").annotate(**sums)
    for row in theirs:
        campaign = first[row["customer"]]
        kept = found.setdefault(campaign, {"deals": 0, "open": ZERO, "won": 0, "amount": ZERO, "customers": []})
        kept["customers"].append(row["customer"])
        for name in sums:
            kept[name] += row[name] or 0
    return found


def firsts() -> dict[int, int]:
    """{customer: the campaign through which it first came to us}."""
    came = Lead.objects.filter(partner__isnull=False, campaign__isnull=False).order_by("partner", "pk").distinct("partner")
    return dict(came.values_list("partner", "campaign"))


def _query(parts: list[Campaign], counted: Counted) -> str:
    """How the list of exactly these opportunities is asked for; empty where its customers are too many for one address."""
    if counted.way == "source":
        return _any_of("campaign", parts)
    customers = sorted(customer for part in parts for customer in counted.deals.get(part.pk, {}).get("customers", ()))
    return "&".join(f"customer={customer}" for customer in customers) if len(customers) <= MOST else ""


def _any_of(name: str, parts: list[Campaign]) -> str:
    return "&".join(f"{name}={part.pk}" for part in parts)


def _row(campaign: Campaign, parts: list[Campaign], counted: Counted) -> Row:
    leads, deals = _sums(parts, counted.leads, ("leads", "good")), _sums(parts, counted.deals, ("deals", "open", "won", "amount"))
    deal_query = _query(parts, counted)
    told = {
        "id": campaign.pk, "label": campaign.name, "parent": campaign.parent_id, "kind": str(labels(CAMPAIGN).get(campaign.kind, campaign.kind)),
        "state": campaign.state, "starts_on": campaign.starts_on, "target_leads": campaign.target_leads, "leads": leads["leads"],
        "good_leads": leads["good"], "opportunities": deals["deals"], "won": deals["won"],
        "open_weighted": str(Decimal(deals["open"])) if counted.amounts else None, "won_amount": str(Decimal(deals["amount"])) if counted.amounts else None,
        "query": _any_of("campaign", parts), "cost_query": _any_of("id", parts), "deal_query": deal_query, "won_query": deal_query and f"state=won&{deal_query}",
    }  # fmt: skip
    return {**told, **_costs(campaign, parts, leads["leads"], deals, counted)}


def _sums(parts: list[Campaign], found: dict[int, Row], names: tuple[str, ...]) -> Row:
    return {name: sum((found[part.pk][name] or 0 for part in parts if part.pk in found), 0) for name in names}


def _costs(campaign: Campaign, parts: list[Campaign], leads: int, deals: Row, counted: Counted) -> Row:
    """What it cost, by itself and for each lead, opportunity, order and yuan won; what was spent counts, where nothing is known of that what was planned."""
    names = ("budget", "planned", "spent", "cost_per_lead", "cost_per_opportunity", "cost_per_won", "cost_per_won_amount", "return")
    if not counted.costs:
        return dict.fromkeys(names)
    planned, spent = sum((part.planned_cost for part in parts), ZERO), sum((part.actual_cost for part in parts), ZERO)
    cost = sum((part.actual_cost or part.planned_cost for part in parts), ZERO)
    won = Decimal(deals["amount"]) if counted.amounts else ZERO
    figures = (
        campaign.budget, planned, spent, _per(cost, leads), _per(cost, deals["deals"]), _per(cost, deals["won"]), _per(cost, won, FINE), _per(won, cost) if won else None
    )  # fmt: skip
    return {name: None if value is None else str(value) for name, value in zip(names, figures, strict=True)}


def _per(amount: Decimal, by: Decimal | int, step: Decimal = CENT) -> Decimal | None:
    return (amount / by).quantize(step) if by else None
