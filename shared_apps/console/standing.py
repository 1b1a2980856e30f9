"""What the platform knows of its companies beside their names, for all of them in a handful of queries (SCALE.md, rule 16)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from shared_apps.accounts.models import Device
from shared_apps.billing import entitlements, subscriptions
from shared_apps.billing.models import Plan, Subscription, Usage
from shared_apps.console.models import Client
from tenants.backups.taking import DUE_AFTER
from tenants.models import SchemaRelease, Tenant
from tenants.states import WORKING, State

LATE_AFTER = DUE_AFTER + timedelta(hours=2)
"""Within this time a daily backup is there."""
T = Client.Trouble
TROUBLES = {
    T.MIGRATION: "red", T.BACKUP: "red", T.LATE: "orange", T.BEHIND: "gold",
    T.PAST_DUE: "orange", T.OVER: "gold",
}  # fmt: skip


@dataclass
class Known:
    """What was read of all companies; the functions below read nothing more."""

    at: datetime
    plan: Plan
    releases: list[tuple[datetime, str]] = field(default_factory=list)
    bought: dict[int, Subscription] = field(default_factory=dict)
    used: dict[int, Usage] = field(default_factory=dict)
    seen: dict[str, datetime] = field(default_factory=dict)


def companies() -> Any:
    """With their last backup, and how their last migration and backup went."""
    return Tenant.objects.select_related("standing").annotate(last_backup=Max("backups__taken_at")).order_by("pk")


def learn(at: datetime, only: Iterable[int] | None = None) -> Known:
    """Read it, of all companies or of these."""
    bought, used = Subscription.objects.select_related("plan"), Usage.objects.order_by("tenant_id", "-month").distinct("tenant_id")
    if only is not None:
        bought, used = bought.filter(tenant_id__in=only), used.filter(tenant_id__in=only)
    return Known(
        at,
        subscriptions.trial_plan(),
        list(SchemaRelease.objects.order_by("deployed_at").values_list("deployed_at", "digest")),
        {row.tenant_id: row for row in bought},
        {row.tenant_id: row for row in used},
        dict(Device.objects.values_list("place").annotate(Max("seen_at")).order_by()),
    )


def facts(tenant: Any, known: Known, before: Client | None) -> dict[str, Any]:
    """What the operators' row of a company says now. A log-in that has ended leaves when it was last used."""
    bought, used = known.bought.get(tenant.pk), known.used.get(tenant.pk)
    seen = [one for one in (known.seen.get(tenant.schema_name), before and before.last_seen_at) if one]
    plan = bought.plan if bought else known.plan
    wrong = troubles(tenant, known)
    return {
        "name": tenant.name,
        "slug": tenant.slug,
        "state": tenant.state,
        "signed_up_on": tenant.created_at.date(),
        "trial_until": tenant.until.date() if tenant.until and tenant.state == State.TRIAL else None,
        "plan": plan.code if tenant.sandbox_of_id is None else "",
        "members": used.seats if used else 0,
        "documents": used.documents if used else 0,
        "megabytes": -(-used.storage_bytes // 2**20) if used else 0,
        "last_seen_at": max(seen, default=None),
        "backed_up_at": tenant.last_backup,
        "release": release_of(tenant, known)[:12],
        "trouble": wrong[0] if wrong else T.NONE,
    }


def release_of(tenant: Any, known: Known) -> str:
    """Digest of the release its tables are of: of its last migration, or of the day it was founded."""
    moved = getattr(getattr(tenant, "standing", None), "release", "")
    return moved or next((digest for deployed, digest in reversed(known.releases) if deployed <= tenant.created_at), "")


def troubles(tenant: Any, known: Known) -> list[str]:
    """Everything that somebody should look at, the gravest first."""
    if tenant.state in (State.REQUESTED, State.PROVISIONING, State.DELETED):
        return []
    stood = getattr(tenant, "standing", None)
    live = tenant.sandbox_of_id is None
    current = known.releases[-1][1] if known.releases else ""
    found = {
        T.MIGRATION: bool(stood and stood.migration_error),
        T.BACKUP: bool(live and stood and stood.backup_error),
        T.LATE: live and (tenant.last_backup or tenant.created_at) < known.at - LATE_AFTER,
        T.BEHIND: release_of(tenant, known) != current,
        T.PAST_DUE: tenant.state == State.PAST_DUE,
        T.OVER: live and tenant.state in WORKING and bool(over(tenant.pk, known)),
    }
    return [str(name) for name, holds in found.items() if holds]


def over(pk: int, known: Known) -> list[str]:
    """The limits of its plan that a company is over."""
    bought, used = known.bought.get(pk), known.used.get(pk)
    if used is None:
        return []
    most = entitlements.most(bought.plan if bought else known.plan, bought.seats if bought else known.plan.seats)
    return [name for name, number in used_of(used).items() if number > most.get(name, number)]


def used_of(used: Usage) -> dict[str, int]:
    """In the words of the limits."""
    return {"seats": used.seats, "storage": used.storage_bytes, "documents": used.documents, "api_calls": used.api_calls}
