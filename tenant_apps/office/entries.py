"""A form's entries as a document type: list, form, API, export and print are made from this like any other's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from kernel import specs
from kernel.actions import Action
from kernel.printing.content import text
from kernel.reading import render_row
from kernel.resources import Lines, Print, Resource, Section
from kernel.specs import MASK, NUMERIC, Spec
from tenant_apps.office import actions, body
from tenant_apps.office.design import Design, Field, Table
from tenant_apps.office.forms import Published
from tenant_apps.office.models import Entry, Form, kind_of

VERBS = (actions.submit, actions.approve, actions.reject, actions.withdraw, actions.finish, actions.cancel)
GROUPED = ("choice", "unit", "member", "ref", "bool")
FILTERED = (*GROUPED, "date", "datetime")


class EntryResource(Resource):
    """One published form. Fields of earlier versions are known too, so that entries made with those can be read."""

    in_custom = True
    editable_when = frozenset({Entry.State.DRAFT, Entry.State.REJECTED})
    overlay = {"state": {"label": _("State")}}
    lookup = ("title",)

    def __init__(self, found: Published) -> None:
        self.found, form, design = found, found.form, found.design
        used = form.state != Form.State.WITHDRAWN
        model = kind_of(form.key)
        listed = [one.name for one in design.fields.values() if one.in_list]
        about = ["title"] if design.title and not set(design.title) <= set(listed) else []
        vars(self).update(
            model=model, path=form.key, plural=form.names, icon=form.icon or "form", menu=form.menu if used else "", place=form.place,
            creatable=used, actions=tuple(_for(action, model) for action in VERBS), prints=(Print("default", form.names, "entry"),),
            columns=("number", "title", "owner", "state", "created_at"), filters=("state", "owner", *_of_kinds(design, listed, FILTERED)),
            groups=("state", "owner", *_of_kinds(design, listed, GROUPED)), summary=tuple(filter(None, (design.total,))),
            shown=("number", *about, *listed, "owner", "state", "created_at"), form=tuple(self._parts()),
        )  # fmt: skip
        super().__init__()

    @property
    def label(self) -> str:
        return str(self.found.form.names)

    @property
    def listed(self) -> tuple[str, ...]:
        return tuple(vars(self)["shown"])

    def _parts(self) -> list[Section | Lines]:
        design = self.found.design
        parts: list[Section | Lines] = [Section(part.title, *(one.name for one in part.fields)) for part in design.parts]
        if self.earlier:
            parts.append(Section(_("Earlier fields"), *self.earlier))
        if design.table is not None:
            table = design.table
            parts.append(Lines(table.title, table.name, *(one.name for one in table.columns), totals=table.totals))
        return parts

    # fields ----------------------------------------------------------------------------------------------------------
    @cached_property
    def earlier(self) -> dict[str, Field]:
        """Fields only earlier versions had."""
        now = self.found.design.fields
        return {name: one for design in self.found.designs.values() for name, one in design.fields.items() if name not in now}

    @cached_property
    def custom(self) -> dict[str, Spec]:
        return {name: one.spec for name, one in (self.earlier | dict(self.found.design.fields)).items()}

    @cached_property
    def own(self) -> dict[str, Spec]:
        found = specs.of_model(Entry)
        return {name: self._overlaid(name, spec) for name, spec in found.items() if name != "total" or self.found.design.total}

    @cached_property
    def writable(self) -> frozenset[str]:
        return frozenset()

    @cached_property
    def line_specs(self) -> dict[str, dict[str, Spec]]:
        table = self.found.design.table
        return {table.name: {one.name: replace(one.spec, custom=False) for one in table.columns}} if table else {}

    # in and out ------------------------------------------------------------------------------------------------------
    def taken(self, values: dict[str, Any], lines: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        entered = values.pop("custom", None)
        if entered is not None or lines:
            values["entered"] = (entered or {}, lines)
        return values, {}

    def beside(self, row: Mapping[str, Any], masks: Mapping[str, str]) -> dict[str, Any]:
        """The lines, and which fields the rules of the entry's own version hide or ask for."""
        design = self.found.designs.get(row.get("revision") or 0, self.found.design)
        work = body.Work(design, row["custom"] or {}).done()
        shown: dict[str, Any] = {
            "_hidden": sorted(work.hidden | (set(self.custom) - set(design.fields))),
            "_required": sorted(work.needed),
        }
        for name, columns in self.line_specs.items():
            hidden = {field.partition(".")[2]: how for field, how in masks.items() if field.startswith(f"{name}.")}
            lines = self.body_lines(design.table, row["custom"] or {})
            shown[name] = [{"id": line["id"], "seq": line["seq"], **render_row(columns, line, hidden)} for line in lines]
        return shown

    def on_paper(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Its sections as drawn, without what is hidden, and who signs."""
        design = self.found.design
        hidden = set(document.get("_hidden", ()))
        parts = [
            {"title": str(part.title), "fields": [{"name": one.name, "wide": one.wide or one.spec.type == "long"} for one in part.fields if one.name not in hidden]}
            for part in design.parts
        ]  # fmt: skip
        paper, table = design.paper, design.table
        told = {"columns": paper.columns, "signatures": [str(one) for one in paper.signatures], "note": str(paper.note)}
        numbers = [one.name for one in table.columns if one.spec.type in NUMERIC] if table else []
        return {
            "paper": {**told, "parts": parts, "numbers": numbers, "table": table.name if table else "", "totals": _totals(table, document)}
        }

    def body_lines(self, table: Table | None, kept: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Lines of a body as rows of values, as if they stood in a table of their own."""
        columns = next(iter(self.line_specs.values()), {})
        return [
            {"id": line["id"], "seq": at, **{name: value for spec in columns.values() for name, value in _values(spec, line)}}
            for at, line in enumerate(kept.get(table.name, []) if table else [], 1)
        ]


def _of_kinds(design: Design, names: Iterable[str], kinds: Iterable[str]) -> list[str]:
    return [name for name in names if design.fields[name].spec.type in kinds]


def _values(spec: Spec, line: Mapping[str, Any]) -> list[tuple[str, Any]]:
    value = line.get(spec.name)
    if spec.type != "ref":
        return [(spec.name, value)]
    return [(spec.attname, value["id"] if value else None), (spec.label_path, value["label"] if value else None)]


def _totals(table: Table | None, document: Mapping[str, Any]) -> dict[str, str]:
    """The sums below the columns that are added up."""
    if table is None:
        return {}
    specs, rows = {one.name: one.spec for one in table.columns}, document.get(table.name, ())
    figures = {name: [row[name] for row in rows if row.get(name)] for name in table.totals}
    return {
        name: MASK
        if any(MASK in str(one) for one in some)
        else text(specs[name], specs[name].render_value(sum(map(Decimal, some), Decimal(0))))
        for name, some in figures.items()
    }


def _for(action: Action, model: type[Entry]) -> Action:
    """The same action as one of this form, so that roles, approvals and history know it as such."""
    made = copy(action)
    made.__dict__["model"] = model
    return made
