"""Selection tables by version, and the configurations made with them (spec 2.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel.access import Actor
from kernel.actions import set_state
from kernel.documents import Document
from kernel.fields import MoneyField, StateField
from kernel.refusals import FieldError, Invalid
from tenant_apps.catalog.models import Bom, Item, Series
from tenant_apps.selection import drawings, engine, pinning, ready, showing


class RuleSet(Document):
    """One version of a selection table. What was published is never changed: a quote keeps to its version."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        TESTING = "testing", _("Being tested")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Out of use")

    name = models.CharField(_("Name"), max_length=60)
    edition = models.PositiveIntegerField(_("Version"), default=1, editable=False)
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, verbose_name=_("Series"), related_name="+")
    bom = models.ForeignKey(
        Bom, models.PROTECT, null=True, blank=True, verbose_name=_("Standard bill of materials"), related_name="+",
        help_text=_("What every configuration begins with; the table adds and takes away."),
    )  # fmt: skip
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, verbose_name=_("Item on quotes"), related_name="+",
        help_text=_("Stands on quotes until a contract gives each configuration its own item. Made on publishing when empty."),
    )  # fmt: skip
    table = models.JSONField(_("Table"), default=dict)
    published_on = models.DateField(_("Published on"), null=True, editable=False)
    remark = models.CharField(_("Remark"), max_length=200, blank=True)
    state = StateField(State, verbose_name=_("State"))

    label_field = "name"
    row_scoped = False
    named_by_all = True
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = _("Selection table")
        verbose_name_plural = _("Selection tables")
        constraints = [*Document.Meta.constraints, models.UniqueConstraint(fields=["name", "edition"], name="one_edition")]

    def __str__(self) -> str:
        return f"{self.name} v{self.edition}"

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        try:
            table = engine.read(self.table)
        except engine.Bad as bad:
            raise Invalid([FieldError(f"table.{one.path}", one.code, one.sentence) for one in bad.problems]) from bad
        wrong = engine.told_slow(engine.Machine(table)) or engine.told_contradictions(table)
        if wrong:
            raise Invalid([FieldError(f"table.{one.path}", one.code, one.sentence) for one in wrong])

    @classmethod
    def check_many(cls, documents: list[Any]) -> dict[int, FieldError]:
        pairs = [(document.name, document.edition) for document in documents]
        rows = cls.objects.filter(name__in={name for name, _edition in pairs}).values_list("name", "edition", "pk")
        there = {(name, edition): pk for name, edition, pk in rows}
        told = _t("There is a table of this name already. Make a new version of it, or choose another name.")
        return {
            at: FieldError("name", "taken", told)
            for at, document in enumerate(documents)
            if there.get(pairs[at], document.pk) != document.pk or pairs[at] in pairs[:at]
        }


class Configuration(Document):
    """Choices made with one version of a table, what came of them, and the item made of them once a contract is approved."""

    class State(models.TextChoices):
        EDITING = "editing", _("Incomplete")
        VALID = "valid", pgettext_lazy("configuration", "Valid")
        INVALID = "invalid", _("Not possible")
        FROZEN = "frozen", _("Fixed")

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, verbose_name=_("Selection table"), related_name="+")
    title = models.CharField(_("Name"), max_length=120, blank=True)
    preset = models.BooleanField(_("Template"), default=False, help_text=_("Offered to everybody as a starting point."))
    standard = models.CharField(_("Application or standard"), max_length=120, blank=True, help_text=_("For example GB/T 228.1"))
    choices = models.JSONField(_("Choices"), default=dict, blank=True)
    reviewed = models.BooleanField(_("Agreed by engineering"), default=False, editable=False)
    code = models.CharField(_("Model code"), max_length=200, blank=True, default="", editable=False)
    hash = models.CharField(max_length=64, blank=True, default="", editable=False)
    spec = models.TextField(_("Specification"), blank=True, default="", editable=False)
    list_price = MoneyField(_("List price"), editable=False)
    cost = MoneyField(_("Cost"), editable=False)
    lead_days = models.PositiveIntegerField(_("Lead time (days)"), default=0, editable=False)
    result = models.JSONField(default=dict, editable=False)
    """The answer when it was last saved, without costs."""
    item = models.ForeignKey(Item, models.PROTECT, null=True, editable=False, verbose_name=_("Item"), related_name="+")
    state = StateField(State, verbose_name=_("State"))

    number_format = "CF{date:%Y}-{seq:05d}"
    river = ("rule_set",)
    search = ("number", "title", "code", "standard")

    class Meta(Document.Meta):
        verbose_name = _("Configuration")
        verbose_name_plural = _("Configurations")
        indexes = [
            *Document.Meta.indexes,
            models.Index(fields=["hash"], name="configuration_item", condition=models.Q(item__isnull=False)),
            models.Index(fields=["rule_set"], name="configuration_preset", condition=models.Q(preset=True)),
        ]

    def __str__(self) -> str:
        return self.code or self.title or self.number

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        if self.item_id is not None or self.rule_set_id is None:
            return
        if not isinstance(self.choices, dict):
            raise Invalid([FieldError("choices", "not_an_object", _t("Choices are an object of options and what was chosen."))])
        table = ready.of(self.rule_set_id)
        if table is None:
            raise Invalid([FieldError("rule_set", "not_found", _t("There is no such selection table."))])
        answer = table.evaluate(self.choices, explain=False)
        if answer.problems:
            raise Invalid([FieldError(f"choices.{one.path}", one.code, one.sentence) for one in answer.problems])
        drawings.settle(self, table.machine.table, answer.raw, by)
        if answer.hash != self.hash:
            pinning.check_chosen(table, by)
            self.reviewed = False
        self.code, self.hash, self.spec = answer.code[:200], answer.hash, answer.spec["zh"]
        self.list_price, self.cost, self.lead_days = answer.price.list_price, answer.price.cost, answer.built["lead_days"]
        self.result = showing.shown(answer, costs=False) | pinning.noted(table)
        set_state(
            self,
            Configuration.State.EDITING if answer.missing else Configuration.State.VALID if answer.valid else Configuration.State.INVALID,
        )
