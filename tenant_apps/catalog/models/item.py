"""Products, parts and services (W-1.6.4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import trees
from kernel.access import Actor
from kernel.documents import Document
from kernel.fields import PercentField, PriceField, QuantityField
from kernel.refusals import FieldError, Invalid
from kernel.statements import Statement
from tenant_apps.catalog import units
from tenant_apps.catalog.models.basics import Measure, Tax
from tenant_apps.catalog.models.category import Category
from tenant_apps.catalog.models.handed import Handed, refuse_both
from tenant_apps.catalog.models.series import Brand, Series


class Item(Handed, Document):
    """A product, part or service: what it is called, how it is counted, taxed, priced and kept."""

    class Supply(models.TextChoices):
        MAKE = "make", _("Made")
        BUY = "buy", _("Bought")
        SERVICE = "service", _("Service")
        PHANTOM = "phantom", pgettext_lazy("item", "Phantom")

    code = models.CharField(_("Item code"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    name_en = models.CharField(
        _("Name in English"), max_length=120, blank=True, default="", db_default="",
        help_text=_("On English papers and in lists for readers of English; empty: the name."),
    )  # fmt: skip
    spec = models.CharField(_("Specification"), max_length=200, blank=True)
    drawing_no = models.CharField(_("Drawing number"), max_length=60, blank=True, default="", db_default="")
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, verbose_name=_("Category"), related_name="+")
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, verbose_name=_("Brand"), related_name="+")
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, verbose_name=_("Series"), related_name="+")
    measure = models.ForeignKey(Measure, models.PROTECT, verbose_name=_("Unit"), related_name="+")
    tax = models.ForeignKey(Tax, models.PROTECT, verbose_name=_("Tax rate"), related_name="+")
    supply = models.CharField(_("Supply"), max_length=10, choices=Supply.choices, default=Supply.MAKE)
    units = models.JSONField(
        _("Further units"), default=list, blank=True, db_default=models.Value([], models.JSONField()),
        help_text=_("Lines of quotes, contracts and orders may be entered in them; they are kept in the item's own unit."),
    )  # fmt: skip
    list_price = PriceField(_("List price"), help_text=_("Including VAT"))
    standard_cost = PriceField(_("Standard cost"), help_text=_("Without VAT"))
    floor_percent = PercentField(_("Floor %"), default=Decimal(85), help_text=_("Lowest price, in percent of the list price"))
    lead_days = models.PositiveIntegerField(_("Lead time (days)"), default=0)
    net_weight = QuantityField(_("Net weight (kg)"), null=True, blank=True)
    gross_weight = QuantityField(_("Gross weight (kg)"), null=True, blank=True, help_text=_("As packed for transport"))
    active = models.BooleanField(
        _("Active"), default=True, help_text=_("Not active: obsolete; nothing new is offered, ordered or bought of it.")
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("Successor"), related_name="+", help_text=_("What takes its place")
    )

    label_field = "name"
    english_field = "name_en"
    row_scoped = False
    search = ("code", "name", "name_en", "spec", "drawing_no")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Item")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if self.pk is None and self.category is not None:
            self.take_over(self.category, tracking=self.stocked)
        self.units = units.settled(self.units, self.measure_id)
        if self.successor is not None:
            trees.refuse_loop(self, _t("An item cannot take its own place: %(path)s."), "successor")
        self._check_weights()
        self._check_tracking()

    def _check_weights(self) -> None:
        for name in ("net_weight", "gross_weight"):
            if (getattr(self, name) or 0) < 0:
                raise Invalid([FieldError(name, "negative", _t("A weight cannot be negative."))])
        if self.net_weight and self.gross_weight and self.gross_weight < self.net_weight:
            raise Invalid([FieldError("gross_weight", "below_net", _t("Packed it cannot weigh less than unpacked."))])

    def _check_tracking(self) -> None:
        refuse_both(self)
        if self.supply == self.Supply.PHANTOM and (self.serialised or self.batches):
            told = _t("A phantom is never in stock, only its parts are: it has neither serial numbers nor batches.")
            raise Invalid([FieldError("supply", "phantom", told)])

    @property
    def stocked(self) -> bool:
        """Whether it is kept in stock at all; services are not, nor phantoms, which stand for their parts in bills of materials."""
        return self.supply not in (self.Supply.SERVICE, self.Supply.PHANTOM)

    @property
    def undealt(self) -> tuple[str, str] | None:
        """Why nothing new is offered, ordered or bought of it: a code and a sentence."""
        told = {"item": self.name}
        if not self.active and self.successor is not None:
            return "obsolete", _t("%(item)s is obsolete. Take its successor %(successor)s instead.") % {
                **told,
                "successor": self.successor.name,
            }
        if not self.active:
            return "obsolete", _t("%(item)s is obsolete. Choose another item, or make it active again.") % told
        if self.supply == self.Supply.PHANTOM:
            return "phantom", _t("%(item)s is a phantom, which only stands in bills of materials. Choose what it is made of.") % told
        return None


_brands = Statement(
    lambda items: Item.objects.filter(pk__among=items).values_list(Coalesce("brand__name", "series__brand__name", Value(""))), list
)


def brands_of(items: Iterable[Item]) -> set[str]:
    """The names of the brands of items, their own or their series'; one query."""
    return {name for (name,) in _brands(sorted({item.pk for item in items})) if name}
