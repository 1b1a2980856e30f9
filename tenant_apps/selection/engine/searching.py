"""The smallest change of other choices after which a value is possible; a whole configuration that keeps all rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from tenant_apps.selection.engine import grid
from tenant_apps.selection.engine.checking import Check, Kept
from tenant_apps.selection.engine.choosing import Chosen, Raw
from tenant_apps.selection.engine.machine import Machine
from tenant_apps.selection.engine.rooms import USUAL, Slot, Spare, common, none_left, room, slots
from tenant_apps.selection.engine.table import MULTI, SINGLE, Option

DEEPEST, STEPS = 6, 3000
Held = Mapping[str, frozenset[str] | None]
"""Options that stay as they are; of several values those that stay, while others may come and go."""

NONE: frozenset[str] = frozenset()


def stays(option: Option, *codes: str) -> Held:
    """That a choice stays, or these of several values."""
    return {option.name: frozenset(codes) if option.kind == MULTI else None}


class Search:
    """Looks for repairs of a broken configuration, fewest changes first. Only options of a broken rule are worth changing."""

    def __init__(self, machine: Machine, spare: Spare | None = None) -> None:
        self.machine, self.spare, self.until = machine, spare or Spare(), 0

    @property
    def exhausted(self) -> bool:
        """Whether it gave up: what it did not find may exist."""
        return self.spare.left <= self.until

    def repair(self, raw: Raw, stay: Held, broken: Sequence[Kept], borne: Collection[Kept] = frozenset()) -> Raw | None:
        """The changes, by option, after which rules that are broken hold; None when there are none within reach. Rules `borne` may stay broken."""
        self.until = max(0, self.spare.left - self.spare.each)
        if not broken:
            return {}
        for depth in range(1, DEEPEST + 1):
            if self.exhausted:
                return None
            found = self._deeper(dict(raw), broken, stay, borne, depth)
            if found is not None:
                return found
        return None

    def _deeper(self, raw: Raw, broken: Sequence[Kept], stay: Held, borne: Collection[Kept], depth: int) -> Raw | None:
        """`raw` is changed in place and put back."""
        first, spare, until = broken[0], self.spare, self.until
        for name in first.needs:
            codes = stay.get(name, NONE)
            if codes is None:
                continue
            was, touching, weight = raw[name], self.machine.touching[name], self.machine.weights[name]
            for value in self._candidates(name, raw, first, borne, codes):
                spare.left -= first.size
                if spare.left <= until:
                    return None
                raw[name] = value
                if depth == 1 and not first.holds(raw):
                    raw[name] = was
                    continue
                spare.left -= weight
                rest = [check for check in broken if name not in check.needs or not check.holds(raw)]
                now = [check for check in touching if check not in borne and check not in rest and not check.holds(raw)]
                found: Raw | None = {} if not rest and not now else None
                if found is None and depth > 1:
                    found = self._deeper(raw, [*rest, *now], {**stay, **self._touched(name, was, value, codes)}, borne, depth - 1)
                raw[name] = was
                if found is not None:
                    return {name: value, **found}
        return None

    def _touched(self, name: str, was: Chosen, value: Chosen, codes: frozenset[str]) -> Held:
        """That a change stays while others are looked for; of several values another one may still come or go."""
        option = self.machine.table.options[name]
        if option.kind != MULTI:
            return {name: None}
        before, now = (dict(one) if isinstance(one, tuple) else {} for one in (was, value))
        return {name: codes.union(code for code in option.values if before.get(code) != now.get(code))}

    def _candidates(self, name: str, raw: Raw, kept: Kept, borne: Collection[Kept], staying: frozenset[str]) -> Iterator[Chosen]:
        """Other values with which a rule may be kept, those next to the present one first."""
        option, was = self.machine.table.options[name], raw[name]
        for slot in slots(option, was):
            if slot.code not in staying:
                yield from self._numbers(slot, raw, kept, borne)
        if option.kind == MULTI:
            chosen = dict(was) if isinstance(was, tuple) else {}
            for changed in _neighbours([code for code in option.values if code not in staying], chosen):
                yield tuple((one, changed[one]) for one in option.values if one in changed)
            return
        domain = [one for one in self.machine.domains[name] if one != was]
        if option.kind == SINGLE and was is not None:
            at = list(option.values).index(str(was))
            domain.sort(key=lambda one: abs(list(option.values).index(str(one)) - at))
        yield from domain

    def _numbers(self, slot: Slot, raw: Raw, kept: Kept, borne: Collection[Kept]) -> Iterator[Chosen]:
        """The numbers next to the present one that keep all rules beside it; then those that keep this one."""
        name = slot.option.name
        was, seen = raw[name], set()
        number = was if isinstance(was, Decimal) else Decimal(dict(was)[slot.code]) if isinstance(was, tuple) else slot.grid.least
        others = [check for check in self.machine.touching[name] if check not in borne]
        for checks in (others, [kept] if isinstance(kept, Check) else []):
            spans = common([room(check, slot, raw, self.spare) for check in checks], slot)
            for index in grid.nearest(spans, slot.grid.place(number)):
                if slot.put(was, index) != was and index not in seen:
                    seen.add(index)
                    yield slot.put(was, index)


def _neighbours(codes: list[str], kept: dict[str, int]) -> Iterator[dict[str, int]]:
    """One of the codes more, one less, one instead of another."""
    fewer = [{one: count for one, count in kept.items() if one != code} for code in kept if code in codes]
    others = [code for code in codes if code not in kept]
    yield from ({**kept, code: 1} for code in others)
    yield from fewer
    yield from ({**rest, code: 1} for rest in fewer for code in others)


class Complete:
    """Depth first over the open options, the one with the fewest possible values next; numbers last, when little else is open."""

    def __init__(self, machine: Machine, steps: int = STEPS) -> None:
        self.machine, self.steps, self.spare = machine, steps, Spare(steps * USUAL)
        self.checked = {name for check in machine.checks for name in check.needs}
        self.guessed = bool(machine.sampled & self.checked)

    @property
    def exhausted(self) -> bool:
        return self.steps <= 0

    @property
    def unsure(self) -> bool:
        """Whether there may be a configuration that it did not find."""
        return self.exhausted or self.guessed

    def found(self, raw: Raw) -> Raw | None:
        if not all(check.holds(raw) for check in self.machine.checks):
            return None
        options = self.machine.table.options
        open_ = {name for name in self.checked if raw[name] is None and (self.machine.domains[name] or options[name].numeric)}
        return self._next(dict(raw), open_)

    def around(self, raw: Raw, name: str, code: str) -> Raw | None:
        """A configuration in which an option has a value."""
        option = self.machine.table.options[name]
        if option.kind == SINGLE:
            return self.found({**raw, name: code})
        for value in self.machine.domains[name]:
            if isinstance(value, tuple) and code in dict(value) and not self.exhausted:
                found = self.found({**raw, name: value})
                if found is not None:
                    return found
        return None

    def _next(self, raw: Raw, open_: set[str]) -> Raw | None:
        if not open_:
            return dict(raw)
        finite = {name for name in open_ if self.machine.domains[name]}
        if not finite and any(self._impossible(raw, name, open_) for name in open_):
            return None
        fits: dict[str, list[Chosen]] = {}
        for name in finite or open_:
            fits[name] = self._fitting(raw, name) if finite else self._numbers(raw, name, open_)
            if not fits[name] or self.exhausted:
                return None
            if len(fits[name]) == 1:
                break
        name = min(fits, key=lambda one: len(fits[one]))
        for value in fits[name]:
            found = self._next({**raw, name: value}, open_ - {name})
            if found is not None or self.exhausted:
                return found
        return None

    def _fitting(self, raw: Raw, name: str) -> list[Chosen]:
        found = []
        for value in self.machine.domains[name]:
            self.steps -= 1
            raw[name] = value
            if all(check.holds(raw) for check in self.machine.touching[name]):
                found.append(value)
        raw[name] = None
        return found

    def _impossible(self, raw: Raw, name: str, open_: set[str]) -> bool:
        """Whether the rules about this number alone leave none of it."""
        slot = Slot(self.machine.table.options[name])
        alone = [check for check in self.machine.touching[name] if not open_ & {*check.needs} - {name}]
        return none_left(alone, slot, raw, self.spare)

    def _numbers(self, raw: Raw, name: str, open_: set[str]) -> list[Chosen]:
        """The ends of what is possible. Beside another open number, or where something may have been overlooked, others might do."""
        slot, touching = Slot(self.machine.table.options[name]), self.machine.touching[name]
        self.steps -= len(touching)
        rooms = [room(check, slot, raw, self.spare) for check in touching]
        if not all(one.sure for one in rooms) or any(open_ & {*check.needs} - {name} for check in touching):
            self.guessed = True
        return [slot.grid.at(index) for span in common(rooms, slot) for index in dict.fromkeys(span)]
