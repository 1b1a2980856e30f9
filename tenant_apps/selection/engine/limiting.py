"""What a number may be beside the other choices, by which rules; and where it cannot be what was typed, the way out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tenant_apps.selection.engine import choosing, grid
from tenant_apps.selection.engine.checking import Check, Env, Kept
from tenant_apps.selection.engine.choosing import Raw
from tenant_apps.selection.engine.explaining import Fixed
from tenant_apps.selection.engine.machine import Machine
from tenant_apps.selection.engine.rooms import Slot, Spare, common, room, slots
from tenant_apps.selection.engine.searching import Search, stays
from tenant_apps.selection.engine.table import Option, Rule

MOST_RANGES = 6


@dataclass
class Wrong:
    """A number that cannot be: the rule against it (none: the bounds of the option itself), the allowed numbers next to it, the nearer
    one first, and the smallest change of other choices that allows it."""

    number: Decimal
    rule: Rule | None
    nearest: list[Decimal]
    change: Raw | None
    later: bool = False
    """There was no time to look for the change; it is asked for."""


@dataclass
class Limit:
    """The ranges in which a number may lie, and the rules that narrow them."""

    ranges: list[tuple[Decimal, Decimal]] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    wrong: Wrong | None = None


class Limits:
    """Looks at every number of a configuration."""

    def __init__(self, machine: Machine, raw: Raw, values: Raw, env: Env, broken: Sequence[Check], spare: Spare) -> None:
        self.machine, self.raw, self.values, self.env, self.broken, self.spare = machine, raw, values, env, broken, spare

    def found(self, options: Iterable[Option], choices: Mapping[str, Any]) -> dict[str, Limit]:
        return {slot.name: self._limit(slot, choices) for one in options for slot in slots(one, self.raw[one.name])}

    def _limit(self, slot: Slot, choices: Mapping[str, Any]) -> Limit:
        name = slot.option.name
        trial = {**self.raw, name: self.raw[name] if slot.code else slot.grid.at(0)}
        rooms = [(check, room(check, slot, trial, self.spare)) for check in self.machine.touching[name]]
        # a rule that is broken whatever one enters here is not this number's fault
        narrow = [(check, one) for check, one in rooms if one.spans and one.spans != slot.grid.whole]
        spans = common([one for _check, one in narrow], slot)
        setting = self.machine.setting(slot.option, self.env)[:1] if not slot.code else []
        fixed = slot.grid.index(self._held(slot) or slot.grid.least) if setting else None
        spans = spans if fixed is None else ((fixed, fixed),)
        number = self._typed(slot, choices)
        index = None if number is None else slot.grid.index(number)
        against: list[Kept] = [Fixed(self.machine, slot.option, rule) for rule in setting if index != fixed]
        against += [check for check, one in narrow if index is not None and not grid.within(one.spans, index)]
        ranges = [(slot.grid.at(low), slot.grid.at(high)) for low, high in spans[:MOST_RANGES]]
        told = Limit(ranges, [*setting, *(check.rule for check, _one in narrow)])
        if number is not None and (index is None or against):
            nearest = [slot.grid.at(one) for one in grid.nearest(spans, slot.grid.place(number))]
            change, later = self._change(slot, index, against) if index is not None else (None, False)
            told.wrong = Wrong(number, None if index is None else against[0].rule, nearest, change, later)
        return told

    def _held(self, slot: Slot) -> Decimal | None:
        held = self.values[slot.option.name]
        return held if isinstance(held, Decimal) else Decimal(dict(held)[slot.code]) if isinstance(held, tuple) and slot.code else None

    def _typed(self, slot: Slot, choices: Mapping[str, Any]) -> Decimal | None:
        """The number that was typed, though it may be none of those that can be; else the one that holds."""
        told = choices.get(slot.option.name)
        if slot.code or told in (None, ""):
            return self._held(slot)
        try:
            return choosing.figure(told)
        except ValueError:
            return None

    def _change(self, slot: Slot, index: int, against: list[Kept]) -> tuple[Raw | None, bool]:
        name, search = slot.option.name, Search(self.machine, self.spare)
        trial = {**self.raw, name: slot.put(self.raw[name], index)}
        borne = frozenset(check for check in self.broken if check not in against)
        change = search.repair(trial, stays(slot.option, slot.code), against, borne)
        return change, change is None and search.exhausted
