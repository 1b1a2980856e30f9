"""What a new company starts with. Each app brings its own defaults (`defaults.py`), the lower ones first."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.utils.translation import override

from config import trades
from kernel import calls, clock, config, events, jobs
from kernel.access import SYSTEM
from kernel.webhooks.models import Delivery
from shared_apps.accounts import services
from tenant_apps.process.models import Outgoing
from tenants.context import public_context


def install(tenant: Any, owner: Any) -> None:
    """Make the defaults of every app, in the company's language, in one transaction."""
    with override(tenant.language), calls.call():
        for app in settings.TENANT_APPS:
            if app != "kernel" and find_spec(f"{app}.defaults"):
                import_module(f"{app}.defaults").install(tenant, owner, by=SYSTEM, at=clock.now())
        trades.install(tenant.template, tenant.language, by=SYSTEM, at=clock.now())


def replaced(tenant: Any, *, copied: bool) -> None:
    """The company's rows have been exchanged for those of a backup. A copy does nothing that its original has begun."""
    config.changed()
    if copied:
        events.forget_pending()
        jobs.call_off_all()
        Delivery.objects.filter(next_at__isnull=False).update(next_at=None)
        Outgoing.objects.filter(next_at__isnull=False).update(next_at=None)
        with public_context():
            services.remember_owner(tenant)


def imported(tenant: Any, owner: Any) -> None:
    """The company has been filled with what an archive held; it belongs to whoever founded it here."""
    config.changed()
    events.forget_pending()
    with override(tenant.language), calls.call():
        import_module(settings.MEMBER_JOIN).adopt(owner.user_id, owner.email, owner.name)
