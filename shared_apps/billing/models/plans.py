"""What there is to buy."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Period(models.TextChoices):
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class Plan(models.Model):
    """An offer: what it allows, and what it costs a month or a year. Amounts are in CNY and include VAT. Null allows any number."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    seats = models.PositiveIntegerField()
    storage_gb = models.PositiveIntegerField(null=True, blank=True)
    apps = models.JSONField(default=list, blank=True)
    """Names of the apps it opens; an empty list opens all."""
    api_calls = models.PositiveIntegerField(null=True, blank=True)
    documents = models.PositiveIntegerField(null=True, blank=True)
    monthly = models.DecimalField(max_digits=10, decimal_places=2)
    yearly = models.DecimalField(max_digits=10, decimal_places=2)
    seat_monthly = models.DecimalField(max_digits=10, decimal_places=2)
    seat_yearly = models.DecimalField(max_digits=10, decimal_places=2)
    document_price = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    """For each document beyond the month's number; null: no further ones for programs and imports."""
    call_price = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    """For a thousand API calls beyond the month's number; null: refused."""
    currency = models.CharField(max_length=3, default="CNY")
    position = models.PositiveIntegerField(default=0)
    on_sale = models.BooleanField(default=True)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name if (get_language() or "zh").startswith("zh") else self.name_en

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
