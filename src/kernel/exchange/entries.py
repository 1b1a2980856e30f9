"""From rows to documents: a document's own columns stand in its first row, each row may carry one line of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kernel.exchange.columns import Column
from kernel.exchange.sheets import Sheet, blank
from kernel.refusals import FieldError


@dataclass
class Entry:
    """One document of a sheet: the positions of its rows, its own cells, and per kind its lines with their rows."""

    rows: list[int]
    own: dict[str, int] = field(default_factory=dict)
    """{path: position of the column} of its filled cells, all in its first row."""
    lines: dict[str, list[tuple[int, dict[str, int]]]] = field(default_factory=dict)
    """{kind: [(row, {name: position of the column})]}"""
    errors: list[FieldError] = field(default_factory=list)
    document: Any = None
    """What it has become, or has changed."""

    def place(self, path: str, columns: Mapping[str, int]) -> tuple[int, int | None]:
        """The cell (row, column) that an error's path means."""
        kind, _sep, rest = path.partition(".")
        if kind in self.lines and rest.partition(".")[0].isdecimal():
            index, _dot, name = rest.partition(".")
            row = self.lines[kind][int(index)][0] if int(index) < len(self.lines[kind]) else self.rows[0]
            return row, columns.get(f"{kind}.{name}")
        return self.rows[0], columns.get(path)


def assemble(sheet: Sheet, columns: Mapping[str, int], known: Mapping[str, Column]) -> list[Entry]:
    """The documents of a sheet. A row goes on with the document above when its own columns are empty or repeat it."""
    own = {path: at for path, at in columns.items() if not known[path].kind}
    kinds: dict[str, dict[str, int]] = {}
    for path, at in columns.items():
        if known[path].kind:
            kinds.setdefault(known[path].kind, {})[known[path].spec.name] = at
    entries: list[Entry] = []
    for position, row in enumerate(sheet.rows):
        mine = {path: at for path, at in own.items() if not _empty(sheet, position, at)}
        lines = {kind: {name: at for name, at in names.items() if not _empty(sheet, position, at)} for kind, names in kinds.items()}
        if not mine and not any(lines.values()):
            continue
        if not (entries and any(lines.values()) and _goes_on(sheet, entries[-1], row, mine)):
            entries.append(Entry([], mine, {kind: [] for kind in kinds}))
        entry = entries[-1]
        entry.rows.append(position)
        for kind, cells in lines.items():
            if cells:
                entry.lines[kind].append((position, cells))
    return entries


def _empty(sheet: Sheet, row: int, column: int) -> bool:
    return blank(sheet.rows[row][column]) and (row, column) not in sheet.formulas


def _goes_on(sheet: Sheet, entry: Entry, row: list[Any], mine: Mapping[str, int]) -> bool:
    first = sheet.rows[entry.rows[0]]
    return all(path in entry.own and row[at] == first[at] for path, at in mine.items())
