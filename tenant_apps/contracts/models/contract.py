"""Contracts, their lines and their payment plans (spec 2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import statements
from kernel.access import Actor
from kernel.documents import Sourced
from kernel.fields import MoneyField, PercentField, PriceField, StateField
from kernel.money import ZERO, percent_of
from kernel.refusals import FieldError, Help, Invalid, Refused
from tenant_apps.catalog.delivering import planned
from tenant_apps.catalog.models import Item
from tenant_apps.catalog.priced import Priced, PricedLine, sum_up
from tenant_apps.contracts import authority, prices
from tenant_apps.contracts.models import clauses
from tenant_apps.contracts.models.dividing import divide, spread
from tenant_apps.contracts.models.terms import TERM_FIELDS, Scheme, SchemeLine, Term, check_percent, usual_scheme
from tenant_apps.finance.models import Due
from tenant_apps.partners.models import Partner
from tenant_apps.selection.models import Configuration


class Contract(Sourced, Priced):
    """What was agreed with a customer: what, for how much, paid in which stages."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SIGNED = "signed", _("Signed")
        EXECUTING = "executing", _("Under way")
        COMPLETED = "completed", _("Completed")
        TERMINATED = "terminated", _("Terminated")

    class Kind(models.TextChoices):
        SALES = "sales", _("Sales contract")
        FRAMEWORK = "framework", _("Framework contract")
        AGENCY = "agency", _("Agency contract")
        SERVICE = "service", _("Service contract")
        PURCHASE = "purchase", _("Purchase contract")
        FREIGHT = "freight", _("Freight contract")

    kind = models.CharField(
        pgettext_lazy("contract", "Kind"), max_length=10, choices=Kind.choices, default=Kind.SALES, db_default=Kind.SALES.value
    )
    customer = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("Customer"), related_name="+", help_text=_("The other party"))
    title = models.CharField(_("Subject"), max_length=120, blank=True)
    currency = models.CharField(_("Currency"), max_length=3, default="", blank=True, help_text=_("Three letters; empty: the company's own"))
    rate = PriceField(_("Exchange rate"), null=True, editable=False)
    rate_until = models.DateField(_("Rate valid until"), null=True, editable=False)
    contract_date = models.DateField(_("Contract date"), null=True, blank=True)
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    delivery_date = models.DateField(_("Agreed delivery"), null=True, blank=True)
    framework = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("Call-off from"), related_name="+")
    ceiling = MoneyField(
        _("Ceiling"), null=True, blank=True, help_text=_("Of a framework contract: what may be called off in all, including VAT")
    )
    called = MoneyField(_("Called off"), editable=False, db_default=0)
    scheme = models.ForeignKey(Scheme, models.PROTECT, null=True, blank=True, verbose_name=_("Payment scheme"), related_name="+")
    customer_contract_no = models.CharField(_("Customer's contract number"), max_length=60, blank=True)
    warranty_months = models.PositiveIntegerField(_("Warranty (months)"), default=12)
    terms_text = models.TextField(_("Terms"), blank=True)
    risk = models.CharField(
        _("Risk of its clauses"), max_length=8, choices=clauses.Clause.Risk.choices, default=clauses.Clause.Risk.NONE,
        db_default=clauses.Clause.Risk.NONE.value, editable=False,
    )  # fmt: skip
    deliveries = models.JSONField(_("Delivery plan"), default=list, db_default=models.Value([], models.JSONField()), blank=True)
    level = models.PositiveIntegerField(_("Authority needed"), default=1, db_default=1, editable=False)
    facts = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()), editable=False)
    """`signature`: how the other party signed it; `installing`: since when it is installed; `findings`: why it needs its level."""
    changes = models.PositiveIntegerField(_("Change orders"), default=0, db_default=0, editable=False)
    signed_on = models.DateField(_("Signed on"), null=True, editable=False)
    archive_no = models.CharField(_("Archive number of the original"), max_length=40, blank=True, default="", db_default="", editable=False)
    archive_place = models.CharField(_("Where the original lies"), max_length=80, blank=True, default="", db_default="", editable=False)
    collected = MoneyField(_("Collected"), editable=False)
    collected_rate = PercentField(_("Collected %"), editable=False, db_default=0)
    stages_in = models.CharField(_("Stages paid"), max_length=12, blank=True, default="", db_default="", editable=False)
    invoiced = MoneyField(_("Invoiced"), editable=False, db_default=0)
    state = StateField(State, verbose_name=_("State"))

    number_format = "HT{date:%Y}-{seq:04d}"
    date_field = "contract_date"
    line_kinds = ("lines", "plan", "clauses")
    river = ("customer",)
    search = ("number", "title", "customer_contract_no", "archive_no")

    class Meta(Sourced.Meta):
        verbose_name = verbose_name_plural = _("Contract")
        indexes = [
            *Sourced.Meta.indexes,
            models.Index(fields=["-contract_date", "-id"], name="contract_date"),
            models.Index(fields=["customer", "-id"], name="contract_customer"),
            models.Index(fields=["framework"], name="contract_framework", condition=models.Q(framework__isnull=False)),
        ]

    @property
    def sells(self) -> bool:
        """Whether the other party pays us for it."""
        return self.kind in (self.Kind.SALES, self.Kind.SERVICE)

    @property
    def buys(self) -> bool:
        """Whether we pay the other party for it."""
        return self.kind in (self.Kind.PURCHASE, self.Kind.FREIGHT)

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self._check_unsigned()
        if self.framework_id and self.framework is not None:
            self.currency = self.currency or self.framework.currency
        if self.state == self.State.DRAFT:
            prices.settle(self, lines["lines"], by, on)
        else:
            prices.fill(self, lines["lines"], by, on)
        self._check_kind()
        sum_up(self, lines["lines"])
        if self.pk is None and not lines["clauses"]:
            rows = clauses.standard_clauses()
            lines["clauses"] = [clauses.ContractClause(clause_id=key, title=title, text=text) for key, title, text in rows]
        self.risk = clauses.judge(lines["clauses"], by)
        self.deliveries = planned(self.deliveries, lines["lines"])
        if self.state != self.State.DRAFT:
            self._respread(lines["plan"])
            return
        if not lines["plan"] and lines["lines"] and self.sells:
            self.scheme_id = self.scheme_id or usual_scheme()
            stages = statements.lines(SchemeLine)(self.scheme_id) if self.scheme_id else []
            lines["plan"] = [PlanLine(**{name: getattr(line, name) for name in TERM_FIELDS}) for line in stages]
        check_percent(lines["plan"], "plan")
        check_bills(lines["plan"], lines["lines"])
        divide(self, lines["plan"], goods_of(lines["lines"], lines["plan"]))
        authority.judge(self, lines["lines"], lines["plan"], on)

    def _respread(self, plan: list[Any]) -> None:
        if plan and self.total != sum((line.amount for line in plan), ZERO):
            statements.attach([line for line in plan if line.due_id], "due")
            spread(self, plan)

    def _check_unsigned(self) -> None:
        """What the other party has signed stays as it was signed."""
        given = self.facts.get("signature")
        if given and self.state == self.State.DRAFT:
            help = [Help(_t("Set the signature aside"), "contracts.contract.unsign", {"id": self.pk})]
            sentence = _t("%(name)s has signed this contract. Set the signature aside first, then change it.")
            raise Refused("signed_by_them", sentence % {"name": given["name"]}, help=help)

    def _check_kind(self) -> None:
        errors = []
        if (self.kind == self.Kind.FRAMEWORK) != (self.ceiling is not None):
            told = _t("A framework contract has a ceiling; other contracts have none.")
            errors.append(FieldError("ceiling", "ceiling", told))
        if self.framework_id and self.framework is not None:
            above = self.framework
            if above.kind != self.Kind.FRAMEWORK or above.customer_id != self.customer_id or not self.sells:
                told = _t("Sales and service contracts are called off from a framework contract with the same customer.")
                errors.append(FieldError("framework", "framework", told))
            elif above.currency != self.currency:
                told = _t("The framework contract is in %(currency)s: its ceiling counts nothing else.") % {"currency": above.currency}
                errors.append(FieldError("currency", "currency", told))
        if self.buys and not self.customer.chain:
            told = _t("Choose a supplier or a carrier: %(name)s is none.") % {"name": self.customer}
            errors.append(FieldError("customer", "no_supplier", told))
        if errors:
            raise Invalid(errors)


def goods_of(lines: Sequence[Any], plan: Sequence[Term]) -> Decimal:
    """What the lines that are no services come to, incl. VAT, where a stage asks for it."""
    if not any(line.base == Term.Base.GOODS for line in plan):
        return ZERO
    statements.attach(lines, "item")
    return sum((line.amount for line in lines if line.item.supply != Item.Supply.SERVICE), ZERO)


def check_bills(plan: Sequence[Term], lines: Sequence[Any]) -> None:
    """A stage that is invoiced at a rate of its own needs something sold at that rate."""
    rates = {line.tax_rate for line in lines}
    wrong = [position for position, line in enumerate(plan) if line.bill_rate is not None and line.bill_rate not in rates]
    if wrong and lines:
        told = _t("Nothing of this contract is sold at this rate.")
        raise Invalid([FieldError(f"plan.{position}.bill_rate", "no_such_rate", told) for position in wrong])


class ContractLine(PricedLine):
    """What is sold. `ordered` is how much of it stands on orders."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="lines")
    configuration = models.ForeignKey(
        Configuration, models.PROTECT, null=True, blank=True, verbose_name=_("Configuration"), related_name="+",
        help_text=_("Signing the contract gives it an item and a bill of materials of its own."),
    )  # fmt: skip
    ordered = models.DecimalField(_("Ordered"), max_digits=18, decimal_places=6, default=Decimal(0), editable=False)

    parent = "contract"


class PlanLine(Term):
    """A stage of this contract's payment plan. Once signed, its receivable holds what has come in."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="plan")
    amount = MoneyField(_("Amount"), editable=False)
    fixed_amount = MoneyField(
        _("Fixed amount"), null=True, blank=True, default=None, help_text=_("Instead of a percentage; the last stage takes what is left")
    )
    fixed_date = models.DateField(_("Fixed date"), null=True, blank=True)
    due = models.OneToOneField(Due, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("Receivable"))
    due_date = models.DateField(_("To be paid on"), null=True, editable=False)
    paid = MoneyField(_("Paid"), editable=False, db_default=0)
    """When we pay it ourselves, and what we have paid: contracts by which we buy have no receivables."""

    parent = "contract"

    @property
    def needed(self) -> Decimal:
        """What must be in for the gate to open: the amount less the tolerance."""
        return self.amount - percent_of(self.amount, self.tolerance)

    @property
    def settled(self) -> Decimal:
        """What has come in for it, or what we have paid."""
        return self.due.collected if self.due else self.paid

    @property
    def open(self) -> Decimal:
        """What is not yet in."""
        return self.amount - self.settled

    @property
    def untouched(self) -> bool:
        """Whether nothing has been paid of it and nothing was waived."""
        return self.settled == 0 and not self.waived

    @property
    def waived(self) -> bool:
        """Whether what is open of it was given up."""
        return self.due is not None and self.due.state == Due.State.WAIVED

    @property
    def missing(self) -> Decimal:
        """What is still missing for the gate to open; nothing of a stage that was waived."""
        return ZERO if self.waived else max(self.needed - self.settled, ZERO)
