"""Which brands may be sold where, and by whom (W-1.6.5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models.functions import Lower, Trim
from django.utils.translation import gettext as _

from kernel import words
from tenant_apps.organization import territories

if TYPE_CHECKING:
    from tenant_apps.partners.models import Agency, Partner


def warnings(brands: Iterable[str], buyer: Partner, on: date) -> dict[str, str]:
    """What to warn of, by brand, when these are offered to a customer where they are; a dealer buys to sell on. One query for all.

    A brand of which there is no agency at all is our own or free. Of a brand that we sell as agents the territory must hold; a dealer sells ours
    within the territory of their own agency, and nobody within one that somebody else has alone.
    """
    dealer = buyer if buyer.kind == buyer.Kind.DEALER else None
    papers = _papers(brands)
    told = {brand: _warning(brand, papers.get(brand.strip().lower(), []), buyer.region, on, dealer) for brand in brands}
    return {brand: said for brand, said in told.items() if said}


def _papers(brands: Iterable[str]) -> dict[str, list[Agency]]:
    """The agencies of brands, by their names in small letters."""
    from tenant_apps.partners.models import Agency

    found: dict[str, list[Agency]] = {}
    wanted = {brand.strip().lower() for brand in brands} - {""}
    if wanted:
        rows = Agency.objects.annotate(plain=Lower(Trim("brand"))).filter(plain__in=wanted).exclude(kind=Agency.Kind.LICENCE)
        for paper in rows.select_related("partner"):
            found.setdefault(paper.brand.strip().lower(), []).append(paper)
    return found


def _warning(brand: str, papers: Sequence[Agency], region: str, on: date, dealer: Partner | None) -> str:
    told = {"brand": brand, "region": region or _("unknown region")}
    ours = [paper for paper in papers if paper.kind == paper.Kind.OURS]
    if ours and not any(paper.holds(on) and covers(paper, region) for paper in ours):
        return _("We may not sell %(brand)s in %(region)s: no agency of ours covers it today.") % told
    theirs = [paper for paper in papers if paper.kind == paper.Kind.THEIRS and paper.holds(on)]
    mine = [paper for paper in theirs if dealer is not None and paper.partner_id == dealer.pk]
    if mine and not any(covers(paper, region) for paper in mine):
        names = words.listed(territories.known().names.get(pk, "") for paper in mine for pk in paper.regions)
        return _("%(region)s is outside the territory of %(dealer)s for %(brand)s (%(names)s).") % {
            **told,
            "dealer": mine[0].partner,
            "names": names,
        }
    alone = next((paper for paper in theirs if paper.exclusive and covers(paper, region) and paper not in mine), None)
    if alone is not None:
        return _("%(dealer)s has the sole right to sell %(brand)s in %(region)s.") % {**told, "dealer": alone.partner}
    return ""


def covers(paper: Agency, region: str) -> bool:
    """Whether its territory holds a region, itself or one that it lies in."""
    return not paper.regions or not set(paper.regions).isdisjoint(territories.around(region))
