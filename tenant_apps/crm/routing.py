"""Whom a lead goes to: whoever has the customer, or the earlier lead, or serves its region with the fewest leads in hand (W-1.2.6)."""

from __future__ import annotations

from datetime import date

from django.db.models import Count

from tenant_apps.crm.models.lead import Lead
from tenant_apps.organization import chart, territories
from tenant_apps.partners import pools
from tenant_apps.partners.models import Partner

S = Lead.State
HELD = (S.ASSIGNED, S.WORKING, S.QUALIFIED)
"""States in which a lead is in somebody's hands."""


def whom(lead: Lead) -> int | None:
    """The colleague a lead belongs to; nobody when no region is served."""
    present = chart.chart().people
    if lead.partner_id:
        owner = Partner.objects.filter(pk=lead.partner_id).values_list("owner", flat=True).first()
        if owner in present:
            return owner
    if lead.twin_id:
        twin = Lead.objects.filter(pk=lead.twin_id).values_list("owner", flat=True).first()
        if twin in present:
            return twin
    return least_busy(serving(lead.region))


def serving(region: str) -> list[int]:
    """The holders of the posts that serve a region; the heads of its departments where no post does."""
    if not region:
        return []
    units, positions = territories.serving(region)
    holders = [member for position in positions for member in chart.holders(position)]
    return holders or [head for unit in units if (head := chart.head_of(unit)) is not None]


def least_busy(members: list[int]) -> int | None:
    if len(members) < 2:
        return members[0] if members else None
    counted = Lead.objects.filter(owner__in=members, state__in=HELD).order_by().values("owner").annotate(n=Count("pk"))
    busy = {row["owner"]: row["n"] for row in counted}
    return min(members, key=lambda one: (busy.get(one, 0), one))


def take(lead: Lead, member: int, on: date) -> None:
    """Put it into somebody's hands; where there is a pool it can go back to, it is kept for them as an account is (spec 2.1)."""
    if lead.owner is not None and lead.owner != member and lead.claimed_on is not None:
        lead.let_go = {**lead.let_go, str(lead.owner): on.isoformat()}
    lead.owner, lead.unit = member, chart.unit_of(member)
    lead.give_back()
    lead.claimed_on, lead.protect_until = on, None
    pool = lead.pool or pools.of_region(lead.region)
    if pool is not None:
        pools.protect(lead, pool, on)


def let_go(lead: Lead, on: date) -> None:
    """Out of its owner's hands, into the pool of its region."""
    if lead.owner is not None:
        lead.let_go = {**lead.let_go, str(lead.owner): on.isoformat()}
    lead.owner = lead.unit = lead.claimed_on = lead.protect_until = None
    lead.pool = lead.pool or pools.of_region(lead.region)
    lead.put_aside()


def due(on: date) -> list[int]:
    """Leads whose time is over."""
    rows = Lead.objects.filter(state__in=HELD, protect_until__lt=on, pool__isnull=False)
    return list(rows.order_by("pk").values_list("pk", flat=True))
