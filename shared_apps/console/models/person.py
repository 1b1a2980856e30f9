"""Who works on the platform: its operators, and the people of companies who meet them there (W-2.1.2)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.documents import Document
from kernel.fields import StateField
from shared_apps.console.models.client import Client


class Person(Document):
    """An operator, or somebody from a company who files feedback, approves support or accepts a delivery."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Active")
        DISABLED = "disabled", _("Disabled")

    class Role(models.TextChoices):
        ADMIN = "admin", _("Platform administrator")
        SUPPORT = "support", _("Support")
        FINANCE = "finance", _("Billing")
        CONSULTANT = "consultant", _("Implementation consultant")
        GUEST = "guest", _("From a company")

    name = models.CharField(pgettext_lazy("person", "Name"), max_length=80)
    email = models.EmailField(_("E-mail"))
    role = models.CharField(_("Role"), max_length=12, choices=Role.choices, default=Role.SUPPORT)
    account = models.BigIntegerField(null=True, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, editable=False, verbose_name=_("Company"), related_name="+")
    member = models.BigIntegerField(null=True, editable=False)
    state = StateField(State, verbose_name=_("State"))

    label_field = "name"
    company_field = "client_id"
    row_scoped = False
    search = ("name", "email")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Platform user")
        constraints = [
            *Document.Meta.constraints,
            models.UniqueConstraint(fields=["account"], condition=models.Q(client=None), name="operator_once"),
            models.UniqueConstraint(fields=["client", "member"], name="guest_once"),
        ]
