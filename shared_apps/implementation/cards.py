"""Cards of the operators' home page: milestones that wait for a step."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor, visible
from kernel.cards import card
from kernel.money import ZERO
from shared_apps.implementation.models import Milestone

S = Milestone.State
KEY = "implementation.milestone"


def _waiting(actor: Actor, state: str) -> dict[str, Any]:
    rows = visible(actor, Milestone.objects.filter(state=state), KEY)
    value = rows.aggregate(sum=Sum("amount"))["sum"] or ZERO
    return {"value": str(value), "unit": "money", "delta": None, "better": "down", "link": {"key": KEY, "query": f"state={state}"}}


@card("platform_accept", _("Milestones to accept"), kind="figure", needs=KEY, order=10, sums=("amount",))
def to_accept(actor: Actor, on: date) -> dict[str, Any]:
    return _waiting(actor, S.DELIVERED)


@card("platform_invoice", _("Milestones to invoice"), kind="figure", needs=KEY, order=11, sums=("amount",))
def to_invoice(actor: Actor, on: date) -> dict[str, Any]:
    return _waiting(actor, S.ACCEPTED)


@card("platform_pay", _("Milestones to be paid"), kind="figure", needs=KEY, order=12, sums=("amount",))
def to_be_paid(actor: Actor, on: date) -> dict[str, Any]:
    return _waiting(actor, S.INVOICED)
