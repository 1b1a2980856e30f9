"""What an order or a project costs in full before it is offered (P-A.11, P-A.12)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import formulas, statements
from kernel.access import Actor
from kernel.documents import Line, Sourced
from kernel.fields import MoneyField, PercentField, PriceField, QuantityField, StateField
from kernel.money import HUNDRED, ZERO, cents, percent_of
from kernel.refusals import FieldError, Invalid, Refused
from tenant_apps.catalog.models import Item
from tenant_apps.partners.models import Partner
from tenant_apps.quoting.models.quote import Quote
from tenant_apps.quoting.models.revised import Revised

YEAR = 365
RATES = ("risk_percent", "finance_rate", "tax_percent", "target_margin", "vat_rate")


class Estimate(Revised, Sourced):
    """Materials, labour, outside work, freight, travel, installation, risk, finance cost and taxes; and the price that leaves the margin wanted."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ADOPTED = "adopted", _("Adopted")
        SUPERSEDED = "superseded", _("Superseded")

    title = models.CharField(_("Subject"), max_length=120)
    customer = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, verbose_name=_("Customer"), related_name="+")
    quote = models.ForeignKey(Quote, models.PROTECT, null=True, blank=True, verbose_name=_("Quote"), related_name="+")
    estimate_date = models.DateField(_("Date"), null=True, blank=True)
    risk_percent = PercentField(_("Risk %"), help_text=_("Of all direct cost"))
    finance_rate = PercentField(_("Interest % a year"))
    finance_days = models.PositiveIntegerField(_("Days until paid"), default=0)
    tax_percent = PercentField(_("Taxes on sales %"), help_text=_("Surcharges on VAT, stamp duty: of the price without VAT"))
    target_margin = PercentField(_("Margin wanted %"), default=Decimal(30), help_text=_("Of the price without VAT"))
    vat_rate = PercentField(_("VAT %"), default=Decimal(13))
    remark = models.TextField(_("Remark"), blank=True)
    revision = models.PositiveIntegerField(_("Revision"), default=1, db_default=1, editable=False)
    direct_cost = MoneyField(_("Direct cost"), editable=False)
    risk = MoneyField(_("Risk"), editable=False)
    finance_cost = MoneyField(_("Finance cost"), editable=False)
    tax = MoneyField(_("Taxes on sales"), editable=False)
    total_cost = MoneyField(_("Full cost"), editable=False)
    net_price = MoneyField(_("Price without VAT"), editable=False)
    price = MoneyField(_("Price incl. VAT"), editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "CE{date:%Y}-{seq:04d}"
    date_field = "estimate_date"
    line_kinds = ("lines",)
    river = ("customer", "quote")
    search = ("number", "title")

    class Meta(Sourced.Meta):
        verbose_name = verbose_name_plural = _("Cost estimate")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self._check()
        rows = lines["lines"]
        wrong = [
            FieldError(f"lines.{at}.quantity", "negative", _t("It cannot be negative."))
            for at, line in enumerate(rows)
            if line.quantity < 0
        ]
        if wrong:
            raise Invalid(wrong)
        statements.attach([line for line in rows if line.item_id], "item")
        for line in rows:
            line.complete()
        self._by_formula(rows)
        self.direct_cost = sum((line.amount for line in rows), ZERO)
        self.risk = percent_of(self.direct_cost, self.risk_percent)
        self.finance_cost = cents((self.direct_cost + self.risk) * self.finance_rate * self.finance_days / HUNDRED / YEAR)
        before_tax = self.direct_cost + self.risk + self.finance_cost
        self.net_price = cents(before_tax * HUNDRED / (HUNDRED - self.target_margin - self.tax_percent))
        self.tax = percent_of(self.net_price, self.tax_percent)
        self.total_cost = before_tax + self.tax
        self.price = cents(self.net_price * (HUNDRED + self.vat_rate) / HUNDRED)

    def _check(self) -> None:
        wrong = [
            FieldError(name, "range", _t("A percentage is between 0 and 100.")) for name in RATES if not 0 <= getattr(self, name) < HUNDRED
        ]
        if not wrong and self.target_margin + self.tax_percent >= HUNDRED:
            wrong.append(FieldError("target_margin", "range", _t("Margin and taxes together are less than 100 %.")))
        if wrong:
            raise Invalid(wrong)

    @staticmethod
    def _by_formula(rows: list[Any]) -> None:
        """Amounts that follow from others: 3 % of the materials for freight."""
        sums = {
            kind: sum((line.amount for line in rows if line.kind == kind and not line.formula), ZERO) for kind in EstimateLine.Kind.values
        }
        wrong = []
        for position, line in enumerate(rows):
            if line.formula:
                try:
                    worked = formulas.parse(line.formula, FORMULA_NAMES).value(
                        {**sums, "quantity": line.quantity, "unit_cost": line.unit_cost}
                    )
                    line.amount = cents(worked if isinstance(worked, Decimal) else ZERO)
                except Refused as refused:
                    wrong.append(FieldError(f"lines.{position}.formula", refused.code, str(refused.sentence)))
        if wrong:
            raise Invalid(wrong)


class EstimateLine(Line):
    """One kind of cost: a quantity at a cost each, or a formula over the sums of the others. Without VAT."""

    class Kind(models.TextChoices):
        MATERIAL = "material", _("Materials")
        LABOUR = "labour", _("Labour")
        OUTSIDE = "outside", _("Outside work")
        FREIGHT = "freight", _("Freight")
        TRAVEL = "travel", _("Travel")
        INSTALLATION = "installation", _("Installation")
        OTHER = "other", _("Other")

    estimate = models.ForeignKey(Estimate, models.CASCADE, related_name="lines")
    kind = models.CharField(_("Kind of cost"), max_length=12, choices=Kind.choices, default=Kind.MATERIAL)
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, verbose_name=_("Item"), related_name="+")
    description = models.CharField(_("Description"), max_length=200, blank=True)
    quantity = QuantityField(_("Quantity"), default=Decimal(1))
    unit_cost = PriceField(_("Cost each"), null=True, blank=True, help_text=_("Without VAT; empty: the item's standard cost"))
    formula = models.CharField(_("Formula"), max_length=200, blank=True, help_text=_("Instead of quantity × cost: material * 0.03"))
    amount = MoneyField(_("Amount"), editable=False)

    parent = "estimate"

    def complete(self) -> None:
        """What it leaves open, from its item; and its amount."""
        if self.item_id:
            self.description = self.description or self.item.name  # type: ignore[union-attr]
        if self.unit_cost is None:
            self.unit_cost = self.item.standard_cost if self.item_id else ZERO  # type: ignore[union-attr]
        self.amount = cents(self.quantity * self.unit_cost)


FORMULA_NAMES = frozenset({*EstimateLine.Kind.values, "quantity", "unit_cost"})
