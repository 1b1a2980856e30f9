"""A contract follows its orders, deliveries and receipts in the same transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import config, holding, saving
from kernel.access import Actor
from kernel.events import follows
from kernel.models import Event
from kernel.statements import Statement
from tenant_apps.contracts import actions, billing, staging
from tenant_apps.contracts.models import Change, ChangeLine, Contract, ContractLine, PlanLine, Term
from tenant_apps.selection import standing
from tenant_apps.selection.models import Configuration

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


@follows("contracts.clause.*")
def clauses_changed(clause: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """Every new contract begins with the standard clauses, which every process keeps."""
    config.changed()


@follows(*TRIGGERS)
def stage_due(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    contract = document.ancestor("contracts.contract")
    if contract is not None:
        day = getattr(document, DAYS.get(event.kind, ""), None)
        staging.trigger(contract, TRIGGERS[event.kind], day or at.date(), getattr(document, "due_id", None))
        if event.kind == "finance.invoice.issue":
            billing.recount(contract, by=by, at=at)
        else:
            billing.remind_upon(contract, TRIGGERS[event.kind])


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


@follows("selection.configuration.change")
def agreed_stays(configuration: Configuration, event: Event, *, by: Actor, at: datetime) -> None:
    """What was signed, or is being decided about, is not chosen anew; a letter about a contract that is still written no more tells of it as it is."""
    if "choices" not in event.changes:
        return
    for contract in Contract.objects.filter(pk__in=ContractLine.objects.filter(configuration=configuration).values("contract")):
        if contract.state != Contract.State.DRAFT or contract.facts.get("signature"):
            standing.refuse(configuration, contract, _("%(configuration)s stands on %(document)s, which was signed."))
        holding.check_free(contract, by)
        locked = saving.lock(contract)
        saving.touch(locked)
        saving.store(locked, by=by, at=at)
    for change in Change.objects.filter(pk__in=ChangeLine.objects.filter(configuration=configuration).values("change")):
        holding.check_free(change, by)
