"""Document numbers (spec 2.22): drawn in the transaction of their document, by its date, so none is lost or given twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from kernel import config
from kernel.refusals import Refused

if TYPE_CHECKING:
    from kernel.documents import Document

PART = re.compile(r"\{(date|seq)(?::([^{}]*))?\}")


class Rule(NamedTuple):
    pattern: str
    gap_free: bool


def rule_of(model: type[Document]) -> Rule:
    """The company's rule for a kind of document, or else the kind's own."""
    from kernel.specs import key_of

    return _rules().get(key_of(model)) or Rule(model.number_format, model.gap_free)


def _rules() -> dict[str, Rule]:
    from kernel.models import NumberRule

    def load() -> dict[str, Rule]:
        return {row.resource: Rule(row.pattern, row.gap_free_numbers) for row in NumberRule.objects.all()}

    return config.cached("numbering", load)


def check(pattern: str) -> None:
    """Refuse a pattern that cannot make distinct numbers."""
    rest = PART.sub("", pattern)
    if len(re.findall(r"\{seq", pattern)) != 1 or "{" in rest or "}" in rest:
        raise Refused(
            "bad_pattern", _("A pattern needs {seq:04d} exactly once and may have {date:%Y%m}, e.g. Q{date:%Y}-{seq:05d}."), status=422
        )
    write(pattern, date(2026, 11, 21), 1)


def write(pattern: str, on: date, seq: int) -> str:
    """The number `seq` of a day."""

    def part(match: re.Match[str]) -> str:
        if match[1] == "date":
            return on.strftime(match[2] or "%Y")
        width = re.fullmatch(r"0?(\d{0,2})d?", match[2] or "")
        return str(seq).zfill(int(width[1] or 0) if width else 0)

    return PART.sub(part, pattern)


def _series(pattern: str, on: date) -> str:
    """What a counter counts: the pattern with its date parts filled in, so that a new year starts again at 1."""
    return PART.sub(lambda match: on.strftime(match[2] or "%Y") if match[1] == "date" else "#", pattern)


def draw(model: type[Document], days: list[date]) -> list[str]:
    """Numbers for new documents of one kind, one for each business date given, in order.

    The counter's row stays locked until the transaction ends: a number is used or was never drawn.
    """
    from kernel.specs import key_of

    pattern = rule_of(model).pattern
    series = [_series(pattern, day) for day in days]
    drawn: dict[str, int] = {}
    for name in sorted(set(series)):
        drawn[name] = _advance(f"{key_of(model)}|{name}", series.count(name)) - series.count(name)
    numbers = []
    for name, day in zip(series, days, strict=True):
        drawn[name] += 1
        numbers.append(write(pattern, day, drawn[name]))
    return numbers


def _advance(key: str, by: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_counter (key, value) VALUES (%s, %s) ON CONFLICT (key) DO UPDATE SET value = kernel_counter.value + EXCLUDED.value RETURNING value",
            [key, by],
        )
        row: Any = cursor.fetchone()
    return int(row[0])


def give(documents: Sequence[Document], today: date) -> None:
    """Number those documents that have none yet and should have one now."""
    if not documents or not rule_of(type(documents[0])).pattern:
        return
    without = [document for document in documents if not document.number]
    if without:
        for document, number in zip(without, draw(type(documents[0]), [d.business_date or today for d in without]), strict=True):
            document.number = number
