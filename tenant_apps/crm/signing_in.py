"""Guests of an event enter themselves: whoever scans its QR code becomes a lead of it (W-5.2.2)."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

import qrcode
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _t
from qrcode.image.svg import SvgPathImage

from kernel import calls, saving
from kernel.access import SYSTEM
from kernel.locks import take_turns
from kernel.refusals import FieldError, Invalid, Refused
from tenant_apps.crm import routing
from tenant_apps.crm.actions import leads
from tenant_apps.crm.models import Campaign, Lead
from tenant_apps.partners.models.partner import phone_key

FIELDS = {"name": 120, "contact_name": 60, "phone": 40, "email": 120, "need": 500}
PHONE = re.compile(r"^[+()\d\s-]{6,40}$")


def event_of(token: str) -> Campaign:
    """The event whose sign-in is open under this address; what is closed or never was is not there."""
    campaign = Campaign.objects.filter(token=token, sign_in=True).exclude(state__in=("closed", "cancelled")).first() if token else None
    if campaign is None:
        raise Refused("not_found", _t("This sign-in is closed, or the address is not complete."), status=404)
    return campaign


def address(campaign: Campaign) -> str:
    """What the QR code leads to."""
    company: Any = connection.tenant  # type: ignore[attr-defined]
    port = f":{settings.PUBLIC_PORT}" if settings.PUBLIC_PORT not in ("", "80", "443") else ""
    return f"{settings.PUBLIC_SCHEME}://{company.slug}.{settings.BASE_DOMAIN}{port}/sign-in/{campaign.token}"


def drawn(text: str) -> bytes:
    """A QR code as a picture for screen and paper."""
    out = io.BytesIO()
    qrcode.make(text, image_factory=SvgPathImage, box_size=12, border=2).save(out)
    return out.getvalue()


def sign_in(campaign: Campaign, given: dict[str, Any], *, at: datetime) -> Lead:
    """Take what a guest has written. Somebody who has signed in already is found again, and nothing is made twice."""
    values = {name: str(given.get(name) or "").strip()[:length] for name, length in FIELDS.items()}
    errors = [FieldError(name, "required", _t("Please fill this in.")) for name in ("name", "contact_name", "phone") if not values[name]]
    if values["phone"] and not PHONE.match(values["phone"]):
        errors.append(FieldError("phone", "not_a_phone", _t("This is no telephone number.")))
    if values["email"] and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", values["email"]):
        errors.append(FieldError("email", "not_an_email", _t("This is no e-mail address.")))
    if any("\x00" in value for value in values.values()):
        errors.append(FieldError("name", "invalid", _t("There is a character that cannot be stored.")))
    if errors:
        raise Invalid(errors)
    with calls.call():
        take_turns("crm.sign-in")
        return _written(campaign, values, at)


def _written(campaign: Campaign, values: dict[str, str], at: datetime) -> Lead:
    key = phone_key(values["phone"])
    same = {"plain_phone": key} if key else {"phone": values["phone"]}
    known = Lead.objects.filter(campaign=campaign, **same).order_by("pk").first()
    if known is not None:
        return known
    lead = saving.create(Lead, {**values, "campaign": campaign, "source": "exhibition", "unit": campaign.unit}, by=SYSTEM, at=at)
    if routing.whom(lead) is not None:
        leads.route(lead, by=SYSTEM, at=at)
    elif campaign.owner is not None:
        leads.assign(lead, by=SYSTEM, at=at, owner=campaign.owner)
    return lead
