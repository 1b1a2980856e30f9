"""How much is looked for: the smallest change of several values at once, one budget of steps for an answer, tables that ask too much."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from kernel.access import SYSTEM
from kernel.refusals import Invalid
from tenant_apps.selection import engine, offering
from tenant_apps.selection.engine import answering, measuring, rooms
from tenant_apps.selection.models import RuleSet
from tests.bench.selection import table as bench
from tests.selection.test_engine import choice, rule, table

Json = dict[str, Any]
GRIPS = {"name": "grips", "kind": "multi", "required": False, "values": [{"code": code, "most": 9} for code in "ABCX"]}


def machine(source: Json) -> engine.Machine:
    return engine.Machine(engine.read(source))


def large(options: int, values: int, rules: int) -> Json:
    """Conditions over two choices and lists of allowed values, V0 everywhere keeping all of them."""
    chance = random.Random(7)
    made = [choice(f"O{at}", *(f"V{value}" for value in range(values)), default="V0") for at in range(options)]
    rows = []
    for at in range(rules):
        one, other, third = chance.sample(range(options), 3)
        allowed = ", ".join(sorted({"'V0'", *(f"'V{chance.randrange(values)}'" for _time in range(values // 2))}))
        when = f"O{one} = 'V{chance.randrange(1, values)}' and O{third} != 'V0'"
        rows.append(rule(f"R{at}", "requires", when=when, then=f"O{other} in ({allowed})"))
    return table(made, rows)


def clicked(options: int, values: int) -> Json:
    chance = random.Random(3)
    return {f"O{at}": f"V{chance.randrange(values)}" for at in range(options)}


# several values of one option -----------------------------------------------------------------------------------------
def test_two_values_of_several_are_added_at_once():
    """High needs A and B of the grips: the change is to add both, to what is there already."""
    needs = [rule("N", "requires", when="mode = 'high'", then="'A' in grips and 'B' in grips")]
    source = machine(table([choice("mode", "low", "high"), GRIPS], needs))
    off = engine.evaluate(source, {"mode": "low", "grips": {"C": 2}}).disabled["mode"]["high"]
    assert (off.rule.code, off.change, off.later) == ("N", {"grips": (("A", 1), ("B", 1), ("C", 2))}, False)
    assert engine.evaluate(source, {"mode": "high", "grips": {"A": 1, "B": 1, "C": 2}}).valid
    assert engine.repaired(source, {"mode": "high", "grips": {"C": 1}}) == {"mode": "low"}, "one choice is less than two"


def test_two_values_are_added_to_the_option_in_which_one_is_chosen():
    needs = [rule("N", "requires", when="'X' in grips", then="'A' in grips and 'B' in grips and not ('C' in grips)")]
    source = machine(table([GRIPS], needs))
    off = engine.evaluate(source, {"grips": {"C": 1}}).disabled["grips"]["X"]
    assert off.change == {"grips": (("A", 1), ("B", 1), ("X", 1))}
    asked = engine.evaluate(source, {"grips": {"A": 2}})
    assert asked.disabled["grips"]["X"].change == {"grips": (("A", 2), ("B", 1), ("X", 1))}, "what was chosen stays"


# steps ---------------------------------------------------------------------------------------------------------------
def test_one_answer_takes_no_more_steps_than_it_may_and_what_is_left_is_asked_for():
    source, choices = machine(large(30, 20, 150)), clicked(30, 20)
    found = engine.evaluate(source, choices)
    cold = {(name, code): off for name, values in found.disabled.items() for code, off in values.items()}
    later = {place for place, off in cold.items() if off.later}
    assert 0 < len(later) < len(cold)
    assert all(off.change is None and off.rule.code for off in cold.values() if off.later)
    again = engine.evaluate(source, choices)
    assert later == {(name, code) for name, values in again.disabled.items() for code, off in values.items() if off.later}, (
        "whatever is remembered"
    )
    (name, code), change = next((place, way) for place in sorted(later) if (way := engine.allowed(source, choices, *place)))
    after = engine.evaluate(source, {**choices, **change, name: code})
    assert {one.code for one in after.broken} <= {one.code for one in found.broken}
    assert cold[name, code].rule.code not in {one.code for one in after.broken}


def test_steps_are_counted_for_the_whole_answer(monkeypatch: pytest.MonkeyPatch):
    """An answer takes what it has, and one look more at most."""
    source, choices = machine(large(30, 20, 150)), clicked(30, 20)
    spare = rooms.Spare()
    monkeypatch.setattr(answering, "Spare", lambda: spare)
    engine.evaluate(source, choices)
    assert -max(source.weights.values()) - max(check.size for check in source.checks) <= spare.left <= 0


def test_a_rule_that_another_choice_settles_is_not_asked_for_each_value():
    """What is ruled out is the same as by looking at every value."""
    chance = random.Random(5)
    names = [choice("a", *"123", required=False), choice("b", *"123", required=False), choice("c", *"123", required=False), GRIPS]
    parts = ["a = 1", "b in ('2', '3')", "c != 3", "'A' in grips", "COUNT(grips) < 2", "a = b", "grips.B > 1"]
    rows = [
        rule(f"R{at}", chance.choice(("requires", "excludes")), when=chance.choice(parts), then=chance.choice(parts)) for at in range(40)
    ]
    quick, plain = machine(table(names, rows)), machine(table(names, rows))
    for check in plain.checks:
        check.sides = []
    for _time in range(40):
        raw: Json = {name: chance.choice([None, *"123"]) for name in "abc"}
        raw["grips"] = tuple((code, chance.randrange(1, 4)) for code in "ABC" if chance.random() < 0.4)
        for one, other in zip(quick.checks, plain.checks, strict=True):
            for name in one.needs:
                trial = {**raw, name: None if name != "grips" else raw[name]}
                assert one.rules_out(quick.table.options[name], trial) == other.rules_out(plain.table.options[name], trial), (
                    one.rule,
                    trial,
                )


# tables that ask too much ----------------------------------------------------------------------------------------------
def test_a_table_that_asks_too_much_is_told_at_its_longest_rule():
    assert engine.told_slow(machine(bench())) == []
    names = [choice(name, *(f"V{at}" for at in range(100))) for name in "abc"]
    rows = [rule(f"R{at}", "requires", then=" or ".join([f"{name} = 'V{at}'" for name in "abc"] * (at + 5))) for at in range(24)]
    source = table(names, rows)
    assert engine.told_slow(machine({**source, "rules": rows[:8]})) == []
    (told,) = engine.told_slow(machine(source))
    assert (told.code, told.path, "R23" in told.sentence) == ("too_slow", "rules.23", True)
    (problem,) = offering.analysed(source, lambda _done, _all: True)["problems"]
    assert (problem["path"], problem["code"]) == (told.path, "too_slow")
    with pytest.raises(Invalid) as refused:
        RuleSet(name="Large", table=source).prepare({}, SYSTEM, date(2026, 1, 1))
    assert [(one.path, one.code) for one in refused.value.errors] == [(f"table.{told.path}", "too_slow")]


def test_long_formulas_count_by_their_length():
    """A rule of 90 terms over 20 values is worth ninety of one term."""
    options = [choice(name, *(f"V{at}" for at in range(20))) for name in "ab"]
    (short,) = machine(table(options, [rule("S", "requires", then="a = 'V1' or b = 'V2'")])).checks
    (long,) = machine(table(options, [rule("L", "requires", then=" or ".join(["a = 'V1'", "b = 'V2'"] * 45))])).checks
    assert (measuring.asked(short), measuring.asked(long)) == (17 * 40, 281 * 40)
