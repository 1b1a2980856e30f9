"""What quotes hear of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import config, saving
from kernel.access import Actor
from kernel.actions import move
from kernel.events import follows
from kernel.models import Event
from kernel.refusals import Help, Refused
from kernel.returned import returns_of
from tenant_apps.quoting import delivery, signing
from tenant_apps.quoting.models import Estimate, Quote, QuoteLine

S = Quote.State
WRITTEN = (S.DRAFT, S.SUBMITTED, S.APPROVED)
"""As long as a quote is in the house."""

returns_of("q")(delivery.came_back)


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
def offered_stays(configuration: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """What stands on a quote that has gone out is what the customer read: it is not chosen anew behind their back."""
    if "choices" not in event.changes:
        return
    gone = QuoteLine.objects.filter(configuration=configuration).exclude(quote__state__in=WRITTEN).select_related("quote").first()
    if gone is not None:
        told = {"configuration": configuration, "quote": gone.quote}
        sentence = _(
            "%(configuration)s stands on %(quote)s, which has gone out. Choose a new configuration; it can begin with this one's code."
        )
        raise Refused(
            "gone_out",
            sentence % told,
            help=[Help(_("Open %(number)s") % {"number": gone.quote}, "quoting.quote.open", {"id": gone.quote_id})],
        )
