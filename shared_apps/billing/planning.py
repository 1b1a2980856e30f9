"""Less than what is paid for: planned for the end of the paid period, taken back until then, and nothing is lost when it begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.refusals import Refused
from shared_apps.billing import catalogue, gateway, invoicing, offers
from shared_apps.billing.models import Period, Subscription
from shared_apps.billing.offers import Order
from shared_apps.billing.subscriptions import by_card
from tenants.models import Tenant


def waits(order: Order, bought: Subscription) -> bool:
    """Whether an order is less than what is paid for, so that it begins when that ends: cheaper, or the same for a shorter time."""
    paid_by_card = by_card(bought) and bought.status == Subscription.Status.ACTIVE
    if not paid_by_card and invoicing.paid_until(bought) is None:
        return False
    wanted, had = _worth(order, bought.period), _worth(offers.current(bought), bought.period)
    shorter = (bought.period, order.period) == (Period.YEAR, Period.MONTH)
    return wanted < had or (wanted == had and shorter)


def _worth(order: Order, period: str) -> Decimal:
    return offers.total(offers.lines(replace(order, period=period, coupon=None)))


def begins(bought: Subscription) -> date:
    """The day on which what is planned takes the place of what is paid for."""
    assert bought.period_end is not None
    return timezone.localdate(bought.period_end)


def is_paid(bought: Subscription) -> bool:
    """Whether the planned period has been paid in advance, so that it cannot be taken back."""
    return "until" in (bought.planned or {})


def ask_free(bought: Subscription) -> None:
    """Refuse another change while the next period is paid for as it was planned."""
    if is_paid(bought):
        told = _("The period from %(day)s is paid already as it was planned. From that day on you can change it again.")
        raise Refused("next_is_paid", told % {"day": bought.planned["from"]})


def plan(bought: Subscription, company: Tenant, order: Order) -> None:
    """Have an order begin when what is paid for ends."""
    ask_free(bought)
    if by_card(bought):
        gateway.plan_change(bought.stripe_subscription or "", catalogue.items(order), order.period)
        return
    bought.planned, bought.cancel_at_period_end = offers.noted(order, begins(bought)), False
    _invoice_anew(bought, company)


def drop(bought: Subscription, company: Tenant) -> None:
    """Nothing begins when what is paid for ends; it is renewed as it is."""
    if by_card(bought):
        gateway.release(bought.stripe_subscription or "")
    elif bought.planned is not None:
        bought.planned = None
        _invoice_anew(bought, company)
    bought.planned = None


def _invoice_anew(bought: Subscription, company: Tenant) -> None:
    """The invoice for the next period is about what it brings now; before its time there is none."""
    invoicing.void_unpaid(company.pk)
    assert bought.period_end is not None
    if bought.period_end <= timezone.now() + invoicing.RENEWED_BEFORE and not bought.cancel_at_period_end:
        invoicing.renewal(bought, company)
