"""The subscription of a company: found, locked, and its standing told to the company's life."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shared_apps.billing import entitlements, offers
from shared_apps.billing.models import Coupon, Plan, Subscription
from tenants import lifecycle
from tenants.context import public_context
from tenants.models import Tenant
from tenants.states import LEAVING, State

log = logging.getLogger("millwright.billing")
BILLING = lifecycle.By("billing")
Status, Collection = Subscription.Status, Subscription.Collection


def by_card(bought: Subscription) -> bool:
    """Whether a subscription at Stripe pays by itself, so that changes go there."""
    return bought.collection == Collection.CARD and bought.status != Status.CANCELED and bool(bought.stripe_subscription)


def trial_plan() -> Plan:
    """What companies try."""
    return Plan.objects.get(code=settings.BILLING_TRIAL_PLAN)


def of(company: Tenant) -> Subscription:
    """The company's subscription; the first look at it begins it."""
    with public_context():
        found = Subscription.objects.select_related("plan", "coupon").filter(tenant_id=company.pk).first()
        return found or _begun(company)


def _begun(company: Tenant) -> Subscription:
    """A trial for as long as the company tries; free of charge where somebody has opened the company without one."""
    plan = trial_plan()
    free = company.state == State.ACTIVE
    status = Status.ACTIVE if free else Status.TRIAL if company.state == State.TRIAL else Status.PAST_DUE
    trial_end = (company.until if company.state == State.TRIAL else None) or company.created_at + timedelta(days=settings.TRIAL_DAYS)
    values = {"plan": plan, "seats": plan.seats, "status": status, "trial_end": trial_end}
    found, _made = Subscription.objects.get_or_create(
        tenant_id=company.pk, defaults={**values, "collection": Collection.FREE if free else Collection.NONE}
    )
    return found


@contextmanager
def changing(tenant_id: int) -> Iterator[Subscription]:
    """The subscription, locked and then saved. Whatever is asked of Stripe inside is at least as new as what was written before."""
    with public_context(), transaction.atomic():
        found = Subscription.objects.select_for_update(of=("self",)).select_related("plan", "coupon").get(tenant_id=tenant_id)
        before = _standing(found)
        yield found
        found.save()
        entitlements.changed(tenant_id)
        if _standing(found) != before:
            _tell(found)


def _standing(found: Subscription) -> str:
    """Where payment leaves the company: `open`, `due`, `over`, or empty while nothing has been bought."""
    if found.status == Status.TRIAL:
        return "open" if found.collection != Collection.NONE else ""
    return {Status.ACTIVE: "open", Status.PAST_DUE: "due", Status.CANCELED: "over"}[Subscription.Status(found.status)]


def _tell(found: Subscription) -> None:
    """Move the company along. One that is leaving is not called back by a late payment: an operator decides that."""
    company = Tenant.objects.filter(pk=found.tenant_id).first()
    standing = _standing(found)
    if company is None or company.state not in (State.TRIAL, State.ACTIVE, State.PAST_DUE, State.SUSPENDED) or not standing:
        return
    try:
        if standing == "open":
            lifecycle.activate(company, by=BILLING, reason="paid")
        elif standing == "over":
            lifecycle.suspend(company, by=BILLING, reason="subscription ended")
        elif company.state in (State.TRIAL, State.ACTIVE):
            lifecycle.fall_due(company, by=BILLING, reason="payment missing")
    except lifecycle.WrongState as no:
        log.warning("company %s: %s", found.tenant_id, no)


def due() -> list[int]:
    """Companies whose trial or paid time is over, as far as no card pays by itself."""
    now = timezone.now()
    own = Subscription.objects.exclude(collection=Collection.CARD)
    tried = own.filter(status=Status.TRIAL, trial_end__lte=now).values_list("tenant_id", flat=True)
    ran_out = own.filter(status=Status.ACTIVE, period_end__lte=now).values_list("tenant_id", flat=True)
    return [*tried, *ran_out]


def leaving() -> list[Tenant]:
    """Companies on their way out whose card would still be charged."""
    charged = Subscription.objects.filter(collection=Collection.CARD, cancel_at_period_end=False).exclude(status=Status.CANCELED)
    return list(Tenant.objects.filter(state__in=[*LEAVING, State.DELETED], pk__in=charged.values("tenant_id")))


def lapse(tenant_id: int) -> None:
    """Take a subscription over the end of its trial or of what was paid; asked twice, once."""
    now = timezone.now()
    with changing(tenant_id) as found:
        ends = found.trial_end if found.status == Status.TRIAL else found.period_end
        if found.collection == Collection.CARD or ends is None or ends > now or found.status not in (Status.TRIAL, Status.ACTIVE):
            return
        if not _next_one(found):
            found.status = Status.CANCELED if found.cancel_at_period_end else Status.PAST_DUE


def _next_one(found: Subscription) -> bool:
    """Begin the period that was planned and has been paid in advance."""
    told = found.planned or {}
    if "until" not in told:
        return False
    found.plan, found.period, found.seats = Plan.objects.get(code=told["plan"]), told["period"], told["seats"]
    found.coupon = Coupon.objects.filter(code=told["coupon"]).first()
    found.period_start, found.period_end, found.planned = offers.midnight(told["from"]), offers.midnight(told["until"]), None
    return True
