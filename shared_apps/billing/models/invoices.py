"""Invoices of the platform to companies, the titles they are made out to (数电发票), and what was paid."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shared_apps.billing.models.coupons import Coupon

VAT = Decimal(6)


class TitleFields(models.Model):
    """To whom an invoice is made out, as the tax bureau's e-invoice asks it."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("Ordinary e-invoice")
        SPECIAL = "special", _("Special VAT e-invoice")

    title = models.CharField(max_length=120, blank=True)
    tax_number = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ORDINARY)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    bank_name = models.CharField(max_length=120, blank=True)
    bank_account = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        abstract = True


TITLE = [field.name for field in TitleFields._meta.local_fields]


class InvoiceTitle(TitleFields):
    """What a company wants on its next invoices."""

    tenant_id = models.BigIntegerField(unique=True)

    def __str__(self) -> str:
        return self.title


class PlatformInvoice(TitleFields):
    """What a company owes or has paid for a period, a change in the middle of one, or seats."""

    class Status(models.TextChoices):
        OPEN = "open", _("To pay")
        PAID = "paid", _("Paid")
        VOID = "void", _("Void")

    class About(models.TextChoices):
        SUBSCRIPTION = "subscription", _("Subscription")
        MILESTONE = "milestone", _("Implementation")

    class EInvoice(models.TextChoices):
        NONE = "none", _("Not asked for")
        REQUESTED = "requested", _("Asked for")
        ISSUED = "issued", _("Issued")

    number = models.CharField(max_length=40, unique=True)
    tenant_id = models.BigIntegerField(db_index=True)
    company_name = models.CharField(max_length=120)
    about = models.CharField(max_length=15, choices=About.choices, default=About.SUBSCRIPTION, db_default=About.SUBSCRIPTION)
    lines = models.JSONField(default=list)
    """[{plan, what: plan | seats | discount | unused | stripe | milestone, text, quantity, amount}]"""
    order = models.JSONField(default=dict)
    """What being paid brings: {plan, period, seats, from, until} or {milestone}; empty for invoices of Stripe, which carries it out itself."""
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    total = models.DecimalField(max_digits=12, decimal_places=2)
    tax_rate = models.DecimalField(max_digits=5, decimal_places=2, default=VAT)
    currency = models.CharField(max_length=3, default="CNY")
    coupon = models.ForeignKey(Coupon, models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    issued_at = models.DateTimeField()
    due_date = models.DateField()
    paid_at = models.DateTimeField(null=True)
    transfer_told_at = models.DateTimeField(null=True)
    """When the company said that it has transferred the money."""
    transfer_reference = models.CharField(max_length=80, blank=True)
    stripe_invoice = models.CharField(max_length=80, null=True, unique=True)
    hosted_url = models.URLField(max_length=500, blank=True)
    einvoice_status = models.CharField(max_length=10, choices=EInvoice.choices, default=EInvoice.NONE)
    einvoice_number = models.CharField(max_length=30, blank=True)
    einvoice_url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ("-issued_at", "-id")

    def __str__(self) -> str:
        return self.number

    @property
    def last_day(self) -> date | None:
        return self.period_end and max(self.period_end - timedelta(days=1), self.period_start or self.period_end)


class Payment(models.Model):
    """An attempt to pay an invoice, and what came of it."""

    class Method(models.TextChoices):
        CARD = "card", _("Card")
        ALIPAY = "alipay", _("Alipay")
        WECHAT_PAY = "wechat_pay", _("WeChat Pay")
        BANK_TRANSFER = "bank_transfer", _("Bank transfer")

    class Status(models.TextChoices):
        PENDING = "pending", pgettext_lazy("payment", "Under way")
        AUTHENTICATE = "authenticate", _("To be confirmed by the card holder")
        SUCCEEDED = "succeeded", _("Received")
        FAILED = "failed", _("Failed")

    invoice = models.ForeignKey(PlatformInvoice, models.PROTECT, related_name="payments")
    method = models.CharField(max_length=15, choices=Method.choices)
    status = models.CharField(max_length=15, choices=Status.choices, default=Status.PENDING)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    failure = models.CharField(max_length=60, blank=True)
    """Stripe's code of why not: `card_declined`."""
    stripe_session = models.CharField(max_length=120, null=True, unique=True)
    stripe_intent = models.CharField(max_length=80, null=True, unique=True)
    bank_reference = models.CharField(max_length=80, blank=True)
    payer = models.CharField(max_length=120, blank=True)
    confirmed_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.invoice}: {self.method} {self.status}"
