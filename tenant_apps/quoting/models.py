"""Quotes (spec 2.3)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.codes import CodeField
from kernel.documents import Sourced
from kernel.fields import PercentField, StateField
from kernel.money import HUNDRED, ZERO
from tenant_apps.catalog.priced import Priced, PricedLine, complete, sum_up
from tenant_apps.contracts.models import Scheme, usual_scheme
from tenant_apps.partners.models import Contact, Partner
from tenant_apps.quoting.code_tables import LOST
from tenant_apps.quoting.parameters import VALID_DAYS


class Quote(Sourced, Priced):
    """An offer to a customer. Sending fixes it; a new revision replaces it; accepting makes the contract."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent")
        CONVERTED = "converted", _("Won")
        LOST = "lost", _("Lost")
        EXPIRED = "expired", _("Expired")
        SUPERSEDED = "superseded", _("Superseded")

    customer = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("Customer"), related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, verbose_name=_("Contact"), related_name="+")
    title = models.CharField(_("Subject"), max_length=120, blank=True)
    quote_date = models.DateField(_("Quote date"), null=True, blank=True)
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    delivery_days = models.PositiveIntegerField(_("Delivery (days)"), default=60)
    scheme = models.ForeignKey(Scheme, models.PROTECT, null=True, blank=True, verbose_name=_("Payment scheme"), related_name="+")
    warranty_months = models.PositiveIntegerField(_("Warranty (months)"), default=12)
    revision = models.PositiveIntegerField(_("Revision"), default=1, editable=False)
    discount_rate = PercentField(_("Discount %"), editable=False)
    remark = models.TextField(_("Remark"), blank=True)
    lost_reason = CodeField(_("Reason lost"), max_length=200, table=LOST, blank=True, default="", editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "Q{date:%Y}-{seq:05d}"
    date_field = "quote_date"
    line_kinds = ("lines",)
    river = ("customer",)
    search = ("number", "title")

    class Meta(Sourced.Meta):
        verbose_name = verbose_name_plural = _("Quote")
        indexes = [
            *Sourced.Meta.indexes,
            models.Index(fields=["-quote_date", "-id"], name="quote_date"),
            models.Index(fields=["customer", "-id"], name="quote_customer"),
        ]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.valid_until = self.valid_until or (self.quote_date or on) + timedelta(days=VALID_DAYS.value(by))
        if self.scheme_id is None:
            self.scheme_id = usual_scheme()
        complete(lines["lines"], lambda: self.customer.grade if self.customer_id else "", on)
        sum_up(self, lines["lines"])
        full = sum((line.quantity * (line.list_price or line.unit_price or ZERO) for line in lines["lines"]), ZERO)
        self.discount_rate = max((full - self.total) * HUNDRED / full, Decimal(0)).quantize(Decimal("0.01")) if full else ZERO


class QuoteLine(PricedLine):
    """A line of a quote. An optional line is shown but not summed up by the customer's decision alone."""

    quote = models.ForeignKey(Quote, models.CASCADE, related_name="lines")
    remark = models.CharField(_("Remark"), max_length=200, blank=True)

    parent = "quote"
