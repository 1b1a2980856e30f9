"""Invoicing, receiving and allocating money (spec 2.11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import bulk, periods, statements
from kernel.access import Actor
from kernel.actions import action, set_state
from kernel.documents import Document
from kernel.figures import figure
from kernel.money import ZERO
from kernel.periods import Ledger
from kernel.refusals import Refused
from kernel.specs import key_of
from tenant_apps.finance.models import Allocation, Due, Entry, Invoice, Receipt


def book(document: Document, partner: int, on: date, kind: str, *, debit: Decimal = ZERO, credit: Decimal = ZERO, at: datetime) -> None:
    """Write a line of the customer's ledger for a document, in the company's own currency; refused on a day that is closed."""
    periods.ask(Ledger.RECEIVABLE, on, document.unit)
    entry = Entry(
        partner_id=partner, date=on, kind=kind, debit=debit, credit=credit, source=key_of(type(document)), source_id=document.pk, label=str(document), created_at=at
    )  # fmt: skip
    bulk.insert(Entry, [entry])


@action(label=_("Issue"), when=Invoice.State.DRAFT, then=Invoice.State.ISSUED, style="primary", bulk=True, says=_("issued"))
def issue(invoice: Invoice, *, by: Actor, at: datetime) -> None:
    """Give the invoice its number and book it to the customer's ledger."""
    from kernel import numbering

    if invoice.total <= 0:
        raise Refused("empty", _t("There is nothing on this invoice. Add a line first."))
    invoice.invoice_date = invoice.invoice_date or at.date()
    numbering.give([invoice], at.date())
    book(invoice, invoice.partner_id, invoice.invoice_date, Entry.Kind.INVOICE, debit=invoice.worth(invoice.total), at=at)


@action(
    label=pgettext_lazy("invoice", "Reverse"), when=Invoice.State.ISSUED, then=Invoice.State.REVERSED, style="danger", says=pgettext_lazy("invoice", "reversed"),
    confirm=_("The invoice is taken back (red letter). Continue?"), params={"reason": {"label": _("Reason")}},
)  # fmt: skip
def reverse(invoice: Invoice, *, by: Actor, at: datetime, reason: str) -> None:
    """Take an invoice back with a line against it in the ledger; the invoice stays readable."""
    book(invoice, invoice.partner_id, at.date(), Entry.Kind.REVERSAL, debit=-invoice.worth(invoice.total), at=at)


@action(
    label=pgettext_lazy("receipt", "Post"),
    when=Receipt.State.DRAFT,
    then=Receipt.State.POSTED,
    style="primary",
    bulk=True,
    says=pgettext_lazy("receipt", "posted"),
)
def post(receipt: Receipt, *, by: Actor, at: datetime) -> None:
    """Book the money to the customer's ledger and to the receivables it is for."""
    lines = statements.lines(Allocation)(receipt.pk)
    collect({line.due_id: line.amount for line in lines} if len({line.due_id for line in lines}) == len(lines) else _added(lines))
    on = receipt.received_on or at.date()
    book(receipt, receipt.partner_id, on, Entry.Kind.RECEIPT, credit=receipt.worth(receipt.amount), at=at)


def _added(lines: Iterable[Allocation]) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = {}
    for line in lines:
        sums[line.due_id] = sums.get(line.due_id, ZERO) + line.amount
    return sums


@action(
    label=_("Allocate"),
    when=Receipt.State.POSTED,
    says=_("allocated"),
    params={
        "due": {"label": _("Receivable"), "lookup": {"partner": "partner"}},
        "amount": {"label": _("Amount"), "help": _("Empty: as much as possible")},
    },
)
def allocate(receipt: Receipt, *, by: Actor, at: datetime, due: Due, amount: Decimal | None = None) -> None:
    """Use what is left of a receipt for a receivable."""
    if due.partner_id != receipt.partner_id:
        raise Refused("other_customer", _t("This receivable is another customer's."))
    if due.currency != receipt.currency:
        told = {"due": due, "theirs": due.currency, "ours": receipt.currency}
        raise Refused(
            "other_currency", _t("%(due)s is in %(theirs)s, what was received in %(ours)s. Register what came in for it by itself.") % told
        )
    rest = receipt.amount - receipt.allocated
    amount = min(rest, due.open) if amount is None else amount
    if amount <= 0 or amount > rest:
        raise Refused(
            "nothing_left",
            _t("Only %(rest)s of this receipt is still free.")
            % {"rest": figure(rest, "finance.receipt", "amount", "allocated", currency=receipt.currency)},
        )
    Allocation.objects.create(receipt=receipt, due=due, amount=amount, seq=Allocation.objects.filter(receipt=receipt).count() + 1)
    receipt.allocated += amount
    collect({due.pk: amount})


@action(
    label=_("Reverse"), when=Receipt.State.POSTED, then=Receipt.State.REVERSED, style="danger", says=_("reversed"),
    confirm=_("The receivables become open again. Continue?"), params={"reason": {"label": _("Reason")}},
)  # fmt: skip
def reverse_(receipt: Receipt, *, by: Actor, at: datetime, reason: str) -> None:
    """Take a receipt back: the ledger gets a line against it and the receivables are open again."""
    collect({due: -amount for due, amount in _added(Allocation.objects.filter(receipt=receipt)).items()})
    book(receipt, receipt.partner_id, at.date(), Entry.Kind.REVERSAL, credit=-receipt.worth(receipt.amount), at=at)


@action(
    label=_("Waive"),
    when=(Due.State.PLANNED, Due.State.TRIGGERED, Due.State.PARTLY_RECEIVED),
    then=Due.State.WAIVED,
    style="danger",
    says=_("waived"),
    params={"reason": {"label": _("Reason")}},
)
def waive(due: Due, *, by: Actor, at: datetime, reason: str) -> None:
    """Give up what is still open of a receivable; it no longer blocks anything and is no longer dunned."""


_locked = statements.Statement(lambda keys: Due.objects.select_for_update().filter(pk__among=keys).order_by("pk"), list)


def collect(amounts: dict[int, Decimal]) -> list[Due]:
    """Add received amounts to receivables, locked in order of their ids; never more than is open."""
    if not amounts:
        return []
    dues = _locked(list(amounts))
    for due in dues:
        amount = amounts[due.pk]
        if amount > due.open:
            raise Refused(
                "over_allocated",
                _t("%(due)s has only %(open)s open. Allocate less, or the rest to another receivable.")
                % {"due": due, "open": figure(due.open, "finance.due", "amount", "collected", "open", currency=due.currency)},
            )
        due.collected += amount
        set_state(due, state_of(due))
        due.version += 1
    bulk.update(dues, ["collected", "state", "version"])
    return dues


def state_of(due: Due) -> str:
    """Where a receivable stands, told from its facts."""
    if due.state == Due.State.WAIVED:
        return Due.State.WAIVED
    if due.collected >= due.amount:
        return Due.State.RECEIVED
    if due.collected > 0:
        return Due.State.PARTLY_RECEIVED
    return Due.State.TRIGGERED if due.triggered_on else Due.State.PLANNED


def balance(partner: int) -> Decimal:
    """What the customer owes by the ledger: invoices less receipts, in the company's own currency."""
    sums = Entry.objects.filter(partner=partner).aggregate(debit=Sum("debit"), credit=Sum("credit"))
    return (sums["debit"] or ZERO) - (sums["credit"] or ZERO)
