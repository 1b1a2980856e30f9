"""Whether dealers keep to their territory (P-A.6): what they won elsewhere, by the projects they had registered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from kernel.money import HUNDRED, ZERO, cents
from tenant_apps.crm.models import Registration
from tenant_apps.organization import territories
from tenant_apps.partners.models import Paper

YEAR = timedelta(days=365)


def outside(dealers: Sequence[int], on: date) -> dict[int, Decimal]:
    """{dealer: percent of what they won in 12 months that lies outside the territory of their agencies}; of those that have both."""
    lands = _territories(dealers, on)
    won = Registration.objects.filter(dealer__in=lands, state=Registration.State.WON).exclude(region="")
    lately = won.annotate(_day=Coalesce("opportunity__closed_on", "submitted_on")).filter(_day__gt=on - YEAR)
    amounts: dict[int, dict[str, Decimal]] = {}
    worth = Sum(Coalesce("opportunity__amount", "amount"))
    for dealer, region, amount in lately.order_by().values_list("dealer", "region").annotate(_worth=worth):
        amounts.setdefault(dealer, {})[region] = amount
    return {dealer: share(by_region, lands[dealer]) for dealer, by_region in amounts.items()}


def share(amounts: Mapping[str, Decimal], land: Iterable[int]) -> Decimal:
    """Percent of the amounts by region that none of these regions, nor one it lies in, holds."""
    held, whole = set(land), sum(amounts.values(), ZERO)
    away = sum((amount for region, amount in amounts.items() if held.isdisjoint(territories.around(region))), ZERO)
    return cents(away * HUNDRED / whole) if whole else ZERO


def _territories(dealers: Sequence[int], on: date) -> dict[int, list[int]]:
    """The regions of the agencies in force; without those that may sell everywhere."""
    found: dict[int, list[int]] = {}
    everywhere: set[int] = set()
    for dealer, regions in in_force(dealers, on).values_list("partner", "regions"):
        found.setdefault(dealer, []).extend(regions)
        everywhere |= {dealer} if not regions else set()
    return {dealer: regions for dealer, regions in found.items() if dealer not in everywhere}


def in_force(dealers: Sequence[int], on: date) -> QuerySet[Paper]:
    """Their rights to sell our brands that hold on a day."""
    begun, runs = Q(begins_on=None) | Q(begins_on__lte=on), Q(ends_on=None) | Q(ends_on__gte=on)
    return Paper.objects.filter(begun, runs, partner__in=dealers, kind=Paper.Kind.THEIRS)
