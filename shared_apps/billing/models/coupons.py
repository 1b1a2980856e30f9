"""Discounts that operators hand out, and which company used which."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.documents import Document
from kernel.fields import MoneyField
from kernel.refusals import FieldError, Invalid
from shared_apps.billing.models.plans import Period

CODE = re.compile(r"[A-Z0-9-]{3,30}")
"""What Stripe takes as a promotion code."""


class Coupon(Document):
    """A code that makes a subscription cheaper, by a percentage or by an amount. Stripe gets a copy as a promotion code."""

    code = models.CharField(_("Code"), max_length=30, unique=True, help_text=_("What the customer types: letters, digits and dashes"))
    percent_off = models.DecimalField(
        _("Percent off"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal(100))],
    )  # fmt: skip
    amount_off = MoneyField(_("Amount off"), null=True, blank=True)
    forever = models.BooleanField(_("On every invoice"), default=False, help_text=_("Otherwise on the first one only, or for some months"))
    months = models.PositiveSmallIntegerField(_("For months"), null=True, blank=True, help_text=_("Empty: on the first invoice only"))
    first_time = models.BooleanField(_("New customers only"), default=False, db_default=False)
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    active = models.BooleanField(_("Switched on"), default=True)

    # the table is older than its being a document: the database fills these in for old code
    number = models.CharField(_("Number"), max_length=40, blank=True, default="", db_default="", editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    custom = models.JSONField(default=dict, db_default={}, blank=True, editable=False)
    search_text = models.TextField(default="", db_default="", editable=False)

    label_field = "code"
    row_scoped = False
    search = ("code",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Coupon")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.code = self.code.strip().upper()
        if not CODE.fullmatch(self.code):
            raise Invalid([FieldError("code", "format", _t("A code has 3 to 30 letters, digits and dashes, like SPRING-20."))])
        if (self.percent_off is None) == (self.amount_off is None):
            raise Invalid([FieldError("percent_off", "either", _t("Give either a percentage or an amount."))])
        if self.percent_off is not None and not 0 < self.percent_off <= 100:
            raise Invalid([FieldError("percent_off", "range", _t("A percentage is above 0 and not above 100."))])
        if self.amount_off is not None and self.amount_off <= 0:
            raise Invalid([FieldError("amount_off", "positive", _t("The amount must be more than 0."))])
        if self.forever and self.months:
            raise Invalid([FieldError("months", "either", _t("Choose either every invoice or a number of months."))])

    @classmethod
    def check_many(cls, documents: list[Coupon]) -> dict[int, FieldError]:
        """A code means one thing."""
        known = dict(cls._default_manager.filter(code__in=[one.code for one in documents]).values_list("code", "pk"))
        told = _t("There is a coupon with this code already. Change that one, or choose another code.")
        return {
            index: FieldError("code", "duplicate", told) for index, one in enumerate(documents) if known.get(one.code, one.pk) != one.pk
        }

    def off(self, amount: Decimal, share: Decimal = Decimal(1)) -> Decimal:
        """What it takes off an invoice; never more than there is."""
        if self.percent_off is not None:
            return amount * self.percent_off / 100
        return min((self.amount_off or Decimal(0)) * share, amount)

    def renews(self, period: str) -> bool:
        """Whether the next invoice is cheaper too."""
        return self.forever or bool(self.months and self.months > 1 and period == Period.MONTH)


class Redemption(Document):
    """A company has paid less by a coupon; written down once for each company and coupon."""

    coupon = models.ForeignKey(Coupon, models.PROTECT, verbose_name=_("Coupon"), related_name="+", editable=False)
    tenant_id = models.BigIntegerField(editable=False)
    company = models.CharField(_("Company"), max_length=120, editable=False)
    invoice = models.CharField(_("Invoice"), max_length=40, editable=False)
    saved = MoneyField(_("Saved on the first invoice"), editable=False)
    used_on = models.DateField(_("Used on"), editable=False)

    date_field = "used_on"
    label_field = "company"
    row_scoped = False
    search = ("company", "invoice")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Used coupon")
        constraints = [*Document.Meta.constraints, models.UniqueConstraint(fields=["coupon", "tenant_id"], name="coupon_once_a_company")]
