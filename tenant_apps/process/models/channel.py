"""Ways to people outside of the browser, and what is on its way there."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.documents import Document
from kernel.fields import MemberField, StateField


class Channel(Document):
    """The company's account at a service that carries messages: mail, SMS, WeCom, DingTalk, WeChat or a program of its own."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Active")
        DISABLED = "disabled", _("Disabled")

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        SMS = "sms", _("SMS (Aliyun)")
        WECOM = "wecom", _("WeCom")
        DINGTALK = "dingtalk", _("DingTalk")
        WECHAT = "wechat", _("WeChat service account")
        WEBHOOK = "webhook", _("Webhook")

    name = models.CharField(_("Name"), max_length=60)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices, default=Kind.EMAIL)
    settings = models.JSONField(_("Account"), default=dict, blank=True)
    secret = models.CharField(max_length=600, editable=False, default="")
    trouble = models.CharField(_("Trouble"), max_length=300, blank=True, default="", editable=False)
    state = StateField(State, verbose_name=_("State"))

    label_field = "name"
    row_scoped = False
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = _("Message channel")
        verbose_name_plural = _("Message channels")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        from tenant_apps.process import channels

        self.settings = channels.checked(self.kind, self.settings)


class Outgoing(models.Model):
    """One message on its way to one person by one channel, with what came of it."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    member = MemberField()
    address = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True, default="")
    origin = models.CharField(max_length=120)
    digest = models.BooleanField(default=False)
    """Sent together with the others that are due by then."""
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    """When it is tried (again); None: sent, or given up."""
    answer = models.CharField(max_length=300, blank=True, default="")
    receipt = models.CharField(max_length=120, blank=True, default="")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="outgoing_due", condition=models.Q(next_at__isnull=False))]
        constraints = [models.UniqueConstraint(fields=["channel", "member", "origin"], name="outgoing_once")]

    def __str__(self) -> str:
        return f"{self.title} → {self.address}"
