"""The alert rules a new company starts with: those that the apps bring along."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel import alerts, saving
from kernel.access import Actor
from tenant_apps.process.models import Rule


def install(tenant: Any, owner: Any, *, by: Actor, at: datetime) -> None:
    saving.create_many(Rule, [(values(one), {}) for one in alerts.everything().values()], by=by, at=at)


def values(one: alerts.Ready) -> dict[str, Any]:
    """A shipped rule as a company keeps it, in the language of whoever takes it over."""
    plain = {name: getattr(one, name) for name in ("resource", "condition", "anchor", "field", "level", "per", "repeat")}
    return {**plain, "name": str(one.name), "ready": one.key, "steps": list(one.steps), "facts": list(one.facts)}
