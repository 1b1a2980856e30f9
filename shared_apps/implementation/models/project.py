"""Bringing a company live: the project with its plan of eight weeks, and what its departments need (P-I.1–5, P-I.10)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.documents import Document, Line
from kernel.fields import MoneyField, StateField
from kernel.money import HUNDRED, ZERO
from shared_apps.console.models import Client
from shared_apps.implementation.models.signed import Signed
from shared_apps.implementation.plan import EIGHT_WEEKS

WEEKS = 8


class Project(Document):
    """The way of one company from its first list of wishes to going live, in two months as a rule."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("Being prepared")
        RUNNING = "running", _("Under way")
        LIVE = "live", _("Live")
        CANCELLED = "cancelled", _("Cancelled")

    client = models.ForeignKey(Client, models.PROTECT, verbose_name=_("Company"), related_name="+")
    name = models.CharField(_("Project"), max_length=120)
    starts_on = models.DateField(_("Start"), null=True, blank=True)
    live_by = models.DateField(_("Live by"), null=True, blank=True)
    live_on = models.DateField(_("Live since"), null=True, editable=False)
    team = models.TextField(_("Team"), blank=True, default="", help_text=_("Who takes part on both sides, one a line"))
    requirements = models.PositiveIntegerField(_("Requirements"), default=0, editable=False)
    coverage = models.DecimalField(_("Covered %"), max_digits=5, decimal_places=1, null=True, editable=False)
    extra_days = models.DecimalField(_("Extra days"), max_digits=8, decimal_places=1, default=Decimal(0), editable=False)
    extra_price = MoneyField(_("Extra price"), editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "IP{date:%Y}-{seq:03d}"
    date_field = "starts_on"
    company_field = "client_id"
    row_scoped = False
    line_kinds = ("steps",)
    search = ("number", "name")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Implementation project")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.starts_on = self.starts_on or on
        self.live_by = self.live_by or self.starts_on + timedelta(weeks=WEEKS)
        if not lines["steps"]:
            lines["steps"] = [
                Step(week=week, title=_t(title), party=party, planned_on=self.starts_on + timedelta(days=7 * week - 1))
                for week, party, title in EIGHT_WEEKS
            ]

    @property
    def burn_down(self) -> list[tuple[int, int, int]]:
        """Per week: (week, steps that should still be open after it, steps that were)."""
        steps = list(self.steps.all())
        ends = {week: (self.starts_on or date.min) + timedelta(weeks=week) for week in range(WEEKS + 1)}
        planned = {week: sum(step.week > week for step in steps) for week in ends}
        return [(week, planned[week], sum(step.done_on is None or step.done_on > end for step in steps)) for week, end in ends.items()]


class Step(Line):
    """A step of the plan."""

    class Party(models.TextChoices):
        VENDOR = "vendor", _("We")
        CLIENT = "client", _("Company")
        BOTH = "both", _("Both")

    project = models.ForeignKey(Project, models.CASCADE, related_name="steps")
    week = models.PositiveIntegerField(_("Week"), default=1)
    title = models.CharField(_("Step"), max_length=120)
    party = models.CharField(_("Who"), max_length=8, choices=Party.choices, default=Party.VENDOR)
    planned_on = models.DateField(_("Planned for"), null=True, blank=True)
    done_on = models.DateField(_("Done on"), null=True, blank=True)

    parent = "project"

    def __str__(self) -> str:
        return self.title


class Requirement(Signed):
    """What a department needs, and how the product answers it: as it is, by configuration, by an extension, or not."""

    class State(models.TextChoices):
        NOTED = "noted", _("Noted")
        ANSWERED = "answered", _("Answered")
        AGREED = "agreed", _("Agreed")
        DROPPED = "dropped", _("Dropped")

    class Importance(models.TextChoices):
        MUST = "must", _("Must")
        SHOULD = "should", _("Should")
        COULD = "could", _("Could")

    class Fit(models.TextChoices):
        STANDARD = "standard", _("Standard")
        CONFIGURE = "configure", _("By configuration")
        EXTEND = "extend", _("By an extension")
        NO = "no", _("Not possible")

    project = models.ForeignKey(Project, models.PROTECT, verbose_name=_("Implementation project"), related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, editable=False, verbose_name=_("Company"), related_name="+")
    department = models.CharField(_("Department"), max_length=60)
    text = models.TextField(_("Requirement"))
    importance = models.CharField(_("Importance"), max_length=8, choices=Importance.choices, default=Importance.SHOULD)
    current_tool = models.CharField(_("Done today with"), max_length=80, blank=True, default="")
    asked_by = models.CharField(_("Asked by"), max_length=80, blank=True, default="")
    difficult = models.BooleanField(_("Difficult"), default=False)
    feature = models.CharField(
        _("Feature"), max_length=20, blank=True, default="", help_text=_("Its number in the specification, such as W-6.2.1")
    )
    fit = models.CharField(_("Fit"), max_length=10, choices=Fit.choices, blank=True, default="", editable=False)
    answer = models.TextField(_("Answer"), blank=True, default="", editable=False)
    decision = models.TextField(_("Decision"), blank=True, default="", db_default="", editable=False)
    days = models.DecimalField(_("Days"), max_digits=6, decimal_places=1, default=Decimal(0), editable=False)
    price = MoneyField(_("Price"), editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "RQ{date:%Y}-{seq:04d}"
    river = ("project",)
    search = ("number", "department", "text", "feature")

    class Meta(Signed.Meta):
        verbose_name = verbose_name_plural = _("Requirement")
        indexes = [*Signed.Meta.indexes, models.Index(fields=["project", "id"], name="requirement_project")]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:30]}"

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.client_id = self.project.client_id


def coverage(rows: list[Requirement]) -> Decimal | None:
    """The share of answered requirements that the product meets as it is or by configuration (P-I.2)."""
    answered = [row for row in rows if row.fit]
    met = [row for row in answered if row.fit in (Requirement.Fit.STANDARD, Requirement.Fit.CONFIGURE)]
    return (HUNDRED * len(met) / len(answered)).quantize(Decimal("0.1")) if answered else None


def recompute(project: Project) -> None:
    """Count the requirements of a project anew."""
    rows = list(Requirement.objects.filter(project=project).exclude(state=Requirement.State.DROPPED))
    project.requirements = len(rows)
    project.coverage = coverage(rows)
    project.extra_days = sum((row.days for row in rows if row.fit), ZERO)
    project.extra_price = sum((row.price for row in rows if row.fit), ZERO)
