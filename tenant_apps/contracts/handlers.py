"""A contract follows its orders, deliveries and receipts in the same transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel.access import Actor
from kernel.events import follows
from kernel.models import Event
from kernel.statements import Statement
from tenant_apps.contracts import actions, billing, staging
from tenant_apps.contracts.models import PlanLine, Term

TRIGGERS = {
    "sales.order.release": Term.Trigger.RELEASED,
    "sales.order.ready": Term.Trigger.READY,
    "sales.order.accept": Term.Trigger.ACCEPTED,
    "finance.invoice.issue": Term.Trigger.INVOICED,
    "logistics.delivery.ship": Term.Trigger.SHIPPED,
    "logistics.delivery.arrive": Term.Trigger.ARRIVED,
}
DAYS = {"sales.order.accept": "accepted_on", "logistics.delivery.arrive": "arrived_on"}
"""Where the document says on which day it was."""
TO_BILL = {"logistics.delivery.ship": Term.Bill.DELIVERY, "sales.order.accept": Term.Bill.ACCEPTANCE}
"""Upon which stages of which rule are to be invoiced; those that are invoiced before payment, once they are due."""


@follows(*TRIGGERS)
def stage_due(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    contract = document.ancestor("contracts.contract")
    if contract is not None:
        day = getattr(document, DAYS.get(event.kind, ""), None)
        staging.trigger(contract, TRIGGERS[event.kind], day or at.date(), getattr(document, "due_id", None))
        if event.kind == "finance.invoice.issue":
            billing.recount(contract, by=by, at=at)
        else:
            billing.remind([line for line in staging.stages_of(contract) if line.due_id and _to_bill(line, event.kind)])


def _to_bill(line: PlanLine, kind: str) -> bool:
    return line.bill == TO_BILL.get(kind) or (line.bill == Term.Bill.BEFORE and line.trigger == TRIGGERS[kind])


@follows("finance.invoice.reverse")
def invoice_taken_back(invoice: Any, event: Event, *, by: Actor, at: datetime) -> None:
    contract = invoice.ancestor("contracts.contract")
    if contract is not None:
        billing.recount(contract, by=by, at=at)


_paid = Statement(
    lambda receipt: PlanLine.objects.filter(due__allocations__receipt=receipt).select_related("contract", "due").order_by("contract", "seq")
)


@follows("finance.receipt.post", "finance.receipt.allocate", "finance.receipt.reverse")
def money_moved(receipt: Any, event: Event, *, by: Actor, at: datetime) -> None:
    stages = list(dict.fromkeys(_paid(receipt.pk)))
    for contract in dict.fromkeys(line.contract_id for line in stages):
        actions.recompute(contract, by=by, at=at)
    billing.paid_without_invoice([line for line in stages if line.bill == Term.Bill.BEFORE])
    billing.remind([line for line in stages if line.bill == Term.Bill.RECEIPT and line.missing <= 0])


@follows("finance.due.waive", "sales.order.close", "sales.order.cancel")
def part_settled(part: Any, event: Event, *, by: Actor, at: datetime) -> None:
    contract = part.ancestor("contracts.contract")
    if contract is not None:
        actions.recompute(contract, by=by, at=at)
