"""Lines with a price, as quotes, contracts, orders and invoices have them, and the sums of a document over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import statements
from kernel.documents import Line
from kernel.fields import MoneyField, PercentField, PriceField, QuantityField
from kernel.money import HUNDRED, ZERO, cents, net_of
from kernel.refusals import FieldError, Invalid
from tenant_apps.catalog import units
from tenant_apps.catalog.models import Item, Measure, list_prices

GOODS = ("item", "description", "spec", "measure", "quantity")
PRICES = ("unit_price", "discount", "tax_rate")
AMOUNTS = ("net_amount", "amount")
SUMS = ("net_total", "tax_total", "total")
"""Columns as every document with priced lines shows them, and the sums below it."""
Prices = Callable[[Sequence[Any]], Sequence[tuple[Decimal, Decimal | None]]]
"""Of each line the list price and the price of a unit, incl. VAT, in the currency of its document; None: it is to be typed."""
COPIED = ("item_id", "description", "spec", "measure_id", "quantity", "list_price", *PRICES, *AMOUNTS)


class PricedLine(Line):
    """An item, how many, at what price. Prices and amounts include VAT; `net_amount` does not."""

    item = models.ForeignKey(Item, models.PROTECT, verbose_name=_("Item"), related_name="+")
    description = models.CharField(_("Description"), max_length=200, blank=True)
    spec = models.CharField(_("Specification"), max_length=200, blank=True)
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, verbose_name=_("Unit"), related_name="+")
    quantity = QuantityField(_("Quantity"), default=Decimal(1))
    list_price = PriceField(_("List price"), editable=False)
    unit_price = PriceField(_("Unit price"), null=True, blank=True, help_text=_("Including VAT; empty: the list price"))
    discount = PercentField(_("Discount %"))
    tax_rate = PercentField(_("VAT %"), null=True, blank=True)
    amount = MoneyField(_("Amount"), editable=False)
    net_amount = MoneyField(_("Amount without VAT"), editable=False)

    class Meta(Line.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.description

    @property
    def counted(self) -> bool:
        """Whether it is summed up; options and alternatives of a quote are not."""
        return True

    @property
    def exact_amount(self) -> Decimal:
        """Before it is rounded to the cent: `quantity × price × (1 − discount)`."""
        price = self.unit_price if self.unit_price is not None else ZERO
        return self.quantity * price * (HUNDRED - self.discount) / HUNDRED


class Priced(models.Model):
    """The sums of a document with priced lines, in its currency, to the cent."""

    currency = models.CharField(_("Currency"), max_length=3, default="CNY", editable=False)
    net_total = MoneyField(_("Total without VAT"), editable=False)
    tax_total = MoneyField(_("VAT"), editable=False)
    total = MoneyField(_("Total"), editable=False)

    class Meta:
        abstract = True


class Rated(models.Model):
    """An amount in its own currency, with the rate at which the company counts it: that of the contract it belongs to."""

    rate = PriceField(_("Exchange rate"), null=True, editable=False)

    class Meta:
        abstract = True

    def worth(self, amount: Decimal) -> Decimal:
        """What an amount of it comes to in the company's own currency, to the cent."""
        return amount if self.rate is None else cents(amount * self.rate)


def complete(lines: Sequence[Any], prices: Prices) -> None:
    """Fill what a line leaves open: texts, unit and VAT of its item, list price and price of a unit as `prices` tells them."""
    take_in(lines)
    fresh = left_open(lines)
    describe(fresh)
    for line, (listed, price) in zip(fresh, prices(fresh) if fresh else (), strict=True):
        line.list_price = listed
        if line.unit_price is None:
            line.unit_price = price
    check(lines)


def by_list(grade: Callable[[], str], on: date) -> Prices:
    """Prices of the price lists, by validity, grade and quantity (spec 2.3)."""
    return lambda lines: [(price, price) for price in list_prices([(line.item, line.quantity) for line in lines], grade(), on)]


def left_open(lines: Sequence[Any]) -> list[Any]:
    """The lines whose item tells something that they leave open."""
    return [line for line in lines if line.item_id and (line.unit_price is None or unfinished(line))]


def take_in(lines: Sequence[Any]) -> None:
    """What somebody has just put on lines: further units become the item's own, and what is not to be dealt in any more is refused."""
    units.settle(lines)
    new = [(at, line) for at, line in enumerate(lines) if line.pk is None and line.item_id and unfinished(line)]
    statements.attach([line for _at, line in new], "item")
    errors = [FieldError(f"lines.{at}.item", *wrong) for at, line in new if (wrong := line.item.undealt)]
    if errors:
        raise Invalid(errors)


def unfinished(line: Any) -> bool:
    """Whether it leaves open what its item tells."""
    return line.tax_rate is None or not line.measure_id or not line.description


def describe(lines: Sequence[Any]) -> None:
    """Texts, unit and VAT of lines from their items; two queries for all."""
    statements.attach(lines, "item")
    statements.attach([line.item for line in lines], "tax")
    for line in lines:
        line.description = line.description or line.item.name
        line.spec = line.spec or line.item.spec
        line.measure_id = line.measure_id or line.item.measure_id
        if line.tax_rate is None:
            line.tax_rate = line.item.tax.rate


def check(lines: Sequence[Any]) -> None:
    """Quantities are positive, prices not negative, discounts between 0 and 100 %."""
    errors = []
    for position, line in enumerate(lines):
        at = f"lines.{position}."
        if line.quantity <= 0:
            errors.append(FieldError(at + "quantity", "positive", _t("The quantity must be more than 0.")))
        if line.unit_price is not None and line.unit_price < 0:
            errors.append(FieldError(at + "unit_price", "negative", _t("A price cannot be negative.")))
        if not 0 <= line.discount <= HUNDRED:
            errors.append(FieldError(at + "discount", "range", _t("A discount is between 0 and 100 %.")))
        if line.tax_rate is not None and not 0 <= line.tax_rate < HUNDRED:
            errors.append(FieldError(at + "tax_rate", "range", _t("A VAT rate is between 0 and 100 %.")))
    if errors:
        raise Invalid(errors)


def sum_up(document: Any, lines: Sequence[Any]) -> None:
    """Amounts of the lines and sums of the document: `amount = round(quantity × price × (1 − discount))`, VAT taken out per line."""
    for line in lines:
        line.amount = cents(line.exact_amount)
        line.net_amount = net_of(line.amount, line.tax_rate or ZERO)
    counted = [line for line in lines if line.counted]
    document.total = sum((line.amount for line in counted), ZERO)
    document.net_total = sum((line.net_amount for line in counted), ZERO)
    document.tax_total = document.total - document.net_total


def copied(line: Any) -> dict[str, Any]:
    """What a following document takes over from a line."""
    return {name: getattr(line, name) for name in COPIED}
