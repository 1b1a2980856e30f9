"""Getting the machine to the customer (W-7.3.1, spec 2.10)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.documents import Line, Sourced
from kernel.fields import MoneyField, QuantityField, StateField
from kernel.refusals import FieldError, Invalid
from tenant_apps.catalog.models import Item
from tenant_apps.inventory.models import Warehouse
from tenant_apps.partners.models import Partner


class Delivery(Sourced):
    """Goods leaving for a customer. Shipping takes them out of stock; a gate of the contract may forbid it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SHIPPED = "shipped", _("Shipped")
        ARRIVED = "arrived", _("Arrived")
        CANCELLED = "cancelled", _("Cancelled")

    partner = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("Customer"), related_name="+")
    warehouse = models.ForeignKey(Warehouse, models.PROTECT, verbose_name=_("Warehouse"), related_name="+")
    delivery_date = models.DateField(_("Delivery date"), null=True, blank=True)
    address = models.CharField(_("Delivery address"), max_length=200, blank=True)
    consignee = models.CharField(_("Consignee and phone"), max_length=120, blank=True)
    carrier = models.CharField(_("Carrier"), max_length=80, blank=True)
    tracking_no = models.CharField(_("Consignment number"), max_length=80, blank=True)
    arrived_on = models.DateField(_("Arrived on"), null=True, editable=False)
    cost = MoneyField(_("Cost of goods"), editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "DN{date:%Y%m}-{seq:04d}"
    date_field = "delivery_date"
    line_kinds = ("lines",)
    river = ("partner",)
    search = ("number", "tracking_no")

    class Meta(Sourced.Meta):
        verbose_name = verbose_name_plural = _("Delivery")
        indexes = [
            *Sourced.Meta.indexes,
            models.Index(fields=["-delivery_date", "-id"], name="delivery_date"),
            models.Index(fields=["partner", "-id"], name="delivery_partner"),
        ]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.address = self.address or self.partner.address
        errors = []
        for position, line in enumerate(lines["lines"]):
            if line.quantity <= 0:
                errors.append(FieldError(f"lines.{position}.quantity", "positive", _t("The quantity must be more than 0.")))
        if errors:
            raise Invalid(errors)


class DeliveryLine(Line):
    """What is delivered. `source_line` is the order line it fulfils."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="lines")
    item = models.ForeignKey(Item, models.PROTECT, verbose_name=_("Item"), related_name="+")
    description = models.CharField(_("Description"), max_length=200, blank=True)
    quantity = QuantityField(_("Quantity"), default=Decimal(1))
    serials = models.TextField(_("Serial numbers"), blank=True, default="", help_text=_("Empty: those made for the order"))
    value = MoneyField(_("Cost of goods"), editable=False)
    source_line = models.BigIntegerField(null=True, editable=False)

    parent = "delivery"

    def __str__(self) -> str:
        return self.description
