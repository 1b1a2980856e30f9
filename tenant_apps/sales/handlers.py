"""An order follows its deliveries and invoices in the same transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel.access import Actor
from kernel.events import follows
from kernel.models import Event
from tenant_apps.sales import actions


@follows("logistics.delivery.ship", "finance.invoice.issue", "finance.invoice.reverse")
def keep_in_line(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    if document.source == "sales.order":
        actions.recompute(document.source_id, by=by, at=at)
