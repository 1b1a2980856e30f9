"""What the company confirms with a signature: flows, functions and plans, and tests by those who will do the work (P-I.6, P-I.9)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.access import Actor
from kernel.documents import Line
from kernel.fields import StateField
from kernel.refusals import FieldError, Invalid
from shared_apps.console.models import Client
from shared_apps.implementation import drawing, templates
from shared_apps.implementation.models import flow
from shared_apps.implementation.models.contract import Milestone
from shared_apps.implementation.models.project import Project
from shared_apps.implementation.models.signed import Signed


class Confirmation(Signed):
    """A flow, a set of functions, a service plan or an instruction that the company confirms as it stands."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OFFERED = "offered", _("To be signed")
        SIGNED = "signed", _("Signed")
        REJECTED = "rejected", _("Rejected")

    class Kind(models.TextChoices):
        FLOW = "flow", _("Flow")
        FUNCTION = "function", _("Functions")
        REQUIREMENTS = "requirements", _("Requirement list")
        PLAN = "plan", _("Service plan")
        INSTRUCTION = "instruction", _("Work instruction")

    project = models.ForeignKey(Project, models.PROTECT, verbose_name=_("Implementation project"), related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, editable=False, verbose_name=_("Company"), related_name="+")
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind.choices, default=Kind.FUNCTION)
    title = models.CharField(_("Title"), max_length=120)
    text = models.TextField(_("Text"), blank=True, default="")
    template = models.CharField(
        _("Ready flow"), max_length=20, choices=templates.ReadyFlow.choices, blank=True, default="", db_default="",
        help_text=_("Fills in the steps while there are none"),
    )  # fmt: skip
    drawing: models.JSONField[Any, Any] = models.JSONField(_("Drawing"), default=dict, db_default={}, blank=True, editable=False)
    remark = models.TextField(_("Company's remark"), blank=True, default="", editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "CF{date:%Y}-{seq:03d}"
    beside = frozenset({"remark", "template"})
    line_kinds = ("steps",)
    river = ("project",)
    search = ("number", "title")

    class Meta(Signed.Meta):
        verbose_name = verbose_name_plural = _("Confirmation")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if self.template and not lines["steps"]:
            lines["steps"] = [flow.FlowStep(**values) for values in templates.flow(self.template)]
        flow.number(lines["steps"])
        wrong = flow.check(lines["steps"])
        if wrong:
            raise Invalid(wrong)
        self.drawing = drawing.draw(lines["steps"])
        self.client_id = self.project.client_id


class AcceptanceScript(Signed):
    """What somebody in a role does with the product to see that it works, step by step, signed by them."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        READY = "ready", _("To be tested")
        PASSED = "passed", _("Passed")
        FAILED = "failed", _("Failed")

    project = models.ForeignKey(Project, models.PROTECT, verbose_name=_("Implementation project"), related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, editable=False, verbose_name=_("Company"), related_name="+")
    title = models.CharField(_("Title"), max_length=120)
    role = models.CharField(_("Role"), max_length=60, blank=True, default="")
    template = models.CharField(
        _("Ready script"), max_length=20, choices=templates.ReadyScript.choices, blank=True, default="", db_default="",
        help_text=_("Fills in role and steps while there are none"),
    )  # fmt: skip
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, verbose_name=_("Milestone"), related_name="+",
        help_text=_("It is accepted once this test is passed"),
    )  # fmt: skip
    state = StateField(State, verbose_name=_("State"))

    number_format = "TS{date:%Y}-{seq:03d}"
    beside = frozenset({"template"})
    line_kinds = ("steps",)
    river = ("project",)
    search = ("number", "title", "role")

    class Meta(Signed.Meta):
        verbose_name = verbose_name_plural = _("Test script")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.client_id = self.project.client_id
        if self.milestone and self.milestone.contract.project_id != self.project_id:
            raise Invalid([FieldError("milestone", "other_project", _t("This milestone belongs to another project."))])
        if self.template and not lines["steps"]:
            role, steps = templates.script(self.template)
            self.role = self.role or role
            lines["steps"] = [ScriptStep(**values) for values in steps]


class ScriptStep(Line):
    """One thing to do and what shall come of it."""

    class Result(models.TextChoices):
        OPEN = "open", _("Open")
        OK = "ok", _("As expected")
        WRONG = "wrong", _("Otherwise")

    script = models.ForeignKey(AcceptanceScript, models.CASCADE, related_name="steps")
    what = models.CharField(_("Do"), max_length=200)
    expected = models.CharField(pgettext_lazy("test", "Expected"), max_length=200)
    result = models.CharField(_("Result"), max_length=6, choices=Result.choices, default=Result.OPEN)
    note = models.CharField(_("Note"), max_length=200, blank=True, default="")

    parent = "script"

    def __str__(self) -> str:
        return self.what
