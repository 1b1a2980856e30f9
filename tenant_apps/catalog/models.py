"""What we sell and what it costs: units, taxes, categories, items, price lists (W-1.6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import trees
from kernel.access import Actor
from kernel.codes import CodeField
from kernel.documents import Document, Line
from kernel.fields import MemberField, PercentField, PriceField, QuantityField
from kernel.refusals import FieldError, Invalid
from kernel.statements import Statement
from tenant_apps.catalog.boms import Bom, BomLine
from tenant_apps.organization.code_tables import GRADE

__all__ = ["Bom", "BomLine", "Brand", "Category", "Item", "Measure", "PriceLine", "PriceList", "Series", "Tax", "brands_of", "list_prices"]


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

    class Costing(models.TextChoices):
        AVERAGE = "average", _("Moving average")
        STANDARD = "standard", _("Standard cost")
        SERIAL = "serial", _("By serial number")

    name = models.CharField(_("Name"), max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("Parent category"), related_name="+")
    tax_code = models.CharField(_("Tax classification code"), max_length=20, blank=True)
    costing = models.CharField(
        _("Costing method"), max_length=10, choices=Costing.choices, default=Costing.AVERAGE, db_default=Costing.AVERAGE.value
    )
    planner = MemberField(_("Planner"), null=True, blank=True)
    revenue_account = models.CharField(_("Revenue account"), max_length=20, blank=True, default="", db_default="")
    cost_account = models.CharField(_("Cost account"), max_length=20, blank=True, default="", db_default="")
    stock_account = models.CharField(_("Stock account"), max_length=20, blank=True, default="", db_default="")

    label_field = "name"
    row_scoped = False
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Product category")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        trees.refuse_loop(self, _t("A category cannot stand below itself: %(path)s."))


class Brand(Document):
    """A trademark: one's own, or one that is sold as agent."""

    class Kind(models.TextChoices):
        OWN = "own", _("Own")
        AGENCY = "agency", _("Agency")

    name = models.CharField(_("Name"), max_length=60, unique=True)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices, default=Kind.OWN)
    registration_no = models.CharField(_("Registration number"), max_length=40, blank=True)
    holder = models.CharField(_("Holder"), max_length=120, blank=True)
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    remark = models.CharField(_("Remark"), max_length=200, blank=True)
    active = models.BooleanField(_("Active"), default=True)

    label_field = "name"
    row_scoped = False
    search = ("name", "registration_no", "holder")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Brand")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise Invalid([FieldError("valid_to", "before_start", _t("It ends before it begins."))])


def long_text(label: Any) -> models.TextField[str, str]:
    """A text that papers of its goods carry."""
    return models.TextField(label, blank=True, default="", db_default="")


class Series(Document):
    """Products of one kind and brand (UTM-E) with what they have in common: warranty, prices, documents, texts of their papers."""

    name = models.CharField(_("Name"), max_length=60, unique=True)
    code = models.CharField(_("Series code"), max_length=20, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, verbose_name=_("Category"), related_name="+")
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, verbose_name=_("Brand"), related_name="+")
    price_list = models.ForeignKey("PriceList", models.PROTECT, null=True, blank=True, verbose_name=_("Price list"), related_name="+")
    warranty_months = models.PositiveIntegerField(_("Warranty (months)"), default=12)
    documents = models.TextField(
        _("Documents that go with it"), blank=True, default="", help_text=_("One a line: manual, certificate, drawings …")
    )
    active = models.BooleanField(_("Active"), default=True)
    intro = long_text(_("Introduction"))
    intro_en = long_text(_("Introduction in English"))
    standard = long_text(_("Standard configuration"))
    standard_en = long_text(_("Standard configuration in English"))
    technical = long_text(_("Technical terms"))
    technical_en = long_text(_("Technical terms in English"))
    warranty_text = long_text(_("Warranty text"))
    warranty_text_en = long_text(_("Warranty text in English"))

    label_field = "name"
    row_scoped = False
    search = ("name", "code")

    class Meta(Document.Meta):
        verbose_name = _("Product series")
        verbose_name_plural = _("Product series")


class Item(Document):
    """A product, part or service: what it is called, how it is counted, taxed, priced and kept."""

    class Supply(models.TextChoices):
        MAKE = "make", _("Made")
        BUY = "buy", _("Bought")
        SERVICE = "service", _("Service")

    code = models.CharField(_("Item code"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    spec = models.CharField(_("Specification"), max_length=200, blank=True)
    drawing_no = models.CharField(_("Drawing number"), max_length=60, blank=True, default="", db_default="")
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, verbose_name=_("Category"), related_name="+")
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, verbose_name=_("Brand"), related_name="+")
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, verbose_name=_("Series"), related_name="+")
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
    net_weight = QuantityField(_("Net weight (kg)"), null=True, blank=True)
    gross_weight = QuantityField(_("Gross weight (kg)"), null=True, blank=True, help_text=_("As packed for transport"))
    active = models.BooleanField(_("Active"), default=True)

    label_field = "name"
    row_scoped = False
    search = ("code", "name", "spec", "drawing_no")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Item")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        for name in ("net_weight", "gross_weight"):
            if (getattr(self, name) or 0) < 0:
                raise Invalid([FieldError(name, "negative", _t("A weight cannot be negative."))])
        if self.net_weight and self.gross_weight and self.gross_weight < self.net_weight:
            raise Invalid([FieldError("gross_weight", "below_net", _t("Packed it cannot weigh less than unpacked."))])

    @property
    def stocked(self) -> bool:
        """Whether it is kept in stock at all; services are not."""
        return self.supply != self.Supply.SERVICE


class PriceList(Document):
    """Prices of items for a time, for everybody or for one customer grade."""

    name = models.CharField(_("Name"), max_length=60)
    grade = CodeField(_("Customer grade"), max_length=10, table=GRADE, blank=True, help_text=_("Empty: for everybody"))
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


_brands = Statement(
    lambda items: Item.objects.filter(pk__among=items).values_list(Coalesce("brand__name", "series__brand__name", Value(""))), list
)


def brands_of(items: Iterable[Item]) -> set[str]:
    """The names of the brands of items, their own or their series'; one query."""
    return {name for (name,) in _brands(sorted({item.pk for item in items})) if name}


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
