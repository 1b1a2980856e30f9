"""What was talked about with whom, and what comes next (W-4.1.3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.access import Actor
from kernel.codes import CodeField
from kernel.documents import Sourced
from kernel.fields import MoneyField, StateField
from kernel.refusals import FieldError, Invalid
from tenant_apps.crm.code_tables import ACTIVITY, RESULT
from tenant_apps.crm.models.campaign import Campaign
from tenant_apps.crm.models.lead import Lead
from tenant_apps.crm.models.opportunity import Opportunity
from tenant_apps.partners.models import Contact, Partner


class Activity(Sourced):
    """A visit, a call or a message: planned, then done. Its next step is planned as the following one."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    kind = CodeField(_("Kind"), table=ACTIVITY, default="visit")
    subject = models.CharField(_("Subject"), max_length=120)
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, verbose_name=_("Customer"), related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, verbose_name=_("Contact"), related_name="+")
    lead = models.ForeignKey(Lead, models.PROTECT, null=True, blank=True, verbose_name=_("Lead"), related_name="+")
    opportunity = models.ForeignKey(Opportunity, models.PROTECT, null=True, blank=True, verbose_name=_("Opportunity"), related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, blank=True, verbose_name=_("Campaign or event"), related_name="+")
    day = models.DateField(_("Day"), null=True, blank=True)
    starts_at = models.DateTimeField(_("Time"), null=True, blank=True)
    text = models.TextField(_("What was said"), blank=True)
    result = CodeField(_("Result"), table=RESULT, blank=True, default="")
    cost = MoneyField(pgettext_lazy("activity", "Cost"), db_default=0, help_text=_("What it cost us: travel, parts, hours"))
    next_step = models.CharField(_("Next step"), max_length=120, blank=True)
    next_on = models.DateField(_("Next step on"), null=True, blank=True)
    done_on = models.DateField(_("Done on"), null=True, editable=False)
    checked_in_at = models.DateTimeField(_("Checked in at"), null=True, editable=False)
    place = models.CharField(_("Checked in where"), max_length=200, blank=True, default="", editable=False)
    position = models.JSONField(pgettext_lazy("on a map", "Position"), default=dict, editable=False)
    state = StateField(State, verbose_name=_("State"))

    date_field = "day"
    label_field = "subject"
    river = ("partner", "lead", "opportunity", "campaign")
    search = ("subject",)

    class Meta(Sourced.Meta):
        verbose_name = verbose_name_plural = _("Activity")
        indexes = [
            *Sourced.Meta.indexes,
            models.Index(fields=["owner", "-day"], name="activity_owner"),
            models.Index(fields=["partner", "-day"], name="activity_partner"),
            models.Index(fields=["opportunity", "-day"], name="activity_opportunity"),
            models.Index(fields=["lead", "-day"], name="activity_lead"),
            models.Index(fields=["campaign", "-day"], name="activity_campaign", condition=models.Q(campaign__isnull=False)),
        ]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if self.starts_at is not None:
            self.day = timezone.localtime(self.starts_at).date()
        if self.contact_id and self.contact is not None:
            self.partner_id = self.partner_id or self.contact.partner_id
            if self.contact.partner_id != self.partner_id:
                raise Invalid([FieldError("contact", "not_theirs", _t("This contact belongs to another customer."))])
        elif self.opportunity_id and self.opportunity is not None and not self.partner_id:
            self.partner_id = self.opportunity.customer_id
        elif self.lead_id and self.lead is not None and not self.partner_id:
            self.partner_id = self.lead.partner_id
        if self.cost < 0:
            raise Invalid([FieldError("cost", "negative", _t("An amount cannot be negative."))])
        if self.next_on and self.day and self.next_on < self.day:
            raise Invalid([FieldError("next_on", "before_start", _t("The next step cannot be before this one."))])
