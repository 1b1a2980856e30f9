"""From a cell to the value it stands for, and from a value to a cell. Numbers leave a sheet as exact decimals, never as floats."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kernel.specs import Bad, Spec

EXACT = 10**15
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
FORMULA = "formula"


def plain(cell: Any, spec: Spec, *, formula: bool = False, percent: bool = False) -> Any:
    """What a cell says, as text, number, date or yes/no; None when it says nothing."""
    if formula or (isinstance(cell, str) and cell.lstrip().startswith("=")):
        raise Bad(
            FORMULA, _("“%(label)s” holds a formula, and formulas are not calculated here. Paste it as a value.") % {"label": spec.label}
        )
    if cell is None:
        return None
    if isinstance(cell, str):
        return _unquoted(cell.strip()) or None
    if isinstance(cell, bool):
        return cell if spec.type == "bool" else str(cell)
    if isinstance(cell, int | float):
        return _number(cell, spec, percent)
    if isinstance(cell, datetime | date):
        return _day(cell, spec)
    return str(cell) if isinstance(cell, time | timedelta) else cell


def _unquoted(text: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from calculating a text."""
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in DANGEROUS else text


def _number(cell: float, spec: Spec, percent: bool) -> int | Decimal:
    if not math.isfinite(cell):
        raise Bad("not_a_number", _("“%(label)s” must be a number.") % {"label": spec.label})
    if abs(cell) >= EXACT:
        raise Bad(
            "digits", _("Excel keeps only 15 digits of a number. Format “%(label)s” as text and enter it again.") % {"label": spec.label}
        )
    exact = Decimal(repr(cell))
    if percent and spec.type == "percent":
        exact *= 100
    return int(exact) if exact == exact.to_integral_value() else exact


def _day(cell: date, spec: Spec) -> Any:
    if spec.type in ("date", "datetime"):
        return cell
    at_midnight = isinstance(cell, datetime) and cell.time() == time()
    return cell.date().isoformat() if at_midnight and isinstance(cell, datetime) else cell.isoformat()


def choice_words(specs: Iterable[Spec]) -> dict[str, dict[str, str]]:
    """Per field with choices, the words for each in every language: a sheet made in one is understood in the other."""
    words: dict[str, dict[str, str]] = {}
    for spec in specs:
        if spec.choices:
            known = words.setdefault(spec.name, {})
            for language, _name in settings.LANGUAGES:
                with override(language):
                    known |= {str(label): value for value, label in spec.choices}
    return words
