"""How long a table may take to answer, counted in steps: a part of a formula that is worked out is one."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tenant_apps.selection.engine.checking import Check
from tenant_apps.selection.engine.machine import Machine
from tenant_apps.selection.engine.table import Problem

MOST_ASKED = 1_000_000
"""Steps in which all values are held against all rules: 200 rules over three choices of six values take 50,000."""


def asked(check: Check) -> int:
    """Steps of a rule: one look for each value, only on one side where the other may settle it."""
    options = check.machine.table.options
    sides = [side.needs for side in check.sides]
    if len(sides) < 2 or sides[0] & sides[1]:
        sides = [frozenset(check.needs)]
    return check.size * max(sum(len(options[name].values) for name in needs) for needs in sides)


def told_slow(machine: Machine) -> list[Problem]:
    """That the rules of a table ask too much to answer in time, at the rule that asks most."""
    steps = {check.rule.code: asked(check) for check in machine.checks}
    whole = sum(steps.values())
    if whole <= MOST_ASKED:
        return []
    most = max(machine.checks, key=lambda check: steps[check.rule.code]).rule
    told = _(
        "The rules take %(total)s steps to look at, and %(most)s can be answered in time; rule %(rule)s alone takes %(its)s. "
        "Shorten long formulas, write conditions as “when … then …”, or split the table by series."
    )
    sentence = told % {"total": whole, "most": MOST_ASKED, "rule": most.code, "its": steps[most.code]}
    return [Problem(most.place, "too_slow", sentence)]
