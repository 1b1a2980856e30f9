"""Which brands may be sold where, and by whom (W-1.6.5)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kernel import trees, words
from tenant_apps.organization import territories

if TYPE_CHECKING:
    from tenant_apps.partners.models import Agency, Partner


def warning(brand: str, region: str, on: date, dealer: Partner | None = None) -> str:
    """What to warn of when a brand is offered in a region; empty when all is well. For quotes: `dealer` when a dealer buys to sell on.

    A brand of which there is no agency at all is our own or free. Of a brand that we sell as agents the territory must hold; a dealer sells ours
    within the territory of their own agency, and nobody within one that somebody else has alone.
    """
    from tenant_apps.partners.models import Agency

    papers = (
        list(Agency.objects.filter(brand__iexact=brand.strip()).exclude(kind=Agency.Kind.LICENCE).select_related("partner"))
        if brand.strip()
        else []
    )
    told = {"brand": brand, "region": region or _("unknown region")}
    ours = [paper for paper in papers if paper.kind == Agency.Kind.OURS]
    if ours and not any(paper.holds(on) and covers(paper, region) for paper in ours):
        return _("We may not sell %(brand)s in %(region)s: no agency of ours covers it today.") % told
    theirs = [paper for paper in papers if paper.kind == Agency.Kind.THEIRS and paper.holds(on)]
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
    if not paper.regions:
        return True
    known = territories.known()
    key = next((pk for pk, name in known.names.items() if name == region), None)
    return bool(set(trees.above(key, known.parents)) & set(paper.regions))
