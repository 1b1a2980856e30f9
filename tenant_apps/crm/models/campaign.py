"""Campaigns and their events: what they cost and what came of them (W-5.2.1–W-5.2.3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import trees
from kernel.access import Actor
from kernel.codes import CodeField
from kernel.documents import Document
from kernel.fields import MoneyField, StateField
from kernel.money import ZERO
from kernel.refusals import FieldError, Invalid
from kernel.rows import Column, rows_of
from tenant_apps.crm.code_tables import CAMPAIGN, COST

COSTS = (
    Column("kind", _("Kind"), "text", choices=COST),
    Column("text", _("What for"), "text"),
    Column("planned", pgettext_lazy("cost", "Planned"), "money"),
    Column("actual", pgettext_lazy("cost", "Spent"), "money"),
)


class Campaign(Document):
    """What is done so that people get to know us. An event of a campaign is a campaign within it."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Running")
        CLOSED = "closed", _("Closed")
        CANCELLED = "cancelled", _("Cancelled")

    name = models.CharField(_("Name"), max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("Part of"), related_name="+")
    kind = CodeField(_("Kind"), table=CAMPAIGN, default="exhibition")
    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    place = models.CharField(_("Place"), max_length=120, blank=True)
    audience = models.TextField(_("Audience"), blank=True)
    plan = models.TextField(_("What is planned"), blank=True)
    budget = MoneyField(_("Budget"))
    target_leads = models.PositiveIntegerField(_("Leads wanted"), default=0)
    target_amount = MoneyField(_("Business wanted"))
    costs = models.JSONField(_("Costs"), default=list, blank=True)
    planned_cost = MoneyField(_("Planned cost"), editable=False)
    actual_cost = MoneyField(_("Spent"), editable=False)
    token = models.CharField(max_length=40, blank=True, default="", editable=False)
    sign_in = models.BooleanField(_("Sign-in open"), default=False, editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "MC{date:%Y}-{seq:04d}"
    date_field = "starts_on"
    label_field = "name"
    river = ("parent",)
    search = ("number", "name", "place")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Campaign")
        indexes = [
            *Document.Meta.indexes,
            models.Index(fields=["-starts_on", "-id"], name="campaign_date"),
            models.Index(fields=["token"], name="campaign_token", condition=~models.Q(token="")),
        ]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        trees.refuse_loop(self, _t("A campaign cannot be a part of itself: %(path)s."))
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise Invalid([FieldError("ends_on", "before_start", _t("It ends before it begins."))])
        if self.budget < 0:
            raise Invalid([FieldError("budget", "negative", _t("An amount cannot be negative."))])
        self.costs = rows_of("costs", self.costs, COSTS)
        self.planned_cost = sum((Decimal(row["planned"] or 0) for row in self.costs), ZERO)
        self.actual_cost = sum((Decimal(row["actual"] or 0) for row in self.costs), ZERO)
