"""Stages of payment and the usual plans of them (spec 2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import statements
from kernel.access import Actor
from kernel.documents import Document, Line
from kernel.fields import PercentField
from kernel.money import HUNDRED, ZERO
from kernel.refusals import FieldError, Invalid


class Term(Line):
    """One stage of payment: how much, when it becomes due, and what may not happen before it is in."""

    class Kind(models.TextChoices):
        DEPOSIT = "deposit", _("Deposit")
        PROGRESS = "progress", _("Progress")
        SHIPMENT = "shipment", _("Before shipment")
        ACCEPTANCE = "acceptance", _("On acceptance")
        RETENTION = "retention", _("Retention")

    class Base(models.TextChoices):
        GROSS = "gross", _("Total incl. VAT")
        NET = "net", _("Total without VAT")
        TAX = "tax", _("VAT only")
        GOODS = "goods", _("Goods only, without services")

    class Trigger(models.TextChoices):
        SIGNED = "signed", pgettext_lazy("due after", "Contract signed")
        RELEASED = "released", pgettext_lazy("due after", "Production started")
        READY = "ready", pgettext_lazy("due after", "Ready to ship")
        TESTED = "tested", pgettext_lazy("due after", "Tested at our works")
        SHIPPED = "shipped", pgettext_lazy("due after", "Shipped")
        ARRIVED = "arrived", pgettext_lazy("due after", "Arrived")
        INSTALLED = "installed", pgettext_lazy("due after", "Installed")
        INVOICED = "invoiced", pgettext_lazy("due after", "Invoiced")
        ACCEPTED = "accepted", pgettext_lazy("due after", "Accepted")
        WARRANTY = "warranty", pgettext_lazy("due after", "End of the warranty")
        FIXED = "fixed", _("Fixed date")

    class Gate(models.TextChoices):
        NONE = "none", _("Nothing")
        PRODUCTION = "production", _("Production release")
        PURCHASE = "purchase", _("Purchase release")
        DELIVERY = "delivery", _("Shipment")
        INSTALL = "install", _("Start of installation")
        INVOICE = "invoice", _("Invoicing")

    class Bill(models.TextChoices):
        ANY = "any", _("At any time")
        BEFORE = "before", _("Before payment")
        RECEIPT = "receipt", _("Once paid")
        DELIVERY = "delivery", _("With delivery")
        ACCEPTANCE = "acceptance", _("After acceptance")

    name = models.CharField(_("Stage"), max_length=60)
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind.choices, default=Kind.PROGRESS)
    percent = PercentField(_("Percent"))
    base = models.CharField(_("Base"), max_length=6, choices=Base.choices, default=Base.GROSS)
    tax_percent = PercentField(
        _("Plus % of VAT"), help_text=_("For “50 % of the net total plus all of the VAT”: percent 50, base without VAT, and 100 here")
    )
    trigger = models.CharField(_("Due after"), max_length=10, choices=Trigger.choices, default=Trigger.SIGNED)
    offset_days = models.IntegerField(_("Plus days"), default=0)
    offset_months = models.IntegerField(_("Plus months"), default=0)
    month_end = models.BooleanField(_("At the end of that month"), default=False, db_default=False)
    fallback_months = models.PositiveIntegerField(
        _("Or months after shipment"), default=0, help_text=_("Due then even if it is never accepted; 0: no such rule")
    )
    gate = models.CharField(_("Blocks"), max_length=10, choices=Gate.choices, default=Gate.NONE)
    soft = models.BooleanField(
        _("Warns only"), default=False, db_default=False, help_text=_("It goes on, and whoever owns the contract is told")
    )
    tolerance = PercentField(_("Tolerance %"), help_text=_("This much may be missing and it goes on all the same"))
    bill = models.CharField(_("Invoice"), max_length=10, choices=Bill.choices, default=Bill.ANY, db_default=Bill.ANY.value)
    bill_rate = PercentField(
        _("VAT % of its invoice"), null=True, blank=True,
        help_text=_("Its invoice is made of what is sold at this rate; empty: of everything in proportion"),
    )  # fmt: skip

    fixed_amount: Any = None
    """Of a stage of one contract: what it comes to, instead of a percentage."""

    class Meta(Line.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.name} {self.percent.normalize():f}%"

    def due_on(self, day: date) -> date:
        """The due date when the trigger happened on a day."""
        due = day + relativedelta(months=self.offset_months, days=self.offset_days)
        return due + relativedelta(day=31) if self.month_end else due


SHARE = ("name", "kind", "percent", "base", "tax_percent")
WHEN = ("trigger", "offset_days", "offset_months", "month_end")
GATING = ("gate", "soft", "tolerance")
BILLING = ("bill", "bill_rate")
TERM_FIELDS = (*SHARE, *WHEN, "fallback_months", *GATING, *BILLING)


class Scheme(Document):
    """A usual payment plan, such as 30/60/10."""

    name = models.CharField(_("Name"), max_length=60)
    default = models.BooleanField(_("Default"), default=False)

    label_field = "name"
    row_scoped = False
    line_kinds = ("lines",)
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Payment scheme")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        check_percent(lines["lines"], "lines")


_usual = statements.Statement(lambda: Scheme.objects.filter(default=True).order_by("pk").values_list("pk"))


def usual_scheme() -> int | None:
    """The payment scheme of those who say nothing else."""
    return next((key for (key,) in _usual()), None)


class SchemeLine(Term):
    """A stage of a usual plan."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="lines")

    parent = "scheme"


def check_percent(lines: Sequence[Term], name: str) -> None:
    """Stages are positive and add up to 100 %; beside fixed amounts the last takes what is left."""
    errors, fixed = [], any(line.fixed_amount is not None for line in lines)
    for position, line in enumerate(lines):
        if line.fixed_amount is not None:
            if line.fixed_amount <= 0:
                errors.append(FieldError(f"{name}.{position}.fixed_amount", "positive", _t("The amount must be more than 0.")))
        elif line.percent <= 0 and line.tax_percent <= 0 and not (fixed and line is lines[-1]):
            errors.append(FieldError(f"{name}.{position}.percent", "positive", _t("A stage needs a percentage above 0.")))
    covered = sum((line.percent for line in lines if line.base != Term.Base.TAX), ZERO)
    if lines and not errors and not fixed and covered != HUNDRED:
        errors.append(
            FieldError(name, "not_hundred", _t("The stages add up to %(sum)s %%, not to 100 %%.") % {"sum": f"{covered.normalize():f}"})
        )
    if errors:
        raise Invalid(errors)
