"""The functions a formula may call. Each takes and gives plain values: decimals, texts, days, yes or no, lists, nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from kernel import clock

MANY = 50


@dataclass(frozen=True)
class Function:
    """A function, how many values it takes and how it is written."""

    call: Callable[..., Any]
    takes: tuple[int, int]
    usage: str


def _numbers(values: Iterable[Any]) -> list[Decimal]:
    """All numbers among values and lists of values; what is empty does not count."""
    flat: list[Any] = []
    for value in values:
        flat.extend(value if isinstance(value, list | tuple) else [value])
    return [value for value in flat if isinstance(value, Decimal) and not isinstance(value, bool)]


def _sum(*values: Any) -> Decimal:
    return sum(_numbers(values), Decimal(0))


def _average(*values: Any) -> Decimal | None:
    found = _numbers(values)
    return sum(found, Decimal(0)) / len(found) if found else None


def _least(*values: Any) -> Any:
    return min(_numbers(values) or _days(values), default=None)


def _most(*values: Any) -> Any:
    return max(_numbers(values) or _days(values), default=None)


def _days(values: Iterable[Any]) -> list[date]:
    return [day_of(value) for value in values if isinstance(value, date)]


def day_of(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _count(*values: Any) -> Decimal:
    flat = [one for value in values for one in (value if isinstance(value, list | tuple) else [value])]
    return Decimal(sum(one not in (None, "") for one in flat))


def _rounded(how: str) -> Callable[..., Decimal | None]:
    def rounded(value: Decimal | None, places: Decimal = Decimal(0)) -> Decimal | None:
        if value is None:
            return None
        return value.quantize(Decimal(1).scaleb(-max(-12, min(12, int(places)))), rounding=how)

    return rounded


def _between(first: date | None, last: date | None) -> Decimal | None:
    return None if first is None or last is None else Decimal((day_of(last) - day_of(first)).days)


def _hours(first: date | None, last: date | None) -> Decimal | None:
    """Between two instants, to the hundredth; a day alone begins at midnight."""
    if first is None or last is None:
        return None
    begins, ends = (
        one if isinstance(one, datetime) else datetime.combine(one, datetime.min.time(), clock.now().tzinfo) for one in (first, last)
    )
    return (Decimal((ends - begins) // timedelta(seconds=1)) / 3600).quantize(Decimal("0.01"))


def _add_days(day: date | None, count: Decimal | None) -> date | None:
    return None if day is None or count is None else day + timedelta(days=int(count))


def _part(name: str) -> Callable[[date | None], Decimal | None]:
    return lambda day: None if day is None else Decimal(getattr(day, name))


def _contains(whole: Any, part: Any) -> bool:
    if isinstance(whole, list | tuple):
        return part in whole
    return str(part or "").casefold() in str(whole or "").casefold()


def _empty(value: Any) -> bool:
    return value is None or value in ("", []) or value == ()


FUNCTIONS: dict[str, Function] = {
    "IF": Function(lambda test, then, other=None: then if test else other, (2, 3), "IF(test, value, otherwise)"),
    "AND": Function(lambda *tests: all(tests), (1, MANY), "AND(test, test)"),
    "OR": Function(lambda *tests: any(tests), (1, MANY), "OR(test, test)"),
    "NOT": Function(lambda test: not test, (1, 1), "NOT(test)"),
    "SUM": Function(_sum, (1, MANY), "SUM(lines.amount)"),
    "AVG": Function(_average, (1, MANY), "AVG(lines.amount)"),
    "MIN": Function(_least, (1, MANY), "MIN(a, b)"),
    "MAX": Function(_most, (1, MANY), "MAX(a, b)"),
    "COUNT": Function(_count, (1, MANY), "COUNT(lines.item)"),
    "ABS": Function(lambda value: None if value is None else abs(value), (1, 1), "ABS(a)"),
    "ROUND": Function(_rounded(ROUND_HALF_UP), (1, 2), "ROUND(a, 2)"),
    "FLOOR": Function(_rounded(ROUND_FLOOR), (1, 2), "FLOOR(a)"),
    "CEIL": Function(_rounded(ROUND_CEILING), (1, 2), "CEIL(a)"),
    "TODAY": Function(lambda: clock.now().date(), (0, 0), "TODAY()"),
    "DAYS": Function(_between, (2, 2), "DAYS(from, to)"),
    "HOURS": Function(_hours, (2, 2), "HOURS(from, to)"),
    "ADD_DAYS": Function(_add_days, (2, 2), "ADD_DAYS(day, 30)"),
    "YEAR": Function(_part("year"), (1, 1), "YEAR(day)"),
    "MONTH": Function(_part("month"), (1, 1), "MONTH(day)"),
    "DAY": Function(_part("day"), (1, 1), "DAY(day)"),
    "LEN": Function(lambda value: Decimal(len(value or "")), (1, 1), "LEN(text)"),
    "UPPER": Function(lambda text: str(text or "").upper(), (1, 1), "UPPER(text)"),
    "LOWER": Function(lambda text: str(text or "").lower(), (1, 1), "LOWER(text)"),
    "CONTAINS": Function(_contains, (2, 2), 'CONTAINS(text, "part")'),
    "EMPTY": Function(_empty, (1, 1), "EMPTY(a)"),
}
