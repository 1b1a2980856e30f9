"""What a company's plan allows, in the kernel's words."""

from __future__ import annotations

from django.db import transaction

from kernel import config, limits
from kernel.access import Actor
from kernel.limits import GB, Allowances
from shared_apps.billing.models import Plan, Subscription, Usage
from tenants.context import PUBLIC, public_context, tenant_context
from tenants.models import Tenant


def open_port() -> None:
    limits.port.allowed = allowed


def may_see(actor: Actor) -> bool:
    """Plan and invoices are the administrator's, in a company and nowhere else."""
    return actor.is_admin and config.schema() != PUBLIC


def allowed() -> Allowances:
    """Of the company for which the running code works; a sandbox has what its company has."""
    schema = config.schema()
    if schema == PUBLIC:
        return Allowances()
    with public_context():
        company = Tenant.objects.filter(schema_name=schema).first()
        return Allowances() if company is None else of(company.sandbox_of_id or company.pk)


def of(tenant_id: int) -> Allowances:
    from shared_apps.billing import subscriptions

    found = Subscription.objects.select_related("plan").filter(tenant_id=tenant_id).first()
    plan = found.plan if found else subscriptions.trial_plan()
    usage = Usage.objects.filter(tenant_id=tenant_id).order_by("month").last()
    used = {"documents": usage.documents, "api_calls": usage.api_calls} if usage else {}
    return Allowances(most(plan, found.seats if found else plan.seats), used, usage.month if usage else None, frozenset(plan.apps))


def most(plan: Plan, seats: int) -> dict[str, int]:
    """The limits of a plan by name; what is unlimited is left out."""
    storage = None if plan.storage_gb is None else plan.storage_gb * GB
    told = {"seats": seats, "storage": storage, "documents": plan.documents, "api_calls": plan.api_calls}
    return {name: limit for name, limit in told.items() if limit is not None}


def changed(tenant_id: int) -> None:
    """Every process asks anew once this is committed."""
    transaction.on_commit(lambda: _renew(tenant_id))


def _renew(tenant_id: int) -> None:
    with public_context():
        companies = list(Tenant.objects.filter(pk=tenant_id)) + list(Tenant.objects.filter(sandbox_of=tenant_id))
    for company in companies:
        with tenant_context(company):
            config.changed()
