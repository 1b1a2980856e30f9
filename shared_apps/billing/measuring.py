"""Usage: each company counts itself, in its own schema, and leaves one row a month in the public one."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from kernel import config, limits
from shared_apps.billing import entitlements, subscriptions
from shared_apps.billing.models import Usage
from tenants.context import public_context
from tenants.models import Tenant

NAMES = {"seats": "seats", "storage": "storage_bytes", "documents": "documents", "api_calls": "api_calls"}


def measure() -> dict[str, int]:
    """Count now, in the company for which this runs, and push it."""
    counted, month = limits.measured(), limits.month()
    schema = config.schema()
    with public_context():
        company = Tenant.objects.get(schema_name=schema)
        if company.sandbox_of_id is None:
            subscriptions.of(company)
            push(company.pk, month, counted)
    return counted


def push(tenant_id: int, month: Any, counted: dict[str, int]) -> None:
    values = {NAMES[name]: number for name, number in counted.items()}
    known = Usage.objects.filter(tenant_id=tenant_id, month=month).first()
    Usage.objects.update_or_create(tenant_id=tenant_id, month=month, defaults={**values, "measured_at": timezone.now()})
    if known is None or (known.documents, known.api_calls) != (values["documents"], values["api_calls"]):
        entitlements.changed(tenant_id)
