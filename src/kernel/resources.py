"""How a kind of document is shown and offered: columns, filters, form, actions. Screens and API are made from this."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import Promise

from kernel import config, specs
from kernel.access import Actor
from kernel.actions import Action
from kernel.documents import Document
from kernel.lines import line_model
from kernel.specs import Spec

Text = str | Promise
COLORS = {
    "draft": "default", "new": "default", "invited": "default", "planned": "default", "sent": "blue", "confirmed": "blue", "approved": "cyan",
    "signed": "cyan", "executing": "blue", "released": "cyan", "ready": "purple", "posted": "green", "issued": "green", "active": "green",
    "accepted": "green", "completed": "green", "done": "green", "closed": "default", "converted": "green", "shipped": "blue", "partly_shipped": "gold",
    "lost": "red", "rejected": "red", "cancelled": "red", "reversed": "red", "expired": "orange", "superseded": "default", "disabled": "default",
    "triggered": "gold", "partly_received": "gold", "received": "green", "overdue": "red", "in_stock": "green", "reserved": "gold",
    "trial": "blue", "past_due": "orange", "suspended": "red", "requested": "gold", "refused": "red", "running": "blue", "live": "green",
    "answered": "blue", "agreed": "green", "offered": "gold", "passed": "green", "failed": "red", "classified": "cyan", "declined": "red",
    "submitted": "blue", "published": "green", "withdrawn": "orange", "in_work": "blue", "delivered": "purple", "invoiced": "gold", "paid": "green",
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    """A titled group of fields of a form."""

    title: Text
    fields: tuple[str, ...]

    def __init__(self, title: Text, *fields: str) -> None:
        object.__setattr__(self, "title", title)
        object.__setattr__(self, "fields", fields)


@dataclass(frozen=True)
class Lines:
    """A grid of lines: the reverse relation and its columns. `totals` are summed below, of the lines in which each field of `counted` holds
    its value; `fixed` may not be edited by hand."""

    title: Text
    name: str
    columns: tuple[str, ...]
    totals: tuple[str, ...] = ()
    fixed: bool = False
    counted: Mapping[str, str] = field(default_factory=dict)

    def __init__(self, title: Text, name: str, *columns: str, **how: Any) -> None:
        for key, value in {"title": title, "name": name, "columns": columns, "totals": (), "fixed": False, "counted": {}, **how}.items():
            object.__setattr__(self, key, value)


@dataclass(frozen=True)
class Print:
    """A printed form: its key, its name, and the function that puts its paper together (`printing.paper`); or, where no block can say it
    and PDF is enough, a Typst template of its app."""

    key: str
    label: Text
    template: str = ""
    paper: Callable[[Any], Sequence[Any]] | None = None


class Resource:
    """One kind of document as people and programs meet it. Declared in `<app>/resources.py`; the class body is all there is."""

    model: ClassVar[type[Document]]
    plural: Text = ""
    """What several of them are called, in menus and above lists; the model's own plural when nothing else is said."""
    path: str = ""
    icon: ClassVar[str] = "file"
    menu: ClassVar[str] = ""
    """The menu group it stands in; empty: reached from other screens only."""
    place: ClassVar[int] = 50
    """Where in its menu group it stands, the lowest first."""
    columns: ClassVar[tuple[str, ...]] = ()
    filters: ClassVar[tuple[str, ...]] = ()
    groups: ClassVar[tuple[str, ...]] = ()
    sort: ClassVar[str] = "-id"
    search: ClassVar[tuple[str, ...]] = ()
    """References whose own text a search also looks through (`customer`)."""
    form: ClassVar[tuple[Section | Lines, ...]] = ()
    summary: ClassVar[tuple[str, ...]] = ()
    actions: ClassVar[tuple[Action, ...]] = ()
    editable_when: frozenset[str] | set[str] | None = None
    """States in which fields may be changed; None: always; an empty set: never."""
    lookup: ClassVar[tuple[str, ...]] = ()
    """Fields a picker shows beside the label and copies from."""
    overlay: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    """Details of fields that the model does not know: {field: {Spec attribute: value}}, lines as `lines.item`."""
    creatable: ClassVar[bool] = True
    deletable: ClassVar[bool] = True
    importable: ClassVar[bool] = True
    prints: ClassVar[tuple[Print, ...]] = ()
    rights: ClassVar[Mapping[str, Text]] = {}
    """What can be granted beyond its verbs, because an action asks for it (`below_floor`)."""
    match: ClassVar[tuple[str, ...]] = ("number",)
    """Business keys by which an import finds the row to update and a reference is written in a spreadsheet."""

    configuration: ClassVar[tuple[str, ...]] = ()
    """The fields by which its rows are known in another copy of the company, when they are configuration that a sandbox may pass on."""

    unshown: ClassVar[tuple[str, ...]] = ()
    """Columns without a name for people that `beside` is made from."""

    carried: ClassVar[Mapping[str, Text]] = {}
    """Columns without a name for people that go along where its rows are carried as configuration, and what they are called there."""

    vocabulary: ClassVar[Mapping[str, Callable[[], Mapping[str, str]]]] = {}
    """What the names and texts inside a nested value are called, by field: for people who compare two configurations."""

    in_custom: bool = False
    """Whether all its fields and lines stand in `custom`, put there by the document itself: an entry of a company's own form."""

    platform: bool = False
    """Whether it is a document of the platform, not of a company; told by its app."""

    def __init__(self) -> None:
        self.key = specs.key_of(self.model)
        self.app, self.name = self.key.split(".")
        self.plural = self.plural or self.model._meta.verbose_name_plural or self.label
        self.path = self.path or f"{self.name}s"
        self.url = f"/api/v1/{self.app}/{self.path}/"

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name)

    @cached_property
    def own(self) -> dict[str, Spec]:
        """Specs of the model's fields, with this resource's overlay."""
        found = specs.of_model(self.model)
        return {name: self._overlaid(name, spec) for name, spec in found.items()}

    def _overlaid(self, name: str, spec: Spec) -> Spec:
        spec = replace(spec, **self.overlay.get(name, {}))
        if spec.type == "state" and not spec.colors:
            spec = replace(spec, colors=COLORS)
        return spec

    @property
    def custom(self) -> dict[str, Spec]:
        """The company's own fields of this resource."""
        return custom_fields().get(self.key, {})

    @property
    def fields(self) -> dict[str, Spec]:
        return {**self.own, **self.custom} if self.custom else self.own

    @property
    def listed(self) -> Sequence[str]:
        """The columns of a list unless others are asked for."""
        return [*self.columns, *self.custom]

    @cached_property
    def writable(self) -> frozenset[str]:
        """Fields a form or a program may send."""
        shown = {name for part in self.form if isinstance(part, Section) for name in part.fields}
        return frozenset(name for name in shown if name in self.own and not self.own[name].readonly)

    @cached_property
    def line_parts(self) -> dict[str, Lines]:
        return {part.name: part for part in self.form if isinstance(part, Lines)}

    @cached_property
    def line_specs(self) -> dict[str, dict[str, Spec]]:
        """Per kind of lines: the specs of its columns and of hidden values that come along."""
        found = {}
        for name, part in self.line_parts.items():
            all_specs = specs.of_model(line_model(self.model, name))  # type: ignore[arg-type]
            found[name] = {column: replace(all_specs[column], **self.overlay.get(f"{name}.{column}", {})) for column in part.columns}
        return found

    @cached_property
    def verbs(self) -> dict[str, Action]:
        return {action.verb: action for action in self.actions}

    @cached_property
    def has_state(self) -> bool:
        return "state" in self.own

    def editable(self, document: Any) -> bool:
        """Whether the state of a document (an instance or a row of values) lets it be changed."""
        if not self.editable_when:
            return self.editable_when is None
        state = document["state"] if isinstance(document, Mapping) else document.state
        return state in self.editable_when

    def queryset(self) -> models.QuerySet[Any]:
        return self.model._default_manager.all()

    def taken(self, values: dict[str, Any], lines: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """What was sent, as the document takes it."""
        return values, lines

    def against(self, row: Mapping[str, Any], verbs: Iterable[str], actor: Actor) -> Mapping[str, str]:
        """Those verbs which its state and a role allow but which would be refused to this reader now, each with the reason."""
        return {}

    def on_paper(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """More that its printed form is made of."""
        return {}

    def laid_out(self, pk: int | None, among: Sequence[int], typed: Mapping[str, Sequence[Any]] | None = None) -> int | None:
        """Which of these layouts (print templates, in their order) a document calls for: by its lines as they are saved, or as they are `typed`."""
        return among[0] if among else None

    def fitting(self, rows: models.QuerySet[Any], layout: int) -> models.QuerySet[Any]:
        """Those of its documents that a layout is meant for, to show one while it is being designed."""
        return rows

    marked_by: ClassVar[tuple[str, ...]] = ()
    """Columns that `mark` is made from."""

    def mark(self, row: Mapping[str, Any], actor: Actor) -> str:
        """A word or two beside its name in lists; empty for most."""
        return ""

    besides: ClassVar[tuple[str, ...]] = ()
    """The names under which `beside` tells something."""

    def beside(self, row: Mapping[str, Any], masks: Mapping[str, str]) -> dict[str, Any]:
        """What a document shows besides its fields and stored lines."""
        return {}


def custom_fields() -> dict[str, dict[str, Spec]]:
    """{resource key: {name: Spec}} of the company asking."""
    from kernel.models import CustomField

    def load() -> dict[str, dict[str, Spec]]:
        found: dict[str, dict[str, Spec]] = {}
        for row in CustomField.objects.order_by("position", "id"):
            found.setdefault(row.resource, {})[row.name] = spec_of(row)
        return found

    return config.cached("custom-fields", load)


def spec_of(row: Any) -> Spec:
    scale = {"money": 2, "decimal": 6}.get(row.kind, 0)
    choices = tuple((str(option), str(option)) for option in row.options)
    return Spec(
        name=row.name, label=row.label, type=row.kind, required=row.required, custom=True, choices=choices, scale=scale,
        max_length=500 if row.kind == "text" else 0,
    )  # fmt: skip


@dataclass(frozen=True)
class Menu:
    """A group of the side menu."""

    key: str
    label: Text
    icon: str
    order: int = field(default=0, compare=False)
