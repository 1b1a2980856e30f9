"""Numbers that documents bring along from an older system. The series goes on after them, so none is given twice."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import connection

from kernel import numbering
from kernel.documents import Document


def pass_over(model: type[Document], numbers: Iterable[str]) -> None:
    """Move the counters behind those of the given numbers that look like the company's own."""
    pattern = numbering.pattern_of(numbering.rule_of(model).pattern)
    highest: dict[str, int] = {}
    for number in numbers:
        match = pattern.shape.fullmatch(number)
        series = pattern.series_of(match) if match else None
        if match and series is not None:
            highest[series] = max(highest.get(series, 0), int(match["seq"]))
    for series, value in sorted(highest.items()):
        _raise(numbering.key(model, series), value)


def shape_of(model: type[Document]) -> re.Pattern[str]:
    """What the company's own numbers of a kind of document look like."""
    return numbering.pattern_of(numbering.rule_of(model).pattern).shape


def _raise(key: str, value: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_counter (key, value) VALUES (%s, %s) "
            "ON CONFLICT (key) DO UPDATE SET value = greatest(kernel_counter.value, EXCLUDED.value)",
            [key, value],
        )
