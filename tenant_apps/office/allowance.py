"""Accounts of what everybody has so much of a year (leave): what is due, what is kept of last year's, what is left. Arithmetic only."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from tenant_apps.office.words import Words

NOTHING = Decimal(0)
HALF = Decimal("0.5")


@dataclass(frozen=True)
class Tier:
    """So much a year from so many full years of service on."""

    years: int
    amount: Decimal


@dataclass(frozen=True)
class Rule:
    """What one account has anew each year, whether it may go below zero, and what of it is kept into the next year until which day."""

    tiers: tuple[Tier, ...] = ()
    part: bool = False
    """In the year of joining only the share of the days that are left of it, rounded down to half days."""
    below: bool = False
    keeps: Decimal = NOTHING
    until: tuple[int, int] | None = None
    """Month and day after which what was kept lapses; None: at the end of the year."""

    def due(self, hired: date | None, on: date) -> Decimal:
        """What a colleague has in the year of a day, by their full years of service on it."""
        served = 0 if hired is None else on.year - hired.year - ((on.month, on.day) < (hired.month, hired.day))
        whole = max((tier for tier in self.tiers if tier.years <= served), key=lambda tier: tier.years, default=Tier(0, NOTHING)).amount
        if not self.part or hired is None or hired.year != on.year:
            return whole
        share = whole * (date(on.year, 12, 31) - hired).days / (366 if isleap(on.year) else 365)
        return (share / HALF).quantize(Decimal(1), rounding=ROUND_FLOOR) * HALF


@dataclass(frozen=True)
class Account:
    """How the entries of a form write on accounts: which, of whom, how much, in the year of which day. Those of `book` are added to, its own taken from."""

    amount: str
    on: str
    kind: str = ""
    always: str = ""
    member: str = ""
    """The field that names whose account it is; empty: whoever fills the form in."""
    book: str = ""
    """The form whose accounts are added to; empty: this form's own, which are taken from."""
    rules: Mapping[str, Rule] | None = None

    @property
    def read(self) -> frozenset[str]:
        """The fields that choose the account."""
        return frozenset({self.kind, self.on, self.member} - {""})


@dataclass(frozen=True)
class Year:
    """What was written on an account in a year; `early` is what was asked for before last year's rest lapses."""

    given: Decimal = NOTHING
    taken: Decimal = NOTHING
    waiting: Decimal = NOTHING
    early: Decimal = NOTHING


@dataclass(frozen=True)
class Standing:
    """An account on a day."""

    year: int
    due: Decimal
    kept: Decimal
    given: Decimal
    taken: Decimal
    waiting: Decimal
    label: Words | str = ""

    @property
    def left(self) -> Decimal:
        return self.due + self.kept + self.given - self.taken - self.waiting


def standing(rule: Rule, hired: date | None, written: Mapping[int, Year], first: int, on: date) -> Standing:
    """The account on a day, counted from the first year on: what is left of each year goes into the next as far as it may."""
    kept = NOTHING
    for year in range(min(first, on.year), on.year + 1):
        day = on if year == on.year else date(year, 12, 31)
        here = written.get(year, Year())
        if rule.until is not None and (day.month, day.day) > rule.until:
            kept = min(kept, here.early)
        found = Standing(year, rule.due(hired, day), kept, here.given, here.taken, here.waiting)
        kept = min(max(found.left, NOTHING), rule.keeps)
    return found
