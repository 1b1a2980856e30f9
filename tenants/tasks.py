"""Background work of the platform, and how work is sent to every company."""

from __future__ import annotations

import logging
import random
from datetime import timedelta
from typing import Any

from celery import current_app, shared_task
from django.utils import timezone

from tenants import deletion, lifecycle, provisioning
from tenants.backups import taking
from tenants.models import Tenant
from tenants.schema_task import HEADER, CompanyTask, PublicTask, SchemaTask, WrongCompany
from tenants.states import WORKING
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


@shared_task(base=PublicTask, name="tenants.advance")
def advance() -> int:
    """Take companies over the end of their trial or grace. May run twice, or late."""
    return sum(map(lifecycle.advance, Tenant.objects.filter(state__in=lifecycle.AFTER, until__lte=timezone.now())))


@shared_task(base=PublicTask, name="tenants.delete_due")
def delete_due() -> int:
    """Delete the companies whose wait is over, and backups kept beyond that. May run twice, or be killed at any step."""
    deletion.forget_kept()
    return sum(deletion.delete(company) is not None for company in deletion.due())


@shared_task(base=PublicTask, name="tenants.back_up_due")
def back_up_due() -> int:
    """Have every company backed up whose last backup is a day old."""
    companies = taking.due()
    for company in companies:
        back_up.apply_async(args=[company.pk], expires=6 * 3600)
    return len(companies)


@shared_task(base=PublicTask, name="tenants.back_up")
def back_up(company_id: int) -> None:
    """Back one company up unless that has been done meanwhile, and forget what is too old."""
    company = next((company for company in taking.due() if company.pk == company_id), None)
    if company is not None:
        taking.take(company)
        on_own_connection(taking.forget_old, company)


@shared_task(base=PublicTask, name="tenants.fan_out")
def fan_out(task: str, spread: float = 0, expires: float | None = None, **kwargs: Any) -> int:
    """Send a task once for every company, spread over some seconds so that they do not all come at once."""
    schemas = Tenant.objects.filter(state__in=WORKING, closed="").values_list("schema_name", flat=True)
    for schema in schemas:
        late = random.uniform(0, spread)  # noqa: S311 - spreading load, not keeping a secret
        current_app.send_task(task, kwargs=kwargs, headers={HEADER: schema}, countdown=late, expires=late + expires if expires else None)
    return len(schemas)
