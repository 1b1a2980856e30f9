"""The model code of choices and back: `UTM-E100D-0.5-H3-E50-TC-WG+CP-C3-P`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tenant_apps.selection.engine.choosing import Chosen
from tenant_apps.selection.engine.table import MULTI, NUMBER, QUANTITY, SINGLE, Option, Segment, Table

LONGEST = 200


def code_of(table: Table, values: Mapping[str, Chosen]) -> str:
    """Marks in the order of the table's segments; what has no mark, or is not chosen, leaves its place out."""
    code = table.prefix
    for segment in table.segments:
        mark = _mark(table.options[segment.option], values.get(segment.option))
        if mark:
            code += segment.before + mark
    return code


def _mark(option: Option, value: Chosen) -> str:
    if value is None:
        return ""
    if option.kind == SINGLE:
        return option.values[str(value)].mark
    if isinstance(value, tuple):
        marks = [(option.values[code].mark, quantity) for code, quantity in value]
        return "+".join(f"{mark}*{quantity}" if quantity > 1 else mark for mark, quantity in marks if mark)
    return option.mark + (f"{value:f}" if isinstance(value, Decimal) else str(value)) if option.kind in (NUMBER, QUANTITY) else ""


@dataclass
class Parsed:
    """What a code says: the choices, how much of it was understood, and what would have been possible after that."""

    choices: dict[str, Any] = field(default_factory=dict)
    understood: str = ""
    rest: str = ""
    expected: tuple[Option, list[str]] | None = None

    @property
    def whole(self) -> bool:
        return not self.rest


def parse(table: Table, text: str) -> Parsed:
    """Read a code back. Small letters, full-width signs and blanks around are understood."""
    code = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))[:LONGEST]
    for count in range(len(table.segments), -1, -1):
        end = "$" if count == len(table.segments) else ""
        match = re.match(_pattern(table, count) + end, code, re.IGNORECASE)
        if match and (end or count == 0 or _ends(table, count, code, match)):
            return _parsed(table, code, count, match, whole=bool(end))
    return Parsed(rest=code)


def _ends(table: Table, count: int, code: str, match: re.Match[str]) -> bool:
    """Whether the last of these places was really found, so that the trouble lies after it."""
    return match.group(f"s{count - 1}") is not None and match.end() <= len(code)


def _parsed(table: Table, code: str, count: int, match: re.Match[str], *, whole: bool) -> Parsed:
    found = Parsed(understood=match.group(0), rest="" if whole else code[match.end() :])
    for at, segment in enumerate(table.segments[:count]):
        option, mark = table.options[segment.option], match.group(f"s{at}")
        choice = _choice(option, mark)
        if choice is not None:
            found.choices[option.name] = choice
    if not whole and count < len(table.segments):
        option = table.options[table.segments[count].option]
        found.expected = (option, [value.mark for value in option.values.values() if value.mark])
    return found


def _choice(option: Option, mark: str | None) -> Any:
    if mark is None:
        return next((value.code for value in option.values.values() if not value.mark), None) if option.kind == SINGLE else None
    if option.kind == SINGLE:
        return next(value.code for value in option.values.values() if value.mark.upper() == mark.upper())
    if option.kind == MULTI:
        by_mark = {value.mark.upper(): value.code for value in option.values.values() if value.mark}
        parts = [part.partition("*") for part in mark.upper().split("+")]
        return {by_mark[name]: int(count or 1) for name, _sign, count in parts}
    return mark


def _pattern(table: Table, count: int) -> str:
    return re.escape(table.prefix) + "".join(_part(table, segment, at) for at, segment in enumerate(table.segments[:count]))


def _part(table: Table, segment: Segment, at: int) -> str:
    option = table.options[segment.option]
    before = re.escape(segment.before)
    if option.kind in (NUMBER, QUANTITY):
        return f"(?:{before}{re.escape(option.mark)}(?P<s{at}>-?\\d{{1,12}}(?:\\.\\d{{1,6}})?))?"
    marks = sorted((value.mark for value in option.values.values() if value.mark), key=len, reverse=True)
    one = "|".join(re.escape(mark) for mark in marks) or "(?!)"
    if option.kind == MULTI:
        several = f"(?:{one})(?:\\*\\d{{1,2}})?"
        return f"(?:{before}(?P<s{at}>{several}(?:\\+{several}){{0,20}}))?"
    optional = "?" if any(not value.mark for value in option.values.values()) else ""
    return f"(?:{before}(?P<s{at}>{one})){optional}"
