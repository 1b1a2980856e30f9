"""Many stories told side by side, day by day, so that numbers and histories come out in the order of time."""

from __future__ import annotations

import heapq
import random
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

SATURDAY = 5
Story = Generator[int, None, None]
"""Says after each step how many days pass until the next."""


@dataclass
class Clock:
    """The instant a story has come to."""

    at: datetime


def office_hours(day: datetime, chance: random.Random) -> datetime:
    """Some time on a working day, this one or the next."""
    if day.weekday() >= SATURDAY:
        day += timedelta(days=7 - day.weekday())
    return datetime.combine(day.date(), time(chance.randint(9, 17), chance.randint(0, 59)), day.tzinfo)


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
        days = next(story, None)
        if days is not None:
            following = office_hours(at + timedelta(days=max(days, 0)), chance)
            heapq.heappush(waiting, (max(following, at + timedelta(minutes=20)), number, clock, story))
