"""What there is to buy."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.documents import Document
from kernel.refusals import FieldError, Invalid
from shared_apps.billing import parts

CODE = re.compile(r"[a-z0-9-]{2,30}")
PRICES = ("monthly", "yearly", "seat_monthly", "seat_yearly", "document_price", "call_price")
LEAST = {"seats": 1, "storage_gb": 0, "api_calls": 0, "documents": 0, "position": 0}


class Period(models.TextChoices):
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class Plan(Document):
    """An offer: what it allows, and what it costs a month or a year. Amounts are in CNY and include VAT. Null allows any number."""

    code = models.SlugField(
        pgettext_lazy("plan", "Code"), max_length=30, unique=True, help_text=_("Small letters and digits; it stays as it is once sold")
    )
    name = models.CharField(_("Name in Chinese"), max_length=60)
    name_en = models.CharField(_("Name in English"), max_length=60)
    seats = models.PositiveIntegerField(_("Seats"))
    storage_gb = models.PositiveIntegerField(_("Storage GB"), null=True, blank=True, help_text=_("Empty: any number"))
    apps = models.JSONField(
        _("Only these parts"), default=list, blank=True,
        help_text=_("None chosen: all. What others cannot be made without comes along; what lies beyond is hidden and can only be read."),
    )  # fmt: skip
    """Names of the apps it opens."""
    api_calls = models.PositiveIntegerField(pgettext_lazy("plan", "API calls"), null=True, blank=True, help_text=_("Empty: any number"))
    documents = models.PositiveIntegerField(pgettext_lazy("plan", "Documents"), null=True, blank=True, help_text=_("Empty: any number"))
    monthly = models.DecimalField(_("A month"), max_digits=10, decimal_places=2)
    yearly = models.DecimalField(_("A year"), max_digits=10, decimal_places=2)
    seat_monthly = models.DecimalField(_("Seat a month"), max_digits=10, decimal_places=2)
    seat_yearly = models.DecimalField(_("Seat a year"), max_digits=10, decimal_places=2)
    document_price = models.DecimalField(
        _("Extra document"), max_digits=8, decimal_places=2, null=True, blank=True,
        help_text=_("Empty: beyond the month's number programs and imports wait"),
    )  # fmt: skip
    call_price = models.DecimalField(
        _("1,000 extra calls"), max_digits=8, decimal_places=2, null=True, blank=True,
        help_text=_("Empty: beyond the month's number calls are refused"),
    )  # fmt: skip
    currency = models.CharField(max_length=3, default="CNY")
    position = models.PositiveIntegerField(_("Position in the list"), default=0)
    on_sale = models.BooleanField(_("On sale"), default=True)

    # the table is older than its being a document: the database fills these in for old code
    number = models.CharField(_("Number"), max_length=40, blank=True, default="", db_default="", editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    custom = models.JSONField(default=dict, db_default={}, blank=True, editable=False)
    search_text = models.TextField(default="", db_default="", editable=False)

    label_field = "name"
    row_scoped = False
    search = ("code", "name", "name_en")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = pgettext_lazy("subscription", "Plan")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name if (get_language() or "zh").startswith("zh") else self.name_en

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.apps = parts.complete(self.apps)
        if not CODE.fullmatch(self.code):
            raise Invalid([FieldError("code", "format", _t("A code has 2 to 30 small letters, digits and dashes, like team."))])
        known = type(self).objects.filter(pk=self.pk).values_list("code", flat=True).first() if self.pk else None
        if known not in (None, self.code):
            raise Invalid([FieldError("code", "kept", _t("The code stays as it is: invoices and Stripe know the plan by it."))])
        given = {name: getattr(self, name) for name in (*PRICES, *LEAST) if getattr(self, name) is not None}
        for name, value in given.items():
            if name in PRICES and value <= 0:
                raise Invalid([FieldError(name, "positive", _t("The amount must be more than 0."))])
            if value < LEAST.get(name, 0):
                raise Invalid([FieldError(name, "range", _t("At least %(least)d.") % {"least": LEAST[name]})])

    @classmethod
    def check_many(cls, documents: list[Plan]) -> dict[int, FieldError]:
        """A code means one plan."""
        known = dict(cls._default_manager.filter(code__in=[one.code for one in documents]).values_list("code", "pk"))
        told = _t("There is a plan with this code already. Change that one, or choose another code.")
        return {
            index: FieldError("code", "duplicate", told) for index, one in enumerate(documents) if known.get(one.code, one.pk) != one.pk
        }

    def price(self, period: str) -> Decimal:
        return self.monthly if period == Period.MONTH else self.yearly

    def seat_price(self, period: str) -> Decimal:
        return self.seat_monthly if period == Period.MONTH else self.seat_yearly

    def further(self, seats: int) -> int:
        """How many seats are bought beyond those that come with it."""
        return max(seats - self.seats, 0)

    @property
    def beyond(self) -> dict[str, Decimal]:
        """What can be had beyond the month's number, and for how much: a document, a thousand API calls."""
        told = {"documents": self.document_price, "api_calls": self.call_price}
        return {name: price for name, price in told.items() if price is not None and getattr(self, name) is not None}
