"""The companies as the operators see them (W-2.1.1)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.documents import Document
from kernel.fields import StateField
from shared_apps.console import regions
from tenants.states import State


class Client(Document):
    """A company that uses the platform: its state, plan and use. It follows what the company itself and its life cycle tell."""

    State = State

    class Trouble(models.TextChoices):
        """The gravest first: a company is shown with the first that holds."""

        NONE = "", _("None")
        MIGRATION = "migration", _("Migration failed")
        BACKUP = "backup", _("Backup failed")
        LATE = "late", _("Backup is late")
        BEHIND = "behind", _("Earlier release")
        PAST_DUE = "past_due", _("Payment due")
        OVER = "over", _("Over a limit")

    tenant = models.BigIntegerField(unique=True, editable=False)
    name = models.CharField(_("Company"), max_length=120, editable=False)
    slug = models.CharField(_("Address"), max_length=63, editable=False)
    state = StateField(State, verbose_name=_("State"))
    plan = models.CharField(pgettext_lazy("subscription", "Plan"), max_length=60, blank=True, default="", editable=False)
    trial_until = models.DateField(_("Trial until"), null=True, editable=False)
    members = models.IntegerField(_("Members"), default=0, editable=False)
    documents = models.BigIntegerField(_("Documents"), default=0, editable=False)
    megabytes = models.IntegerField(_("Stored MB"), default=0, editable=False)
    signed_up_on = models.DateField(_("Signed up on"), null=True, editable=False)
    last_seen_at = models.DateTimeField(_("Last used"), null=True, editable=False)
    backed_up_at = models.DateTimeField(_("Last backup"), null=True, editable=False)
    release = models.CharField(_("Release"), max_length=40, blank=True, default="", editable=False)
    trouble = models.CharField(_("Trouble"), max_length=200, choices=Trouble.choices, blank=True, default="", editable=False)
    copy_of = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, verbose_name=_("Copy of"), related_name="+")
    region = models.CharField(
        _("Data region"), max_length=10, choices=regions.CHOICES, blank=True, default="", db_default="", editable=False
    )
    leaving: models.JSONField[Any, Any] = models.JSONField(default=dict, db_default={}, editable=False)
    """A deletion at once that one operator has asked for and another has to confirm."""
    remark = models.TextField(_("Remark"), blank=True, default="")

    label_field = "name"
    company_field = "id"
    row_scoped = False
    search = ("name", "slug")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Company")
        indexes = [*Document.Meta.indexes, models.Index(fields=["-signed_up_on", "-id"], name="client_date")]
