"""The smallest change of other choices after which a value is possible; a whole configuration that keeps all rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tenant_apps.selection.engine.choosing import Chosen, Raw
from tenant_apps.selection.engine.machine import Check, Machine
from tenant_apps.selection.engine.table import MULTI, SINGLE

DEEPEST, STEPS = 6, 3000


class Search:
    """Looks for repairs of a broken configuration, fewest changes first. Only options of a broken rule are worth changing."""

    def __init__(self, machine: Machine, steps: int = STEPS) -> None:
        self.machine, self.most, self.steps = machine, steps, steps

    @property
    def exhausted(self) -> bool:
        """Whether it gave up: what it did not find may exist."""
        return self.steps <= 0

    def repair(self, raw: Raw, fixed: Collection[str], broken: list[Check], borne: frozenset[Check] = frozenset()) -> Raw | None:
        """The changes, by option, after which rules that are broken hold; None when there are none within reach. Rules `borne` may stay broken."""
        self.steps = self.most
        if not broken:
            return {}
        for depth in range(1, DEEPEST + 1):
            found = self._deeper(dict(raw), broken, set(fixed), borne, depth)
            if found is not None or self.exhausted:
                return found
        return None

    def _deeper(self, raw: Raw, broken: list[Check], fixed: set[str], borne: frozenset[Check], depth: int) -> Raw | None:
        """`raw` is changed in place and put back."""
        for name in broken[0].needs:
            if name in fixed:
                continue
            was = raw[name]
            touching = self.machine.touching[name]
            for value in self._candidates(name, was):
                self.steps -= 1
                if self.exhausted:
                    return None
                raw[name] = value
                if depth == 1 and not broken[0].holds(raw):
                    raw[name] = was
                    continue
                rest = [check for check in broken if name not in check.needs or not check.holds(raw)]
                now = [check for check in touching if check not in borne and check not in rest and not check.holds(raw)]
                found: Raw | None = {} if not rest and not now else None
                if found is None and depth > 1:
                    found = self._deeper(raw, [*rest, *now], fixed | {name}, borne, depth - 1)
                raw[name] = was
                if found is not None:
                    return {name: value, **found}
        return None

    def _candidates(self, name: str, was: Chosen) -> Iterator[Chosen]:
        """Other values, those next to the present one first."""
        option = self.machine.table.options[name]
        if option.kind == MULTI:
            kept = dict(was) if isinstance(was, tuple) else {}
            for changed in _neighbours(list(option.values), kept):
                yield tuple((one, changed[one]) for one in option.values if one in changed)
            return
        domain = [one for one in self.machine.domains[name] if one != was]
        if option.kind == SINGLE and was is not None:
            at = list(option.values).index(str(was))
            domain.sort(key=lambda one: abs(list(option.values).index(str(one)) - at))
        yield from domain


def _neighbours(codes: list[str], kept: dict[str, int]) -> Iterator[dict[str, int]]:
    """One code more, one less, one instead of another."""
    fewer = [{one: count for one, count in kept.items() if one != code} for code in kept]
    others = [code for code in codes if code not in kept]
    yield from ({**kept, code: 1} for code in others)
    yield from fewer
    yield from ({**rest, code: 1} for rest in fewer for code in others)


class Complete:
    """Depth first over the open options, the one with the fewest possible values next."""

    def __init__(self, machine: Machine, steps: int = STEPS) -> None:
        self.machine, self.steps = machine, steps
        self.checked = {name for check in machine.checks for name in check.needs}

    @property
    def exhausted(self) -> bool:
        return self.steps <= 0

    def found(self, raw: Raw) -> Raw | None:
        if not all(check.holds(raw) for check in self.machine.checks):
            return None
        open_ = {name for name in self.checked if raw[name] is None and self.machine.domains[name]}
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
        fits: dict[str, list[Chosen]] = {}
        for name in open_:
            fits[name] = self._fitting(raw, name)
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
