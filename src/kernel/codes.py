"""Pick lists (简单字典, W-1.1.1): the product brings entries, a company renames, colours, orders, switches off and adds.

    INDUSTRY = CodeTable("partners.industry", _("Industry"), {"steel": _("Steel")})
    industry = CodeField(_("Industry"), table=INDUSTRY)

Entries of the product take no rows; a company's rows are read once and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, overload

from django.db import models
from django.utils.functional import Promise

from kernel import config, words
from tenants.context import PUBLIC

Text = str | Promise


class Row(NamedTuple):
    """What a company says of an entry."""

    table: str
    code: str
    label: str
    label_en: str
    colour: str
    position: int
    active: bool


class Entry(NamedTuple):
    """One entry as people see it."""

    code: str
    label: Text
    colour: str
    position: int
    active: bool
    system: bool


class Port:
    """Filled in by the app that keeps the rows."""

    load: Callable[[], list[Row]] = list


port = Port()
TABLES: dict[str, CodeTable] = {}


class CodeTable(Sequence[tuple[str, Text]]):
    """A pick list by its key. As a sequence: (code, label) of the entries in use, for the company and the language asking."""

    def __init__(
        self, key: str, label: Text, entries: Mapping[str, Text], colours: Mapping[str, str] | None = None, *, open: bool = False
    ) -> None:
        """`open`: what is not in the list is kept as it was typed, as imports bring it."""
        self.key, self.label, self.system, self.own_colours, self.open = key, label, dict(entries), dict(colours or {}), open
        TABLES[key] = self

    def entries(self) -> list[Entry]:
        """All entries in their order, those switched off too."""
        own = {row.code: row for row in _rows().get(self.key, ())}
        found = [
            Entry(code, label, self.own_colours.get(code, "default"), 10 * at, True, True)
            for at, (code, label) in enumerate(self.system.items(), 1)
            if code not in own
        ]
        found += [
            Entry(row.code, words.spoken(row.label, row.label_en), row.colour, row.position, row.active, row.code in self.system)
            for row in own.values()
        ]
        return sorted(found, key=lambda entry: (entry.position, entry.code))

    def _shown(self) -> list[tuple[str, Text]]:
        return [(entry.code, entry.label) for entry in self.entries() if entry.active]

    def __iter__(self) -> Iterator[tuple[str, Text]]:
        return iter(self._shown())

    def __len__(self) -> int:
        return len(self._shown())

    def __bool__(self) -> bool:
        return True

    @overload
    def __getitem__(self, index: int) -> tuple[str, Text]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[str, Text]]: ...
    def __getitem__(self, index: Any) -> Any:
        return self._shown()[index]

    def find(self, text: str) -> str:
        """The code that a code or a label means, also one switched off; else the text itself."""
        text = text.strip()
        return next((entry.code for entry in self.entries() if text in (entry.code, str(entry.label))), text)

    def colours(self) -> dict[str, str]:
        return {entry.code: entry.colour for entry in self.entries()}


def _rows() -> dict[str, list[Row]]:
    def load() -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in port.load():
            found.setdefault(row.table, []).append(row)
        return found

    return {} if config.schema() == PUBLIC else config.cached("codes", load)


def labels(table: Sequence[tuple[str, Text]]) -> dict[str, Text]:
    """{code: label} of all entries that a value may have, those switched off too."""
    return {entry.code: entry.label for entry in table.entries()} if isinstance(table, CodeTable) else dict(table)


class CodeField(models.CharField):  # type: ignore[type-arg]
    """A value out of a pick list, kept by its code."""

    def __init__(self, *args: Any, table: CodeTable | None = None, **kwargs: Any) -> None:
        self.table: Any = table or ()  # none while migrations run
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)
