"""Many stories told side by side, day by day, so that numbers and histories come out in the order of time."""

from __future__ import annotations

import heapq
import random
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

SATURDAY = 5
Step = int | datetime
"""When the next step comes: after so many days, or at that very instant."""
Story = Generator[Step, None, None]


@dataclass
class Clock:
    """The instant a story has come to."""

    at: datetime


def office_hours(day: datetime, chance: random.Random) -> datetime:
    """Some time on a working day, this one or the next."""
    if day.weekday() >= SATURDAY:
        day += timedelta(days=7 - day.weekday())
    return datetime.combine(day.date(), time(chance.randint(9, 17), chance.randint(0, 59)), day.tzinfo)


def following(step: Step, at: datetime, chance: random.Random) -> datetime:
    """When a step comes that was announced at an instant; never before it."""
    if isinstance(step, datetime):
        return max(step, at)
    return max(office_hours(at + timedelta(days=max(step, 0)), chance), at + timedelta(minutes=20))


def this_month(count: int, now: datetime, chance: random.Random) -> list[tuple[datetime, datetime]]:
    """Pairs of instants spread over the month so far, the second after the first; in office hours as far as there have been any."""
    start = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    pairs = []
    for number in range(count):
        first = _at_work(start + (now - start) * (number + chance.random()) / count, start, now, chance)
        pairs.append((first, _at_work(first + (now - first) * chance.random(), first, now, chance)))
    return pairs


def _at_work(instant: datetime, after: datetime, until: datetime, chance: random.Random) -> datetime:
    candidate = office_hours(instant, chance)
    return candidate if after <= candidate <= until else instant


def tell(stories: Iterable[tuple[Clock, Story]], until: datetime, chance: random.Random) -> None:
    """Let every story go on in turn, always the one whose next step comes first, up to now."""
    waiting = []
    for number, (clock, story) in enumerate(stories):
        clock.at = office_hours(clock.at, chance)
        waiting.append((clock.at, number, clock, story))
    heapq.heapify(waiting)
    while waiting:
        at, number, clock, story = heapq.heappop(waiting)
        if at > until:
            continue
        clock.at = at
        step = next(story, None)
        if step is not None:
            heapq.heappush(waiting, (following(step, at, chance), number, clock, story))
