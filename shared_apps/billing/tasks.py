"""Billing's background work: news of Stripe, the clock, and each company's own count."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from kernel.refusals import Refused
from shared_apps.billing import buying, invoicing, measuring, metering, subscriptions, webhooks
from shared_apps.billing.models import Subscription
from tenants.models import Tenant
from tenants.schema_task import CompanyTask, PublicTask

log = logging.getLogger("millwright.billing")


@shared_task(base=PublicTask, name="billing.process_event", acks_late=True)
def process_event(key: str) -> bool:
    return webhooks.process(key)


@shared_task(base=PublicTask, name="billing.sweep")
def sweep() -> int:
    """Every few minutes: events that no worker has finished, and subscriptions whose time is over."""
    for tenant_id in subscriptions.due():
        subscriptions.lapse(tenant_id)
    for company in subscriptions.leaving():
        try:
            buying.stop(company, stopping=True)
        except Refused as away:
            log.warning("the card of %s, which is leaving, cannot be let go yet: %s", company.pk, away)
    return webhooks.sweep()


@shared_task(base=PublicTask, name="billing.renew")
def renew() -> int:
    """Daily: an invoice for the next period to whoever pays in advance."""
    ends = Subscription.objects.filter(
        collection=Subscription.Collection.PREPAID, status=Subscription.Status.ACTIVE, cancel_at_period_end=False
    )
    made = 0
    for bought in ends.filter(period_end__lte=timezone.now() + invoicing.RENEWED_BEFORE).select_related("plan", "coupon"):
        company = Tenant.objects.filter(pk=bought.tenant_id).first()
        made += company is not None and invoicing.renewal(bought, company) is not None
    return made


@shared_task(base=PublicTask, name="billing.reconcile")
def reconcile() -> dict[str, int]:
    """Nightly: what Stripe says against what is written here."""
    return webhooks.reconcile() | {"used": metering.reconcile()}


@shared_task(base=PublicTask, name="billing.meter")
def meter() -> int:
    """Hourly: use beyond the month's numbers is told to Stripe."""
    return metering.run()


@shared_task(base=CompanyTask, name="billing.measure")
def measure() -> dict[str, int]:
    """Hourly, in each company: what it uses."""
    return measuring.measure()
