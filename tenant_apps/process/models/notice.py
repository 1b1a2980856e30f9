"""What the company tells its people."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.documents import Document
from kernel.fields import RefsField, StateField
from kernel.refusals import FieldError, Invalid


class Notice(Document):
    """A notice to people, roles and departments, with who has read it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PLANNED = "planned", _("Planned")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    title = models.CharField(_("Title"), max_length=120)
    text = models.TextField(_("Text"))
    everybody = models.BooleanField(_("To everybody"), default=False)
    people = RefsField("organization.Member", verbose_name=_("People"))
    roles = RefsField("organization.Role", verbose_name=_("Roles"))
    units = RefsField("organization.Unit", verbose_name=_("Departments"), help_text=_("With all departments below them."))
    publish_at = models.DateTimeField(_("Publish at"), null=True, blank=True, help_text=_("Empty: when you publish it."))
    ack = models.BooleanField(_("Readers confirm it"), default=False)
    remind_days = models.PositiveIntegerField(_("Remind after days"), default=0, help_text=_("Whoever has not read it by then; 0: never."))
    published_at = models.DateTimeField(_("Published at"), null=True, editable=False)
    reminded_at = models.DateTimeField(_("Reminded at"), null=True, editable=False)
    recipients = ArrayField(models.BigIntegerField(), default=list, editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "NT{date:%Y%m}-{seq:03d}"
    label_field = "title"
    search = ("number", "title")

    class Meta(Document.Meta):
        verbose_name = _("Notice")
        verbose_name_plural = _("Notices")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if not (self.everybody or self.people or self.roles or self.units):
            raise Invalid([FieldError("people", "required", _t("Say who is to read it: people, roles, departments, or everybody."))])
