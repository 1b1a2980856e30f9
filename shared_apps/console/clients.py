"""The operators' row of a company, made when it is first needed and brought in line with what the company is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel import clock, saving
from kernel.access import SYSTEM
from shared_apps.console.models import Client
from tenants.models import Tenant


def client_of(tenant: Any) -> Client:
    """The row of a company; in the public schema only."""
    found = Client.objects.filter(tenant=tenant.pk).first()
    return found or saving.create(Client, {"tenant": tenant.pk, **_facts(tenant)}, by=SYSTEM, at=clock.now())


def _facts(tenant: Any) -> dict[str, Any]:
    return {"name": tenant.name, "slug": tenant.slug, "state": tenant.state, "signed_up_on": tenant.created_at.date()}


def keep_in_line(at: datetime) -> int:
    """Bring the rows of all companies in line; returns how many companies there are. Runs every few minutes, twice does no harm."""
    known = {row.tenant: row for row in Client.objects.all()}
    count = 0
    for tenant in Tenant.objects.order_by("pk").iterator():
        client = known.get(tenant.pk)
        facts = _facts(tenant)
        if client is None:
            saving.create(Client, {"tenant": tenant.pk, **facts}, by=SYSTEM, at=at)
        elif any(getattr(client, name) != value for name, value in facts.items()):
            Client.objects.filter(pk=client.pk).update(**facts)
        count += 1
    return count
