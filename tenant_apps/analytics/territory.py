"""What comes out of the sales regions, and of the departments and posts that serve them (W-1.2.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from kernel import trees
from kernel.access import Actor, visible
from kernel.money import ZERO, cents
from tenant_apps.contracts.selling import sold, worth
from tenant_apps.crm.models import Lead, Opportunity
from tenant_apps.organization import territories
from tenant_apps.organization.models import Position, Unit
from tenant_apps.partners.models import Partner

COUNTS, AMOUNTS = ("customers", "leads", "opportunities", "contracts"), ("open", "signed", "before", "collected")
MONEY = {"open": ("crm.opportunity", "amount"), "signed": ("contracts.contract", "total"), "before": ("contracts.contract", "total"), "collected": ("contracts.contract", "collected")}  # fmt: skip
"""The field behind each amount: for whom it is hidden, the amount is not told."""
BY: dict[str, Any] = {"unit": Unit, "position": Position}
Figures = dict[str, Any]


def rows(actor: Actor, by: str, year: int) -> list[dict[str, Any]]:
    """A row for each region (its regions below counted with it), department or post, and one for what no region has. CNY incl. VAT; of a calendar year.

    Four statements at most, whatever there is; only what the reader may see is counted.
    """
    here, counted = territories.known(), _counted(actor, year)
    if by == "region":
        served = {pk: [pk] for pk in here.names}
        names: Mapping[int, str] = here.names
    else:
        served = here.units if by == "unit" else here.positions
        names = dict(BY[by]._default_manager.filter(pk__in=served).values_list("pk", "name"))
    shown = [name for name in (*COUNTS, *AMOUNTS) if _sees(actor, name)]
    found = []
    for pk, label in sorted(names.items(), key=lambda one: one[1]):
        inside = {one for region in served[pk] for one in trees.below(region, here.parents)}
        told = {"id": pk, "label": label, "parent": here.parents.get(pk) if by == "region" else None}
        found.append(
            told | {"regions": sorted(here.names[one] for one in inside)} | _summed(counted, (here.names[one] for one in inside), shown)
        )
    elsewhere = set(counted) - set(here.names.values())
    return [*found, {"id": None, "label": "", "parent": None, "regions": []} | _summed(counted, elsewhere, shown)]


def _sees(actor: Actor, name: str) -> bool:
    key, field = MONEY.get(name, ("", ""))
    return not key or (actor.may(key, "read") and field not in actor.profile.hidden(key))


def _summed(counted: Mapping[str, Figures], regions: Iterable[str], shown: Iterable[str]) -> Figures:
    some = [counted[one] for one in regions if one in counted]
    told: Figures = {name: sum((one.get(name) or 0 for one in some), 0) for name in COUNTS}
    return told | {name: str(cents(sum((one.get(name) or ZERO for one in some), ZERO))) if name in shown else None for name in AMOUNTS}


def _counted(actor: Actor, year: int) -> dict[str, Figures]:
    """{name of a region: its figures}, as customers and leads carry it."""
    this, last = Q(signed_on__year=year), Q(signed_on__year=year - 1)
    total, collected = worth(), worth("collected")
    customers = Partner.objects.filter(kind__in=(Partner.Kind.CUSTOMER, Partner.Kind.DEALER))
    span = (date(year, 1, 1), date(year, 12, 31))
    asked: list[tuple[str, QuerySet[Any], str, dict[str, Any]]] = [
        ("partners.partner", customers, "region", {"customers": Count("pk")}),
        ("crm.lead", Lead.objects.filter(created_at__date__range=span), "region", {"leads": Count("pk")}),
        ("crm.opportunity", Opportunity.objects.filter(state=Opportunity.State.OPEN), "customer__region", {"opportunities": Count("pk"), "open": Sum("amount")}),
        ("contracts.contract", sold().filter(this | last), "customer__region", {
            "contracts": Count("pk", filter=this), "signed": Sum(total, filter=this), "before": Sum(total, filter=last), "collected": Sum(collected, filter=this),
        }),
    ]  # fmt: skip
    found: dict[str, Figures] = {}
    for key, several, place, sums in asked:
        if actor.may(key, "read"):
            for row in visible(actor, several, key).order_by().values(place).annotate(**sums):
                found.setdefault(row.pop(place) or "", {}).update(row)
    return found
