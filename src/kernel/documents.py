"""What every document of a company has, whatever its kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel import words
from kernel.fields import MemberField, RefKeyField, UnitField
from tenants.guard import CompanyQuerySet

if TYPE_CHECKING:
    from kernel.access import Actor
    from kernel.refusals import FieldError, Help


BETWEEN = " · "


class Document(models.Model):
    """A thing of the business with a number, an owner, a history and rules about who may touch it."""

    number = models.CharField(_("Number"), max_length=40, blank=True, default="", editable=False)
    owner = MemberField(_("Owner"), null=True, blank=True)
    unit = UnitField(_("Department"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    custom = models.JSONField(default=dict, blank=True, editable=False)
    search_text = models.TextField(default="", editable=False)
    created_at = models.DateTimeField(_("Created at"), null=True, editable=False)
    created_by = MemberField(_("Created by"), null=True, editable=False)
    updated_at = models.DateTimeField(_("Changed at"), null=True, editable=False)
    updated_by = MemberField(_("Changed by"), null=True, editable=False)

    objects = CompanyQuerySet.as_manager()

    number_format: ClassVar[str] = ""
    """How numbers are made unless the company says otherwise: `Q{date:%Y}-{seq:05d}`. Empty: no number of its own."""
    gap_free: ClassVar[bool] = False
    """True: a draft has no number yet; it is drawn when the draft leaves its first state, so that none is missing."""
    date_field: ClassVar[str] = ""
    """The business date by which numbers are drawn and periods are told."""
    ledger: ClassVar[str] = ""
    """The books that its business date belongs to (`kernel.periods.Ledger`); dated into a closed period it is refused."""
    label_field: ClassVar[str] = "number"
    """What a person calls it."""
    english_field: ClassVar[str] = ""
    """The field with what it is called in English, where a company has several names for it."""
    named_by: ClassVar[tuple[str, ...]] = ()
    """References that together name what has no name of its own: stock is told by its item and warehouse."""
    links: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """Texts that name another document: {field: (where its kind stands, where its id stands)}."""
    uses: ClassVar[frozenset[str]] = frozenset()
    """Verbs that change nothing of a row: whoever it is shared with may use them."""
    line_kinds: ClassVar[tuple[str, ...]] = ()
    """Names of its kinds of lines (reverse relations), saved and versioned with it."""
    river: ClassVar[tuple[str, ...]] = ()
    """References in whose history its events also appear."""
    row_scoped: ClassVar[bool] = True
    """False for shared master data: whoever may see the screen sees all rows."""
    named_by_all: ClassVar[bool] = False
    """True for what everybody may refer to, though few may read it: a selection table with its costs."""
    region_field: ClassVar[str] = ""
    """The field that tells its region. Documents that name it lie there too, and are those of its team (`reach`)."""
    company_field: ClassVar[str] = ""
    """Of a document of the platform: the field that names the company which sees the row too. `*`: all companies see all rows."""
    locked_after: ClassVar[str] = ""
    """The reference to the whole that it belongs to and that is locked before it."""
    search: ClassVar[tuple[str, ...]] = ("number",)
    """Its own text that a search looks through."""
    alias_field: ClassVar[str] = ""
    """The list of texts by which it is named as well: those of documents that were merged into it."""

    class Meta:
        abstract = True
        indexes = [GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="%(class)s_search")]
        constraints = [models.UniqueConstraint(fields=["number"], condition=~models.Q(number=""), name="%(class)s_number")]

    def __str__(self) -> str:
        if self.named_by:
            return BETWEEN.join(str(getattr(self, name)) for name in self.named_by)
        english = getattr(self, self.english_field) if self.english_field else ""
        return str(words.spoken(getattr(self, self.label_field), english) or f"#{self.pk}")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.__dict__["_ready"] = True

    def prepare(self, lines: dict[str, list[Any]], by: Actor, on: date) -> None:
        """Fill in what follows from what was entered and refuse what cannot be. Runs before every save and preview."""

    @classmethod
    def check_many(cls, documents: list[Any]) -> dict[int, FieldError]:
        """What is wrong with documents that only a look at the others tells (duplicates), by position; one query for all."""
        return {}

    def untold(self, changes: Mapping[str, tuple[Any, Any]]) -> Collection[str]:
        """Which of the fields that have changed the history must not repeat."""
        return ()

    def way_on(self) -> tuple[str, list[Help]]:
        """What to say besides when an action comes too late for its state, and where to go on."""
        return "", []

    @property
    def business_date(self) -> date | None:
        return getattr(self, self.date_field) if self.date_field else None

    def index_text(self) -> str:
        """The text by which this document is found: its own words and the pinyin of Chinese ones."""
        return words.index(str(getattr(self, name) or "") for name in self.search)


class Sourced(Document):
    """A document that came out of another one, of whatever kind: a delivery out of an order, an order out of a contract."""

    source = RefKeyField(_("Made from"), blank=True, default="", editable=False)
    source_id = models.BigIntegerField(null=True, editable=False)
    source_label = models.CharField(_("Source"), max_length=60, blank=True, default="", editable=False)
    chain = ArrayField(models.CharField(max_length=80), default=list, editable=False)
    """All documents it descends from, nearest first (`sales.order:7`, `contracts.contract:5`)."""

    links = {"source_label": ("source", "source_id")}

    class Meta(Document.Meta):
        abstract = True
        indexes = [*Document.Meta.indexes, models.Index(fields=["source", "source_id"], name="%(class)s_source")]

    def ancestor(self, key: str) -> int | None:
        """The id of the document of a kind it descends from."""
        return next((int(ref.rpartition(":")[2]) for ref in self.chain if ref.startswith(f"{key}:")), None)


def coming_from(document: Document) -> dict[str, Any]:
    """The values with which a `Sourced` document notes where it comes from; its events appear in all its ancestors' histories."""
    key = f"{document._meta.app_label}.{document._meta.model_name}"
    return {
        "source": key,
        "source_id": document.pk,
        "source_label": str(document),
        "chain": [f"{key}:{document.pk}", *getattr(document, "chain", [])],
    }


class Line(models.Model):
    """A line of a document; it lives, is versioned and is seen with it. Subclasses name their parent in `parent`."""

    seq = models.PositiveIntegerField(_("No."), default=0, editable=False)

    objects = CompanyQuerySet.as_manager()

    parent: ClassVar[str] = ""

    class Meta:
        abstract = True
        ordering = ("seq", "id")

    def __str__(self) -> str:
        return f"#{self.seq}"
