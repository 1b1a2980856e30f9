"""The usual authorities for discounts (spec 2.3)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel import saving
from kernel.access import Actor
from tenant_apps.pricing.authority import usual
from tenant_apps.pricing.models import AuthorityBand


def install(tenant: Any, owner: Any, *, by: Actor, at: datetime) -> None:
    rows: list[tuple[dict[str, Any], dict[str, Any]]] = [(band._asdict(), {}) for band in usual()]
    saving.create_many(AuthorityBand, rows, by=by, at=at)
