"""What operators do with a company: its life cycle, in the company's own record and in the operators' (W-2.1.1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.access import Actor
from kernel.actions import action, set_state
from kernel.refusals import FieldError, Invalid, Refused
from shared_apps.billing import operators as billing
from shared_apps.billing.plan_names import PLANS
from shared_apps.console.models import Client
from tenants import lifecycle
from tenants.models import Tenant

S = Client.State
REASON = {"reason": {"label": _("Reason"), "max_length": 300}}
LONGEST_TRIAL = 90


def _by(actor: Actor) -> lifecycle.By:
    return lifecycle.By(actor.name, actor.account)


def _moved(client: Client, step: Callable[..., Any], by: Actor, *given: Any, reason: str) -> None:
    """Take the company a step further; the operators' row follows."""
    try:
        step(Tenant.objects.get(pk=client.tenant), *given, by=_by(by), reason=reason)
    except lifecycle.WrongState as wrong:
        raise Refused(wrong.code, str(wrong)) from wrong
    _follow(client)


def _follow(client: Client) -> None:
    """What the company's own record says now."""
    company = Tenant.objects.get(pk=client.tenant)
    set_state(client, company.state)
    client.trial_until = company.until.date() if company.until and company.state == S.TRIAL else None


@action(label=pgettext_lazy("company", "Suspend"), when=(S.TRIAL, S.ACTIVE, S.PAST_DUE), style="danger", says=_("suspended"), params=REASON)
def suspend(client: Client, *, by: Actor, at: datetime, reason: str) -> None:
    """The company can read and export, and change nothing, until it is activated again."""
    _moved(client, lifecycle.suspend, by, reason=reason)


@action(
    label=pgettext_lazy("company", "Activate"),
    when=(S.TRIAL, S.PAST_DUE, S.SUSPENDED, S.CANCELLED, S.EXPORTED),
    style="primary",
    says=_("activated"),
    params=REASON,
)
def activate(client: Client, *, by: Actor, at: datetime, reason: str) -> None:
    """The company works without limits of time."""
    _moved(client, lifecycle.activate, by, reason=reason)


@action(
    label=_("Extend trial"), when=(S.TRIAL, S.PAST_DUE, S.SUSPENDED), says=_("trial extended"),
    params={"days": {"label": _("Days more")}, **REASON},
)  # fmt: skip
def extend_trial(client: Client, *, by: Actor, at: datetime, days: int, reason: str) -> None:
    """More days to try the product."""
    if not 0 < days <= LONGEST_TRIAL:
        raise Invalid([FieldError("days", "range", _t("Between 1 and %(n)d days.") % {"n": LONGEST_TRIAL})])
    _moved(client, billing.extend_trial, by, days, reason=reason)


@action(
    label=pgettext_lazy("company", "Cancel"), when=(S.TRIAL, S.ACTIVE, S.PAST_DUE, S.SUSPENDED), style="danger", says=pgettext_lazy("company", "cancelled"), params=REASON,
    confirm=_("The company becomes read-only and is deleted after the wait. Continue?"),
)  # fmt: skip
def cancel(client: Client, *, by: Actor, at: datetime, reason: str) -> None:
    """End the contract with the company; it can take its data along until it is deleted."""
    _moved(client, lifecycle.cancel, by, reason=reason)


@action(
    label=_("Record bank transfer"), when=(S.TRIAL, S.ACTIVE, S.PAST_DUE, S.SUSPENDED), says=_("bank transfer recorded"),
    params={
        "number": {"label": _("Invoice number"), "max_length": 40}, "amount": {"label": _("Amount")},
        "reference": {"label": _("Bank reference"), "max_length": 80}, "payer": {"label": _("Payer"), "max_length": 120},
    },
)  # fmt: skip
def record_transfer(client: Client, *, by: Actor, at: datetime, number: str, amount: Decimal, reference: str, payer: str = "") -> None:
    """The money for an invoice has been seen on our account; the subscription runs on."""
    billing.confirm_transfer(number, amount, reference, payer, by=_by(by), received=at)
    _follow(client)


@action(
    label=_("Give a plan free of charge"), when=(S.TRIAL, S.ACTIVE, S.PAST_DUE, S.SUSPENDED), says=_("plan given free of charge"),
    params={
        "plan": {"label": pgettext_lazy("subscription", "Plan"), "type": "choice", "choices": PLANS}, "seats": {"label": _("Seats")}, "until": {"label": _("Until"), "help": _("Empty: for good")}, **REASON,
    },
)  # fmt: skip
def give_plan(client: Client, *, by: Actor, at: datetime, plan: str, seats: int, reason: str, until: date | None = None) -> None:
    """Let the company use a plan without paying for it."""
    if seats <= 0:
        raise Invalid([FieldError("seats", "positive", _t("At least one seat."))])
    billing.comp(Tenant.objects.get(pk=client.tenant), plan, seats, until, by=_by(by), reason=reason)
    client.plan = plan
    _follow(client)
