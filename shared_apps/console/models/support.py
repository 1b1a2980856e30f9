"""Help from the operators: feedback and support access (W-2.1.2, W-2.1.4)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import clock
from kernel.access import Actor
from kernel.documents import Document
from kernel.fields import MemberField, StateField
from kernel.refusals import FieldError, Invalid
from shared_apps.console.models.client import Client

LONGEST_HOURS = 72


class Release(Document):
    """What is new since when."""

    version_name = models.CharField(_("Version"), max_length=40)
    released_on = models.DateField(_("Released on"))
    notes = models.TextField(_("What is new"), blank=True, default="")

    label_field = "version_name"
    company_field = "*"
    row_scoped = False
    search = ("version_name",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Release")


class Feedback(Document):
    """A problem, a wish or a question of somebody who works with the product."""

    class State(models.TextChoices):
        NEW = "new", _("New")
        CLASSIFIED = "classified", _("Classified")
        ANSWERED = "answered", _("Answered")
        RELEASED = "released", _("Released")
        DECLINED = "declined", _("Declined")
        CLOSED = "closed", _("Closed")

    class Kind(models.TextChoices):
        PROBLEM = "problem", _("Problem")
        WISH = "wish", _("Wish")
        QUESTION = "question", _("Question")

    class Severity(models.TextChoices):
        BLOCKED = "blocked", _("Work stands still")
        HINDERED = "hindered", _("Work is hindered")
        MINOR = "minor", _("Minor")

    client = models.ForeignKey(Client, models.PROTECT, null=True, editable=False, verbose_name=_("Company"), related_name="+")
    title = models.CharField(_("In short"), max_length=120)
    text = models.TextField(_("What happened, what would you wish?"), blank=True, default="")
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices, default=Kind.PROBLEM)
    severity = models.CharField(_("Severity"), max_length=10, choices=Severity.choices, default=Severity.MINOR)
    screen = models.CharField(_("Screen"), max_length=200, blank=True, default="")
    snapshot: models.JSONField[Any, Any] = models.JSONField(_("Snapshot"), default=dict, blank=True)
    area = models.CharField(_("Area"), max_length=60, blank=True, default="", editable=False)
    answer = models.TextField(_("Answer"), blank=True, default="", editable=False)
    answer_by = models.DateTimeField(_("Answer promised by"), null=True, editable=False)
    answered_at = models.DateTimeField(_("Answered at"), null=True, editable=False)
    release = models.ForeignKey(Release, models.PROTECT, null=True, editable=False, verbose_name=_("Release"), related_name="+")
    state = StateField(State, verbose_name=_("State"))

    number_format = "FB{date:%Y%m}-{seq:04d}"
    company_field = "client_id"
    search = ("number", "title")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Feedback")
        indexes = [*Document.Meta.indexes, models.Index(fields=["client", "-id"], name="feedback_client")]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.client_id = self.client_id or by.company
        self.promise()

    def promise(self) -> None:
        """When it is to be answered, from when it came and how grave it is."""
        self.answer_by = (self.created_at or clock.now()) + PROMISED[self.Severity(self.severity)]


PROMISED = {
    Feedback.Severity.BLOCKED: timedelta(hours=4),
    Feedback.Severity.HINDERED: timedelta(hours=24),
    Feedback.Severity.MINOR: timedelta(days=3),
}
"""Within which time an answer is promised, by severity (P-M.5)."""


class SupportAccess(Document):
    """An operator's visit in a company: asked for, approved by the company's administrator, over by itself."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("Requested")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        ENDED = "ended", _("Ended")

    client = models.ForeignKey(Client, models.PROTECT, verbose_name=_("Company"), related_name="+")
    reason = models.CharField(_("Reason"), max_length=200)
    hours = models.PositiveIntegerField(_("Hours"), default=4)
    may_change = models.BooleanField(_("May change data"), default=False)
    approved_by = MemberField(_("Approved by"), null=True, editable=False)
    until = models.DateTimeField(_("Until"), null=True, editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "SA{date:%Y%m}-{seq:04d}"
    company_field = "client_id"
    row_scoped = False
    search = ("number", "reason")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Support access")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if not 0 < self.hours <= LONGEST_HOURS:
            raise Invalid([FieldError("hours", "range", _t("Between 1 and %(n)d hours.") % {"n": LONGEST_HOURS})])
