"""What items cost by list (spec 2.3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.codes import CodeField
from kernel.documents import Document, Line
from kernel.fields import PriceField, QuantityField
from kernel.refusals import FieldError, Invalid
from kernel.statements import Statement
from tenant_apps.catalog.models.item import Item
from tenant_apps.organization.code_tables import GRADE


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
