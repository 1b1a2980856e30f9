"""Background work of the platform, and how work is sent to every company."""

from __future__ import annotations

import logging
import random
from datetime import timedelta
from typing import Any

from celery import current_app, shared_task
from django.utils import timezone

from tenants import provisioning
from tenants.models import Tenant
from tenants.schema_task import HEADER, CompanyTask, PublicTask, SchemaTask, WrongCompany
from tenants.throwaway import on_own_connection

__all__ = ["CompanyTask", "PublicTask", "SchemaTask", "WrongCompany"]

log = logging.getLogger("millwright.tenants")
STUCK_AFTER = timedelta(minutes=1)


@shared_task(base=PublicTask, name="tenants.refill")
def refill() -> None:
    """Have spare schemas ready for the next sign-ups."""
    on_own_connection(provisioning.refill)


@shared_task(base=PublicTask, name="tenants.finish_stuck")
def finish_stuck() -> None:
    """Open the companies whose founding was interrupted."""
    for tenant in Tenant.objects.filter(state=Tenant.State.PROVISIONING, created_at__lt=timezone.now() - STUCK_AFTER):
        try:
            provisioning.finish(tenant)
        except Exception:
            log.exception("company %s cannot be opened yet", tenant.schema_name)


@shared_task(base=PublicTask, name="tenants.fan_out")
def fan_out(task: str, spread: float = 0, expires: float | None = None, **kwargs: Any) -> int:
    """Send a task once for every company, spread over some seconds so that they do not all come at once."""
    schemas = Tenant.objects.filter(state=Tenant.State.ACTIVE).values_list("schema_name", flat=True)
    for schema in schemas:
        late = random.uniform(0, spread)  # noqa: S311 - spreading load, not keeping a secret
        current_app.send_task(task, kwargs=kwargs, headers={HEADER: schema}, countdown=late, expires=late + expires if expires else None)
    return len(schemas)
