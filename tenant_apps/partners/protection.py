"""How long an account, or a lead, stays with whoever took it out of a pool (spec 2.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True)
class Terms:
    """The days of one rule: the first protection, what an activity renews it to, and the most there is in all; 0 = without end."""

    first: int = 30
    renew: int = 15
    longest: int = 90
    after_contract: int = 0
    """Days after the end of the last approved contract before which nothing is recycled; 0: contracts do not count."""

    @staticmethod
    def of(row: Mapping[str, Any]) -> Terms:
        return Terms(*(int(row.get(name) or 0) for name in ("first", "renew", "longest", "after_contract")))


def recycle_at(claimed_at: date, activities: Iterable[date], D0: int, Dr: int, Dmax: int) -> date:
    """The day on which it goes back: D0 days after it was claimed, Dr days after an activity, never beyond Dmax days (spec 2.1)."""
    until = claimed_at + timedelta(D0)
    for day in sorted(activities):
        if claimed_at <= day <= until:
            until = renewed(until, claimed_at, day, Dr, Dmax)
    return _capped(until, claimed_at, Dmax)


def renewed(until: date, claimed_at: date, activity: date, Dr: int, Dmax: int) -> date:
    """The day of recycling after one more activity; it never comes nearer."""
    return _capped(max(until, activity + timedelta(Dr)), claimed_at, Dmax)


def _capped(until: date, claimed_at: date, longest: int) -> date:
    return min(until, claimed_at + timedelta(longest)) if longest else until


def bound(until: date, contract_end: date | None, terms: Terms) -> date:
    """The contract-bound rule: not before so many days after the end of the last approved contract."""
    if contract_end is None or not terms.after_contract:
        return until
    return max(until, contract_end + timedelta(terms.after_contract))
