"""The link by which a customer reads a quote or a contract, comments and signs."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenant_apps.contracts.models import Contract
from tenant_apps.quoting.models.quote import Quote
from tenants.guard import CompanyQuerySet


class QuoteLink(models.Model):
    """One letter with a link to a quote or a contract. Only a digest of the link's secret is kept; it ends with the quote's validity."""

    class Delivery(models.TextChoices):
        QUEUED = "queued", _("On its way")
        SENT = "sent", _("Sent")
        DELAYED = "delayed", _("Delayed")
        BOUNCED = "bounced", _("Not delivered")

    quote = models.ForeignKey(Quote, models.CASCADE, null=True, related_name="letters")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    language = models.CharField(max_length=10, default="zh-hans")
    issued_at = models.DateTimeField()
    issued_by = models.BigIntegerField(null=True)
    expires_on = models.DateField(null=True)
    delivery = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.QUEUED)
    trouble = models.CharField(max_length=300, default="", blank=True)
    opened_at = models.DateTimeField(null=True)
    talk = models.JSONField(default=list)
    """What the customer wrote: [{at, name, text}]."""

    objects = CompanyQuerySet.as_manager()

    parent: ClassVar[str] = "quote"

    def __str__(self) -> str:
        return self.email

    @property
    def document(self) -> Any:
        """What it leads to."""
        return self.contract if self.contract_id else self.quote

    @property
    def offer(self) -> Quote:
        """The quote of a link that leads to one."""
        assert self.quote is not None
        return self.quote
