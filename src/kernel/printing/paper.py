"""One description of a paper, set alike as PDF, Word and Excel: blocks from top to bottom, all of them text already.

facts       {title, pairs: [[label, value]], columns}
beside      {parts: [facts, facts]}
lines       {title, columns: [{label, align, wide}], rows: [[cell]]}; a cell is text, or {strong, notes} for goods
sums        {pairs, capitals}; the last is the total
text        {title, paragraphs, small}
terms       {title, items}, numbered; a paragraph or an item is text, or [Chinese, English] side by side (`bilingual.py`)
signatures  {parties: [{role, pairs}], sealed}
break       {}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils import dateformat
from django.utils.dateparse import parse_date
from django.utils.translation import pgettext

Block = dict[str, Any]
Cell = str | dict[str, Any]
Pair = tuple[str, str]
Row = Mapping[str, Any]


class Column(NamedTuple):
    """A column of a table: its heading and what it says of a line; figures stand to the right."""

    label: str
    cell: Callable[[Row], Cell]
    align: str = "right"
    wide: bool = False


class Told:
    """What there is to say about a document, for a function that puts a paper together."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content
        self.company: Mapping[str, Any] = content["company"]
        self.number: str = content["number"]

    def field(self, name: str) -> str:
        return str(self.content["fields"].get(name, {}).get("text", ""))

    def of(self, ref: str, name: str) -> str:
        """A field of a document it refers to; empty where the reader may not see that."""
        return str(self.content["refs"].get(ref, {}).get("fields", {}).get(name, {}).get("text", ""))

    def rows(self, kind: str, ref: str = "") -> Sequence[Row]:
        of = self.content["refs"].get(ref, {}) if ref else self.content
        found: Sequence[Row] = of.get("lines", {}).get(kind, {}).get("rows", ())
        return found

    def sums(self, *names: tuple[str, str]) -> Block:
        """Amounts under each other, the last of them in capitals too where Chinese is written."""
        *parts, (label, last) = names
        pairs = [(said, self.field(name)) for said, name in parts]
        return sums(*pairs, (label, self.total(last)), capitals=self.content["capitals"].get(last, ""))

    def day(self, name: str) -> str:
        return day(self.field(name))

    def total(self, name: str) -> str:
        """An amount with the sign of its currency."""
        currency = self.content["currency"]
        return f"{'¥' if currency == 'CNY' else f'{currency} '}{self.field(name)}"


def day(iso: str) -> str:
    """A date as letters write it; what is no date (a masked one) stays as it is."""
    found = parse_date(iso[:10]) if len(iso) >= 10 else None
    return iso if found is None else dateformat.format(found, pgettext("paper", "Y-m-d"))


def goods(row: Row, *more: str) -> Cell:
    """The name in bold over specification, what else is to be said, and remark."""
    return {"strong": row.get("description", ""), "notes": [one for one in (row.get("spec"), *more, row.get("remark")) if one]}


def facts(title: str, *pairs: Pair, columns: int = 1) -> Block:
    """Label and value; empty values are left out."""
    return {"kind": "facts", "title": title, "pairs": [list(pair) for pair in pairs if pair[1]], "columns": columns}


def beside(left: Block, right: Block) -> Block:
    return {"kind": "beside", "parts": [left, right]}


def lines(title: str, rows: Iterable[Row], *columns: Column | None) -> Block:
    """A table, its lines counted."""
    kept = [one for one in columns if one is not None]
    told = [{"label": one.label, "align": one.align, "wide": one.wide} for one in kept]
    return {"kind": "lines", "title": title, "columns": told, "rows": [[one.cell(row) for one in kept] for row in rows]}


def sums(*pairs: Pair, capitals: str = "") -> Block:
    return {"kind": "sums", "pairs": [list(pair) for pair in pairs], "capitals": capitals}


def text(title: str, said: str, *, small: bool = False) -> Block:
    return {"kind": "text", "title": title, "paragraphs": said.split("\n") if said.strip() else [], "small": small}


def terms(title: str, *items: str) -> Block:
    """Numbered sentences; empty ones are left out."""
    return {"kind": "terms", "title": title, "items": [item for item in items if item]}


def signatures(*parties: tuple[str, Sequence[Pair]]) -> Block:
    """Places to sign: who, and what is said of them."""
    told = [{"role": role, "pairs": [list(pair) for pair in pairs if pair[1]]} for role, pairs in parties]
    return {"kind": "signatures", "parties": told}


def chapters(*blocks: Block | None) -> list[Block]:
    """Titled blocks, counted as chapters of an agreement are; those that say nothing take no number."""
    numerals = pgettext("paper", "1 2 3 4 5 6 7 8 9 10").split()
    found = ready(blocks)
    counted = [one for one in found if one.get("title")]
    for numeral, one in zip(numerals, counted, strict=False):
        one["title"] = pgettext("paper", "{n}. {title}").format(n=numeral, title=one["title"])
    return found


def column(label: str, name: str, align: str = "right") -> Column:
    return Column(label, lambda row: row.get(name, ""), align)


def ready(blocks: Iterable[Block | None]) -> list[Block]:
    """The blocks that say something; the company's seal belongs to the last place to sign."""
    found = [one for one in blocks if one is not None and any(one.get(name) for name in SAYS[one["kind"]])]
    last = next((one for one in reversed(found) if one["kind"] == "signatures"), None)
    return [{**one, "sealed": one is last} for one in found]


SAYS: Mapping[str, tuple[str, ...]] = {
    "facts": ("pairs",), "beside": ("parts",), "lines": ("rows",), "sums": ("pairs",), "text": ("paragraphs",), "terms": ("items",),
    "signatures": ("parties",), "break": ("kind",),
}  # fmt: skip
