"""What is wrong with a table as a whole: values that no configuration can hold, rules that contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product

from django.utils.translation import gettext as _

from tenant_apps.selection.engine import choosing
from tenant_apps.selection.engine.checking import Check
from tenant_apps.selection.engine.choosing import Raw, with_value
from tenant_apps.selection.engine.coding import code_of, parse
from tenant_apps.selection.engine.machine import Machine
from tenant_apps.selection.engine.rooms import USUAL, Slot, Spare, none_left
from tenant_apps.selection.engine.searching import Complete, Search, stays
from tenant_apps.selection.engine.table import BOUND, DEFAULT, EXCLUDES, MULTI, REQUIRES, SINGLE, Problem, Table

STEPS, PAIR_MOST, MOST_PLACES = 20_000, 4096, 100_000
GoOn = Callable[[int, int], bool]
"""Asked before each value is looked at, with how many have been and how many there are: whether there is time for it."""


@dataclass
class Report:
    """`impossible`: no configuration keeps all rules. `dead`: (option, value). `undecided`: the search was cut short there.
    `unseen`: how many values were not looked at. `unread`: (model code, option) where the code does not say what was chosen."""

    impossible: bool = False
    dead: list[tuple[str, str]] = field(default_factory=list)
    undecided: list[tuple[str, str]] = field(default_factory=list)
    unseen: int = 0
    contradictions: list[tuple[str, str]] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)


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
        report.impossible, report.unseen = not search.unsure, len(values) if search.unsure else 0
        return report
    held = [found]
    _live(found, alive)
    for at, (option, code) in enumerate(values):
        name = option.name
        if (name, code) in alive:
            continue
        if not go_on(at, len(values)):
            report.unseen = sum((one.name, its) not in alive for one, its in values[at:])
            break
        near = {**found, name: with_value(option, found[name], code)}
        changes = Search(machine).repair(near, stays(option, code), machine.broken(near))
        search = Complete(machine, steps)
        whole = search.around(empty, name, code) if changes is None else {**near, **changes}
        if whole is not None:
            held.append(whole)
            _live(whole, alive)
        else:
            (report.undecided if search.unsure else report.dead).append((name, code))
    report.unread = unread(machine, [*(_filled(machine, one) for one in held), *_free(machine, _filled(machine, found), search.checked)])
    return report


def _filled(machine: Machine, raw: Raw) -> Raw:
    """A configuration with something in every choice and number that is still open."""
    firsts: Raw = {
        name: one.grid.at(0) if one.numeric else next(iter(one.values), None)
        for name, one in machine.table.options.items()
        if one.kind != MULTI
    }
    return {name: firsts.get(name) if value is None else value for name, value in raw.items()}


def _free(machine: Machine, raw: Raw, checked: set[str]) -> Iterator[Raw]:
    """Each value of the choices about which there are no rules."""
    for option in machine.table.options.values():
        if option.finite and option.name not in checked:
            yield from ({**raw, option.name: with_value(option, raw[option.name], code)} for code in option.values)


def unread(machine: Machine, configurations: list[Raw]) -> list[tuple[str, str]]:
    """Model codes that are read back as something else: the first of each option."""
    found: dict[str, str] = {}
    for raw in configurations:
        _env, values, hidden = machine.settle(raw, machine.table.settled)
        code = code_of(machine.table, values)
        back, _problems = choosing.read(machine.table, parse(machine.table, code).choices)
        for name in {segment.option for segment in machine.table.segments} - hidden - found.keys():
            if (back[name] or None) != (values[name] or None):
                found[name] = code
    return [(found[name], name) for name in machine.table.options if name in found]


def impossible(table: Table) -> bool:
    """Whether no configuration keeps all rules; a search that gave up does not say so."""
    search = Complete(Machine(open_(table)), STEPS)
    return search.found(dict.fromkeys(table.options)) is None and not search.unsure


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
    options = {name: replace(one, default="") if one.finite or one.numeric else one for name, one in table.options.items()}
    return replace(table, options=options, rules=[rule for rule in table.rules if rule.kind != DEFAULT])


def _live(found: Raw, alive: set[tuple[str, str]]) -> None:
    for name, value in found.items():
        alive |= {(name, code) for code, _count in value} if isinstance(value, tuple) else {(name, str(value))}


def contradictions(machine: Machine) -> list[tuple[str, str]]:
    """Pairs of rules of which one can never be needed because the other stands against it; a rule with itself: it can never be kept."""
    kept: dict[Check, list[Raw]] = {}
    found, steps, spare = [], 0, Spare(MOST_PLACES * USUAL)
    for check in machine.checks:
        if check.rule.kind in (REQUIRES, EXCLUDES, BOUND) and check.rule.when is not None:
            if steps > MOST_PLACES:  # what was not looked at is not told: publishing still runs the test cases
                break
            places = list(_places(machine, check.needs))
            steps += len(places)
            met = [raw for raw in places if check.meets(raw)]
            kept[check] = [raw for raw in met if check.holds(raw) and _left(machine, [check], raw, spare)]
            if met and not kept[check]:
                found.append((check.rule.code, check.rule.code))
    pairs = set()
    for check, places in kept.items():
        near = {
            other for name in check.needs for other in machine.touching[name] if other is not check and (places and kept.get(other, True))
        }
        for other in near:
            free: Raw = dict.fromkeys(other.needs)
            if not any(other.holds({**free, **raw}) and _left(machine, [check, other], {**free, **raw}, spare) for raw in places):
                pairs.add(tuple(sorted((check.rule.code, other.rule.code))))
    return found + [(one, other) for one, other in sorted(pairs)]


def _left(machine: Machine, checks: list[Check], raw: Raw, spare: Spare) -> bool:
    """Whether rules may leave something of every number that they are all about."""
    shared = set.intersection(*({*check.needs} for check in checks))
    numbers = (one for one in machine.table.options.values() if one.numeric and one.name in shared)
    return not any(none_left(checks, Slot(one), raw, spare) for one in numbers)


def _places(machine: Machine, names: list[str]) -> Iterator[Raw]:
    """All combinations of a few options, numbers left open; none when there are too many to look at, or one has too many values to be sure."""
    count = 1
    for name in names:
        option = machine.table.options[name]
        if option.numeric:
            continue
        count *= len(machine.domains[name]) if option.finite and (option.kind == SINGLE or len(option.values) <= 8) else PAIR_MOST + 1
    if count > PAIR_MOST:
        return
    for values in product(*(machine.domains[name] or [None] for name in names)):
        yield dict(zip(names, values, strict=True))
