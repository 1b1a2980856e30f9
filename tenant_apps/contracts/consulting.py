"""Asking those who have the authority to decide about a contract or a change order (spec 2.3)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.actions import action
from kernel.refusals import Refused
from tenant_apps.contracts import asking
from tenant_apps.contracts.models import Change, Contract

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
    asking.tell(document, able, by, at, note)
