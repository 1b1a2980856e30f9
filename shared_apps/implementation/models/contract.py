"""What the implementation costs and how it is paid: milestones of groups of modules, unlocked by acceptance (P-C.1–2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.access import Actor
from kernel.documents import Document, Line
from kernel.fields import MoneyField, PercentField, StateField
from kernel.money import HUNDRED, split
from kernel.refusals import FieldError, Invalid
from shared_apps.console.models import Client
from shared_apps.implementation.models.project import Project
from shared_apps.implementation.models.signed import Signed
from shared_apps.implementation.plan import STAGES


class ServiceContract(Signed):
    """A contract from company to company over the implementation, paid in stages as groups of modules are accepted."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OFFERED = "offered", _("Offered")
        SIGNED = "signed", _("Signed")
        COMPLETED = "completed", _("Completed")
        CANCELLED = "cancelled", _("Cancelled")

    class Scheme(models.TextChoices):
        MODULES = "modules", _("By modules: first, second, third and final payment")
        THIRDS = "thirds", _("Start, delivery, acceptance: 40/40/20")
        ONCE = "once", _("All at once after acceptance")

    project = models.ForeignKey(Project, models.PROTECT, verbose_name=_("Implementation project"), related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, editable=False, verbose_name=_("Company"), related_name="+")
    title = models.CharField(_("Subject"), max_length=120)
    currency = models.CharField(_("Currency"), max_length=3, default="CNY", editable=False)
    total = MoneyField(_("Total"))
    uptime = models.DecimalField(_("Promised uptime %"), max_digits=5, decimal_places=2, default=Decimal("99.50"))
    scheme = models.CharField(
        _("Payment scheme"), max_length=12, choices=Scheme.choices, default=Scheme.MODULES, db_default=Scheme.MODULES,
        help_text=_("Fills in the stages while there are none"),
    )  # fmt: skip
    terms = models.TextField(_("Terms"), blank=True, default="")
    paid = MoneyField(_("Paid"), editable=False)
    state = StateField(State, verbose_name=_("State"))

    number_format = "SC{date:%Y}-{seq:03d}"
    beside = frozenset({"total", "paid", "scheme"})
    line_kinds = ("stages",)
    river = ("project",)
    search = ("number", "title")

    class Meta(Signed.Meta):
        verbose_name = verbose_name_plural = _("Service contract")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.client_id = self.project.client_id
        if self.total <= 0:
            raise Invalid([FieldError("total", "positive", _t("The amount must be more than 0."))])
        if not lines["stages"]:
            told = STAGES[self.scheme]
            lines["stages"] = [Stage(name=_t(name), content=_t(content), percent=percent) for name, content, percent in told]
        self._divide(lines["stages"])

    def _divide(self, stages: list[Stage]) -> None:
        """Spread the total over the stages, to the cent."""
        if any(stage.percent <= 0 for stage in stages) or sum(stage.percent for stage in stages) != HUNDRED:
            raise Invalid([FieldError("stages", "not_100", _t("The stages must be more than 0 % each and 100 % together."))])
        for stage, amount in zip(stages, split(self.total, [stage.percent for stage in stages]), strict=True):
            stage.amount = amount


class Stage(Line):
    """A part of the price, for a group of modules; it becomes a milestone when the contract is offered."""

    contract = models.ForeignKey(ServiceContract, models.CASCADE, related_name="stages")
    name = models.CharField(_("Milestone"), max_length=80)
    content = models.CharField(_("Modules"), max_length=300, blank=True, default="")
    percent = PercentField(_("Percent"))
    amount = MoneyField(_("Amount"), editable=False)
    due_on = models.DateField(_("Planned for"), null=True, blank=True)

    parent = "contract"

    def __str__(self) -> str:
        return self.name


class Milestone(Document):
    """A group of modules that is delivered, accepted, invoiced and paid as one."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        IN_WORK = "in_work", _("In work")
        DELIVERED = "delivered", pgettext_lazy("milestone", "Delivered")
        ACCEPTED = "accepted", _("Accepted")
        INVOICED = "invoiced", _("Invoiced")
        PAID = "paid", _("Paid")

    contract = models.ForeignKey(ServiceContract, models.PROTECT, verbose_name=_("Service contract"), related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, editable=False, verbose_name=_("Company"), related_name="+")
    position = models.PositiveIntegerField(_("No."), default=1, editable=False)
    name = models.CharField(_("Milestone"), max_length=80)
    content = models.TextField(_("What is delivered"), blank=True, default="")
    percent = PercentField(_("Percent"), editable=False)
    amount = MoneyField(_("Amount"), editable=False)
    due_on = models.DateField(_("Planned for"), null=True, blank=True)
    accepted_by = models.CharField(_("Accepted by"), max_length=80, blank=True, default="", editable=False)
    accepted_at = models.DateTimeField(_("Accepted at"), null=True, editable=False)
    invoice_no = models.CharField(_("Invoice"), max_length=40, blank=True, default="", editable=False)
    paid_on = models.DateField(_("Paid on"), null=True, editable=False)
    payment = models.CharField(_("Payment"), max_length=80, blank=True, default="", editable=False)
    state = StateField(State, verbose_name=_("State"))

    label_field = "name"
    company_field = "client_id"
    row_scoped = False
    river = ("contract",)
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = verbose_name_plural = _("Milestone")
        indexes = [*Document.Meta.indexes, models.Index(fields=["contract", "position"], name="milestone_contract")]


class ChangeOrder(Signed):
    """A change of what was agreed: what, how many days, how much. It becomes a milestone of its own once the company agrees."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OFFERED = "offered", _("Offered")
        AGREED = "agreed", _("Agreed")
        REJECTED = "rejected", _("Rejected")

    contract = models.ForeignKey(ServiceContract, models.PROTECT, verbose_name=_("Service contract"), related_name="+")
    client = models.ForeignKey(Client, models.PROTECT, editable=False, verbose_name=_("Company"), related_name="+")
    title = models.CharField(_("Subject"), max_length=80)
    reason = models.TextField(_("Reason"), blank=True, default="")
    days = models.DecimalField(_("Days"), max_digits=6, decimal_places=1, default=Decimal(0))
    amount = MoneyField(_("Amount"))
    state = StateField(State, verbose_name=_("State"))

    number_format = "CO{date:%Y}-{seq:03d}"
    river = ("contract",)
    search = ("number", "title")

    class Meta(Signed.Meta):
        verbose_name = verbose_name_plural = _("Change order")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.client_id = self.contract.client_id
        if self.amount < 0:
            raise Invalid([FieldError("amount", "negative", _t("A change costs something or nothing. To pay back, use a credit note."))])
