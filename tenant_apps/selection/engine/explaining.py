"""What is not possible beside the other choices: which rule says so, and the smallest change after which it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tenant_apps.selection.engine.checking import Check, Env, Kept
from tenant_apps.selection.engine.choosing import Chosen, Raw, with_value
from tenant_apps.selection.engine.machine import Machine
from tenant_apps.selection.engine.rooms import Spare
from tenant_apps.selection.engine.searching import Search, stays
from tenant_apps.selection.engine.table import SINGLE, Option, Rule


class Off(NamedTuple):
    """Why a value is not possible, and the smallest change that makes it so. `later`: there was no time to look for one; it is asked for."""

    rule: Rule
    change: Raw | None
    later: bool = False


Disabled = dict[str, dict[str, Off]]


def disabled(machine: Machine, raw: Raw, env: Env, hidden: set[str], broken: Sequence[Check], spare: Spare) -> Disabled:
    """For every value that cannot stand beside the other choices: the rule that forbids it and the smallest change that allows it."""
    found: Disabled = {}
    trial, search = dict(raw), Search(machine, spare)
    for option in machine.table.options.values():
        if option.name in hidden or not option.finite:
            continue
        for code, checks in blamed(machine, option, trial, env).items():
            trial[option.name] = with_value(option, raw[option.name], code)
            found.setdefault(option.name, {})[code] = off(search, trial, (option, code), checks, broken)
        trial[option.name] = raw[option.name]
    return found


def off(search: Search, trial: Raw, taken: tuple[Option, str], checks: Sequence[Kept], broken: Sequence[Check]) -> Off:
    """What is told of one value that stands in `trial` and breaks rules."""
    (option, code), machine = taken, search.machine
    borne = frozenset(check for check in broken if check not in checks)
    wrong: list[Kept] = [check for check in checks if isinstance(check, Fixed)]
    wrong += [check for check in machine.touching[option.name] if check not in borne and not check.holds(trial)]
    change = search.repair(trial, stays(option, code), wrong, borne)
    return Off(checks[0].rule, change, change is None and search.exhausted)


def blamed(machine: Machine, option: Option, trial: Raw, env: Env) -> Mapping[str, list[Kept]]:
    """By value the rules it would break; a rule that is broken whatever one chooses here is not this option's fault."""
    was = trial[option.name]
    trial[option.name] = None if option.kind == SINGLE else was
    found: dict[str, list[Kept]] = {}
    for check in machine.touching[option.name]:
        for code in check.rules_out(option, trial):
            found.setdefault(code, []).append(check)
    for rule in machine.setting(option, env)[:1] if option.kind == SINGLE else ():
        for code, value in option.values.items():
            if value.plain != env[option.name]:
                found.setdefault(code, []).insert(0, Fixed(machine, option, rule))
    trial[option.name] = was
    return {code: found[code] for code in option.values if code in found}


class Fixed:
    """That an option holds what was chosen, though a rule puts something there: kept once the rule does not apply."""

    def __init__(self, machine: Machine, option: Option, rule: Rule) -> None:
        self.machine, self.option, self.rule = machine, option, rule
        self.needs = sorted(machine.behind[option.name])
        self.size = sum(machine.sizes[name] for name in machine.order([option.name]))

    def holds(self, raw: Mapping[str, Chosen]) -> bool:
        env, _values, _hidden = self.machine.settle(raw, self.machine.order([self.option.name]))
        return not self.machine.setting(self.option, env)
