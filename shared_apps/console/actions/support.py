"""Support access: asked for by an operator, granted by the company, over by itself (W-2.1.2)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.actions import action
from kernel.refusals import Refused
from shared_apps.console.models import SupportAccess

S = SupportAccess.State


def _only_the_company(access: SupportAccess, by: Actor) -> None:
    if by.company != access.client_id:
        raise Refused("not_yours", _t("Only an administrator of the company can decide this."), status=403)


@action(label=_("Approve"), when=S.REQUESTED, then=S.APPROVED, style="primary", says=_("approved"))
def approve(access: SupportAccess, *, by: Actor, at: datetime) -> None:
    """Let the operator in for the time asked; everything done is logged here and at the platform, and you can end it any moment."""
    _only_the_company(access, by)
    access.approved_by, access.until = by.id, at + timedelta(hours=access.hours)


@action(label=_("Refuse"), when=S.REQUESTED, then=S.REFUSED, style="danger", says=_("refused"))
def refuse(access: SupportAccess, *, by: Actor, at: datetime) -> None:
    """Do not let the operator in."""
    _only_the_company(access, by)


@action(label=_("End access"), when=S.APPROVED, then=S.ENDED, style="danger", says=_("ended"))
def end(access: SupportAccess, *, by: Actor, at: datetime) -> None:
    """The visit is over, at once."""
    access.until = at
