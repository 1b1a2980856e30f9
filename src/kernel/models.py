"""The kernel's own tables. They exist in every company's schema and in the public one."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.documents import Document
from kernel.fields import MemberField, RefKeyField
from kernel.number_rules import NumberRule
from kernel.papers import PrintTemplate
from kernel.refusals import FieldError, Invalid
from kernel.shares import Share
from kernel.webhooks.models import Delivery, Webhook

__all__ = [
    "Counter",
    "CustomField",
    "Delivery",
    "Event",
    "File",
    "Job",
    "Message",
    "Note",
    "NumberRule",
    "Personal",
    "PrintTemplate",
    "Replay",
    "Share",
    "Webhook",
]

if TYPE_CHECKING:
    from kernel.access import Actor


class Event(models.Model):
    """One fact of the business: who did what to which document, when. Written once; audit trail, outbox and 数据河 in one."""

    at = models.DateTimeField()
    actor = MemberField(null=True)
    kind = models.CharField(max_length=100)
    subject = RefKeyField()
    subject_id = models.BigIntegerField()
    refs = ArrayField(models.CharField(max_length=80), default=list)
    changes = models.JSONField(default=dict)
    data = models.JSONField(default=dict)
    pending = models.BooleanField(default=False)

    class Meta:
        indexes = [
            GinIndex(fields=["refs"], name="event_refs"),
            models.Index(fields=["id"], name="event_pending", condition=models.Q(pending=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}:{self.subject_id}"


class Counter(models.Model):
    """The last number drawn of a series, `quoting.quote|Q2026-`. Its row lock makes numbers unique and gap-free."""

    key = models.CharField(primary_key=True, max_length=160)
    value = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.key


class CustomField(Document):
    """A company's own field on a kind of document."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        INT = "int", _("Whole number")
        DECIMAL = "decimal", _("Decimal number")
        MONEY = "money", _("Money")
        DATE = "date", _("Date")
        BOOL = "bool", _("Yes/no")
        CHOICE = "choice", _("Choice")
        CHOICES = "choices", _("Several choices")

    resource = RefKeyField(_("Document type"))
    name = models.SlugField(_("Key"), max_length=40, db_index=False, help_text=_("Small letters, digits and _; programs use it."))
    label = models.CharField(_("Label"), max_length=60)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices, default=Kind.TEXT)
    options = models.JSONField(_("Options"), default=list, blank=True, help_text=_("For a choice: one text per option."))
    required = models.BooleanField(_("Required"), default=False)
    in_list = models.BooleanField(_("Show in list"), default=True)
    position = models.PositiveIntegerField(_("Sequence"), default=0)

    label_field = "label"
    row_scoped = False
    search = ("resource", "name", "label")

    class Meta(Document.Meta):
        verbose_name = _("Custom field")
        verbose_name_plural = _("Custom fields")
        constraints = [*Document.Meta.constraints, models.UniqueConstraint(fields=["resource", "name"], name="one_custom_field")]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        known_resource(self.resource)
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", self.name):
            raise Invalid(
                [FieldError("name", "bad_name", _t("A key begins with a small letter and has small letters, digits and _ only."))]
            )
        if has_field(self.resource, self.name):
            raise Invalid([FieldError("name", "taken", _t("There is a field with this key already. Choose another."))])
        if not isinstance(self.options, list) or not all(isinstance(option, str) for option in self.options):
            raise Invalid([FieldError("options", "not_a_list", _t("Options are a list of texts."))])


def has_field(key: str, name: str) -> bool:
    """Whether a document type has a field, or lines, of this name from the start."""
    from kernel import registry

    resource = registry.get(key)
    return name in resource.own or name in resource.line_parts or name == "id"


def known_resource(key: str) -> None:
    """Refuse a document type that does not exist."""
    from kernel import registry

    if key not in registry.here():
        raise Invalid([FieldError("resource", "not_found", _t("There is no document type “%(key)s”.") % {"key": key})])


class File(models.Model):
    """An uploaded or produced file. Attached to a document when `subject` is set."""

    subject = RefKeyField(blank=True, default="")
    subject_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=120, default="application/octet-stream")
    size = models.BigIntegerField(default=0)
    path = models.CharField(max_length=300)
    stored = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = MemberField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id"], name="file_subject")]

    def __str__(self) -> str:
        return self.name


class Note(models.Model):
    """What a colleague wrote about a document, with the colleagues named in it."""

    subject = RefKeyField()
    subject_id = models.BigIntegerField()
    text = models.TextField()
    mentions = ArrayField(models.BigIntegerField(), default=list)
    created_at = models.DateTimeField()
    created_by = MemberField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id"], name="note_subject")]

    def __str__(self) -> str:
        return self.text[:40]


class Message(models.Model):
    """A line in somebody's inbox. `origin` makes the same news arrive once, however often its sender runs."""

    class Kind(models.TextChoices):
        APPROVAL = "approval", _("Approval")
        ALERT = "alert", _("Alert")
        MENTION = "mention", pgettext_lazy("message", "Mention")
        NOTICE = "notice", pgettext_lazy("message", "Notice")
        JOB = "job", _("Job")

    member = MemberField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.NOTICE, db_default=Kind.NOTICE)
    level = models.CharField(max_length=10, blank=True, default="", db_default="")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True, default="")
    link = models.JSONField(null=True)
    origin = models.CharField(max_length=120)
    read_at = models.DateTimeField(null=True)
    ack = models.BooleanField(default=False, db_default=False)
    """Whether its reader is asked to say that they have taken it up."""
    acknowledged_at = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True, default="", db_default="")
    """What its reader said when they acknowledged it or put it off."""

    class Meta:
        indexes = [models.Index(fields=["member", "-at"], name="message_inbox")]
        constraints = [models.UniqueConstraint(fields=["member", "origin"], name="message_once")]

    def __str__(self) -> str:
        return self.title


class Personal(models.Model):
    """What one member keeps for themselves: unsaved input (`draft`) and settings such as saved filters (`setting`)."""

    member = MemberField()
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    value = models.JSONField(default=dict)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind", "name"], name="personal_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Job(models.Model):
    """Work of more than a second, done by a worker: what it is, how far it got, what came of it."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    kind = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    member = MemberField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    params = models.JSONField(default=dict)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    message = models.TextField(blank=True, default="")
    result = models.JSONField(default=dict)
    cancel = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["member", "-id"], name="job_member")]

    def __str__(self) -> str:
        return self.label


class Replay(models.Model):
    """The answer to a request that carried an Idempotency-Key, kept for 48 hours."""

    key = models.CharField(primary_key=True, max_length=140)
    digest = models.CharField(max_length=64)
    status = models.IntegerField()
    body = models.JSONField(null=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
