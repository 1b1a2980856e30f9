"""Years, quarters, months and weeks of a company, and which ledgers are closed in them (W-1.1.3)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.access import Actor
from kernel.actions import action
from kernel.documents import Document
from kernel.periods import Ledger
from kernel.refusals import FieldError, Invalid, Refused


class Period(Document):
    """A stretch of time of one company by which is booked and counted; each ledger is closed in it by itself."""

    class Kind(models.TextChoices):
        YEAR = "year", _("Year")
        QUARTER = "quarter", _("Quarter")
        MONTH = "month", _("Month")
        WEEK = "week", _("Week")

    company = models.ForeignKey("organization.Company", models.PROTECT, verbose_name=_("Company"), related_name="+")
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices, default=Kind.MONTH)
    name = models.CharField(_("Period"), max_length=20)
    starts = models.DateField(_("First day"))
    ends = models.DateField(_("Last day"))
    stock_closed = models.BooleanField(_("Stock closed"), default=False, editable=False)
    receivable_closed = models.BooleanField(_("Receivables closed"), default=False, editable=False)
    payable_closed = models.BooleanField(_("Payables closed"), default=False, editable=False)
    payroll_closed = models.BooleanField(_("Payroll closed"), default=False, editable=False)

    label_field = "name"
    row_scoped = False
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = _("Period")
        verbose_name_plural = _("Periods")
        constraints = [*Document.Meta.constraints, models.UniqueConstraint(fields=["company", "kind", "name"], name="one_period")]

    @property
    def closed(self) -> list[str]:
        return [ledger for ledger in Ledger.values if getattr(self, f"{ledger}_closed")]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if self.ends < self.starts:
            raise Invalid([FieldError("ends", "before_start", _t("It ends before it begins."))])
        stored = self.__dict__.get("_stored", {})
        if self.closed and (stored.get("starts"), stored.get("ends"), stored.get("company_id")) != (
            self.starts,
            self.ends,
            self.company_id,
        ):
            raise Invalid(
                [FieldError("starts", "closed", _t("A ledger is closed in this period. Open it again before changing its days."))]
            )
        same = Period.objects.filter(company=self.company_id, kind=self.kind).exclude(pk=self.pk)
        twin = same.filter(models.Q(name=self.name) | models.Q(starts__lte=self.ends, ends__gte=self.starts)).first()
        if twin is not None:
            raise Invalid(
                [
                    FieldError(
                        "starts", "overlap", _t("It overlaps with %(other)s. Periods of a kind follow one another.") % {"other": twin.name}
                    )
                ]
            )


LEDGER = {"label": _("Ledger"), "type": "choice", "choices": tuple(Ledger.choices), "help": _("Empty: all of them")}


@action(label=_("Close"), style="primary", bulk=True, says=_("closed"), params={"ledger": LEDGER})
def close(period: Period, *, by: Actor, at: datetime, ledger: str = "") -> None:
    """From now on nothing more can be dated into the period in this ledger."""
    wanted = [ledger] if ledger else Ledger.values
    still = [one for one in wanted if not getattr(period, f"{one}_closed")]
    if not still:
        raise Refused("closed", _t("%(period)s is closed already.") % {"period": period.name})
    for one in still:
        setattr(period, f"{one}_closed", True)


@action(
    label=_("Open again"), style="danger", says=_("opened again"), params={"ledger": LEDGER, "reason": {"label": _("Reason")}},
)  # fmt: skip
def reopen(period: Period, *, by: Actor, at: datetime, reason: str, ledger: str = "") -> None:
    """Let documents be dated into the period again; who did it and why stays in its history."""
    shut = [one for one in ([ledger] if ledger else Ledger.values) if getattr(period, f"{one}_closed")]
    if not shut:
        raise Refused("open", _t("%(period)s is open.") % {"period": period.name})
    for one in shut:
        setattr(period, f"{one}_closed", False)
