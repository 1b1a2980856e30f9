"""Running a campaign and letting its guests sign in (W-5.2.1, W-5.2.2)."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.access import Actor
from kernel.actions import action
from tenant_apps.crm.models import Campaign

S = Campaign.State
ALIVE = (S.PLANNED, S.RUNNING)


@action(label=pgettext_lazy("campaign", "Start"), when=S.PLANNED, then=S.RUNNING, style="primary", says=_("started"))
def start(campaign: Campaign, *, by: Actor, at: datetime) -> None:
    """It has begun."""


@action(label=_("Open the sign-in"), when=ALIVE, says=_("sign-in opened"))
def open_sign_in(campaign: Campaign, *, by: Actor, at: datetime) -> None:
    """Whoever scans the QR code can enter name, company and phone, and becomes a lead of this campaign."""
    campaign.token, campaign.sign_in = campaign.token or secrets.token_urlsafe(18), True


@action(
    label=_("New sign-in address"),
    when=ALIVE,
    confirm=_("The printed QR code will no longer work. Go on?"),
    says=_("sign-in address renewed"),
)
def renew_sign_in(campaign: Campaign, *, by: Actor, at: datetime) -> None:
    """Another QR code; the old one leads nowhere."""
    campaign.token, campaign.sign_in = secrets.token_urlsafe(18), True


@action(label=_("Close the sign-in"), when=(*ALIVE, S.CLOSED), says=_("sign-in closed"))
def close_sign_in(campaign: Campaign, *, by: Actor, at: datetime) -> None:
    """Nobody can enter themselves any more."""
    campaign.sign_in = False


@action(label=_("Finish"), when=ALIVE, then=S.CLOSED, says=_("finished"))
def close(campaign: Campaign, *, by: Actor, at: datetime) -> None:
    """It is over; what comes of it is still counted."""
    campaign.sign_in = False


@action(label=_("Call off"), when=ALIVE, then=S.CANCELLED, style="danger", says=_("called off"))
def cancel(campaign: Campaign, *, by: Actor, at: datetime) -> None:
    """It does not take place."""
    campaign.sign_in = False
