"""What the company confirms with a signature: functions and flows, and tests by those who will do the work (P-I.6, P-I.9)."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.documents import Document, Line
from kernel.fields import StateField
from shared_apps.console.models import Client
from shared_apps.implementation.models.project import Project


class Confirmation(Document):
    """A flow, a set of functions, a service plan or an instruction that the company confirms as it stands."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OFFERED = "offered", _("To be signed")
        SIGNED = "signed", _("Signed")
        REJECTED = "rejected", _("Rejected")

    class Kind(models.TextChoices):
        FLOW = "flow", _("Flow")
        FUNCTION = "function", _("Functions")
        PLAN = "plan", _("Service plan")
        INSTRUCTION = "instruction", _("Work instruction")

    project = models.ForeignKey(Project, models.PROTECT, verbose_name=_("Implementation project"), related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, editable=False, verbose_name=_("Company"), related_name="+")
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind.choices, default=Kind.FUNCTION)
    title = models.CharField(_("Title"), max_length=120)
    text = models.TextField(_("Text"))
    remark = models.TextField(_("Company's remark"), blank=True, default="", editable=False)
    signed_by = models.CharField(_("Signed by"), max_length=80, blank=True, default="", editable=False)
    signed_at = models.DateTimeField(_("Signed at"), null=True, editable=False)
    seal = models.CharField(_("Seal"), max_length=64, blank=True, default="", editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "CF{date:%Y}-{seq:03d}"
    company_field = "client_id"
    row_scoped = False
    river = ("project",)
    search = ("number", "title")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Confirmation")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.client_id = self.project.client_id

    def fingerprint(self) -> str:
        """SHA-256 of what is signed: number, kind, title and text."""
        return hashlib.sha256("\x1f".join((self.number, self.kind, self.title, self.text)).encode()).hexdigest()


class AcceptanceScript(Document):
    """What somebody in a role does with the product to see that it works, step by step, signed by them."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        READY = "ready", _("To be tested")
        PASSED = "passed", _("Passed")
        FAILED = "failed", _("Failed")

    project = models.ForeignKey(Project, models.PROTECT, verbose_name=_("Implementation project"), related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, editable=False, verbose_name=_("Company"), related_name="+")
    title = models.CharField(_("Title"), max_length=120)
    role = models.CharField(_("Role"), max_length=60)
    signed_by = models.CharField(_("Signed by"), max_length=80, blank=True, default="", editable=False)
    signed_at = models.DateTimeField(_("Signed at"), null=True, editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "TS{date:%Y}-{seq:03d}"
    company_field = "client_id"
    row_scoped = False
    line_kinds = ("steps",)
    river = ("project",)
    search = ("number", "title", "role")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Test script")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.client_id = self.project.client_id


class ScriptStep(Line):
    """One thing to do and what shall come of it."""

    class Result(models.TextChoices):
        OPEN = "open", _("Open")
        OK = "ok", _("As expected")
        WRONG = "wrong", _("Otherwise")

    script = models.ForeignKey(AcceptanceScript, models.CASCADE, related_name="steps")
    what = models.CharField(_("Do"), max_length=200)
    expected = models.CharField(_("Expected"), max_length=200)
    result = models.CharField(_("Result"), max_length=6, choices=Result.choices, default=Result.OPEN)
    note = models.CharField(_("Note"), max_length=200, blank=True, default="")

    parent = "script"

    def __str__(self) -> str:
        return self.what
