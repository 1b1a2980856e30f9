"""What may not happen before its stage of payment is in (spec 2.4, 5.1 “30/60/10”)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel.access import Actor
from kernel.figures import figure, sees
from kernel.gates import gate
from kernel.refusals import Help, Refused
from kernel.statements import Statement
from tenant_apps.contracts import billing, warning
from tenant_apps.contracts.models import Contract, PlanLine, Term

CODES = {
    Term.Gate.PRODUCTION: "deposit_missing", Term.Gate.PURCHASE: "purchase_unpaid", Term.Gate.DELIVERY: "delivery_unpaid",
    Term.Gate.INSTALL: "installation_unpaid", Term.Gate.INVOICE: "invoice_unpaid",
}  # fmt: skip


_stages = Statement(
    lambda contract, what: PlanLine.objects.filter(contract=contract, gate=what).select_related("due", "contract").order_by("seq"), int, str
)


def stages(contract: int, what: str) -> list[PlanLine]:
    """The stages of a contract that block something, with what is in for them."""
    return _stages(contract, what)


def ask(document: Any, what: Term.Gate) -> None:
    """Refuse what a stage of the document's contract blocks, or warn; the way for every module whose actions a stage may block."""
    contract = document.ancestor("contracts.contract")
    if contract is not None:
        _hold(document, what, stages(contract, what))


def _hold(document: Any, what: Term.Gate, lines: list[PlanLine]) -> None:
    for line in lines:
        if line.missing > 0 and line.soft:
            sentence = _("%(document)s: %(action)s went on although “%(stage)s” of contract %(contract)s is not in.")
            warning.tell(line, sentence % (warning.told(document, line) | {"action": str(what.label)}), document, what.value)
        elif line.missing > 0:
            raise _refusal(line, what)


AMOUNTS = ("contracts.contract", "plan", "amount", "total")


def _refusal(line: PlanLine, what: Term.Gate) -> Refused:
    sentence = _(
        "%(action)s waits for “%(stage)s”: of %(amount)s, %(missing)s is still missing. Register the receipt for contract %(contract)s and it goes on."
    ) % {
        "action": str(what.label),
        "stage": line.name,
        "amount": figure(line.amount, *AMOUNTS, currency=line.contract.currency),
        "missing": figure(line.open, *AMOUNTS, currency=line.contract.currency),
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


@gate("contracts.contract.sign")
def payment_before_purchase(contract: Contract, *, by: Actor, at: datetime) -> None:
    """What we buy for a contract is not ordered before the stages that block purchasing are in."""
    if contract.buys:
        ask(contract, Term.Gate.PURCHASE)


@gate("logistics.delivery.ship")
def payment_before_shipment(delivery: Any, *, by: Actor, at: datetime) -> None:
    ask(delivery, Term.Gate.DELIVERY)


@gate("contracts.contract.install")
def payment_before_installation(contract: Contract, *, by: Actor, at: datetime) -> None:
    _hold(contract, Term.Gate.INSTALL, stages(contract.pk, Term.Gate.INSTALL))


@gate("finance.invoice.issue")
def payment_before_invoice(invoice: Any, *, by: Actor, at: datetime) -> None:
    """Stages that block invoicing, and rules of stages on when they are invoiced; one statement for both."""
    contract = invoice.ancestor("contracts.contract")
    if contract is not None:
        lines = billing.ruled(contract)
        _hold(invoice, Term.Gate.INVOICE, [line for line in lines if line.gate == Term.Gate.INVOICE])
        billing.check(invoice, contract, lines)
