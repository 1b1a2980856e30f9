"""What would have to change, looked for when somebody asks: longer than for an answer that follows each click."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tenant_apps.selection.engine import choosing, explaining
from tenant_apps.selection.engine.choosing import Raw, with_value
from tenant_apps.selection.engine.limiting import Limits
from tenant_apps.selection.engine.machine import Machine
from tenant_apps.selection.engine.rooms import SPARE, Spare
from tenant_apps.selection.engine.searching import Search

LONGER = 5


def _patient() -> Spare:
    return Spare(LONGER * SPARE, LONGER * SPARE)


def repaired(machine: Machine, choices: Mapping[str, Any]) -> Raw | None:
    """The smallest change after which choices break no rule; none when there is none within reach."""
    raw, _problems = choosing.read(machine.table, choices)
    return Search(machine, _patient()).repair(raw, {}, machine.broken(raw))


def allowed(machine: Machine, choices: Mapping[str, Any], name: str, code: str) -> Raw | None:
    """The smallest change of other choices that allows a value of an option, or the number that was typed (`grips.WG`: how many of one)."""
    raw, _problems = choosing.read(machine.table, choices)
    env, values, _hidden = machine.settle(raw, machine.table.settled)
    option, broken = machine.table.options[name.partition(".")[0]], machine.broken(raw)
    if not option.finite or name != option.name:
        limit = Limits(machine, raw, values, env, broken, _patient()).found([option], choices).get(name)
        return limit.wrong.change if limit is not None and limit.wrong is not None else {}
    checks = explaining.blamed(machine, option, raw, env).get(code)
    trial = {**raw, name: with_value(option, raw[name], code)}
    return explaining.off(Search(machine, _patient()), trial, (option, code), checks, broken).change if checks else {}
