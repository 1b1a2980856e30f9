"""A contract follows its orders, deliveries and receipts in the same transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel.access import Actor
from kernel.events import follows
from kernel.models import Event
from kernel.statements import Statement
from tenant_apps.contracts import actions
from tenant_apps.contracts.models import Term
from tenant_apps.finance.models import Allocation

TRIGGERS = {
    "sales.order.release": Term.Trigger.RELEASED,
    "sales.order.ready": Term.Trigger.READY,
    "sales.order.accept": Term.Trigger.ACCEPTED,
    "finance.invoice.issue": Term.Trigger.INVOICED,
    "logistics.delivery.ship": Term.Trigger.SHIPPED,
}


@follows(*TRIGGERS)
def stage_due(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    contract = document.ancestor("contracts.contract")
    if contract is not None:
        day = getattr(document, "accepted_on", None) if event.kind == "sales.order.accept" else None
        actions.trigger(contract, TRIGGERS[event.kind], day or at.date(), by=by, at=at)


_paid = Statement(
    lambda receipt: Allocation.objects.filter(receipt=receipt, due__source="contracts.contract").values_list("due__source_id")
)


@follows("finance.receipt.post", "finance.receipt.allocate", "finance.receipt.reverse")
def money_moved(receipt: Any, event: Event, *, by: Actor, at: datetime) -> None:
    for contract in sorted({key for (key,) in _paid(receipt.pk)}):
        actions.recompute(contract, by=by, at=at)


@follows("finance.due.waive", "sales.order.close", "sales.order.cancel")
def part_settled(part: Any, event: Event, *, by: Actor, at: datetime) -> None:
    contract = part.ancestor("contracts.contract")
    if contract is not None:
        actions.recompute(contract, by=by, at=at)
