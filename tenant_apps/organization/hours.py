"""Working time: deadlines count the hours in which the company works, not nights, weekends and public holidays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache

import holidays
from django.utils import timezone

from tenant_apps.organization import parameters

LONGEST = 3 * 366
"""So many days are looked through at most: whoever never works has no deadlines."""
SECONDS = 3600


@cache
def _public(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=year)


@cache
def _moved(year: int) -> frozenset[date]:
    """Days off that are worked on, in exchange for a bridge day before or after a holiday (调休)."""
    return frozenset(getattr(_public(year), "weekend_workdays", {}) or {})


def works_on(day: date) -> bool:
    """Whether the company works on a day."""
    if day in _moved(day.year):
        return True
    return str(day.isoweekday()) in parameters.WORK_DAYS.value() and not (parameters.WORK_HOLIDAYS.value() and day in _public(day.year))


def _shift(day: date) -> tuple[datetime, datetime]:
    zone = timezone.get_current_timezone()
    first, last = (datetime.combine(day, _clock(text), zone) for text in (parameters.WORK_FROM.value(), parameters.WORK_TO.value()))
    return first, max(first, last)


def _clock(text: str) -> time:
    hour, _colon, minute = text.partition(":")
    return time(int(hour), int(minute or 0))


def _shifts(since: datetime) -> Iterator[tuple[datetime, datetime]]:
    """From an instant on, each stretch of working time."""
    day = timezone.localtime(since).date()
    for _number in range(LONGEST):
        if works_on(day):
            first, last = _shift(day)
            if max(first, since) < last:
                yield max(first, since), last
        day += timedelta(days=1)


def add_working(at: datetime, hours: Decimal | int) -> datetime:
    """The instant at which so many working hours have passed since `at`."""
    left = timedelta(seconds=int(Decimal(hours) * SECONDS))
    for first, last in _shifts(at):
        if left <= last - first:
            return first + left
        left -= last - first
    return at + left


def working_between(first: datetime, last: datetime) -> timedelta:
    """How much working time lies between two instants."""
    found = timedelta()
    for begins, ends in _shifts(first):
        if begins >= last:
            break
        found += min(ends, last) - begins
    return found


def working_days(first: date, last: date) -> int:
    """How many days from the first to the last, both counted, the company works."""
    return sum(works_on(first + timedelta(days=number)) for number in range((last - first).days + 1))


def day_length() -> timedelta:
    """How long a working day is."""
    begins, ends = _shift(timezone.localdate())
    return ends - begins
