"""What there is to buy."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
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


class Coupon(models.Model):
    """A discount that the operator hands out. Stripe gets a copy when it is first used there."""

    code = models.CharField(max_length=30, unique=True)
    percent_off = models.DecimalField(
        max_digits=5, decimal_places=2, validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal(100))]
    )
    forever = models.BooleanField(default=False)
    """False: for the first invoice only."""
    valid_until = models.DateField(null=True, blank=True)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.code

    def usable(self, on: date) -> bool:
        return self.active and (self.valid_until is None or on <= self.valid_until)
