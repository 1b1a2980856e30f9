"""A company's own forms and what is filled in with them (OA). One table of designs, one of entries, however many forms there are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from itertools import count
from typing import Any

from django.apps.registry import Apps
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import people, registry, words
from kernel.access import Actor
from kernel.documents import Document
from kernel.fields import MoneyField, QuantityField, RefsField, StateField
from kernel.refusals import FieldError, Invalid
from tenant_apps.office import accounts, attached, body, booking, reading, referring
from tenant_apps.office.design import Design
from tenant_apps.office.words import Words
from tenants.guard import CompanyQuerySet

KEY = re.compile(r"[a-z][a-z0-9_]{1,29}")
LABEL, STEM = 60, 24
RESERVED = {"form", "forms", "entry", "entries", "library", "accounts"}
NOBODY = models.Value([], RefsField("organization.Role"))


class Form(Document):
    """The design of a form. Publishing keeps a version; entries follow the version they were made with."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Out of use")

    class Decision(models.TextChoices):
        PERSON = "person", _("Whoever has the right in a role")
        SUPERIOR = "superior", _("Their superiors too")
        NONE = "none", _("Nobody: it holds at once")

    class Seen(models.TextChoices):
        OWN = "own", _("Whoever filled it in")
        UNIT = "unit", _("Their department")
        ALL = "all", _("Everybody who may fill it in")

    key = models.SlugField(
        _("Key"), max_length=30, db_index=False, blank=True,
        help_text=_("Small letters, digits and _; programs and roles use it: office.<key>. Empty: made of the name."),
    )  # fmt: skip
    name = models.CharField(_("Name"), max_length=60)
    name_en = models.CharField(_("Name in English"), max_length=60, blank=True)
    icon = models.CharField(_("Icon"), max_length=30, blank=True, default="form")
    menu = models.CharField(_("Menu group"), max_length=20, blank=True, default="office")
    place = models.PositiveIntegerField(_("Place in the menu"), default=50)
    numbering = models.CharField(
        _("Numbers"), max_length=80, blank=True, help_text=_("For example L{date:%Y}-{seq:04d}. Empty: made of the key.")
    )
    decision = models.CharField(
        _("Who decides"), max_length=10, choices=Decision.choices, default=Decision.PERSON,
        help_text=_("An approval flow on “Submit” decides before either."),
    )  # fmt: skip
    for_roles = RefsField(
        "organization.Role",
        verbose_name=_("Roles that fill it in"),
        db_default=NOBODY,
        help_text=_("Empty, like the departments: everybody."),
    )
    for_units = RefsField(
        "organization.Unit",
        verbose_name=_("Departments that fill it in"),
        db_default=NOBODY,
        help_text=_("With all departments below them."),
    )
    seen_by = models.CharField(_("Entries are seen by"), max_length=4, choices=Seen.choices, default=Seen.OWN, db_default=Seen.OWN.value)
    seen_roles = RefsField("organization.Role", verbose_name=_("Roles that see all entries"), db_default=NOBODY)
    seen_units = RefsField("organization.Unit", verbose_name=_("Departments that see all entries"), db_default=NOBODY)
    design = models.JSONField(_("Design"), default=dict)
    versions = models.JSONField(default=list, editable=False)
    """What was published: {revision, at, by, design, name, name_en}."""
    revision = models.PositiveIntegerField(_("Version"), default=0, editable=False)
    changed = models.BooleanField(_("Changed since published"), default=False, editable=False)
    state = StateField(State, verbose_name=_("State"))

    label_field = "name"
    row_scoped = False
    search = ("key", "name", "name_en")

    class Meta(Document.Meta):
        verbose_name = _("Form")
        verbose_name_plural = _("Forms")
        constraints = [*Document.Meta.constraints, models.UniqueConstraint(fields=["key"], name="one_form_key")]

    @property
    def names(self) -> Words:
        return Words(self.name, self.name_en)

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        self.key = self.key or _key_for(self)
        if not KEY.fullmatch(self.key):
            raise Invalid(
                [FieldError("key", "bad_name", _t("A key begins with a small letter and has 2 to 30 small letters, digits and _."))]
            )
        if self.key in RESERVED or f"office.{self.key}" in registry.everything():
            raise Invalid(
                [FieldError("key", "taken", _t("“%(key)s” is a document type of the product. Choose another key.") % {"key": self.key})]
            )
        if self.versions and self.key != self.versions[0]["key"]:
            raise Invalid(
                [FieldError("key", "fixed", _t("The key of a form that was published stays: entries, roles and programs use it."))]
            )
        if self.menu not in {group.key for group in registry.MENUS}:
            raise Invalid([FieldError("menu", "not_found", _t("There is no menu group “%(key)s”.") % {"key": self.menu})])
        reading.read(self.design)
        self.changed = bool(self.versions) and self.design != self.versions[-1]["design"]

    @classmethod
    def check_many(cls, documents: list[Any]) -> dict[int, FieldError]:
        keys = [document.key for document in documents]
        there = {row.key: row.pk for row in cls.objects.filter(key__in=keys)}
        return {
            at: FieldError("key", "taken", _t("There is a form with this key already. Choose another."))
            for at, document in enumerate(documents)
            if there.get(document.key, document.pk) != document.pk or document.key in keys[:at]
        }


def _key_for(form: Form) -> str:
    """A free key made of the English name, else of how the Chinese one is spoken."""
    spoken = (slugify(form.name_en).replace("-", "_"), words.pinyin(form.name or "").partition(" ")[0])
    stems = (re.sub(r"^[^a-z]+", "", one)[:STEM].strip("_") for one in spoken)
    stem = next((one for one in stems if KEY.fullmatch(one)), "sheet")
    taken = {*RESERVED, *Form.objects.filter(key__startswith=stem).values_list("key", flat=True)}
    return next(key for number in count(1) if (key := stem if number == 1 else f"{stem}_{number}") not in taken)


class Entry(Document):
    """A form as somebody filled it in: one class a form, made at run time, over this one table."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    form = models.ForeignKey(Form, models.PROTECT, related_name="+", db_index=False, editable=False)
    kind = models.CharField(max_length=30, editable=False)
    revision = models.PositiveIntegerField(_("Version of the form"), default=1, editable=False)
    title = models.CharField(_("About"), max_length=200, blank=True, default="", editable=False)
    total = MoneyField(_("Amount"), null=True, editable=False)
    booked = models.CharField(max_length=120, blank=True, default="", editable=False)
    """The thing that is booked, or the account that is written on."""
    begins_at = models.DateTimeField(null=True, editable=False)
    ends_at = models.DateTimeField(null=True, editable=False)
    posted = QuantityField(null=True, editable=False)
    """What it adds to its account, or takes from it (below zero)."""
    submitted_at = models.DateTimeField(_("Submitted at"), null=True, editable=False)
    note = models.CharField(_("Remark of who decided"), max_length=500, blank=True, default="", editable=False)
    state = StateField(State, verbose_name=_("State"))

    search = ("number", "title")

    class Meta(Document.Meta):
        verbose_name = _("Entry")
        verbose_name_plural = _("Entries")
        indexes = [
            *Document.Meta.indexes,
            GinIndex(fields=["custom"], opclasses=["jsonb_path_ops"], name="entry_custom"),
            models.Index(fields=["kind", "-id"], name="entry_kind"),
            models.Index(fields=["kind", "booked", "begins_at"], condition=~models.Q(booked=""), name="entry_booked"),
        ]
        constraints = [models.UniqueConstraint(fields=["kind", "number"], condition=~models.Q(number=""), name="entry_number")]

    def __str__(self) -> str:
        return " · ".join(filter(None, (super().__str__(), self.title)))[:LABEL]

    @property
    def design(self) -> Design:
        """The version of the form it was made with."""
        from tenant_apps.office import forms

        return forms.version(self.kind or type(self)._meta.model_name or "", self.revision if self.pk else 0)

    def take(self, given: tuple[Mapping[str, Any], Mapping[str, Sequence[Any]]]) -> None:
        self.custom = body.joined(self.design, self.custom, *given)

    entered = property(fset=take, doc="What somebody sent: fields and lines, put into what is there.")

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        from tenant_apps.office import forms

        if not self.kind:
            self.form_id, self.kind, self.revision = forms.latest(type(self)._meta.model_name or "")
        design = self.design
        if not self.pk:
            self.take((forms.begin(design, self.custom), {}))
        attached.settle(self, by)
        referring.check(self)
        accounts.fill(self, design)
        work = body.Work(design, self.custom).done()
        self.custom = work.body
        if work.errors:
            raise Invalid(work.errors)
        self.title = body.said(design, self.custom, design.title, _name)
        self.total = Decimal(self.custom[design.total]) if self.custom.get(design.total) else None
        self._book(design)
        accounts.post(self, design)

    def _book(self, design: Design) -> None:
        if design.booking is None:
            return
        found = self.custom.get(design.booking.what)
        self.booked = "" if found is None else str(found["id"] if isinstance(found, Mapping) else found)[:120]
        self.begins_at = _instant(self.custom.get(design.booking.since))
        self.ends_at = _instant(self.custom.get(design.booking.until), last=True)
        booking.check(self, design.booking)

    def index_text(self) -> str:
        return words.index((self.number, self.title, *body.texts(self.design, self.custom)))


def _name(kind: str, key: int) -> str:
    found = people.named(kind, key)
    return str(found["label"]) if found else ""


def _instant(value: str | None, last: bool = False) -> datetime | None:
    """A booked day is booked from its first minute to its last."""
    if not value:
        return None
    if "T" in value:
        return datetime.fromisoformat(value)
    return timezone.make_aware(datetime.combine(date.fromisoformat(value), time.max if last else time.min))


class OfOneForm(models.Manager.from_queryset(CompanyQuerySet)):  # type: ignore[misc]
    """The entries of one form only."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(kind=self.model._meta.model_name)


def _initials(key: str) -> str:
    """`outside_work_2` → `OW`, `outwork` → `OUTW`."""
    words_of = [part for part in key.split("_") if part[:1].isalpha()]
    return ("".join(part[0] for part in words_of) if len(words_of) > 1 else words_of[0][:4]).upper()


@lru_cache(maxsize=2000)
def kind_of(key: str) -> type[Entry]:
    """The class of a form's entries, so that they are a document type like any other: `office.<key>` in events, roles, numbers, files."""
    meta = type("Meta", (), {"proxy": True, "app_label": "office", "apps": Apps()})
    said = {"__module__": __name__, "Meta": meta, "objects": OfOneForm(), "number_format": f"{_initials(key)}{{date:%Y}}-{{seq:04d}}"}  # fmt: skip
    return type(key, (Entry,), said)
