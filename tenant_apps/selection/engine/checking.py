"""Whether choices keep a rule; each question is worked out once and remembered by the choices that it depends on."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import product
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.translation import gettext as _

from kernel.formulas import Formula
from kernel.refusals import Refused
from tenant_apps.selection.engine.choosing import Chosen, Raw, with_value
from tenant_apps.selection.engine.table import BOUND, COMBINATION, EXCLUDES, MULTI, REQUIRES, SETS, SINGLE, Option, Rule, size_of

if TYPE_CHECKING:
    from tenant_apps.selection.engine.machine import Machine
    from tenant_apps.selection.engine.rooms import Room

REMEMBERED, OPEN_MOST = 5_000, 256
Env = dict[str, Any]


def worked(rule: Rule, formula: Any, env: Env) -> Any:
    """A rule's formula over choices; refused with the rule's code."""
    try:
        return formula.value(env)
    except Refused as refused:
        raise Refused(refused.code, _("Rule %(rule)s: %(why)s") % {"rule": rule.code, "why": refused.sentence}, status=422) from refused


class Kept(Protocol):
    """What must be so: a rule, or that an option holds what was chosen."""

    rule: Rule
    needs: list[str]
    size: int

    def holds(self, raw: Mapping[str, Chosen]) -> bool: ...


class Side:
    """The condition of a rule, or what it asks for: where that settles the rule, nobody need look at the other side."""

    def __init__(self, machine: Machine, rule: Rule, formula: Formula, keeps: bool) -> None:
        self.machine, self.rule, self.formula, self.keeps = machine, rule, formula, keeps
        self.order = machine.order(_names(formula))
        self.needs = frozenset().union(*(machine.behind[name] for name in self.order))
        self.key = itemgetter(*sorted(self.needs)) if self.needs else lambda _raw: ()
        self.known: dict[Any, bool] = {}

    def settles(self, raw: Mapping[str, Chosen]) -> bool:
        """Whether the rule holds whatever is on its other side; not while something is open here."""
        key = self.key(raw)
        found = self.known.get(key)
        if found is None:
            if len(self.known) > REMEMBERED:
                self.known.clear()
            env, values, hidden = self.machine.settle(raw, self.order)
            open_ = any(values[name] is None and name not in hidden for name in self.order)
            found = self.known[key] = not open_ and bool(worked(self.rule, self.formula, env)) is self.keeps
        return found


class Check:
    """A rule that choices must not break. An option that is still open breaks nothing while some value of it would do."""

    def __init__(self, machine: Machine, rule: Rule) -> None:
        self.machine, self.rule = machine, rule
        own = rule.names() | ({rule.option} if rule.kind == SETS else set())
        self.reads = [name for name in machine.table.options if name in own]
        self.order = machine.order(self.reads)
        self.before = machine.order(_names(rule.when))
        self.needs = sorted(frozenset().union(*(machine.behind[name] for name in self.reads)))
        self.sides = [Side(machine, rule, rule.when, keeps=False)] if rule.when else []
        if rule.then and rule.kind in (REQUIRES, EXCLUDES):
            self.sides.append(Side(machine, rule, rule.then, keeps=rule.kind == REQUIRES))
        self.size = sum(machine.sizes[name] for name in self.order) + sum(size_of(one) for one in rule.formulas) + len(rule.rows)
        """Steps of one look at it: parts of the formulas that are worked out, as a table tells them."""
        self.key = itemgetter(*self.needs) if self.needs else lambda _raw: ()
        self.known: dict[Any, bool] = {}
        self.met: dict[Any, bool] = {}
        self.ruled_out: dict[Any, tuple[str, ...]] = {}
        self.rooms: dict[Any, Room] = {}

    def holds(self, raw: Mapping[str, Chosen]) -> bool:
        key = self.key(raw)
        found = self.known.get(key)
        if found is None:
            if len(self.known) > REMEMBERED:
                self.known.clear()
            found = self.known[key] = self.tested(raw)
        return found

    def rules_out(self, option: Option, raw: Raw) -> tuple[str, ...]:
        """Values of an option that it forbids beside the other choices; none when it is broken whatever is chosen there."""
        key = (option.name, self.key(raw))
        found = self.ruled_out.get(key)
        if found is None:
            if len(self.ruled_out) > REMEMBERED:
                self.ruled_out.clear()
            found = self.ruled_out[key] = self._ruled_out(option, raw)
        return found

    def _ruled_out(self, option: Option, raw: Raw) -> tuple[str, ...]:
        if any(option.name not in side.needs and side.settles(raw) for side in self.sides):
            return ()
        was = raw[option.name]
        chosen = dict(was) if isinstance(was, tuple) else {}
        others = [code for code in option.values if code not in chosen]
        bad = {code for code in others if not self.holds({**raw, option.name: with_value(option, was, code)})}
        if option.kind == SINGLE:
            bad = bad if len(bad) < len(others) else set()
        elif not self.holds(raw):  # which of the chosen ones is it that breaks the rule?
            bad = {code for code in chosen if self.holds({**raw, option.name: without(was, code)})}
        return tuple(code for code in option.values if code in bad)

    def meets(self, raw: Mapping[str, Chosen]) -> bool:
        """Whether its condition is true."""
        key = self.key(raw)
        if key not in self.met:
            env, _values, _hidden = self.machine.settle(raw, self.before)
            self.met[key] = self.rule.when is None or bool(worked(self.rule, self.rule.when, env))
        return self.met[key]

    def open_in(self, raw: Mapping[str, Chosen], values: Raw, hidden: set[str]) -> list[str]:
        """The options it reads in which nothing is chosen yet."""
        options = self.machine.table.options
        unset = [name for name in self.reads if values[name] is None and name not in hidden and raw.get(name) is None]
        return [name for name in unset if options[name].finite or options[name].numeric]

    def tested(self, raw: Mapping[str, Chosen]) -> bool:
        """Worked out without being remembered."""
        env, values, hidden = self.machine.settle(raw, self.order)
        open_ = self.open_in(raw, values, hidden)
        if not open_:
            return self._test(env, values)
        if any(self.machine.table.options[name].numeric or name in self.machine.sampled for name in open_):
            return True
        count = 1
        for name in open_:
            count *= max(1, len(self.machine.domains[name]))
        if count > OPEN_MOST:
            return True
        for chosen in product(*(self.machine.domains[name] for name in open_)):
            env, values, _hidden = self.machine.settle({**raw, **dict(zip(open_, chosen, strict=True))}, self.order)
            if self._test(env, values):
                return True
        return False

    def _test(self, env: Env, values: Raw) -> bool:
        rule = self.rule
        if rule.when is not None and not worked(rule, rule.when, env):
            return True
        if rule.kind == EXCLUDES:
            return not worked(rule, rule.then, env)
        if rule.kind == COMBINATION:
            told = [str(values[name]) for name in rule.options]
            return any(all(cell in ("*", one) for cell, one in zip(row, told, strict=True)) for row in rule.rows)
        if rule.kind == BOUND:
            return self._within(env)
        if rule.kind == SETS:
            return self._fits(env, values)
        return bool(worked(rule, rule.then, env))

    def _within(self, env: Env) -> bool:
        value = env[self.rule.option]
        if not isinstance(value, Decimal):
            return True
        least = worked(self.rule, self.rule.least, env) if self.rule.least else None
        most = worked(self.rule, self.rule.most, env) if self.rule.most else None
        return (least is None or value >= least) and (most is None or value <= most)

    def _fits(self, env: Env, values: Raw) -> bool:
        """Whether an option holds what the rule puts there: it does not when that is out of bounds, or another rule puts something else there."""
        rule, held = self.rule, values[self.rule.option]
        given = worked(rule, rule.then, env) if rule.then is not None else Decimal(1)
        if given is None:
            return True
        if self.machine.table.options[rule.option].kind == MULTI:
            return dict(held).get(rule.value, 0) == given if isinstance(held, tuple) else not given
        return held == given if isinstance(held, Decimal) else str(held) == (rule.value or text(given))


def _names(formula: Formula | None) -> set[str]:
    """The options that a formula reads."""
    return {name.partition(".")[0] for name in formula.names} if formula else set()


def text(value: Any) -> str:
    """A value of a formula as the code of a choice."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def without(chosen: Any, code: str) -> tuple[tuple[str, int], ...]:
    """Several choices but one."""
    return tuple((one, count) for one, count in chosen if one != code)
