"""Sales orders: what was promised, what has moved, been invoiced and been paid (spec 2.5, WF-2.1)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.documents import Sourced
from kernel.fields import MoneyField, QuantityField, StateField
from kernel.money import HUNDRED, ZERO, cents
from tenant_apps.catalog.delivering import planned
from tenant_apps.catalog.priced import Priced, PricedLine, Rated, by_list, complete, sum_up
from tenant_apps.partners.models import Partner


class Order(Sourced, Priced, Rated):
    """A customer's order on its way from confirmation to acceptance and the last payment."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CONFIRMED = "confirmed", _("Confirmed")
        RELEASED = "released", _("In production")
        READY = "ready", _("Ready to ship")
        PARTLY_SHIPPED = "partly_shipped", _("Partly shipped")
        SHIPPED = "shipped", _("Shipped")
        ACCEPTED = "accepted", _("Accepted")
        CLOSED = "closed", _("Closed")
        HELD = "held", _("On hold")
        CANCELLED = "cancelled", _("Cancelled")

    customer = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("Customer"), related_name="+")
    order_date = models.DateField(_("Order date"), null=True, blank=True)
    title = models.CharField(_("Subject"), max_length=120, blank=True)
    requested_date = models.DateField(_("Requested delivery"), null=True, blank=True)
    promised_date = models.DateField(_("Promised delivery"), null=True, blank=True)
    customer_order_no = models.CharField(_("Customer's order number"), max_length=60, blank=True)
    remark = models.CharField(_("Remark"), max_length=200, blank=True)
    deliveries = models.JSONField(_("Delivery plan"), default=list, db_default=models.Value([], models.JSONField()), blank=True)
    delivered_amount = MoneyField(_("Delivered"), editable=False)
    invoiced = MoneyField(_("Invoiced"), editable=False)
    collected = MoneyField(_("Collected"), editable=False)
    cost = MoneyField(_("Cost"), editable=False)
    margin = MoneyField(_("Margin"), null=True, editable=False)
    released_on = models.DateField(_("Released on"), null=True, editable=False)
    shipped_on = models.DateField(_("Shipped on"), null=True, editable=False)
    accepted_on = models.DateField(_("Accepted on"), null=True, editable=False)
    held_from = models.CharField(max_length=20, blank=True, default="", editable=False)
    held_reason = models.CharField(_("Reason for hold"), max_length=200, blank=True, default="", editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "SO{date:%Y}-{seq:05d}"
    date_field = "order_date"
    line_kinds = ("lines",)
    river = ("customer",)
    search = ("number", "title")

    class Meta(Sourced.Meta):
        verbose_name = verbose_name_plural = _("Sales order")
        indexes = [
            *Sourced.Meta.indexes,
            models.Index(fields=["-order_date", "-id"], name="order_date"),
            models.Index(fields=["customer", "-order_date", "-id"], name="order_customer"),
            models.Index(fields=["owner"], name="order_owner"),
        ]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        complete(lines["lines"], by_list(lambda: self.customer.grade if self.customer_id else "", on))
        self.deliveries = planned(self.deliveries, lines["lines"])
        sum_up(self, lines["lines"])

    @property
    def margin_rate(self) -> Decimal | None:
        """Margin in percent of the net total; None before anything was delivered."""
        net = self.worth(self.net_total)
        return cents(self.margin * HUNDRED / net) if self.margin is not None and net else None


class OrderLine(PricedLine):
    """A line of an order with how much of it has moved and been invoiced."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    source_line = models.BigIntegerField(null=True, editable=False)
    received = QuantityField(_("Received into stock"), editable=False)
    delivered = QuantityField(_("Delivered"), editable=False)
    invoiced_quantity = QuantityField(_("Invoiced quantity"), editable=False)
    invoiced = MoneyField(_("Invoiced"), editable=False)
    cost = MoneyField(_("Cost"), editable=False)

    parent = "order"

    @property
    def undelivered(self) -> Decimal:
        return self.quantity - self.delivered

    def value_of(self, quantity: Decimal) -> Decimal:
        """The amount of a part of the line, including VAT."""
        return self.amount if quantity >= self.quantity else cents(self.amount * quantity / self.quantity) if quantity else ZERO
