"""Whether and how well a supplier can be bought from (W-9.1.1, spec 2.9)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kernel.refusals import Help, Refused

if TYPE_CHECKING:
    from tenant_apps.partners.models import Partner

WEIGHTS = {"punctuality": Decimal(40), "quality": Decimal(30), "price_score": Decimal(20), "service_score": Decimal(10)}
"""Percent (spec 2.9); what is not yet known counts for nobody."""
TENTH = Decimal("0.1")


def rate(partner: Partner) -> None:
    """The score out of its parts, 0 to 100, to a tenth; of parts that are missing the others take the weight."""
    told = {name: value for name in WEIGHTS if (value := getattr(partner, name)) is not None}
    weight = sum((WEIGHTS[name] for name in told), Decimal(0))
    total = sum((WEIGHTS[name] * Decimal(value) for name, value in told.items()), Decimal(0))
    partner.score = (total / weight).quantize(TENTH) if weight else None


def refuse_trade(partner: Partner, on: date) -> None:
    """Refuse to buy from who is blacklisted, not approved, or whose needed licence has run out."""
    from tenant_apps.partners.models import Partner as Account

    told = {"name": partner.name}
    if partner.state == Account.State.BLACKLISTED:
        sentence = _("%(name)s is blacklisted. Take it off the blacklist first, or choose another supplier.")
        raise Refused("blacklisted", sentence % told, help=_way(partner))
    if not partner.approved:
        sentence = _("%(name)s is not approved to trade yet. Approve it on the page of the supplier first.")
        raise Refused("not_approved", sentence % told, help=_way(partner))
    refuse_run_out(partner, on)


def refuse_run_out(partner: Partner, on: date) -> None:
    """Refuse while a licence that trade needs is not in force."""
    out = next((paper for paper in partner.papers.all() if paper.needed and not paper.holds(on)), None)
    if out is not None:
        told = {"name": partner.name, "licence": str(out), "day": str(out.ends_on)}
        sentence = _("“%(licence)s” of %(name)s ran out on %(day)s. Enter the renewed licence first.")
        raise Refused("licence_expired", sentence % told, help=_way(partner))


def _way(partner: Partner) -> list[Help]:
    return [Help(_("Open supplier"), "partners.supplier.open", {"id": partner.pk})]
