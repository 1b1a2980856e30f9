"""Somebody who may want something (W-5.2, WF-3.1): from the first word to a customer with an opportunity."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.access import Actor
from kernel.codes import CodeField
from kernel.documents import Document
from kernel.fields import DivisionField, MoneyField, StateField
from kernel.locks import take_turns
from kernel.refusals import FieldError
from tenant_apps.catalog.models import Series
from tenant_apps.crm.code_tables import INVALID
from tenant_apps.crm.models.campaign import Campaign
from tenant_apps.organization import territories
from tenant_apps.partners import masking
from tenant_apps.partners.alike import plain_name
from tenant_apps.partners.code_tables import INDUSTRY, SOURCE
from tenant_apps.partners.models import Partner, Pool
from tenant_apps.partners.models.partner import phone_key

REACHED_BY = ("phone", "email")
"""What is put aside while a lead is in the pool."""


class Lead(Document):
    """Somebody who may want something, and what became of it."""

    class State(models.TextChoices):
        NEW = "new", _("New")
        ASSIGNED = "assigned", _("Assigned")
        WORKING = "working", pgettext_lazy("lead", "In work")
        QUALIFIED = "qualified", pgettext_lazy("lead", "Qualified")
        CONVERTED = "converted", pgettext_lazy("lead", "Converted")
        INVALID = "invalid", _("Not valid")
        POOL = "pool", _("In the pool")

    name = models.CharField(_("Company"), max_length=120)
    contact_name = models.CharField(_("Contact"), max_length=60, blank=True)
    job = models.CharField(_("Job title"), max_length=60, blank=True)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    need = models.TextField(_("What they want"), blank=True)
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, verbose_name=_("Series of interest"), related_name="+")
    amount = MoneyField(_("Expected amount"))
    industry = CodeField(_("Industry"), table=INDUSTRY, blank=True, default="")
    source = CodeField(pgettext_lazy("lead", "Source"), table=SOURCE, blank=True, default="")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, blank=True, verbose_name=_("Campaign or event"), related_name="+")
    dealer = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, verbose_name=_("Reported by dealer"), related_name="+")
    division = DivisionField(_("Administrative division"), blank=True, default="")
    region = models.CharField(_("Region"), max_length=40, blank=True, help_text=_("Empty: the sales region to which the division belongs"))
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, editable=False, verbose_name=_("Customer"), related_name="+")
    twin = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, verbose_name=_("Same as"), related_name="+")
    pool = models.ForeignKey(Pool, models.SET_NULL, null=True, editable=False, verbose_name=_("Account pool"), related_name="+")
    claimed_on = models.DateField(_("In these hands since"), null=True, editable=False)
    protect_until = models.DateField(_("Protected until"), null=True, editable=False)
    let_go = models.JSONField(default=dict, editable=False)
    """Who had it last and since when they have not: {member: day}."""
    aside = models.JSONField(default=dict, editable=False, db_default=models.Value({}, models.JSONField()))
    """While it is in the pool: telephone number and mail address, which nobody sees until it is claimed (spec 2.1)."""
    active_on = models.DateField(_("Last activity"), null=True, editable=False)
    converted_on = models.DateField(_("Converted on"), null=True, editable=False)
    invalid_reason = CodeField(_("Why not valid"), table=INVALID, max_length=200, blank=True, default="", editable=False)
    plain_name = models.CharField(max_length=120, editable=False, default="")
    plain_phone = models.CharField(max_length=40, editable=False, default="")
    state = StateField(State, verbose_name=_("State"))

    number_format = "L{date:%Y}-{seq:05d}"
    label_field = "name"
    region_field = "region"
    river = ("partner",)
    search = ("number", "name", "contact_name", "phone")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Lead")
        indexes = [
            *Document.Meta.indexes,
            models.Index(fields=["state", "-id"], name="lead_state"),
            models.Index(fields=["owner", "-id"], name="lead_owner"),
            models.Index(fields=["campaign", "-id"], name="lead_campaign"),
            models.Index(fields=["protect_until"], name="lead_protect", condition=Q(protect_until__isnull=False)),
            models.Index(fields=["plain_name"], name="lead_plain"),
            models.Index(fields=["plain_phone"], name="lead_phone", condition=~Q(plain_phone="")),
        ]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.plain_name = plain_name(self.name)
        if not self.aside:
            self.plain_phone = phone_key(self.phone)
        self.region = self.region or territories.region_of(self.division)
        if self.state == self.State.POOL:
            self.put_aside()

    def put_aside(self) -> None:
        """Veil how it is reached, so that no list, export or search gives it away."""
        if not self.aside:
            self.aside = {name: getattr(self, name) for name in REACHED_BY}
            for name in REACHED_BY:
                setattr(self, name, masking.veiled(getattr(self, name)))

    def give_back(self) -> None:
        """Show how it is reached again, to whoever has it in hand from now on."""
        for name, kept in self.aside.items():
            setattr(self, name, kept)
        self.aside = {}

    def untold(self, changes: Mapping[str, tuple[Any, Any]]) -> Collection[str]:
        return REACHED_BY if any(changes.get("aside", ())) else ()

    @classmethod
    def check_many(cls, documents: list[Lead]) -> dict[int, FieldError]:
        """Nothing is refused: who reports what is known already is still to be answered. The customer and the earlier lead are noted."""
        wanted = [row for row in documents if row.state not in (cls.State.CONVERTED, cls.State.INVALID)]
        if any(row.pk is None for row in wanted):
            take_turns("crm.lead")
        names, phones = {row.plain_name for row in wanted}, {row.plain_phone for row in wanted} - {""}
        alive = cls.objects.exclude(state__in=(cls.State.CONVERTED, cls.State.INVALID)).filter(
            Q(plain_name__in=names) | Q(plain_phone__in=phones)
        )
        earlier = list(alive.order_by("pk").values_list("pk", "plain_name", "plain_phone")) if wanted else []
        customers = dict(Partner.objects.filter(plain_name__in=names).values_list("plain_name", "pk")) if wanted else {}
        for row in wanted:
            row.partner_id = row.partner_id or customers.get(row.plain_name)
            same = (
                pk
                for pk, name, phone in earlier
                if (row.pk is None or pk < row.pk) and (name == row.plain_name or (phone and phone == row.plain_phone))
            )
            row.twin_id = next(same, None)
        return {}
