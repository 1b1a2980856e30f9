"""What we sell and what it costs: units, taxes, categories, items, price lists (W-1.6)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.documents import Document, Line
from kernel.fields import PercentField, PriceField, QuantityField
from kernel.refusals import FieldError, Invalid
from kernel.statements import Statement


class Measure(Document):
    """A unit of measure (台, 套, kg)."""

    name = models.CharField(_("Name"), max_length=20, unique=True)
    decimals = models.PositiveIntegerField(_("Decimals"), default=0)

    label_field = "name"
    row_scoped = False
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Unit of measure")


class Tax(Document):
    """A VAT rate with the time from which it applies."""

    name = models.CharField(_("Name"), max_length=40, unique=True)
    rate = PercentField(_("Rate %"))
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    default = models.BooleanField(_("Default"), default=False)

    label_field = "name"
    row_scoped = False
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Tax rate")


class Category(Document):
    """A kind of product, in a tree."""

    name = models.CharField(_("Name"), max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("Parent category"), related_name="+")
    tax_code = models.CharField(_("Tax classification code"), max_length=20, blank=True)

    label_field = "name"
    row_scoped = False
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Product category")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if self.pk is not None and self.pk in _above(self):
            raise Invalid([FieldError("parent", "loop", _t("A category cannot stand below itself."))])


def _above(category: Category) -> set[int]:
    """The ids of the categories above one."""
    found: set[int] = set()
    above = category.parent
    while above is not None and above.pk not in found:
        found.add(above.pk)
        above = above.parent
    return found


class Item(Document):
    """A product, part or service: what it is called, how it is counted, taxed, priced and kept."""

    class Supply(models.TextChoices):
        MAKE = "make", _("Made")
        BUY = "buy", _("Bought")
        SERVICE = "service", _("Service")

    code = models.CharField(_("Item code"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    spec = models.CharField(_("Specification"), max_length=200, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, verbose_name=_("Category"), related_name="+")
    measure = models.ForeignKey(Measure, models.PROTECT, verbose_name=_("Unit"), related_name="+")
    tax = models.ForeignKey(Tax, models.PROTECT, verbose_name=_("Tax rate"), related_name="+")
    supply = models.CharField(_("Supply"), max_length=10, choices=Supply.choices, default=Supply.MAKE)
    serialised = models.BooleanField(
        _("Serial numbers"), default=False, help_text=_("Each piece has a number of its own, as machines have.")
    )
    list_price = PriceField(_("List price"), help_text=_("Including VAT"))
    standard_cost = PriceField(_("Standard cost"), help_text=_("Without VAT"))
    floor_percent = PercentField(_("Floor %"), default=Decimal(85), help_text=_("Lowest price, in percent of the list price"))
    lead_days = models.PositiveIntegerField(_("Lead time (days)"), default=0)
    active = models.BooleanField(_("Active"), default=True)

    label_field = "name"
    row_scoped = False
    search = ("code", "name", "spec")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Item")

    @property
    def stocked(self) -> bool:
        """Whether it is kept in stock at all; services are not."""
        return self.supply != self.Supply.SERVICE


class PriceList(Document):
    """Prices of items for a time, for everybody or for one customer grade."""

    name = models.CharField(_("Name"), max_length=60)
    grade = models.CharField(_("Customer grade"), max_length=1, blank=True, help_text=_("Empty: for everybody"))
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    active = models.BooleanField(_("Active"), default=True)

    label_field = "name"
    row_scoped = False
    line_kinds = ("lines",)
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Price list")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if self.valid_to and self.valid_to < self.valid_from:
            raise Invalid([FieldError("valid_to", "before_start", _t("It ends before it begins."))])
        for position, line in enumerate(lines.get("lines", [])):
            if line.price < 0:
                raise Invalid([FieldError(f"lines.{position}.price", "negative", _t("A price cannot be negative."))])


class PriceLine(Line):
    """The price of one item from a quantity on."""

    price_list = models.ForeignKey(PriceList, models.CASCADE, related_name="lines")
    item = models.ForeignKey(Item, models.PROTECT, verbose_name=_("Item"), related_name="+")
    from_quantity = QuantityField(_("From quantity"), default=Decimal(1))
    price = PriceField(_("Price"), help_text=_("Including VAT"))
    remark = models.CharField(_("Remark"), max_length=120, blank=True)

    parent = "price_list"

    class Meta(Line.Meta):
        indexes = [models.Index(fields=["item", "price_list"], name="priceline_item")]


_valid_prices = Statement(
    lambda items, grade, on: PriceLine.objects.filter(
        Q(price_list__valid_to__gte=on) | Q(price_list__valid_to=None),
        Q(price_list__grade="") | Q(price_list__grade=grade),
        price_list__active=True,
        price_list__valid_from__lte=on,
        item__among=items,
    ).values_list("item_id", F("price_list__grade"), "price_list__valid_from", "from_quantity", "price"),
    list,
    str,
    date,
)


def list_prices(wanted: list[tuple[Item, Decimal]], grade: str, on: date) -> list[Decimal]:
    """The list price of each (item, quantity): the valid price list of the customer's grade, else the general one, else the
    item's own; within a list the break of the largest quantity reached. Including VAT, CNY per unit. One query (spec 2.3)."""
    found: dict[int, list[tuple[bool, date, Decimal, Decimal]]] = {}
    for item, of, since, quantity, price in _valid_prices(sorted({item.pk for item, _quantity in wanted}), grade, on):
        found.setdefault(item, []).append((of != "", since, quantity, price))
    return [_best(found.get(item.pk, []), quantity, item.list_price) for item, quantity in wanted]


def _best(rows: list[tuple[bool, date, Decimal, Decimal]], quantity: Decimal, otherwise: Decimal) -> Decimal:
    reached = [row for row in rows if row[2] <= quantity]
    return max(reached, key=lambda row: row[:3])[3] if reached else otherwise
