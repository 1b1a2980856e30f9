"""Use beyond the month's number, told to Stripe: written down, sent, and every night held against what Stripe has counted."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import Sum
from django.utils import timezone

from kernel import limits
from kernel.refusals import Refused
from shared_apps.billing import entitlements, gateway, subscriptions
from shared_apps.billing.catalogue import event_name
from shared_apps.billing.models import Subscription, Usage, UsageReport

log = logging.getLogger("millwright.billing")
REMEMBERED = timedelta(hours=20)
"""For so long Stripe surely knows an identifier again (it promises 24 hours)."""
COUNTED = timedelta(hours=1)
"""After so long what was sent has been added up at Stripe."""
WINDOW = timedelta(days=33)
"""Stripe takes use of the last 35 days."""


def note(tenant_id: int) -> int:
    """Write down what a company has used beyond its numbers since the last time. Tells how many reports that makes."""
    with subscriptions.changing(tenant_id) as bought:
        usage = Usage.objects.filter(tenant_id=tenant_id, month=limits.month()).first()
        return sum(_note(bought, usage, name) for name in entitlements.beyond_of(bought)) if usage else 0


def _note(bought: Subscription, usage: Usage, name: str) -> bool:
    most = getattr(bought.plan, name)
    if most is None:
        return False
    told = UsageReport.objects.filter(tenant_id=usage.tenant_id, month=usage.month, name=name).aggregate(sum=Sum("quantity"))["sum"] or 0
    beyond = getattr(usage, name) - most
    if beyond <= told:
        return False
    key = f"{usage.tenant_id}-{name}-{usage.month:%Y-%m}-{beyond}"
    UsageReport.objects.create(
        tenant_id=usage.tenant_id, month=usage.month, name=name, quantity=beyond - told, identifier=key, at=timezone.now()
    )
    return True


def send() -> int:
    """Send what has been written down. Stopped half-way, the rest goes the next time; sent twice, it counts once."""
    if not gateway.available():
        return 0
    sent = 0
    for report in UsageReport.objects.filter(sent_at=None, at__gt=timezone.now() - REMEMBERED).order_by("pk")[:500]:
        customer = _customer(report.tenant_id)
        if customer:
            gateway.report_usage(event_name(report.name), customer, report.quantity, report.identifier, report.at)
            sent += UsageReport.objects.filter(pk=report.pk, sent_at=None).update(sent_at=timezone.now())
    return sent


def _customer(tenant_id: int) -> str | None:
    return Subscription.objects.filter(tenant_id=tenant_id).values_list("stripe_customer", flat=True).first()


def run() -> int:
    """Hourly: everybody who is charged for what goes beyond."""
    charged = Subscription.objects.filter(status=Subscription.Status.ACTIVE, collection=Subscription.Collection.CARD, beyond__isnull=False)
    for tenant_id in charged.exclude(beyond={}).values_list("tenant_id", flat=True):
        note(tenant_id)
    return send()


def reconcile() -> int:
    """Nightly: what Stripe has not counted is told again. Tells how many reports that takes."""
    if not gateway.available():
        return 0
    until = (timezone.now() - COUNTED).replace(second=0, microsecond=0)
    since = until - WINDOW
    again = 0
    for tenant_id, name in UsageReport.objects.filter(at__gte=since, at__lt=until).values_list("tenant_id", "name").distinct():
        try:
            again += _compare(tenant_id, name, since, until)
        except Refused as away:
            log.warning("use of company %s cannot be compared yet: %s", tenant_id, away)
    send()
    return again


def _compare(tenant_id: int, name: str, since: datetime, until: datetime) -> int:
    customer = _customer(tenant_id)
    if not customer:
        return 0
    there = gateway.usage_told(event_name(name), customer, since, until)
    with subscriptions.changing(tenant_id):
        rows = UsageReport.objects.select_for_update().filter(tenant_id=tenant_id, name=name, at__gte=since, at__lt=until).order_by("pk")
        again = 0
        for report in rows:
            if report.quantity <= there:
                there -= report.quantity
                report.sent_at = report.sent_at or timezone.now()
            elif report.at < timezone.now() - REMEMBERED:
                log.warning("%s never came to Stripe and is told again", report)
                report.at, report.sent_at, report.identifier, again = timezone.now(), None, _once_more(report.identifier), again + 1
            report.save(update_fields=["at", "sent_at", "identifier"])
    return again


def _once_more(identifier: str) -> str:
    head, _sign, times = identifier.partition("#")
    return f"{head}#{int(times or 1) + 1}"
