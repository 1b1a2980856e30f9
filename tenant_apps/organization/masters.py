"""What a company lists for itself: entries of pick lists, its sales regions, and values of runtime parameters."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import codes, divisions, parameters, trees
from kernel.access import Actor
from kernel.documents import Document
from kernel.fields import MemberField
from kernel.parsers import Bad
from kernel.refusals import FieldError, Invalid


class Code(Document):
    """An entry of a pick list: one the company added, or what it calls an entry that the product brings."""

    class Colour(models.TextChoices):
        DEFAULT = "default", _("Grey")
        BLUE = "blue", _("Blue")
        CYAN = "cyan", _("Cyan")
        GREEN = "green", _("Green")
        GOLD = "gold", _("Gold")
        ORANGE = "orange", _("Orange")
        RED = "red", _("Red")
        PURPLE = "purple", _("Purple")

    table = models.CharField(_("Code table"), max_length=60)
    code = models.CharField(pgettext_lazy("entry", "Code"), max_length=40)
    label = models.CharField(_("Chinese name"), max_length=60)
    label_en = models.CharField(_("English name"), max_length=60, blank=True, default="")
    colour = models.CharField(_("Colour"), max_length=10, choices=Colour.choices, default=Colour.DEFAULT)
    position = models.PositiveIntegerField(_("Sequence"), default=100)
    active = models.BooleanField(_("Active"), default=True)

    label_field = "label"
    row_scoped = False
    search = ("table", "code", "label", "label_en")

    class Meta(Document.Meta):
        verbose_name = pgettext_lazy("entry", "Code")
        verbose_name_plural = _("Codes")
        constraints = [*Document.Meta.constraints, models.UniqueConstraint(fields=["table", "code"], name="one_code")]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        stored = self.__dict__.get("_stored", {})
        errors = []
        if self.table not in codes.TABLES:
            errors.append(FieldError("table", "not_found", _t("There is no code table “%(key)s”.") % {"key": self.table}))
        if self.pk is not None and (stored.get("table"), stored.get("code")) != (self.table, self.code):
            errors.append(FieldError("code", "fixed", _t("A code stays as it is. Switch it off and add another.")))
        if Code.objects.filter(table=self.table, code=self.code).exclude(pk=self.pk).exists():
            errors.append(FieldError("code", "duplicate", _t("“%(name)s” is there already.") % {"name": self.code}))
        if errors:
            raise Invalid(errors)


class Region(Document):
    """A sales region of the company, in a tree; it groups administrative divisions down to counties."""

    name = models.CharField(_("Name"), max_length=40)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("Parent region"), related_name="+")
    divisions = models.JSONField(
        _("Administrative divisions"),
        default=list,
        blank=True,
        help_text=_("Codes of provinces, cities or counties, such as 31 or 320500."),
    )
    manager = MemberField(_("Manager"), null=True, blank=True)

    label_field = "name"
    row_scoped = False
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = _("Sales region")
        verbose_name_plural = _("Sales regions")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        trees.refuse_loop(self, _t("A region cannot stand below itself: %(path)s."))
        self.divisions = divisions.settled(self.divisions)
        for other in Region.objects.exclude(pk=self.pk):
            twice = divisions.common(self.divisions, other.divisions)
            if twice:
                told = {"division": divisions.name_of(twice), "region": other.name}
                raise Invalid([FieldError("divisions", "taken", _t("%(division)s belongs to “%(region)s” already.") % told)])


class Setting(Document):
    """A value that a runtime parameter has here instead of its usual one: everywhere, in a company, a department or for one person."""

    class Scope(models.TextChoices):
        TENANT = "tenant", _("Everywhere")
        COMPANY = "company", _("One company")
        UNIT = "unit", _("One department and those below it")
        USER = "user", _("One person")

    name = models.CharField(_("Parameter"), max_length=60)
    scope = models.CharField(_("Applies to"), max_length=10, choices=Scope.choices, default=Scope.TENANT)
    place = models.BigIntegerField(_("Of"), null=True, blank=True)
    value = models.JSONField(_("Value"), null=True)

    label_field = "name"
    row_scoped = False
    search = ("name",)

    class Meta(Document.Meta):
        verbose_name = _("Runtime parameter")
        verbose_name_plural = _("Runtime parameters")
        constraints = [
            *Document.Meta.constraints,
            models.UniqueConstraint(fields=["name", "scope", "place"], name="one_setting", nulls_distinct=False),
        ]

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        known = parameters.KNOWN.get(self.name)
        if known is None:
            raise Invalid([FieldError("name", "not_found", _t("There is no parameter “%(key)s”.") % {"key": self.name})])
        if self.scope not in known.scopes:
            raise Invalid([FieldError("scope", "not_here", _t("“%(label)s” cannot be set for this.") % {"label": known.label})])
        if (self.place is None) != (self.scope == "tenant"):
            raise Invalid([FieldError("place", "required", _t("Say which company, department or person it is for."))])
        try:
            value = known.parse(self.value)
            if known.check is not None:
                known.check(value)
            self.value = known.stored(value)
        except Bad as bad:
            raise Invalid([bad.at("value")]) from bad
