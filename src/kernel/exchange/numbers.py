"""Numbers that documents bring along from an older system. The series goes on after them, so none is given twice."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import connection

from kernel import numbering
from kernel.documents import Document
from kernel.specs import key_of


def pass_over(model: type[Document], numbers: Iterable[str]) -> None:
    """Move the counters behind those of the given numbers that look like the company's own."""
    shape = shape_of(model)
    highest: dict[str, int] = {}
    for number in numbers:
        match = shape.fullmatch(number)
        if match:
            series = f"{number[: match.start('seq')]}#{number[match.end('seq') :]}"
            highest[series] = max(highest.get(series, 0), int(match["seq"]))
    for series, value in sorted(highest.items()):
        _raise(f"{key_of(model)}|{series}", value)


def shape_of(model: type[Document]) -> re.Pattern[str]:
    """What the company's own numbers of a kind of document look like."""
    pattern = numbering.rule_of(model).pattern
    parts, end = [], 0
    for part in numbering.PART.finditer(pattern):
        parts.append(re.escape(pattern[end : part.start()]))
        parts.append(r"(?P<seq>\d{1,15})" if part[1] == "seq" else r"\d+?")
        end = part.end()
    return re.compile("".join(parts) + re.escape(pattern[end:]))


def _raise(key: str, value: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_counter (key, value) VALUES (%s, %s) "
            "ON CONFLICT (key) DO UPDATE SET value = greatest(kernel_counter.value, EXCLUDED.value)",
            [key, value],
        )
