"""What the cells of a document say, taken in by the same rules as a form; every error is told with the path of its value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from kernel.access import Actor
from kernel.exchange.cells import choice_words, plain
from kernel.exchange.columns import Column
from kernel.exchange.entries import Entry
from kernel.exchange.references import Finder, Reference, parts
from kernel.exchange.sheets import Sheet
from kernel.intake import Intake, read_document
from kernel.refusals import FieldError
from kernel.resources import Resource
from kernel.specs import Bad, Spec

Values = dict[str, Any]
LineValues = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Found:
    """A row that a cell names."""

    row: Any


class Chosen(str):
    """The code of an option that a cell names."""

    __slots__ = ()


UNREADABLE = object()
"""In place of a value whose error has been told already."""


class SheetIntake(Intake):
    """Takes in what `Reader` has found."""

    def value(self, spec: Spec, raw: Any, into: dict[str, Any], path: str) -> None:
        if isinstance(raw, Found):
            into[spec.name] = raw.row
        elif isinstance(raw, Chosen):
            into[spec.name] = str(raw)
        elif raw is not UNREADABLE:
            super().value(spec, raw, into, path)


@dataclass
class Told:
    """What one document's cells say: its own values, its own fields of the company, its lines."""

    own: Values
    custom: Values
    lines: LineValues
    places: dict[str, list[int]] = field(default_factory=dict)
    """Per kind: which line of the sheet stands at a position among the document's lines; -1 for none."""

    def data(self, custom: Mapping[str, Any]) -> dict[str, Any]:
        """In the form of the API; own fields of the company that the sheet does not mention stay as they are."""
        told: dict[str, Any] = {**self.own, **{kind: lines for kind, lines in self.lines.items() if lines}}
        return {**told, "custom": {**custom, **self.custom}} if self.custom else told

    def placed(self, error: FieldError) -> FieldError:
        """The error with the path of the value in the sheet, not in the document."""
        kind, _sep, rest = error.path.partition(".")
        index, _dot, name = rest.partition(".")
        if kind not in self.places or not index.isdecimal() or int(index) >= len(self.places[kind]):
            return error
        at = self.places[kind][int(index)]
        return replace(error, path=f"{kind}.{at}.{name}" if at >= 0 else kind)


class Reader:
    """Reads the entries of one sheet: first all cells, then all references together, then each document."""

    def __init__(self, resource: Resource, actor: Actor, sheet: Sheet, known: Mapping[str, Column]) -> None:
        self.resource, self.actor, self.sheet = resource, actor, sheet
        self.finder = Finder(actor)
        self.specs: dict[str, Mapping[str, Spec]] = {"": resource.own, "custom": resource.custom, **resource.line_specs}
        self.words = {kind: choice_words(specs.values()) for kind, specs in self.specs.items()}
        self.known = known
        self.chosen: dict[tuple[str, str, str], Any] = {}

    def read(self, entry: Entry) -> Told:
        """The entry's cells; references are only noted."""
        told = Told({}, {}, {kind: [] for kind in entry.lines})
        for path, column in entry.own.items():
            spec = self.known[path].spec
            kind, into = ("custom", told.custom) if spec.custom else ("", told.own)
            into[spec.name] = self._cell(entry, path, spec, (entry.rows[0], column))
        for kind, lines in entry.lines.items():
            specs = self.specs[kind]
            for index, (row, cells) in enumerate(lines):
                values = {name: self._cell(entry, f"{kind}.{index}.{name}", specs[name], (row, column)) for name, column in cells.items()}
                told.lines[kind].append(values)
        return told

    def _cell(self, entry: Entry, path: str, spec: Spec, place: tuple[int, int]) -> Any:
        row, column = place
        try:
            value = plain(self.sheet.rows[row][column], spec, formula=place in self.sheet.formulas, percent=place in self.sheet.percents)
        except Bad as bad:
            entry.errors.append(bad.at(path))
            return UNREADABLE
        if spec.target is not None:
            self.finder.want(spec, value)
        return self._choice(spec, path.partition(".")[0] if "." in path else "", value) if spec.choices and value is not None else value

    def _choice(self, spec: Spec, kind: str, value: Any) -> Any:
        """What is meant by an option in any language; most stand in many rows and are understood once."""
        slot = (kind, spec.name, str(value))
        if slot not in self.chosen:
            self.chosen[slot] = self.words[kind][spec.name].get(str(value), value)
            if spec.type in ("choice", "state"):
                with suppress(Bad):  # which is told when the document is taken in
                    self.chosen[slot] = Chosen(spec.parse(self.chosen[slot]))
        return self.chosen[slot]

    def references(self, told: Told) -> Iterator[Reference]:
        """What a document's cells refer to, as written; several in one cell one by one."""
        places = [("", "", told.own), *((kind, f"{at}.", line) for kind, lines in told.lines.items() for at, line in enumerate(lines))]
        for kind, index, values in places:
            for name, text in values.items():
                spec = self.specs[kind][name]
                if spec.target is not None and text is not UNREADABLE:
                    prefix = f"{kind}." if kind else ""
                    for one in parts(text) if spec.type == "refs" else [str(text)]:
                        yield Reference(f"{prefix}{index}{name}", f"{prefix}{name}", spec, one)

    def settle(self, entry: Entry, told: Told) -> None:
        """Put what was found in place of the names."""
        self._refer(entry, self.specs[""], told.own, "", told.own)
        self._refer(entry, self.specs["custom"], told.custom, "custom.", told.own)
        for kind, lines in told.lines.items():
            for index, line in enumerate(lines):
                self._refer(entry, self.specs[kind], line, f"{kind}.{index}.", told.own)

    def _refer(self, entry: Entry, specs: Mapping[str, Spec], values: Values, prefix: str, own: Values) -> None:
        named = [specs[name] for name in values if specs[name].type in ("ref", "refs", "member", "unit")]
        for spec in sorted(named, key=lambda one: bool(one.lookup)):
            if values[spec.name] is UNREADABLE:
                continue
            try:
                values[spec.name] = self._found(spec, values[spec.name], own)
            except Bad as bad:
                entry.errors.append(bad.at(prefix + spec.name))
                values[spec.name] = UNREADABLE

    def _found(self, spec: Spec, text: Any, own: Values) -> Any:
        if spec.type in ("member", "unit"):
            return self.finder.person(spec, text)
        if spec.type == "refs":
            return self.finder.several(spec, text)
        return Found(
            self.finder.one(spec, text, {name: value.row for name, value in own.items() if isinstance(value, Found)} if spec.lookup else {})
        )


def take_in(actor: Actor, resource: Resource, entry: Entry, told: Told, *, document: Any = None) -> tuple[Values, LineValues]:
    """Values and lines for a new document or for the change of one."""
    intake = SheetIntake(actor)
    data = told.data(document.custom if document is not None and not resource.in_custom else {})
    values, lines = read_document(intake, resource, data, new=document is None)
    entry.errors += [told.placed(error) for error in intake.errors]
    return values, lines
