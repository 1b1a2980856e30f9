"""How good a customer or a dealer is, by the company's own measure (P-A.5, P-A.6)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.access import Actor
from kernel.codes import CodeField
from kernel.documents import Document
from kernel.fields import MoneyField, StateField
from kernel.rows import rows_of
from tenant_apps.crm.measures import BANDS, FACTORS, check, names
from tenant_apps.organization.code_tables import GRADE
from tenant_apps.partners.models import Partner


class EvaluationModel(Document):
    """How points are given: factors with a weight and a formula over facts, and what grade and limit so many points mean."""

    class For(models.TextChoices):
        CUSTOMER = "customer", _("Customers")
        DEALER = "dealer", _("Dealers")

    name = models.CharField(_("Name"), max_length=60)
    name_en = models.CharField(_("Name in English"), max_length=60, blank=True, default="", db_default="")
    kind = models.CharField(_("For"), max_length=10, choices=For.choices, default=For.CUSTOMER)
    factors = models.JSONField(_("Factors"), default=list, blank=True)
    bands = models.JSONField(_("Grades"), default=list, blank=True)
    remark = models.TextField(_("Remark"), blank=True)
    active = models.BooleanField(_("Active"), default=True)

    label_field = "name"
    english_field = "name_en"
    row_scoped = False
    search = ("name", "name_en")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Evaluation model")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.factors = rows_of("factors", self.factors, FACTORS)
        self.bands = sorted(rows_of("bands", self.bands, BANDS), key=lambda row: -Decimal(row["least"] or 0))
        check(self.factors, self.bands, names())


class Evaluation(Document):
    """What an evaluation came to on a day: facts, points, grade and proposed limit. It is kept as it was."""

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("evaluation", "Proposed")
        ADOPTED = "adopted", pgettext_lazy("evaluation", "Adopted")
        SUPERSEDED = "superseded", _("Superseded")

    partner = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("Customer"), related_name="+")
    model = models.ForeignKey(EvaluationModel, models.PROTECT, verbose_name=_("Evaluation model"), related_name="+")
    day = models.DateField(_("Day"), null=True, blank=True)
    score = models.DecimalField(_("Points"), max_digits=6, decimal_places=2, default=Decimal(0), editable=False)
    grade = CodeField(_("Grade"), table=GRADE, max_length=10, blank=True, default="", editable=False)
    grade_before = CodeField(_("Grade before"), table=GRADE, max_length=10, blank=True, default="", editable=False)
    proposed_limit = MoneyField(_("Proposed credit limit"), editable=False)
    detail = models.JSONField(_("How it came about"), default=list, editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "PG{date:%Y}-{seq:05d}"
    date_field = "day"
    river = ("partner",)
    search = ("number",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Evaluation")
        indexes = [*Document.Meta.indexes, models.Index(fields=["partner", "-id"], name="evaluation_partner")]
