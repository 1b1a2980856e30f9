"""What is reckoned by night."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from kernel import clock
from tenant_apps.analytics import agency_targets, customer_value


@shared_task(name="analytics.customer_values")
def customer_values() -> int:
    """Value all customers for this quarter; running twice changes nothing more."""
    return customer_value.reckon(timezone.localtime(clock.now()).date())


@shared_task(name="analytics.agency_targets")
def agencies() -> int:
    """Bring what was reached of the targets of agencies up to date; running twice changes nothing more."""
    return agency_targets.reckon(timezone.localtime(clock.now()).date())
