"""Invoices by stages of payment: made from a stage, and refused or warned of when the stage's rule says later (spec 2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import saving, statements
from kernel.access import Actor
from kernel.actions import action
from kernel.documents import coming_from
from kernel.figures import figure
from kernel.money import ZERO, spread
from kernel.refusals import Help, Refused
from tenant_apps.catalog.priced import COPIED
from tenant_apps.contracts import staging, warning
from tenant_apps.contracts.models import Contract, ContractLine, PlanLine, Term
from tenant_apps.finance.models import Due, Invoice, InvoiceLine
from tenant_apps.sales.models import Order, OrderLine

S, B = Contract.State, Term.Bill
UPON: dict[str, str] = {Term.Trigger.SHIPPED: B.DELIVERY, Term.Trigger.ACCEPTED: B.ACCEPTANCE}
"""What stages of which rule wait for."""
MILLIONTH = Decimal("0.000001")
AMOUNTS = ("contracts.contract", "plan", "amount", "total")


@action(
    label=_("Invoice a stage"), when=(S.SIGNED, S.EXECUTING, S.COMPLETED), opens=True, says=_("a stage was invoiced"),
    params={"stage": {"label": _("Stage"), "lookup": {"partner": "customer"}}},
)  # fmt: skip
def bill(contract: Contract, *, by: Actor, at: datetime, stage: Due) -> None:
    """Prepare the invoice of a stage of payment: its amount, divided over what is not yet invoiced, each part with its VAT rate."""
    line = PlanLine.objects.filter(contract=contract, due=stage).first()
    if line is None:
        raise Refused("other_contract", _t("This stage belongs to another contract. Choose one of %(contract)s.") % {"contract": contract})
    amount = line.amount - (
        Invoice.objects.filter(due=stage).exclude(state=Invoice.State.REVERSED).aggregate(sum=Sum("total"))["sum"] or ZERO
    )
    if amount <= 0:
        raise Refused("invoiced", _t("There is an invoice of this stage already."))
    sold = [one for one in _sold(contract) if line.bill_rate in (None, one.tax_rate)]
    left = [max(one.amount - one.invoiced, ZERO) for one in sold]
    if amount > sum(left, ZERO):
        told = {
            name: figure(value, *AMOUNTS, currency=contract.currency) for name, value in (("left", sum(left, ZERO)), ("amount", amount))
        }
        raise Refused(
            "too_much",
            _t("Only %(left)s can still be invoiced, less than the stage of %(amount)s. Order what is missing, or change the plan.") % told,
        )
    parts = [(one, part) for one, part in zip(sold, spread(amount, left), strict=True) if part]
    for document in dict.fromkeys(one.document for one, _part in parts):
        rows = [part_of(one, part) for one, part in parts if one.document == document]
        values = {
            "partner_id": contract.customer_id,
            "owner": contract.owner,
            "unit": contract.unit,
            "currency": contract.currency,
            "rate": contract.rate,
            "due": stage,
            "remark": line.name,
        }
        saving.create(Invoice, values | coming_from(document), {"lines": rows}, by=by, at=at)


def _sold(contract: Contract) -> list[Any]:
    """What can be invoiced: lines of its orders, or its own where there is none; each with its document and what is invoiced of it."""
    orders = {order.pk: order for order in staging.orders_of(contract.pk) if order.state != Order.State.CANCELLED}
    if orders:
        lines: list[Any] = list(OrderLine.objects.filter(order__in=orders).order_by("order", "seq"))
        for line in lines:
            line.document = orders[line.order_id]
        return lines
    billed = invoiced_directly(contract)
    lines = list(statements.lines(ContractLine)(contract.pk))
    for line in lines:
        line.document, line.invoiced = contract, billed.get(line.pk, ZERO)
    return lines


def invoiced_directly(contract: Contract) -> dict[int | None, Decimal]:
    """What was invoiced of each line of a contract itself, not of its orders. Incl. VAT, in its currency."""
    rows = InvoiceLine.objects.filter(
        invoice__source="contracts.contract", invoice__source_id=contract.pk, invoice__state=Invoice.State.ISSUED
    )
    return dict(rows.values_list("source_line").annotate(sum=Sum("amount")).order_by())


def part_of(line: Any, part: Decimal) -> InvoiceLine:
    """A line of the invoice: as much of the quantity as the part is of the whole, at the price that makes it the part to the cent."""
    quantity = max((line.quantity * part / line.amount).quantize(MILLIONTH), MILLIONTH)
    price = (part / quantity).quantize(MILLIONTH)
    values = {name: getattr(line, name) for name in COPIED}
    return InvoiceLine(**values | {"source_line": line.pk, "quantity": quantity, "unit_price": price, "discount": ZERO})


# the rules -----------------------------------------------------------------------------------------------------------
_ruled = statements.Statement(
    lambda contract: (
        PlanLine.objects.filter(contract=contract)
        .filter(Q(gate=Term.Gate.INVOICE) | ~Q(bill__in=(B.ANY, B.BEFORE)))
        .select_related("due", "contract")
        .order_by("seq")
    )
)


def ruled(contract: int) -> list[PlanLine]:
    """The stages that say when something may be invoiced."""
    return _ruled(contract)


def check(invoice: Invoice, contract: int, stages: Sequence[PlanLine]) -> None:
    """Refuse an invoice that comes before its stage allows it, or warn; one of no stage may take what no rule keeps back."""
    orders = staging.orders_of(contract) if any(line.bill in (B.DELIVERY, B.ACCEPTANCE) for line in stages) else []
    early = [line for line in stages if line.bill != B.ANY and _too_early(line, orders)]
    mine = [line for line in early if line.due_id == invoice.due_id] if invoice.due_id else early
    hard = [line for line in mine if not line.soft]
    if hard and (invoice.due_id or _takes_more(invoice, hard)):
        raise _refusal(invoice, hard[0])
    if mine and (invoice.due_id or _takes_more(invoice, mine)):
        for line in mine:
            sentence = _t("%(document)s was issued although “%(stage)s” of contract %(contract)s says: %(rule)s.")
            warning.tell(line, sentence % warning.told(invoice, line), invoice, "bill")


def _too_early(line: PlanLine, orders: Sequence[Order]) -> bool:
    if line.bill == B.RECEIPT:
        return line.missing > 0
    reached = line.contract.facts.get("reached", {})
    if line.bill == B.DELIVERY:
        return Term.Trigger.SHIPPED not in reached and not any(order.delivered_amount for order in orders)
    return line.bill == B.ACCEPTANCE and Term.Trigger.ACCEPTED not in reached and not any(order.accepted_on for order in orders)


def _takes_more(invoice: Invoice, early: Sequence[PlanLine]) -> bool:
    """Whether an invoice that belongs to no stage takes more than the stages that may be invoiced leave."""
    contract = early[0].contract
    return invoice.total > contract.total - contract.invoiced - sum((line.amount for line in early), ZERO)


def _refusal(invoice: Invoice, line: PlanLine) -> Refused:
    told = warning.told(invoice, line) | {"amount": figure(line.amount, *AMOUNTS, currency=line.contract.currency)}
    sentence = (
        _t("“%(stage)s” of contract %(contract)s (%(amount)s) is invoiced: %(rule)s. Wait for that, or invoice another stage.") % told
    )
    help = [Help(_t("Open contract"), "contracts.contract.open", {"id": line.contract_id})]
    return Refused("invoice_too_early", sentence, help=help)


def paid_without_invoice(stages: Sequence[PlanLine]) -> None:
    """Tell the owners of money that has come in for stages whose invoice should have come first."""
    for line in _uninvoiced(stages):
        sentence = _t("“%(stage)s” of contract %(contract)s was paid before it was invoiced. Issue its invoice.")
        warning.tell(line, sentence % warning.told(line.contract, line), line.contract, "before")


def remind(stages: Sequence[PlanLine]) -> None:
    """Tell the owners of stages that are to be invoiced now, once for each stage."""
    for line in _uninvoiced(stages):
        sentence = _t("“%(stage)s” of contract %(contract)s is to be invoiced now. It is invoiced: %(rule)s.")
        warning.tell(line, sentence % warning.told(line.contract, line), line.contract, "now")


def remind_upon(contract: int, what: str) -> None:
    """The same of stages that are to be invoiced once this has happened: by their rule, or because they are invoiced before they are paid."""
    lines = [line for line in staging.stages_of(contract) if line.due_id]
    remind([line for line in lines if line.bill == UPON.get(what) or (line.bill == B.BEFORE and line.trigger == what)])


def _uninvoiced(stages: Sequence[PlanLine]) -> list[PlanLine]:
    if not stages:
        return []
    issued = set(Invoice.objects.filter(due__in=[line.due_id for line in stages], state=Invoice.State.ISSUED).values_list("due", flat=True))
    return [line for line in stages if line.due_id not in issued]


_issued = statements.Statement(
    lambda contract: Invoice.objects.filter(
        Q(source="contracts.contract", source_id=contract)
        | Q(source="sales.order", source_id__in=Order.objects.filter(source="contracts.contract", source_id=contract).values("pk")),
        state=Invoice.State.ISSUED,
    ).values_list("total")
)


def recount(contract: int, *, by: Actor, at: datetime) -> None:
    """What of a contract is invoiced, over its orders and directly. May run any number of times."""
    locked = saving.lock(Contract(pk=contract))
    locked.invoiced = sum((total for (total,) in _issued(contract)), ZERO)
    saving.store(locked, by=by, at=at)
