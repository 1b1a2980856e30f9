"""Numbers that can be entered: exact steps between two bounds, and ranges of them (spec 2.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

Spans = tuple[tuple[int, int], ...]
"""Ranges of steps, both ends within, in their order and apart from each other."""
FINEST, MOST_ENDS = 30, 8


@dataclass(frozen=True)
class Grid:
    """The numbers `least`, `least + step` … `least + last * step`."""

    least: Decimal
    step: Decimal
    last: int

    @classmethod
    def between(cls, least: Decimal, most: Decimal, step: Decimal) -> Grid:
        return cls(least, step, floor((Fraction(most) - Fraction(least)) / Fraction(step)))

    @property
    def whole(self) -> Spans:
        return ((0, self.last),)

    def at(self, index: int) -> Decimal:
        return (self.least + self.step * index).normalize() + 0

    def place(self, value: Decimal | Fraction) -> Fraction:
        """Where a number lies, in steps; far outside, or finer than anything that is entered, it lies at the end next to it."""
        if isinstance(value, Decimal):
            value = max(self.least - self.step, min(value, self.at(self.last) + self.step))
            value = round(value, FINEST) if int(value.as_tuple().exponent) < -FINEST else value
        return (Fraction(value) - Fraction(self.least)) / Fraction(self.step)

    def index(self, value: Decimal) -> int | None:
        """The step of a number; None when it is none of these."""
        if int(value.as_tuple().exponent) < -FINEST:
            return None
        place = self.place(value)
        return int(place) if place.denominator == 1 and 0 <= place <= self.last else None


def both(one: Spans, other: Spans) -> Spans:
    """What lies in both."""
    found = [(max(low, least), min(high, most)) for low, high in one for least, most in other]
    return tuple(sorted(span for span in found if span[0] <= span[1]))


def within(spans: Spans, index: int) -> bool:
    return any(low <= index <= high for low, high in spans)


def nearest(spans: Spans, place: Fraction) -> list[int]:
    """The next steps below and above a place, the nearer one first; a step that lies there is the only one."""
    below = max((min(high, floor(place)) for low, high in spans if low <= place), default=None)
    above = min((max(low, ceil(place)) for low, high in spans if high >= place), default=None)
    return sorted({one for one in (below, above) if one is not None}, key=lambda one: (abs(one - place), one))


def tried(points: Iterable[int], holds: Callable[[int], bool]) -> Spans:
    """Ranges from steps that are tried in their order; between two that differ it is looked where they turn, up to so many times."""
    found: list[tuple[int, int]] = []
    last, was, ends = 0, False, 0
    for index in points:
        now = holds(index)
        low, high = last, index
        ends += was != now and high - low > 1
        while was != now and high - low > 1 and ends <= MOST_ENDS:
            middle = (low + high) // 2
            low, high = (low, middle) if holds(middle) == now else (middle, high)
        if was:
            found.append((found.pop()[0], index if now else low))
        elif now:
            found.append((high, index))
        last, was = index, now
    return tuple(found)
