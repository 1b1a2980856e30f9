"""The numbers that a rule leaves beside the other choices. What its formulas do not give away is looked for by trying."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, reduce
from math import floor

from tenant_apps.selection.engine.checking import OPEN_MOST, Check, Env
from tenant_apps.selection.engine.choosing import Chosen, Raw
from tenant_apps.selection.engine.grid import Grid, Spans, both, tried
from tenant_apps.selection.engine.machine import Machine
from tenant_apps.selection.engine.table import BOUND, COMBINATION, DERIVED, SETS, Option, Rule
from tenant_apps.selection.engine.turning import FLAT, Shape, Turns

REMEMBERED, LOOKS = 500, 300
SPARE, EACH, USUAL = 300_000, 90_000, 40
"""Steps of an answer, and of one search in it: a part of a formula that is worked out is one; so many are a look at a rule of usual length."""
FEW, SAMPLES, MOST_TURNS = 128, 24, 40
ONE = Decimal(1)


@dataclass
class Spare:
    """How many steps one answer may still take. They are counted whether a look is remembered or not: the same choices have the same answer."""

    left: int = SPARE
    each: int = EACH
    """How many of them one search may take."""


@dataclass(frozen=True)
class Slot:
    """A number that can be entered: that of an option, or how many of one of several values."""

    option: Option
    code: str = ""

    @property
    def name(self) -> str:
        return f"{self.option.name}.{self.code}" if self.code else self.option.name

    @cached_property
    def grid(self) -> Grid:
        return Grid(ONE, ONE, self.option.values[self.code].most - 1) if self.code else self.option.grid

    def put(self, chosen: Chosen, index: int) -> Chosen:
        number = self.grid.at(index)
        if not self.code:
            return number
        kept = dict(chosen) if isinstance(chosen, tuple) else {}
        kept[self.code] = int(number)
        return tuple((one, kept[one]) for one in self.option.values if one in kept)


def slots(option: Option, chosen: Chosen) -> list[Slot]:
    """The numbers of an option; of several values those that are chosen and may be chosen more than once."""
    if option.numeric:
        return [Slot(option)]
    return [Slot(option, code) for code, _count in chosen if option.values[code].most > 1] if isinstance(chosen, tuple) else []


@dataclass(frozen=True)
class Room:
    """What is possible; `sure` when nothing can have been overlooked."""

    spans: Spans
    sure: bool


def room(check: Check, slot: Slot, raw: Raw, spare: Spare) -> Room:
    """What a rule leaves of a number; the whole grid when there is no time left to look."""
    key = (slot.name, check.key({**raw, slot.option.name: slot.put(raw[slot.option.name], 0)}))
    found = check.rooms.get(key)
    if found is None:
        if spare.left <= 0:
            return Room(slot.grid.whole, sure=False)
        if len(check.rooms) > REMEMBERED:
            check.rooms.clear()
        found = check.rooms[key] = _Look(check, slot, raw, spare).room()
    return found


def common(rooms: list[Room], slot: Slot) -> Spans:
    return reduce(both, (one.spans for one in rooms), slot.grid.whole)


def none_left(checks: Iterable[Check], slot: Slot, raw: Raw, spare: Spare) -> bool:
    """Whether rules together surely leave no number."""
    rooms = [room(check, slot, raw, spare) for check in checks]
    return all(one.sure for one in rooms) and not common(rooms, slot)


class _Look:
    """One look at what a rule leaves."""

    def __init__(self, check: Check, slot: Slot, raw: Raw, spare: Spare) -> None:
        self.check, self.slot, self.raw, self.spare = check, slot, raw, spare
        self.last, self.left, self.each = slot.grid.last, LOOKS, 1

    def room(self) -> Room:
        trial = {**self.raw, self.slot.option.name: self.slot.put(self.raw[self.slot.option.name], 0)}
        env, values, hidden = self.check.machine.settle(trial, self.check.order)
        machine, open_ = self.check.machine, self.check.open_in(trial, values, hidden)
        count = 1
        for name in open_:
            count *= OPEN_MOST + 1 if machine.table.options[name].numeric else len(machine.domains[name])
        if count > OPEN_MOST:
            return Room(self.slot.grid.whole, sure=False)
        self.left, self.each = self.left // count, count
        places, sure = turns(machine, self.check.order, self.slot, env, lambda found: _rule(self.check.rule, found))
        sure = sure and not open_
        every = not sure and self.last < min(FEW, self.left)
        found = tried(range(self.last + 1) if every else points(self.slot.grid, places, sure=sure), self._holds)
        enough = self.left >= 0
        return Room(found if enough else self.slot.grid.whole, sure=(sure or every) and enough)

    def _holds(self, index: int) -> bool:
        self.left -= 1
        self.spare.left -= self.each * self.check.size
        if self.left < 0:
            return True
        name = self.slot.option.name
        return self.check.tested({**self.raw, name: self.slot.put(self.raw[name], index)})


def points(grid: Grid, places: Iterable[int], *, sure: bool) -> list[int]:
    """The steps that are worth trying: the ends, those around which something may turn, and some between when that is not known."""
    found = {0, grid.last, *(near for place in places for near in (place - 1, place, place + 1))}
    if not sure:
        found |= {grid.last * at // SAMPLES for at in range(SAMPLES)}
    return sorted(one for one in found if 0 <= one <= grid.last)


def turns(machine: Machine, order: Sequence[str], slot: Slot, env: Env, ask: Callable[[Turns], Shape]) -> tuple[list[int], bool]:
    """The steps at which something may turn that is asked about options in their order, and whether these are all."""
    found = Turns(env, {slot.name: (Fraction(1), Fraction(0))})
    for name in order:
        if name != slot.option.name:
            _follows(machine, name, found)
    known = ask(found) == FLAT
    places = sorted({floor(slot.grid.place(value)) for value in found.found})
    return places[:MOST_TURNS], known and len(places) <= MOST_TURNS


def _follows(machine: Machine, name: str, found: Turns) -> None:
    """Notes how an option moves that follows from others."""
    option = machine.table.options[name]
    if option.kind == DERIVED and option.formula is not None and option.formula.names & found.moving.keys():
        found.moving[name] = found.shape(option.formula)
    rules = [rule for rule in machine.providers[name] if any(one.names & found.moving.keys() for one in rule.formulas)]
    if not rules:
        return
    known = all(found.truth(rule.when) == FLAT and (rule.then is None or not rule.then.names & found.moving.keys()) for rule in rules)
    for moving in (name, *(f"{name}.{code}" for code in option.values)):
        found.moving[moving] = FLAT if known else None


def _rule(rule: Rule, found: Turns) -> Shape:
    truth = found.truth(rule.when)
    if rule.kind == BOUND:
        held = found.held(rule.option)
        told = [found.crossing(held, found.shape(one)) for one in (rule.least, rule.most) if one is not None]
        return FLAT if truth == FLAT and all(one == FLAT for one in told) else None
    if rule.kind == COMBINATION:
        return FLAT if all(found.moving.get(name, FLAT) == FLAT for name in rule.options) else None
    if rule.kind == SETS:
        return truth if found.held(rule.option) == FLAT and rule.then is None else None
    kept = found.truth(rule.then)
    return FLAT if truth == kept == FLAT else None
