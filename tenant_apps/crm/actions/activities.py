"""Doing what was planned, checking in, and what follows from a contact (W-4.1.3)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import calls, saving
from kernel.access import Actor
from kernel.actions import action
from kernel.documents import coming_from
from kernel.refusals import FieldError, Invalid
from tenant_apps.crm.code_tables import ACTIVITY, RESULT
from tenant_apps.crm.models import Activity, Lead, Opportunity
from tenant_apps.partners import pools
from tenant_apps.partners.models import Partner

S = Activity.State
SAID = {"label": _("What was said"), "type": "long"}
NEXT: dict[str, dict[str, Any]] = {"next_step": {"label": _("Next step"), "max_length": 120}, "next_on": {"label": _("Next step on")}}
OUTCOME: dict[str, dict[str, Any]] = {"text": SAID, "result": {"label": _("Result"), "type": "choice", "choices": RESULT}, **NEXT}

COST = {"cost": {"label": pgettext_lazy("activity", "Cost"), "help": _("What it cost us: travel, parts, hours")}}
LOGGED: dict[str, dict[str, Any]] = {
    "kind": {"label": _("Kind"), "type": "choice", "choices": ACTIVITY},
    "subject": {"label": _("Subject"), "max_length": 120},
    **OUTCOME,
}


@action(label=_("Done"), when=S.PLANNED, then=S.DONE, style="primary", bulk=True, says=_("done"), params={**OUTCOME, **COST})
def finish(
    activity: Activity, *, by: Actor, at: datetime, text: str = "", result: str = "", next_step: str = "", next_on: date | None = None,
    cost: Decimal | None = None,
) -> None:  # fmt: skip
    """It took place: the contact counts, and the next step is planned."""
    _told(activity, text, result, cost)
    activity.next_step, activity.next_on = next_step or activity.next_step, next_on or activity.next_on
    activity.done_on = min(activity.day or at.date(), at.date())
    if activity.next_on and activity.next_on < activity.done_on:
        raise Invalid([FieldError("next_on", "before_start", _t("The next step cannot be before this one."))])
    _touch(activity, activity.done_on)
    if activity.next_on:
        _plan_next(activity, by=by, at=at)


def _told(activity: Activity, text: str, result: str, cost: Decimal | None) -> None:
    activity.text, activity.result = text or activity.text, result or activity.result
    activity.cost = activity.cost if cost is None else cost
    if activity.cost < 0:
        raise Invalid([FieldError("cost", "negative", _t("An amount cannot be negative."))])


def _touch(activity: Activity, day: date) -> None:
    """It renews what its customer and its lead are protected by, and is their last contact. Their versions stay, so that nobody who is editing is disturbed."""
    locked = calls.current().locked
    if activity.opportunity_id:
        earlier = Q(last_contact_on=None) | Q(last_contact_on__lt=day)
        Opportunity.objects.filter(earlier, pk=activity.opportunity_id).update(last_contact_on=day)
    if activity.partner_id:
        pools.prolong(locked.get((Partner, activity.partner_id)) or Partner.objects.get(pk=activity.partner_id), day)
    if activity.lead_id:
        pools.prolong(locked.get((Lead, activity.lead_id)) or Lead.objects.get(pk=activity.lead_id), day)


def _plan_next(activity: Activity, *, by: Actor, at: datetime) -> None:
    names = ("kind", "partner_id", "contact_id", "lead_id", "opportunity_id", "campaign_id", "owner", "unit")
    values: dict[str, Any] = {name: getattr(activity, name) for name in names}
    values |= {"subject": activity.next_step or activity.subject, "day": activity.next_on}
    saving.create(Activity, values | coming_from(activity), by=by, at=at)


@action(
    label=_("Check in"), when=S.PLANNED, says=_("checked in"),
    params={
        "position": {"label": pgettext_lazy("on a map", "Position"), "type": "json", "required": False},
        "place": {"label": _("Where"), "max_length": 200},
    },
)  # fmt: skip
def check_in(activity: Activity, *, by: Actor, at: datetime, position: dict[str, Any] | None = None, place: str = "") -> None:
    """Note that one is there, with the position that the phone tells and how exact it is, or the address typed."""
    kept = _position(position or {})
    if not kept and not place:
        raise Invalid([FieldError("place", "required", _t("Let the browser tell where you are, or type the address."))])
    activity.checked_in_at, activity.place, activity.position = at, place, kept


def _position(given: dict[str, Any]) -> dict[str, str]:
    """Degrees to six places and metres, as the browser tells them."""
    if not given:
        return {}
    try:
        latitude, longitude = Decimal(str(given["latitude"])), Decimal(str(given["longitude"]))
        accuracy = Decimal(str(given.get("accuracy", 0)))
        sound = abs(latitude) <= 90 and abs(longitude) <= 180 and 0 <= accuracy < 10**7
    except (KeyError, ArithmeticError):
        sound = False
    if not sound:
        raise Invalid([FieldError("position", "not_a_position", _t("This is no position on Earth."))])
    return {"latitude": f"{latitude:.6f}", "longitude": f"{longitude:.6f}", "accuracy": f"{accuracy:.0f}"}


@action(label=_("Amend"), when=S.DONE, says=_("amended"), params={"text": SAID, "result": OUTCOME["result"], **COST})
def amend(activity: Activity, *, by: Actor, at: datetime, text: str = "", result: str = "", cost: Decimal | None = None) -> None:
    """Put right what was written about it, or what it cost; day and place stay."""
    _told(activity, text, result, cost)


@action(label=_("Call off"), when=S.PLANNED, then=S.CANCELLED, bulk=True, says=_("called off"), params={"reason": {"label": _("Reason")}})
def cancel(activity: Activity, *, by: Actor, at: datetime, reason: str = "") -> None:
    """It will not take place."""
    activity.text = "\n".join(filter(None, (activity.text, reason)))


def note(about: dict[str, Any], values: dict[str, Any], *, by: Actor, at: datetime) -> Activity:
    """Write down a contact that has taken place, and plan what comes next."""
    activity = saving.create(Activity, {**about, **values}, by=by, at=at)
    finish(activity, by=by, at=at)
    return activity
