"""What a company's plan allows, in the kernel's words."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

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
    limits_ = most(plan, found.seats if found else plan.seats)
    beyond = {name: _charged(name, limits_[name], price) for name, price in beyond_of(found).items() if name in limits_} if found else {}
    return Allowances(limits_, used, usage.month if usage else None, frozenset(plan.apps), beyond)


def beyond_of(bought: Subscription) -> dict[str, str]:
    """What is charged beyond the month's number, at which price; only while the card pays."""
    charged = bought.status == Subscription.Status.ACTIVE and bought.collection == Subscription.Collection.CARD
    return dict(bought.beyond or {}) if charged else {}


def _charged(name: str, most: int, price: str) -> str:
    """The banner of a month whose number is used up, where more is charged."""
    told = {"most": f"{most:,}", "price": f"¥{Decimal(price):,.2f}"}
    if name == "documents":
        return (
            _("This month's %(most)s documents are used up. Each further one costs %(price)s and is charged with the next invoice.") % told
        )
    return _("This month's %(most)s API calls are used up. Each thousand more costs %(price)s, charged with the next invoice.") % told


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
