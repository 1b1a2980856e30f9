"""A changed plan holds for everybody who has it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel import config
from kernel.access import Actor
from kernel.events import after, follows
from kernel.models import Event
from shared_apps.billing import entitlements
from shared_apps.billing.models import Subscription


@follows("billing.plan.*")
def plan_changed(plan: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """Lists to choose a plan from are read anew."""
    config.changed()


@after("billing.plan.*")
def limits_changed(event: Event) -> None:
    """Companies that have the plan ask anew what it allows; those who pay by card keep the prices they bought it at."""
    for tenant_id in Subscription.objects.filter(plan=event.subject_id).values_list("tenant_id", flat=True):
        entitlements.changed(tenant_id)
