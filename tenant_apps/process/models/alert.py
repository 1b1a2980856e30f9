"""What a rule has found."""

from __future__ import annotations

from django.db import models

from kernel.fields import MemberField, RefKeyField
from tenant_apps.process.models.rule import Level, Rule


class Alert(models.Model):
    """A document that calls for attention: since when, how far up the ladder it has come, who was told and what they said."""

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="+")
    subject = RefKeyField()
    subject_id = models.BigIntegerField()
    key = models.CharField(max_length=120)
    """What makes it one: the document, or the value that many documents share."""
    label = models.CharField(max_length=200)
    level = models.CharField(max_length=10, choices=Level.choices)
    since = models.DateTimeField()
    """The moment from which the ladder is counted."""
    step = models.IntegerField(default=0)
    count = models.IntegerField(default=1)
    told = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = MemberField(null=True)
    reason = models.CharField(max_length=300, blank=True, default="")
    snoozed_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "subject_id"], name="alert_subject", condition=models.Q(closed_at__isnull=True)),
            models.Index(fields=["-opened_at", "-id"], name="alert_list"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["rule", "key"], condition=models.Q(closed_at__isnull=True), name="alert_once"),
        ]

    def __str__(self) -> str:
        return self.label
