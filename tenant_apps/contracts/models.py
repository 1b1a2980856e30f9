"""Contracts and their payment plans (spec 2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import statements
from kernel.access import Actor
from kernel.documents import Document, Line, Sourced
from kernel.fields import MoneyField, PercentField, StateField
from kernel.money import CENT, HUNDRED, ZERO, percent_of
from kernel.refusals import FieldError, Invalid
from tenant_apps.catalog.priced import Priced, PricedLine, complete, sum_up
from tenant_apps.finance.models import Due
from tenant_apps.partners.models import Partner


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

    class Trigger(models.TextChoices):
        SIGNED = "signed", pgettext_lazy("due after", "Contract signed")
        RELEASED = "released", pgettext_lazy("due after", "Production started")
        READY = "ready", pgettext_lazy("due after", "Ready to ship")
        SHIPPED = "shipped", pgettext_lazy("due after", "Shipped")
        INVOICED = "invoiced", pgettext_lazy("due after", "Invoiced")
        ACCEPTED = "accepted", pgettext_lazy("due after", "Accepted")
        FIXED = "fixed", _("Fixed date")

    class Gate(models.TextChoices):
        NONE = "none", _("Nothing")
        PRODUCTION = "production", _("Production release")
        DELIVERY = "delivery", _("Shipment")
        INVOICE = "invoice", _("Invoicing")

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
    fallback_months = models.PositiveIntegerField(
        _("Or months after shipment"), default=0, help_text=_("Due then even if it is never accepted; 0: no such rule")
    )
    gate = models.CharField(_("Blocks"), max_length=10, choices=Gate.choices, default=Gate.NONE)
    tolerance = PercentField(_("Tolerance %"), help_text=_("This much may be missing and it goes on all the same"))

    class Meta(Line.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.name} {self.percent.normalize():f}%"

    def due_on(self, day: date) -> date:
        """The due date when the trigger happened on a day."""
        return day + relativedelta(months=self.offset_months, days=self.offset_days)


SHARE = ("name", "kind", "percent", "base", "tax_percent")
WHEN = ("trigger", "offset_days", "offset_months")
TERM_FIELDS = (*SHARE, *WHEN, "fallback_months", "gate", "tolerance")


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


class Contract(Sourced, Priced):
    """What was agreed with a customer: what, for how much, paid in which stages."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SIGNED = "signed", _("Signed")
        EXECUTING = "executing", _("Under way")
        COMPLETED = "completed", _("Completed")
        TERMINATED = "terminated", _("Terminated")

    customer = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("Customer"), related_name="+")
    title = models.CharField(_("Subject"), max_length=120, blank=True)
    contract_date = models.DateField(_("Contract date"), null=True, blank=True)
    delivery_date = models.DateField(_("Agreed delivery"), null=True, blank=True)
    scheme = models.ForeignKey(Scheme, models.PROTECT, null=True, blank=True, verbose_name=_("Payment scheme"), related_name="+")
    customer_contract_no = models.CharField(_("Customer's contract number"), max_length=60, blank=True)
    warranty_months = models.PositiveIntegerField(_("Warranty (months)"), default=12)
    terms_text = models.TextField(_("Terms"), blank=True)
    signed_on = models.DateField(_("Signed on"), null=True, editable=False)
    collected = MoneyField(_("Collected"), editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "HT{date:%Y}-{seq:04d}"
    date_field = "contract_date"
    line_kinds = ("lines", "plan")
    river = ("customer",)
    search = ("number", "title", "customer_contract_no")

    class Meta(Sourced.Meta):
        verbose_name = verbose_name_plural = _("Contract")
        indexes = [
            *Sourced.Meta.indexes,
            models.Index(fields=["-contract_date", "-id"], name="contract_date"),
            models.Index(fields=["customer", "-id"], name="contract_customer"),
        ]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        complete(lines["lines"], lambda: self.customer.grade, on)
        sum_up(self, lines["lines"])
        if not lines["plan"] and lines["lines"]:
            self.scheme_id = self.scheme_id or usual_scheme()
            stages = statements.lines(SchemeLine)(self.scheme_id) if self.scheme_id else []
            lines["plan"] = [PlanLine(**{name: getattr(line, name) for name in TERM_FIELDS}) for line in stages]
        check_percent(lines["plan"], "plan")
        divide(self, lines["plan"])


class ContractLine(PricedLine):
    """What is sold. `ordered` is how much of it stands on orders."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="lines")
    ordered = models.DecimalField(_("Ordered"), max_digits=18, decimal_places=6, default=Decimal(0), editable=False)

    parent = "contract"


class PlanLine(Term):
    """A stage of this contract's payment plan. Once signed, its receivable holds what has come in."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="plan")
    amount = MoneyField(_("Amount"), editable=False)
    fixed_date = models.DateField(_("Fixed date"), null=True, blank=True)
    due = models.OneToOneField(Due, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("Receivable"))

    parent = "contract"

    @property
    def needed(self) -> Decimal:
        """What must be in for the gate to open: the amount less the tolerance."""
        return self.amount - percent_of(self.amount, self.tolerance)

    @property
    def open(self) -> Decimal:
        """What is not yet in."""
        return self.amount - (self.due.collected if self.due else ZERO)

    @property
    def missing(self) -> Decimal:
        """What is still missing for the gate to open; nothing of a stage that was waived."""
        if self.due and self.due.state == Due.State.WAIVED:
            return ZERO
        return max(self.needed - (self.due.collected if self.due else ZERO), ZERO)


def check_percent(lines: Sequence[Term], name: str) -> None:
    """Stages are positive, and those of one base add up to 100 %."""
    errors = []
    for position, line in enumerate(lines):
        if line.percent <= 0 and line.tax_percent <= 0:
            errors.append(FieldError(f"{name}.{position}.percent", "positive", _t("A stage needs a percentage above 0.")))
    covered = sum((line.percent for line in lines if line.base != Term.Base.TAX), ZERO)
    if lines and not errors and covered != HUNDRED:
        errors.append(
            FieldError(name, "not_hundred", _t("The stages add up to %(sum)s %%, not to 100 %%.") % {"sum": f"{covered.normalize():f}"})
        )
    if errors:
        raise Invalid(errors)


def divide(contract: Contract, plan: Sequence[PlanLine]) -> None:
    """Amounts of the stages, to the cent; the last takes the rounding remainder, so that they add up to the contract. Where it is
    too small for the remainder, as with stages of a few cents, the largest takes it."""
    bases = {Term.Base.GROSS: contract.total, Term.Base.NET: contract.net_total, Term.Base.TAX: contract.tax_total}
    for line in plan:
        line.amount = percent_of(bases[Term.Base(line.base)], line.percent) + percent_of(contract.tax_total, line.tax_percent)
    if plan:
        rest = contract.total - sum((line.amount for line in plan[:-1]), ZERO)
        plan[-1].amount = max(rest, ZERO)
        if -len(plan) * CENT < rest < 0:
            max(plan, key=lambda line: line.amount).amount += rest
        elif rest < 0:
            raise Invalid([FieldError("plan", "too_much", _t("The stages add up to more than the contract."))])
