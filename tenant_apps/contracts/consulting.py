"""Asking those who have the authority to decide about a contract or a change order (spec 2.3)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import messages
from kernel.access import Actor
from kernel.actions import action
from kernel.refusals import Refused
from kernel.specs import key_of
from tenant_apps.contracts import asking
from tenant_apps.contracts.models import Change, Contract
from tenant_apps.pricing import allowing, authority

NOTE = {"note": {"label": _("Remark"), "max_length": 500}}


@action(label=_("Ask for a decision"), when=Contract.State.DRAFT, says=_("asked for a decision"), params=NOTE)
def ask(contract: Contract, *, by: Actor, at: datetime, note: str = "") -> None:
    """Ask those who have the authority to sign it; they find the way to it in their messages."""
    _ask(contract, by, at, note)


@action(label=_("Ask for a decision"), when=Change.State.DRAFT, says=_("asked for a decision"), params=NOTE)
def ask_(change: Change, *, by: Actor, at: datetime, note: str = "") -> None:
    """Ask those who have the authority to put it in force; they find the way to it in their messages."""
    _ask(change, by, at, note)


def _ask(document: Contract | Change, by: Actor, at: datetime, note: str) -> None:
    needless = asking.needless({"level": document.level}, by)
    if needless:
        raise Refused("own_authority", needless["ask"])
    able = asking.deciders(document)
    if not able:
        raise Refused("nobody", asking.way_on(document)[0])
    key = key_of(type(document))
    why = " ".join(dict.fromkeys(allowing.reason(one) for one in document.facts["findings"]))
    told = {"who": by.name, "what": document, "level": authority.name_of(document.level)}
    title = _t("%(who)s asks you to decide about %(what)s. It needs: %(level)s.") % told
    origin = f"ask:{key}:{document.pk}:{at.isoformat()}"
    messages.send(able, title, text="\n".join(filter(None, (why, note))), link={"_key": key, "id": document.pk}, origin=origin)
