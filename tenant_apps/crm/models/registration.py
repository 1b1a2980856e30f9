"""Projects that a colleague or a dealer registers before anybody else does (项目申报, W-6.1.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.access import Actor
from kernel.codes import CodeField
from kernel.documents import Sourced
from kernel.fields import DivisionField, MoneyField, RefsField, StateField
from kernel.refusals import FieldError, Invalid
from kernel.words import fold
from tenant_apps.catalog.models import Series
from tenant_apps.crm.code_tables import PHASE
from tenant_apps.crm.models.opportunity import Opportunity
from tenant_apps.organization import territories
from tenant_apps.partners.alike import plain_name
from tenant_apps.partners.models import Partner


class Registration(Sourced):
    """A project that is claimed: end user, scope and series. The first that is approved is protected for a time."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        PROTECTED = "protected", _("Protected")
        WON = "won", _("Won")
        LOST = "lost", _("Lost")
        EXPIRED = "expired", _("Expired")
        RELEASED = "released", pgettext_lazy("project", "Released")
        REFUSED = "refused", _("Refused")

    title = models.CharField(_("Project"), max_length=120)
    end_user = models.CharField(_("End user"), max_length=120)
    customer = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, verbose_name=pgettext_lazy("project", "Buyer"), related_name="+"
    )
    dealer = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, verbose_name=_("Dealer"), related_name="+", help_text=_("Empty: our own sales")
    )
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, verbose_name=_("Series"), related_name="+")
    scope = models.CharField(_("Scope"), max_length=200, help_text=_("What is to be bought, in the end user's words"))
    amount = MoneyField(_("Expected amount"))
    expected_on = models.DateField(_("Order expected on"), null=True, blank=True)
    division = DivisionField(_("Administrative division"), blank=True, default="", db_default="", help_text=_("Where it is to be used"))
    region = models.CharField(
        _("Region"),
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text=_("Empty: the sales region to which the division belongs"),
    )
    bid_no = models.CharField(_("Tender number"), max_length=60, blank=True)
    bid_on = models.DateField(_("Bids opened on"), null=True, blank=True)
    bid_text = models.TextField(_("About the tender"), blank=True)
    competitors = RefsField("crm.IndustryCompany", verbose_name=_("Competitors"))
    opportunity = models.ForeignKey(Opportunity, models.PROTECT, null=True, blank=True, verbose_name=_("Opportunity"), related_name="+")
    phase = CodeField(_("Phase"), table=PHASE, default="opportunity")
    submitted_on = models.DateField(_("Submitted on"), null=True, editable=False)
    protected_until = models.DateField(_("Protected until"), null=True, editable=False)
    reason = models.CharField(_("Reason"), max_length=200, blank=True, default="", editable=False)
    plain_user = models.CharField(max_length=120, editable=False, default="")
    plain_scope = models.CharField(max_length=200, editable=False, default="")
    state = StateField(State, verbose_name=_("State"))

    number_format = "XM{date:%Y}-{seq:04d}"
    label_field = "title"
    river = ("customer", "opportunity")
    search = ("number", "title", "end_user", "scope", "bid_no")

    class Meta(Sourced.Meta):
        verbose_name = verbose_name_plural = _("Registered project")
        indexes = [
            *Sourced.Meta.indexes,
            models.Index(fields=["plain_user"], name="registration_user"),
            models.Index(fields=["state", "protected_until"], name="registration_until"),
        ]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.plain_user, self.plain_scope = plain_name(self.end_user), fold(self.scope)
        self.region = self.region or territories.region_of(self.division)
        if not self.region and self.customer_id and self.customer is not None:
            self.region = self.customer.region
        if self.amount < 0:
            raise Invalid([FieldError("amount", "negative", _t("An amount cannot be negative."))])
