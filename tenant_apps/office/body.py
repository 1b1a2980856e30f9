"""The body of an entry: what was entered, kept as the API shows it; worked out and checked by the form's rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from kernel.refusals import FieldError, Refused
from kernel.specs import NUMERIC, Spec
from tenant_apps.office.design import Design, Field, Table

Json = dict[str, Any]
PASSES = 5
"""A rule may hide what another rule asks for; after so many rounds what is hidden stays hidden."""


def kept(spec: Spec, value: Any) -> Any:
    """A value as the body keeps it."""
    if isinstance(value, models.Model):
        return {"id": value.pk, "label": str(value)}
    if spec.type in ("decimal", "money") and isinstance(value, int | Decimal):
        return spec.render_value(Decimal(value))
    return spec.render_value(value)


def typed(spec: Spec, value: Any) -> Any:
    """The same as formulas know it."""
    if value is None or value == "":
        return None
    if spec.type in NUMERIC:
        return Decimal(str(value))
    if spec.type == "date":
        return date.fromisoformat(value)
    if spec.type == "datetime":
        return parse_datetime(value)
    return value


def joined(design: Design, old: Json, fields: Mapping[str, Any], lines: Mapping[str, Sequence[Mapping[str, Any]]]) -> Json:
    """A body with what was entered now; lines with an id keep what was not sent, absent lines go."""
    body = {**old, **{name: kept(design.fields[name].spec, value) for name, value in fields.items() if name in design.fields}}
    table = design.table
    if table is not None and table.name in lines:
        body[table.name] = _rows(table, design.columns, old.get(table.name, []), lines[table.name])
    return body


def _rows(table: Table, columns: Mapping[str, Field], old: list[Json], given: Sequence[Mapping[str, Any]]) -> list[Json]:
    there = {row["id"]: row for row in old}
    following = max(there, default=0) + 1
    rows = []
    for values in given:
        told = {name: kept(columns[name].spec, value) for name, value in values.items() if name in columns}
        key = values.get("id")
        if key is None:
            key, following = following, following + 1
        elif key not in there:
            raise Refused("line_gone", _("A line was deleted by somebody else meanwhile. Please reload."))
        rows.append({**there.get(key, {}), **told, "id": key})
    return rows


class Work:
    """One working out of a body: lines, computed fields, what is hidden, what is wrong."""

    def __init__(self, design: Design, body: Json) -> None:
        self.design, self.body = design, dict(body)
        self.errors: list[FieldError] = []
        self.hidden: set[str] = set()
        self.needed: set[str] = set()

    @property
    def rows(self) -> list[Json]:
        return list(self.body.get(self.design.table.name, [])) if self.design.table else []

    def values(self, columns: Mapping[str, Field] | None = None, row: Json | None = None) -> Json:
        """What formulas read: every field, empty ones too, and the lines as a list."""
        fields, source = (self.design.fields, self.body) if columns is None else (columns, row or {})
        told = {name: typed(one.spec, source.get(name)) for name, one in fields.items()}
        if columns is None and self.design.table is not None:
            told[self.design.table.name] = [self.values(self.design.columns, one) for one in self.rows]
        return told

    def done(self) -> Work:
        self._lines()
        for _pass in range(PASSES):
            self._compute()
            hidden = self._hide()
            if hidden <= self.hidden:
                break
            self.hidden |= hidden
            self.body.update(dict.fromkeys(hidden))
        self._require()
        self._check()
        self.body = {name: value for name, value in self.body.items() if value not in (None, "", [])}
        return self

    # working out -----------------------------------------------------------------------------------------------------
    def _lines(self) -> None:
        for at, row in enumerate(self.rows):
            for column in self.design.computed_columns:
                row[column.name] = self._worked(column, self.values(self.design.columns, row), f"{self._table}.{at}.")

    @property
    def _table(self) -> str:
        return self.design.table.name if self.design.table else ""

    def _compute(self) -> None:
        for one in self.design.computed:
            if one.name not in self.hidden:
                self.body[one.name] = self._worked(one, self.values(), "custom.")

    def _worked(self, one: Field, values: Json, prefix: str) -> Any:
        assert one.formula is not None
        try:
            found = one.formula.value(values)
        except Refused as refused:
            self._wrong(prefix + one.name, refused.code, str(refused.sentence))
            return None
        if found is None or found == "":
            return None
        try:
            return kept(one.spec, one.spec.parse(found.isoformat() if isinstance(found, datetime) else found))
        except Exception as bad:
            self._wrong(prefix + one.name, getattr(bad, "code", "bad_formula"), str(bad))
            return None

    def _hide(self) -> set[str]:
        values = self.values()
        return {one.name for one in self.design.fields.values() if one.visible and not self._holds(one.visible, values, one.name, True)}

    def _require(self) -> None:
        values = self.values()
        for one in self.design.fields.values():
            if one.name in self.hidden or one.spec.readonly:
                continue
            if one.spec.required or (one.required and self._holds(one.required, values, one.name, False)):
                self.needed.add(one.name)
        for path, one, value in self._places():
            if value in (None, "", []):
                self._wrong(path, "required", _("Please fill in “%(label)s”.") % {"label": one.spec.label})

    def _places(self) -> Iterator[tuple[str, Field, Any]]:
        yield from ((f"custom.{name}", self.design.fields[name], self.body.get(name)) for name in self.design.fields if name in self.needed)
        for at, row in enumerate(self.rows):
            yield from (
                (f"{self._table}.{at}.{name}", one, row.get(name)) for name, one in self.design.columns.items() if one.spec.required
            )

    def _check(self) -> None:
        values = self.values()
        for check in self.design.checks:
            if any(values.get(name) is None for name in check.formula.names if "." not in name) and not self._about_nothing(
                check.formula.text
            ):
                continue
            if not self._holds(check.formula, values, check.at, True):
                self._wrong(f"custom.{check.at}" if check.at else "", "check", str(check.says))

    @staticmethod
    def _about_nothing(text: str) -> bool:
        """Whether a check asks for emptiness itself."""
        return "EMPTY" in text.upper()

    def _holds(self, formula: Any, values: Json, name: str, otherwise: bool) -> bool:
        try:
            return bool(formula.value(values))
        except Refused as refused:
            self._wrong(f"custom.{name}" if name else "", refused.code, str(refused.sentence))
            return otherwise

    def _wrong(self, path: str, code: str, sentence: str) -> None:
        found = FieldError(path, code, sentence)
        if found not in self.errors:
            self.errors.append(found)


def texts(design: Design, body: Json) -> Iterator[str]:
    """The words of a body, by which an entry is found."""
    yield from _texts(design.fields, body)
    for row in body.get(design.table.name, []) if design.table else []:
        yield from _texts(design.columns, row)


def _texts(fields: Mapping[str, Field], values: Mapping[str, Any]) -> Iterator[str]:
    for name, one in fields.items():
        value = values.get(name)
        if isinstance(value, Mapping):
            yield str(value.get("label", ""))
        elif one.spec.type in ("text", "long"):
            yield str(value or "")[:500]


def said(design: Design, body: Json, names: Collection[str], named: Callable[[str, int], str]) -> str:
    """The fields that tell an entry from its neighbours, in one line."""
    told = [_said(design.fields[name].spec, body.get(name), named) for name in names]
    return " · ".join(text for text in told if text)[:200]


def _said(spec: Spec, value: Any, named: Callable[[str, int], str]) -> str:
    if value in (None, ""):
        return ""
    if isinstance(value, Mapping):
        return str(value.get("label", ""))
    if spec.type in ("member", "unit"):
        return named(spec.type, value)
    if spec.choices:
        return str(dict(spec.choices).get(value, value))
    if spec.type == "datetime":
        return str(value)[:16].replace("T", " ")
    return str(value)
