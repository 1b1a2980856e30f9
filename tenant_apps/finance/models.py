"""Money with customers: what they are to pay and when, invoices, receipts, and the ledger (spec 2.11, W-10.1.1)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import config
from kernel.access import Actor
from kernel.documents import Document, Line, Sourced
from kernel.fields import MoneyField, RefKeyField, StateField
from kernel.figures import figure
from kernel.money import ZERO
from kernel.periods import Ledger
from kernel.refusals import FieldError, Invalid
from tenant_apps.catalog.models import Tax
from tenant_apps.catalog.priced import Priced, PricedLine, Rated, by_list, complete, sum_up
from tenant_apps.partners.models import Partner


class ChargeItem(Document):
    """What an amount receivable or payable is for, and what it counts in: goods, deposit, retention, freight."""

    class Direction(models.TextChoices):
        RECEIVABLE = "receivable", _("Receivable")
        PAYABLE = "payable", _("Payable")
        BOTH = "both", _("Both")

    code = models.CharField(pgettext_lazy("entry", "Code"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=60)
    direction = models.CharField(_("Direction"), max_length=10, choices=Direction.choices, default=Direction.RECEIVABLE)
    tax = models.ForeignKey(Tax, models.PROTECT, null=True, blank=True, verbose_name=_("Tax rate"), related_name="+")
    account = models.CharField(_("Account"), max_length=20, blank=True)
    in_credit = models.BooleanField(_("Counts for credit"), default=True)
    in_commission = models.BooleanField(_("Counts for commission"), default=True)
    in_ageing = models.BooleanField(_("Counts for ageing"), default=True)
    system = models.BooleanField(_("From the product"), default=False, editable=False)
    active = models.BooleanField(_("Active"), default=True)

    label_field = "name"
    row_scoped = False
    search = ("code", "name")

    class Meta(Document.Meta):
        verbose_name = _("Charge item")
        verbose_name_plural = _("Charge items")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if self.system and self.pk is not None and self.code != self.__dict__.get("_stored", {}).get("code", self.code):
            raise Invalid([FieldError("code", "system", _t("The product uses this item: its code stays. The name may be changed."))])


class Due(Sourced, Rated):
    """An amount a customer is to pay: a line of a payment plan, with its date once it is known and what has come in for it."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        TRIGGERED = "triggered", _("Due")
        PARTLY_RECEIVED = "partly_received", _("Partly received")
        RECEIVED = "received", _("Received")
        WAIVED = "waived", _("Waived")

    partner = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("Customer"), related_name="+")
    name = models.CharField(_("Stage"), max_length=60)
    seq = models.PositiveIntegerField(_("Stage no."), default=1)
    retention = models.BooleanField(_("Retention"), default=False)
    charge = models.ForeignKey(ChargeItem, models.PROTECT, null=True, blank=True, verbose_name=_("Charge item"), related_name="+")
    amount = MoneyField(_("Amount"))
    collected = MoneyField(_("Collected"), editable=False)
    currency = models.CharField(_("Currency"), max_length=3, default="CNY", db_default="CNY", editable=False)
    due_date = models.DateField(_("Due date"), null=True, blank=True)
    forecast_date = models.DateField(_("Expected"), null=True, blank=True)
    triggered_on = models.DateField(_("Became due on"), null=True, editable=False)
    state = StateField(State, verbose_name=_("State"))

    label_field = "name"
    river = ("partner",)
    search = ("name", "source_label")

    class Meta(Sourced.Meta):
        verbose_name = verbose_name_plural = _("Receivable")
        indexes = [*Sourced.Meta.indexes, models.Index(fields=["partner", "due_date"], name="due_partner")]
        constraints = [
            *Document.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(collected__lte=models.F("amount")) & models.Q(collected__gte=0), name="due_collected"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_label} {self.name}".strip()

    @property
    def open(self) -> Decimal:
        """What may still be received for it; nothing once it is waived."""
        return ZERO if self.state == self.State.WAIVED else self.amount - self.collected

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if self.amount <= 0:
            raise Invalid([FieldError("amount", "positive", _t("The amount must be more than 0."))])
        if self.charge_id is None:
            self.charge_id = charge_ids().get("retention" if self.retention else "deposit" if self.seq == 1 else "progress")


def charge_ids() -> dict[str, int]:
    """{code: id} of the charge items in use."""
    return config.cached("charge-items", lambda: dict(ChargeItem.objects.filter(active=True).values_list("code", "pk")))


class Invoice(Sourced, Priced, Rated):
    """A sales invoice. Issuing it books the amount to the customer's ledger."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ISSUED = "issued", _("Issued")
        REVERSED = "reversed", pgettext_lazy("invoice", "Reversed")

    class Kind(models.TextChoices):
        SPECIAL = "special", _("VAT special invoice")
        ORDINARY = "ordinary", _("VAT ordinary invoice")

    partner = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("Customer"), related_name="+")
    invoice_date = models.DateField(_("Invoice date"), null=True, blank=True)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices, default=Kind.SPECIAL)
    title = models.CharField(_("Invoice title"), max_length=120, blank=True)
    tax_no = models.CharField(_("Tax number"), max_length=20, blank=True)
    einvoice_no = models.CharField(_("E-invoice number"), max_length=20, blank=True)
    remark = models.CharField(_("Remark"), max_length=200, blank=True)
    due = models.ForeignKey(Due, models.PROTECT, null=True, editable=False, verbose_name=_("Stage"), related_name="+")
    state = StateField(State, verbose_name=_("State"))

    number_format = "SI{date:%Y%m}-{seq:04d}"
    gap_free = True
    date_field = "invoice_date"
    ledger = Ledger.RECEIVABLE
    line_kinds = ("lines",)
    river = ("partner",)
    search = ("number", "einvoice_no")

    class Meta(Sourced.Meta):
        verbose_name = verbose_name_plural = _("Sales invoice")
        indexes = [
            *Sourced.Meta.indexes,
            models.Index(fields=["-invoice_date", "-id"], name="invoice_date"),
            models.Index(fields=["partner", "-id"], name="invoice_partner"),
        ]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.title = self.title or self.partner.title
        self.tax_no = self.tax_no or self.partner.tax_no
        complete(lines["lines"], by_list(lambda: self.partner.grade, on))
        sum_up(self, lines["lines"])


class InvoiceLine(PricedLine):
    """What is invoiced. `source_line` is the order line it belongs to."""

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="lines")
    source_line = models.BigIntegerField(null=True, editable=False)

    parent = "invoice"


class Receipt(Document, Rated):
    """Money that has come in from a customer, and what it is for; in the currency of the receivables that it pays."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        POSTED = "posted", pgettext_lazy("receipt", "Posted")
        REVERSED = "reversed", _("Reversed")

    class Method(models.TextChoices):
        TRANSFER = "transfer", _("Bank transfer")
        BILL = "bill", _("Acceptance bill")
        CASH = "cash", _("Cash")
        ONLINE = "online", _("Online payment")

    partner = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("Customer"), related_name="+")
    received_on = models.DateField(_("Received on"), null=True, blank=True)
    amount = MoneyField(_("Amount"), default=None)
    method = models.CharField(_("Method"), max_length=10, choices=Method.choices, default=Method.TRANSFER)
    reference = models.CharField(_("Bank reference"), max_length=80, blank=True)
    payer = models.CharField(_("Payer"), max_length=120, blank=True)
    allocated = MoneyField(_("Allocated"), editable=False)
    currency = models.CharField(_("Currency"), max_length=3, default="CNY", db_default="CNY", editable=False)
    remark = models.CharField(_("Remark"), max_length=200, blank=True)
    state = StateField(State, verbose_name=_("State"))

    number_format = "RC{date:%Y%m}-{seq:04d}"
    date_field = "received_on"
    ledger = Ledger.RECEIVABLE
    line_kinds = ("allocations",)
    river = ("partner",)
    search = ("number", "reference", "payer")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Receipt")
        indexes = [
            *Document.Meta.indexes,
            models.Index(fields=["-received_on", "-id"], name="receipt_date"),
            models.Index(fields=["partner", "-id"], name="receipt_partner"),
        ]
        constraints = [
            *Document.Meta.constraints,
            models.CheckConstraint(condition=models.Q(allocated__lte=models.F("amount")), name="receipt_allocated"),
        ]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.payer = self.payer or self.partner.title
        paid = next((line.due for line in lines["allocations"] if line.due_id), None)
        if paid is not None:
            self.currency, self.rate = paid.currency, paid.rate
        errors = [] if self.amount > 0 else [FieldError("amount", "positive", _t("The amount must be more than 0."))]
        for position, line in enumerate(lines["allocations"]):
            if line.amount <= 0:
                errors.append(FieldError(f"allocations.{position}.amount", "positive", _t("The amount must be more than 0.")))
            if line.due_id and line.due.partner_id != self.partner_id:
                errors.append(FieldError(f"allocations.{position}.due", "other_customer", _t("This receivable is another customer's.")))
            if line.due_id and line.due.currency != self.currency:
                told = _t("This receivable is in %(currency)s. Register what came in for it by itself.") % {"currency": line.due.currency}
                errors.append(FieldError(f"allocations.{position}.due", "other_currency", told))
        self.allocated = sum((line.amount for line in lines["allocations"]), ZERO)
        if self.allocated > self.amount:
            errors.append(
                FieldError(
                    "allocations",
                    "too_much",
                    _t("More is allocated (%(sum)s) than was received.")
                    % {"sum": figure(self.allocated, "finance.receipt", "allocated", currency=self.currency)},
                )
            )
        if errors:
            raise Invalid(errors)


class Allocation(Line):
    """The part of a receipt that pays one receivable."""

    receipt = models.ForeignKey(Receipt, models.CASCADE, related_name="allocations")
    due = models.ForeignKey(Due, models.PROTECT, related_name="allocations", verbose_name=_("Receivable"))
    amount = MoneyField(_("Amount"))

    parent = "receipt"

    def __str__(self) -> str:
        return str(self.amount)


class Entry(models.Model):
    """A line of a customer's ledger, in the company's own currency. Never changed: a mistake is balanced by a line against it."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("Opening balance")
        INVOICE = "invoice", _("Invoice")
        RECEIPT = "receipt", _("Receipt")
        REVERSAL = "reversal", _("Reversal")

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    date = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    debit = MoneyField()
    credit = MoneyField()
    source = RefKeyField()
    source_id = models.BigIntegerField()
    label = models.CharField(max_length=120)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["partner", "date", "id"], name="entry_partner")]

    def __str__(self) -> str:
        return self.label
