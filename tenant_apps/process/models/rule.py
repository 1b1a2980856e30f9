"""A rule that watches documents."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.documents import Document
from kernel.fields import RefKeyField, StateField


class Level(models.TextChoices):
    INFO = "info", _("Information")
    WARNING = "warning", _("Warning")
    CRITICAL = "critical", _("Critical")


class Rule(Document):
    """Which documents call for somebody's attention, from when on, and who is told on each rung of the ladder."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Active")
        DISABLED = "disabled", _("Disabled")

    class Anchor(models.TextChoices):
        DATE = "date", _("Before or after a date")
        SILENT = "silent", _("Since anything last happened")
        HOLDS = "holds", _("Since the condition holds")

    class Unit(models.TextChoices):
        DAYS = "days", _("days")
        HOURS = "hours", _("hours")

    name = models.CharField(_("Name"), max_length=80)
    resource = RefKeyField(_("Document type"))
    condition = models.TextField(_("Condition"), blank=True, help_text=_('For example state = "sent" and total > 100000. Empty: all.'))
    level = models.CharField(_("Level"), max_length=10, choices=Level.choices, default=Level.WARNING)
    anchor = models.CharField(_("Counted"), max_length=6, choices=Anchor.choices, default=Anchor.DATE)
    field = models.CharField(_("Date field"), max_length=60, blank=True, help_text=_("For a rule counted from a date."))
    kinds = models.CharField(_("Events"), max_length=300, blank=True, help_text=_("What counts as happening; empty: anything."))
    unit_of_time = models.CharField(_("Steps in"), max_length=5, choices=Unit.choices, default=Unit.DAYS)
    steps = models.JSONField(_("Ladder"), default=list, help_text=_("Who is told when: [{days, to: [{who}], channels}]"))
    repeat = models.PositiveIntegerField(
        _("Tell again every"), default=0, help_text=_("After the last step, as long as it lasts; 0: never.")
    )
    facts = models.JSONField(_("Fields told"), default=list, blank=True)
    per = models.CharField(
        _("One alert per"), max_length=60, blank=True, help_text=_("A field, so that one customer is one alert; empty: each document.")
    )
    digest = models.BooleanField(_("Always as one message"), default=False)
    working = models.BooleanField(_("Working time only"), default=False, help_text=_("Counts working days and tells during working hours."))
    ack_stops = models.BooleanField(_("Acknowledging stops the ladder"), default=True)
    trouble = models.CharField(_("Trouble"), max_length=300, blank=True, default="", editable=False)
    ready = models.CharField(max_length=60, blank=True, default="", editable=False)
    next_at = models.DateTimeField(_("Looks again at"), null=True, editable=False)
    state = StateField(State, verbose_name=_("State"))

    label_field = "name"
    row_scoped = False
    search = ("name", "resource")

    class Meta(Document.Meta):
        verbose_name = _("Alert rule")
        verbose_name_plural = _("Alert rules")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        from tenant_apps.process.engine import checking

        checking.check(self)
        self.trouble, self.next_at = "", None
