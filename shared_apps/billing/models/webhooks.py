"""News from Stripe, each kept once."""

from __future__ import annotations

from django.db import models


class WebhookEvent(models.Model):
    """An event of Stripe: which object has news. What the news is, is asked of Stripe, never read from the event."""

    id = models.CharField(primary_key=True, max_length=80)
    kind = models.CharField(max_length=80)
    object_id = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    missed = models.BooleanField(default=False)
    """True: no webhook brought it; the reconciliation found it."""

    class Meta:
        indexes = [models.Index(fields=["received_at"], name="webhook_waiting", condition=models.Q(processed_at=None))]

    def __str__(self) -> str:
        return f"{self.id} {self.kind}"
