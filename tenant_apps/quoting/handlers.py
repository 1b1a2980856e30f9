"""What quotes hear of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import config, holding, saving
from kernel.access import Actor
from kernel.actions import move
from kernel.events import follows
from kernel.models import Event
from kernel.returned import returns_of
from tenant_apps.partners import bounces
from tenant_apps.quoting import delivery, signing
from tenant_apps.quoting.models import Estimate, Quote, QuoteLine
from tenant_apps.selection import standing
from tenant_apps.selection.models import Configuration

S = Quote.State
DECIDED = (S.SUBMITTED, S.APPROVED)
"""What is decided about, or was, and has not gone out yet."""

returns_of("q")(delivery.came_back)
bounces.kept(delivery.came_back_on)


@follows("contracts.contract.mail")
def contract_goes_out(contract: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """Contracts know nothing of letters: the letter with its link is written here, behind the same door as a quote's."""
    given = event.data.get("values", {})
    signing.mail(contract, given.get("email", ""), given.get("message", ""), by=by, at=at)


@follows("contracts.scheme.*")
def schemes_changed(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """The authority that a quote needs is judged by the usual scheme, which every process keeps."""
    config.changed()


@follows("quoting.quote.delete", "quoting.estimate.delete")
def revision_given_up(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """A new revision that is deleted as a draft leaves the one that it replaced as it was; an estimate can be adopted again."""
    former = document.former()
    if former is not None and former.state == S.SUPERSEDED:
        former = saving.lock(former)
        was = former.facts.get("was", S.SENT) if isinstance(former, Quote) else Estimate.State.DRAFT
        move(former, was, by=by, at=at, reason=document.number)


@follows("selection.configuration.change")
def offered_stays(configuration: Configuration, event: Event, *, by: Actor, at: datetime) -> None:
    """What somebody has agreed to, or the customer has read, is not chosen anew behind their back; a quote that is still written follows at once."""
    if "choices" not in event.changes:
        return
    offers = Quote.objects.filter(pk__in=QuoteLine.objects.filter(configuration=configuration).values("quote"))
    for quote in offers.order_by("pk"):
        if quote.state in DECIDED:
            standing.refuse(configuration, quote, _("%(configuration)s stands on %(document)s, which was submitted. Take that back first."))
        if quote.state != S.DRAFT:
            standing.refuse(configuration, quote, _("%(configuration)s stands on %(document)s, which has gone out."))
        holding.check_free(quote, by)
        saving.change(quote, {}, by=by, at=at)
