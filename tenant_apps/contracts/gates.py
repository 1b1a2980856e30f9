"""What may not happen before its stage of payment is in (spec 2.4, 5.1 “30/60/10”)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import messages
from kernel.access import Actor
from kernel.figures import figure, sees
from kernel.gates import gate
from kernel.refusals import Help, Refused
from kernel.statements import Statement
from tenant_apps.contracts.models import PlanLine, Term

CODES = {Term.Gate.PRODUCTION: "deposit_missing", Term.Gate.DELIVERY: "delivery_unpaid", Term.Gate.INVOICE: "invoice_unpaid"}


_stages = Statement(
    lambda contract, what: PlanLine.objects.filter(contract=contract, gate=what).select_related("due", "contract").order_by("seq"), int, str
)


def stages(contract: int, what: str) -> list[PlanLine]:
    """The stages of a contract that block something, with what is in for them."""
    return _stages(contract, what)


def ask(document: Any, what: Term.Gate) -> None:
    contract = document.ancestor("contracts.contract")
    for line in stages(contract, what) if contract is not None else ():
        if line.missing > 0 and line.soft:
            _warn(document, line, what)
        elif line.missing > 0:
            raise _refusal(line, what)


AMOUNTS = ("contracts.contract", "plan", "amount", "total")


def _warn(document: Any, line: PlanLine, what: Term.Gate) -> None:
    """It goes on; whoever owns the contract is told once."""
    if line.contract.owner:
        told = {"action": str(what.label), "stage": line.name, "contract": line.contract, "document": document}
        messages.send(
            [line.contract.owner],
            _("%(document)s: %(action)s went on although “%(stage)s” of contract %(contract)s is not in.") % told,
            origin=f"{document._meta.label_lower}:{document.pk}:{what.value}:{line.pk}",
            link={"resource": "contracts.contract", "id": line.contract_id},
        )


def _refusal(line: PlanLine, what: Term.Gate) -> Refused:
    sentence = _(
        "%(action)s waits for “%(stage)s”: of %(amount)s, %(missing)s is still missing. Register the receipt for contract %(contract)s and it goes on."
    ) % {
        "action": str(what.label),
        "stage": line.name,
        "amount": figure(line.amount, *AMOUNTS),
        "missing": figure(line.open, *AMOUNTS),
        "contract": line.contract,
    }
    help_values = {"id": line.contract_id, **({"amount": str(line.open)} if sees(*AMOUNTS) else {})}
    return Refused(
        CODES[what],
        sentence,
        help=[
            Help(str(_("Register receipt")), "contracts.contract.receive", help_values),
            Help(str(_("Open contract")), "contracts.contract.open", help_values),
        ],
    )


@gate("sales.order.release")
def deposit_first(order: Any, *, by: Actor, at: datetime) -> None:
    ask(order, Term.Gate.PRODUCTION)


@gate("logistics.delivery.ship")
def payment_before_shipment(delivery: Any, *, by: Actor, at: datetime) -> None:
    ask(delivery, Term.Gate.DELIVERY)


@gate("finance.invoice.issue")
def payment_before_invoice(invoice: Any, *, by: Actor, at: datetime) -> None:
    ask(invoice, Term.Gate.INVOICE)
