"""What a company has bought, and how much of it it uses."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from shared_apps.billing.models.coupons import Coupon
from shared_apps.billing.models.plans import Period, Plan


class Subscription(models.Model):
    """The one subscription of a company: its plan, its seats, until when, and how it is paid."""

    class Status(models.TextChoices):
        TRIAL = "trial", _("Trial")
        ACTIVE = "active", _("Paid")
        PAST_DUE = "past_due", _("Payment overdue")
        CANCELED = "canceled", _("Ended")

    class Collection(models.TextChoices):
        NONE = "none", _("Not bought yet")
        CARD = "card", _("Card, renews by itself")
        PREPAID = "prepaid", _("Prepaid: bank transfer, Alipay or WeChat Pay")
        FREE = "free", _("Free of charge")

    tenant_id = models.BigIntegerField(unique=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    period = models.CharField(max_length=5, choices=Period.choices, default=Period.MONTH)
    seats = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.TRIAL)
    collection = models.CharField(max_length=10, choices=Collection.choices, default=Collection.NONE)
    trial_end = models.DateTimeField()
    period_start = models.DateTimeField(null=True)
    period_end = models.DateTimeField(null=True)
    cancel_at_period_end = models.BooleanField(default=False)
    coupon = models.ForeignKey(Coupon, models.PROTECT, null=True, blank=True, related_name="+")
    """The discount at which the present prepaid period was paid."""
    planned: models.JSONField[Any, Any] = models.JSONField(null=True)
    """What begins when the paid period ends: {plan, period, seats, coupon, from}; with `until` when that has been paid as well."""
    beyond: models.JSONField[Any, Any] = models.JSONField(null=True)
    """What is used beyond the month's number and charged by the card: {documents: price of one, api_calls: price of a thousand}."""
    stripe_customer = models.CharField(max_length=80, null=True, unique=True)
    stripe_subscription = models.CharField(max_length=80, null=True, unique=True)
    stripe_created = models.DateTimeField(null=True)
    """When the subscription at Stripe came into being: of two, the later one counts."""
    stripe_session = models.CharField(max_length=120, blank=True)
    """The Checkout that is still open."""

    class Meta:
        indexes = [models.Index(fields=["status"], name="subscription_status")]

    def __str__(self) -> str:
        return f"{self.tenant_id}: {self.plan} ({self.status})"


class Usage(models.Model):
    """What a company used in a month, as it told last. Companies push it; nobody counts in their schemas from outside."""

    tenant_id = models.BigIntegerField()
    month = models.DateField()
    seats = models.PositiveIntegerField(default=0)
    storage_bytes = models.BigIntegerField(default=0)
    documents = models.PositiveIntegerField(default=0)
    api_calls = models.PositiveIntegerField(default=0)
    measured_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant_id", "month"], name="usage_once_a_month")]

    def __str__(self) -> str:
        return f"{self.tenant_id} {self.month:%Y-%m}"


class UsageReport(models.Model):
    """Use beyond the month's number as it is told to Stripe: written down first, then sent, so that nothing is told twice or lost."""

    tenant_id = models.BigIntegerField()
    month = models.DateField()
    name = models.CharField(max_length=15)
    quantity = models.PositiveIntegerField()
    """How many more than was told before."""
    identifier = models.CharField(max_length=100, unique=True)
    """By which Stripe knows a repetition."""
    at = models.DateTimeField()
    """The instant for which it is told; Stripe charges it in the period of this instant."""
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["tenant_id", "month"], name="usage_report_month"),
            models.Index(fields=["at"], name="usage_report_waiting", condition=models.Q(sent_at=None)),
        ]

    def __str__(self) -> str:
        return self.identifier
