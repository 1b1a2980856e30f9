"""Pools (公海): accounts in nobody's hands, by region, and the rules by which they come and go (spec 2.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.documents import Document
from kernel.fields import RefsField
from kernel.refusals import FieldError, Invalid
from tenant_apps.organization.code_tables import GRADE
from tenant_apps.partners.protection import Terms

DAYS = ("first", "renew", "longest", "after_contract")
EVERY = ""
"""A rule for every grade."""


def usual_rules() -> list[dict[str, Any]]:
    """What a pool begins with: 30 days, 15 more with each activity, 90 in all; a year, and 180 days after a contract, for who has bought."""
    return [
        {"grade": EVERY, "deal": False, "first": 30, "renew": 15, "longest": 90, "after_contract": 0},
        {"grade": EVERY, "deal": True, "first": 365, "renew": 90, "longest": 0, "after_contract": 180},
    ]


class Pool(Document):
    """Accounts that anybody of its departments may take, with quotas and the days of protection by grade and by whether there was a deal."""

    name = models.CharField(_("Name"), max_length=60)
    regions = RefsField(
        "organization.Region", verbose_name=_("Regions"), help_text=_("Empty: accounts of all regions that have no pool of their own")
    )
    units = RefsField(
        "organization.Unit", verbose_name=_("Departments"), help_text=_("Who may claim from it; empty: everybody who may open the pool")
    )
    rules = models.JSONField(_("Protection"), default=usual_rules, blank=True)
    claims_per_day = models.PositiveIntegerField(_("Claims a day"), default=10, help_text=_("Each person; 0: no limit"))
    views_per_day = models.PositiveIntegerField(_("Accounts looked at a day"), default=50, help_text=_("Each person; 0: no limit"))
    holding_limit = models.PositiveIntegerField(
        _("Accounts held at most"), default=200, help_text=_("Each person, without those that have bought; 0: no limit")
    )
    cool_down_days = models.PositiveIntegerField(
        _("Former owner waits"), default=7, help_text=_("Days before who had an account last may claim it again")
    )
    warn_days = models.PositiveIntegerField(_("Warn before recycling"), default=3, help_text=_("Days"))
    dormant_days = models.PositiveIntegerField(_("Dormant after"), default=365, help_text=_("Days without activity or deal; 0: never"))
    active = models.BooleanField(_("Active"), default=True)

    label_field = "name"
    row_scoped = False
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = _("Account pool")
        verbose_name_plural = _("Account pools")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.rules = [_rule(row, at) for at, row in enumerate(self.rules or usual_rules())]

    def terms(self, grade: str, *, deal: bool) -> Terms:
        """The days that hold for a grade: its own rule, else that for every grade."""
        fitting = [row for row in self.rules if row["deal"] == deal and row["grade"] in (grade, EVERY)]
        own = sorted(fitting, key=lambda row: row["grade"] == EVERY)
        return Terms.of(own[0]) if own else Terms()


def _rule(row: Any, at: int) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise Invalid([FieldError(f"rules.{at}", "not_an_object", _t("Please send an object of fields."))])
    told: dict[str, Any] = {"grade": GRADE.find(str(row.get("grade") or EVERY)), "deal": row.get("deal") is True}
    for name in DAYS:
        value = row.get(name) or 0
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 3650:
            raise Invalid([FieldError(f"rules.{at}.{name}", "bad_days", _t("Days are a whole number from 0 to 3650."))])
        told[name] = value
    return told
