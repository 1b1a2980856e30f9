"""What may become an order, stage by stage (W-4.1.4)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import calls, config, words
from kernel.access import Actor
from kernel.codes import CodeField
from kernel.documents import Document, Sourced
from kernel.fields import MoneyField, PercentField, RefsField, StateField
from kernel.money import HUNDRED, ZERO, percent_of
from kernel.refusals import FieldError, Help, Invalid, Refused
from kernel.rows import rows_of
from tenant_apps.crm.models.campaign import Campaign
from tenant_apps.crm.products import PRODUCTS, settled, worth
from tenant_apps.partners.code_tables import SOURCE
from tenant_apps.partners.models import Contact, Partner
from tenant_apps.quoting.code_tables import LOST


class Stage(Document):
    """A stage of the company's own pipeline: how likely an order is there, and what has to be done before it goes on."""

    name = models.CharField(_("Name"), max_length=60, unique=True)
    name_en = models.CharField(_("Name in English"), max_length=60, blank=True, default="", db_default="")
    position = models.PositiveIntegerField(_("Order"), default=10)
    probability = PercentField(_("Probability %"))
    checklist = models.TextField(_("Checklist"), blank=True, help_text=_("One item a line: what is done before an opportunity goes on"))
    checklist_en = models.TextField(
        _("Checklist in English"), blank=True, default="", db_default="", help_text=_("The same items in the same order")
    )
    days = models.PositiveIntegerField(_("Usual days"), default=0, help_text=_("Longer than this is shown as stuck; 0: no such rule"))
    active = models.BooleanField(_("Active"), default=True)

    label_field = "name"
    english_field = "name_en"
    row_scoped = False
    search = ("name", "name_en")

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Sales stage")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if not 0 <= self.probability <= HUNDRED:
            raise Invalid([FieldError("probability", "range", _t("A probability is between 0 and 100 %."))])
        self.checklist, self.checklist_en = (_lines(text) for text in (self.checklist, self.checklist_en))
        if self.checklist_en and len(self.checklist_en.splitlines()) != len(self.items):
            told = {"items": len(self.items), "english": len(self.checklist_en.splitlines())}
            sentence = _t("The checklist has %(items)d items, in English %(english)d: give each one its name, in the same order.") % told
            raise Invalid([FieldError("checklist_en", "not_as_many", sentence)])

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands among the others."""
        return self.position, self.pk

    @property
    def items(self) -> list[str]:
        """What is to be ticked, as it is kept."""
        return self.checklist.splitlines()

    def said(self, items: Collection[str]) -> list[str]:
        """Items of the checklist as the reader calls them."""
        english = self.checklist_en.splitlines() or self.items
        return [words.spoken(item, name) for item, name in zip(self.items, english, strict=True) if item in items]

    def meant(self, text: str) -> str | None:
        """The item that a text names, in either language."""
        english = dict(zip(self.checklist_en.splitlines(), self.items, strict=False))
        return text if text in self.items else english.get(text)


def _lines(text: str) -> str:
    """One item a line, none empty, none twice."""
    return "\n".join(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def stages() -> list[Stage]:
    """The stages in use, in their order; nothing is read when warm."""
    return config.cached("crm-stages", lambda: list(Stage.objects.filter(active=True).order_by("position", "pk")))


class Opportunity(Sourced):
    """A possible order: how much, how likely, when, against whom."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("opportunity", "Open")
        ON_HOLD = "on_hold", _("On hold")
        WON = "won", _("Won")
        LOST = "lost", _("Lost")

    title = models.CharField(_("Subject"), max_length=120)
    customer = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("Customer"), related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, verbose_name=_("Contact"), related_name="+")
    stage = models.ForeignKey(Stage, models.PROTECT, null=True, blank=True, verbose_name=_("Stage"), related_name="+")
    amount = MoneyField(_("Amount"), help_text=_("Including VAT; 0: what the products come to"))
    probability = PercentField(_("Probability %"), null=True, blank=True, help_text=_("Empty: that of the stage"))
    weighted = MoneyField(_("Weighted amount"), editable=False)
    expected_on = models.DateField(_("Order expected on"), null=True, blank=True)
    budget = MoneyField(_("Customer's budget"))
    competitors = RefsField("crm.IndustryCompany", verbose_name=_("Competitors"))
    products = models.JSONField(_("Products"), default=list, blank=True)
    need = models.TextField(_("What they want"), blank=True)
    origin = CodeField(pgettext_lazy("lead", "Source"), table=SOURCE, blank=True, default="")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, blank=True, verbose_name=_("Campaign or event"), related_name="+")
    ticked = models.JSONField(_("Ticked"), default=list, blank=True, editable=False)
    stage_since = models.DateField(_("In this stage since"), null=True, editable=False)
    reached = models.PositiveIntegerField(_("Furthest stage"), default=0, editable=False)
    opened_on = models.DateField(_("Opened on"), null=True, editable=False)
    closed_on = models.DateField(_("Closed on"), null=True, editable=False)
    lost_reason = CodeField(_("Reason lost"), table=LOST, max_length=200, blank=True, default="", editable=False)
    lost_to = models.ForeignKey(Partner, models.PROTECT, null=True, editable=False, verbose_name=_("Lost to"), related_name="+")
    hold_until = models.DateField(_("On hold until"), null=True, editable=False)
    last_contact_on = models.DateField(_("Last contact"), null=True, editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "OP{date:%Y}-{seq:05d}"
    label_field = "title"
    date_field = "opened_on"
    river = ("customer",)
    search = ("number", "title")

    class Meta(Sourced.Meta):
        verbose_name = _("Opportunity")
        verbose_name_plural = pgettext_lazy("several", "Opportunities")
        indexes = [
            *Sourced.Meta.indexes,
            models.Index(fields=["state", "expected_on"], name="opportunity_expected"),
            models.Index(fields=["customer", "-id"], name="opportunity_customer"),
            models.Index(fields=["owner", "-id"], name="opportunity_owner"),
            models.Index(fields=["campaign", "-id"], name="opportunity_campaign"),
        ]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        stage = first_stage() if self.stage_id is None else stage_of(self.stage_id)
        before = None if self.pk is None else self.__dict__["_stored"]["stage_id"]
        if self.pk is None and by.id is not None and not calls.importing():
            _refuse_late(stage)
        self.come_to(None if before is None else stage_of(before), stage, on)
        if self.probability is None:
            self.probability = stage.probability
        self.products = settled(rows_of("products", self.products, PRODUCTS))
        self.amount = self.amount or worth(self.products)
        self._check()
        self.weigh()

    def _check(self) -> None:
        errors = []
        if self.amount < 0 or self.budget < 0:
            errors.append(FieldError("amount" if self.amount < 0 else "budget", "negative", _t("An amount cannot be negative.")))
        if not 0 <= (self.probability or 0) <= HUNDRED:
            errors.append(FieldError("probability", "range", _t("A probability is between 0 and 100 %.")))
        if self.contact_id and self.contact is not None and self.contact.partner_id != self.customer_id:
            errors.append(FieldError("contact", "not_theirs", _t("This contact belongs to another customer.")))
        if errors:
            raise Invalid(errors)

    def come_to(self, here: Stage | None, stage: Stage, on: date) -> None:
        """From one stage to another: forward with everything ticked that the stages left behind ask for, back freely. Holds for forms, imports and actions."""
        if here is None or here.pk != stage.pk:
            if here is not None:
                self._leave(here, stage)
            self._enter(stage, on)
            self.weigh()

    def _leave(self, here: Stage, stage: Stage) -> None:
        passed = [here, *(one for one in stages() if here.place < one.place < stage.place)] if here.place < stage.place else []
        open_ = {str(one): missing for one in passed if (missing := one.said([item for item in one.items if item not in self.ticked]))}
        if open_:
            missing = [item for items in open_.values() for item in items]
            told = {"stage": words.listed(open_), "items": words.listed(missing)}
            sentence = _t("Before it leaves “%(stage)s”, tick: %(items)s.") % told
            raise Refused("checklist_open", sentence, errors=[FieldError("stage", "checklist_open", sentence)], extra={"missing": missing})

    def _enter(self, stage: Stage, on: date) -> None:
        """Its probability holds from now on, its checklist is open; what was ticked of later ones stays."""
        ahead = {item for one in stages() if one.place >= stage.place for item in one.items}
        self.ticked = [item for item in self.ticked if item in ahead] if self.pk is not None else []
        self.stage, self.stage_since = stage, on
        self.reached = max(self.reached, stage.position)
        if self.probability is None or self.pk is not None:
            self.probability = stage.probability

    def weigh(self) -> None:
        """What the forecast counts it as: amount × probability, to the cent."""
        self.weighted = percent_of(self.amount, self.probability or ZERO)


def _refuse_late(stage: Stage) -> None:
    """People begin where no list is passed over; what a sheet brings in, or the product sets up, stands where it stood."""
    first = first_stage()
    if any(one.items for one in stages() if one.place < stage.place):
        told = {"first": str(first), "stage": str(stage)}
        sentence = (
            _t("A new opportunity begins at “%(first)s”. Save it there, then go on to “%(stage)s” with the checklists ticked.") % told
        )
        raise Refused("checklist_open", sentence, errors=[FieldError("stage", "checklist_open", sentence)])


def stage_of(pk: int) -> Stage:
    """A stage, one that is no longer in use too."""
    return next((stage for stage in stages() if stage.pk == pk), None) or Stage.objects.get(pk=pk)


def first_stage() -> Stage:
    """Where an opportunity begins."""
    found = stages()
    if not found:
        raise Refused(
            "no_stages", _t("There are no sales stages yet. Define the first one."), help=[Help(_t("New sales stage"), "crm.stage.create")]
        )
    return found[0]
