"""What is wrong with a table as a whole: values that no configuration can hold, rules that contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product

from django.utils.translation import gettext as _

from tenant_apps.selection.engine.choosing import Raw, with_value
from tenant_apps.selection.engine.machine import Check, Machine
from tenant_apps.selection.engine.searching import Complete, Search
from tenant_apps.selection.engine.table import DEFAULT, EXCLUDES, MULTI, REQUIRES, SINGLE, Problem, Table

STEPS, PAIR_MOST, MOST_PLACES = 20_000, 4096, 100_000
GoOn = Callable[[int, int], bool]
"""Asked before each value is looked at, with how many have been and how many there are: whether there is time for it."""


@dataclass
class Report:
    """`impossible`: no configuration keeps all rules. `dead`: (option, value). `undecided`: the search was cut short there.
    `unseen`: how many values were not looked at."""

    impossible: bool = False
    dead: list[tuple[str, str]] = field(default_factory=list)
    undecided: list[tuple[str, str]] = field(default_factory=list)
    unseen: int = 0
    contradictions: list[tuple[str, str]] = field(default_factory=list)


def analysed(table: Table, go_on: GoOn = lambda _done, _all: True, steps: int = STEPS) -> Report:
    """Looks for a configuration around every value, each in so many steps; one that is found speaks for all the values in it."""
    machine = Machine(open_(table))
    report = Report(contradictions=contradictions(machine))
    alive: set[tuple[str, str]] = set()
    empty: Raw = dict.fromkeys(table.options)
    search = Complete(machine, steps)
    found = search.found(empty)
    values = [(option, code) for name, option in machine.table.options.items() if name in search.checked for code in option.values]
    if found is None:
        report.impossible, report.unseen = not search.exhausted, len(values) if search.exhausted else 0
        return report
    _live(found, alive)
    for at, (option, code) in enumerate(values):
        name = option.name
        if (name, code) in alive:
            continue
        if not go_on(at, len(values)):
            report.unseen = sum((one.name, its) not in alive for one, its in values[at:])
            break
        near = {**found, name: with_value(option, found[name], code)}
        changes = Search(machine).repair(near, {name}, machine.broken(near))
        search = Complete(machine, steps)
        whole = search.around(empty, name, code) if changes is None else {**near, **changes}
        if whole is not None:
            _live(whole, alive)
        else:
            (report.undecided if search.exhausted else report.dead).append((name, code))
    return report


def impossible(table: Table) -> bool:
    """Whether no configuration keeps all rules; a search that gave up does not say so."""
    search = Complete(Machine(open_(table)), STEPS)
    return search.found(dict.fromkeys(table.options)) is None and not search.exhausted


def told_contradictions(table: Table) -> list[Problem]:
    """Rules that stand against each other, each at its place."""
    places = {rule.code: rule.place for rule in table.rules}
    found = []
    for one, other in contradictions(Machine(open_(table))):
        if one == other:
            sentence = _("Rule %(rule)s can never be kept where it applies. Change its condition, or what it asks for.") % {"rule": one}
        else:
            told = _("Rules %(rule)s and %(other)s contradict each other. Change the condition of one of them, or what it asks for.")
            sentence = told % {"rule": one, "other": other}
        found.append(Problem(places[one], "contradiction", sentence))
    return found


def open_(table: Table) -> Table:
    """The table without usual values, so that whatever was not chosen is free."""
    options = {name: replace(one, default="") if one.kind in (SINGLE, MULTI) else one for name, one in table.options.items()}
    return replace(table, options=options, rules=[rule for rule in table.rules if rule.kind != DEFAULT])


def _live(found: Raw, alive: set[tuple[str, str]]) -> None:
    for name, value in found.items():
        alive |= {(name, code) for code, _count in value} if isinstance(value, tuple) else {(name, str(value))}


def contradictions(machine: Machine) -> list[tuple[str, str]]:
    """Pairs of rules of which one can never be needed because the other stands against it; a rule with itself: it can never be kept."""
    kept: dict[Check, list[Raw]] = {}
    found, steps = [], 0
    for check in machine.checks:
        if check.rule.kind in (REQUIRES, EXCLUDES) and check.rule.when is not None:
            if steps > MOST_PLACES:  # what was not looked at is not told: publishing still runs the test cases
                break
            places = list(_places(machine, check.needs))
            steps += len(places)
            met = [raw for raw in places if check.meets(raw)]
            kept[check] = [raw for raw in met if check.holds(raw)]
            if met and not kept[check]:
                found.append((check.rule.code, check.rule.code))
    pairs = set()
    for check, places in kept.items():
        near = {
            other for name in check.needs for other in machine.touching[name] if other is not check and (places and kept.get(other, True))
        }
        for other in near:
            free: Raw = dict.fromkeys(other.needs)
            if not any(other.holds({**free, **raw}) for raw in places):
                pairs.add(tuple(sorted((check.rule.code, other.rule.code))))
    return found + [(one, other) for one, other in sorted(pairs)]


def _places(machine: Machine, names: list[str]) -> Iterator[Raw]:
    """All combinations of a few options; none when there are too many to look at, or one has too many values to be sure."""
    count = 1
    for name in names:
        option = machine.table.options[name]
        count *= len(machine.domains[name]) if option.finite and (option.kind == SINGLE or len(option.values) <= 8) else PAIR_MOST + 1
    if count > PAIR_MOST:
        return
    for values in product(*(machine.domains[name] for name in names)):
        yield dict(zip(names, values, strict=True))
