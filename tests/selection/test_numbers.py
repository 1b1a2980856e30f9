"""Numbers that can be entered: what they may be, which rule says so, the next number that is allowed, and what else would have to change."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest

from tenant_apps.selection import engine
from tenant_apps.selection.engine import checking, limiting, rooms
from tests.selection.test_engine import broken, choice, problems, rule, table

Json = dict[str, Any]
D = Decimal


def number(name: str, least: Any, most: Any, step: Any = "1", **more: Any) -> Json:
    return {"name": name, "kind": "number", "least": least, "most": most, "step": step, "required": False, **more}


def ask(source: Json, **choices: Any) -> engine.Answer:
    return engine.evaluate(engine.Machine(engine.read(source)), choices)


def ranges(found: engine.Answer, name: str) -> list[tuple[str, str]]:
    return [(f"{low:f}", f"{high:f}") for low, high in found.limits[name].ranges]


STROKE = table(
    [choice("frame", "S", "D", "F"), number("stroke", "100", "1500", "0.5")],
    [
        rule("B1", "bound", option="stroke", when="frame = 'S'", most="400.25"),
        rule("B2", "bound", option="stroke", when="frame = 'F'", least="600"),
    ],
)


def test_a_number_out_of_bounds_names_its_rule_the_next_number_and_the_change_that_allows_it():
    found = ask(STROKE, frame="S", stroke="800")
    assert (broken(found), ranges(found, "stroke")) == (["B1"], [("100", "400")])
    wrong = found.limits["stroke"].wrong
    assert wrong is not None
    assert wrong.rule is not None
    assert (wrong.rule.code, wrong.nearest, wrong.change) == ("B1", [D("400")], {"frame": "D"})
    assert ask(STROKE, frame="D", stroke="800").valid
    assert ranges(ask(STROKE, frame="F", stroke="700"), "stroke") == [("600", "1500")]
    assert ranges(ask(STROKE, stroke="700"), "stroke") == [("100", "1500")]  # what is open forbids nothing


def test_what_no_change_allows_says_the_bounds_and_the_next_numbers():
    for typed, nearest in (("1e300", ["400"]), ("-5", ["100"]), ("250.3", ["250.5", "250"]), ("1e-99999", ["100"])):
        found = ask(STROKE, frame="S", stroke=typed)
        wrong = found.limits["stroke"].wrong
        assert wrong is not None
        assert (wrong.rule, wrong.change, [f"{one:f}" for one in wrong.nearest]) == (None, None, nearest)
        assert [one.path for one in found.problems] == ["stroke"]
        assert not found.missing  # it was typed, though it cannot be


def test_a_value_that_a_number_forbids_moves_the_number_no_further_than_needed():
    found = ask(STROKE, frame="D", stroke="800")
    assert found.disabled["frame"]["S"][1] == {"stroke": D("400")}
    found = ask(STROKE, frame="D", stroke="500")
    assert {code: off.change for code, off in found.disabled["frame"].items()} == {
        "S": {"stroke": D("400")},
        "F": {"stroke": D("600")},
    }


def test_holes_equalities_and_formulas_between_numbers():
    source = table(
        [choice("a", "1", "2"), number("n", "0", "1000000000", "0.001"), number("m", "-50", "50")],
        [
            rule("H", "excludes", when="n > 500000 and n < 500000.003", then="a = 1"),
            rule("S", "requires", when="a = 2", then="n + 2 * m <= 100"),
        ],
    )  # fmt: skip
    assert ranges(ask(source, a="1", n="7"), "n") == [("0", "500000"), ("500000.003", "1000000000")]
    found = ask(source, a="2", n="101", m="10")
    assert (ranges(found, "n"), ranges(found, "m")) == ([("0", "80")], [("-50", "-1")])
    wrong = found.limits["m"].wrong
    assert wrong is not None
    assert (wrong.nearest, wrong.change) == ([D(-1)], {"a": "1"})


def test_what_formulas_do_not_give_away_is_found_by_trying():
    source = table(
        [number("n", "0", "100000"), {"name": "d", "kind": "derived", "formula": "ROUND(n / 3, 0) * n"}],
        [rule("Q", "requires", then="d <= 1000000")],
    )
    most = max(at for at in range(100_001) if (D(at) / 3).quantize(D(1), "ROUND_HALF_UP") * at <= 1_000_000)
    assert ranges(ask(source, n="5"), "n") == [("0", str(most))]


def test_how_many_of_one_value():
    several = {"name": "grips", "kind": "multi", "values": [{"code": "WG", "most": 9}, {"code": "CP", "most": 1}]}
    source = table(
        [several, choice("a", "1", "2")],
        [rule("N", "requires", when="a = 1", then="grips.WG <= 2"), rule("Z", "requires", then="grips.WG < 8")],
    )
    found = ask(source, a="1", grips={"WG": 5, "CP": 1})
    wrong = found.limits["grips.WG"].wrong
    assert wrong is not None
    assert (ranges(found, "grips.WG"), wrong.nearest, wrong.change) == ([("1", "2")], [D(2)], {"a": "2"})
    assert "grips.CP" not in found.limits
    assert found.disabled["grips"]["WG"][0].code == "N"  # a chosen value that breaks a rule says so
    assert ask(source, a="2", grips={"WG": 5}).disabled["a"]["1"][1] == {"grips": (("WG", 2),)}


def test_what_a_rule_puts_there_names_the_rule():
    source = table(
        [choice("coolant", "0", "70"), choice("filter", "none", "yes", default="none"), number("n", "0", "10"), number("k", "0", "9")],
        [
            rule("P", "quantity", option="filter", value="yes", when="coolant = 70"),
            rule("Q", "quantity", option="n", then="k * 2", when="coolant = 70"),
        ],
    )  # fmt: skip
    found = ask(source, coolant="70", filter="none", n="3", k="4")
    assert (found.values["filter"], found.values["n"], found.valid) == ("yes", D(8), True)
    assert found.disabled["filter"]["none"][0].code == "P"
    assert found.disabled["filter"]["none"][1] == {"coolant": "0"}
    wrong = found.limits["n"].wrong
    assert wrong is not None
    assert (ranges(found, "n"), wrong.nearest, wrong.change) == ([("8", "8")], [D(8)], {"coolant": "0"})
    found = ask(source, coolant="70", k="7")  # 14 of at most 10: not cut off in silence
    assert broken(found) == ["Q"]
    assert (ranges(found, "k"), found.disabled["coolant"]["70"][0].code) == ([("0", "5")], "Q")


def test_two_rules_that_put_different_values_are_told():
    two = [rule("P", "quantity", option="f", value="x", when="a = 1"), rule("Q", "quantity", option="f", value="y", when="b = 1")]
    source = table([choice("a", "1", "2"), choice("b", "1", "2"), choice("f", "x", "y")], two)
    found = ask(source, a="1", b="1")
    assert (broken(found), found.values["f"]) == (["Q"], "x")
    several = {"name": "f", "kind": "multi", "values": [{"code": "x"}, {"code": "y"}]}
    both = ask(table([choice("a", "1", "2"), choice("b", "1", "2"), several], two), a="1", b="1")
    assert (both.valid, both.values["f"]) == (True, (("x", 1), ("y", 1)))


@pytest.mark.parametrize("seed", range(12))
def test_ranges_and_changes_against_trying_everything(seed: int):
    chance = random.Random(seed)
    signs = ("<=", ">=", "<", ">", "=", "!=")
    options = [choice("a", "1", "2", "3"), choice("b", "1", "2", "3"), number("n", "-3", "9", "0.25"), number("m", "0", "6", "0.5")]

    def side() -> str:
        return chance.choice(
            [
                "n",
                "m",
                "2 * n - 1",
                "n + m",
                "n / 4",
                "m * a",
                "-n",
                "b * 2",
                "3.1",
                "a",
                "MAX(n, m)",
                "IF(n > a, 4, 1)",
                "n * n",
                "FLOOR(n)",
            ]
        )

    def condition() -> str:
        return f"{side()} {chance.choice(signs)} {side()}" + (f" or a = {chance.choice('123')}" if chance.random() < 0.4 else "")

    rules = [rule(f"R{at}", "requires", when=condition() if chance.random() < 0.5 else None, then=condition()) for at in range(4)]
    source = table(options, [{name: cell for name, cell in one.items() if cell} for one in rules])
    machine = engine.Machine(engine.read(source))
    for _time in range(3):
        raw: Json = {
            "a": chance.choice("123"),
            "b": chance.choice("123"),
            "n": D(chance.randrange(-12, 37)) / 4,
            "m": D(chance.randrange(13)) / 2,
        }
        found = engine.evaluate(machine, raw)
        for name in ("n", "m"):
            grid = machine.table.options[name].grid
            able = {
                check: [grid.at(at) for at in range(grid.last + 1) if check.tested({**raw, name: grid.at(at)})]
                for check in machine.touching[name]
            }
            blamed = [told for told in able.values() if told]
            allowed = [grid.at(at) for at in range(grid.last + 1) if all(grid.at(at) in told for told in blamed)]
            told = found.limits[name]
            spread = [low + grid.step * at for low, high in told.ranges for at in range(int((high - low) / grid.step) + 1)]
            assert spread == allowed[: len(spread)]
            assert len(spread) == len(allowed) or len(told.ranges) == limiting.MOST_RANGES
            assert (told.wrong is None) == (raw[name] in allowed or not blamed)
            if told.wrong is not None and allowed:
                assert abs(told.wrong.nearest[0] - raw[name]) == min(abs(one - raw[name]) for one in allowed)
            if told.wrong is not None and told.wrong.change:
                after = {**raw, **told.wrong.change}
                assert after[name] == raw[name]
                assert all(check.tested(after) for check in machine.touching[name] if able[check])


def test_looking_is_bounded():
    """Forty numbers under two hundred rules that give nothing away: an answer tries no more often than it may."""
    chance = random.Random(3)
    options = [number(f"n{at}", "0", "1000000", "0.001") for at in range(40)]
    rules = []
    for at in range(200):
        one, other = chance.sample(range(40), 2)
        rules.append(rule(f"R{at}", "requires", then=f"ROUND(n{one} * n{other} / 7) <= 10000000 + {at}"))
    machine = engine.Machine(engine.read(table(options, rules)))
    found = engine.evaluate(machine, {f"n{at}": chance.randrange(10_000) for at in range(40)})
    looked = sum(len(check.rooms) for check in machine.checks)
    assert 0 < looked <= rooms.SPARE / rooms.SAMPLES
    assert found.limits["n0"].ranges


# tables ------------------------------------------------------------------------------------------------------------------
def test_numbers_in_tables_that_cannot_be():
    found = problems(
        table(
            [
                number("n", "0", "1000000", "1e-12"),
                number("m", "0", "10", "3", default="4"),
                {"name": "q", "kind": "quantity", "least": "-1", "most": "3"},
                {"name": "s", "kind": "multi", "values": [{"code": "A"}], "default": "A+B"},
                {"name": "d", "kind": "derived", "formula": "n"},
            ],
            [
                rule("B", "bound", option="n"),
                rule("C", "combination", options=["n", "s"], rows=[["1", "A"]]),
                rule("M", "quantity", option="s", then="2"),
                rule("D", "quantity", option="d", then="2"),
            ],
            code={"parts": [{"option": "d"}]},
        )
    )
    assert found["options.0.step"] == "too_fine"
    assert found["options.1.default"] == found["options.2.least"] == "out_of_range"
    assert found["options.3.default"] == "unknown"
    assert found["rules.0.most"] == found["rules.2.value"] == "required"
    assert found["rules.1.options"] == found["code.parts.0.option"] == "not_a_choice"
    assert found["rules.3.option"] == "derived"


def test_a_table_that_only_numbers_between_can_keep_is_sound():
    source = table([number("n", "0", "1000"), choice("a", "1", "2")], [rule("B", "bound", option="n", least="100", most="200")])
    assert engine.analysed(engine.read(source)) == engine.Report()
    usual = table(
        [number("n", "0", "1000", default="500"), choice("a", "1", "2")], [rule("B", "bound", option="n", when="a = 2", most="200")]
    )
    assert engine.analysed(engine.read(usual)) == engine.Report()  # what is usual may be changed
    closed = [*source["rules"], rule("C", "requires", when="a = 2", then="n > 300")]
    report = engine.analysed(engine.read({**source, "rules": closed}))
    assert (report.dead, report.impossible) == ([("a", "2")], False)
    assert engine.impossible(engine.read(table([number("n", "0", "1000")], [rule("N", "requires", then="n > 1000")])))


def test_rules_about_numbers_that_contradict_each_other_are_told():
    against = [
        *STROKE["rules"],
        rule("Q", "requires", when="frame = 'S'", then="stroke > 900"),
        rule("T", "requires", when="t < 0", then="stroke >= 250"),
    ]
    source = engine.read(table([*STROKE["options"], number("t", "-70", "20")], against))
    assert engine.analysed(source).contradictions == [("B1", "Q")]
    assert (engine.analysed(source).dead, engine.analysed(source).undecided) == ([("frame", "S")], [])
    assert [one.path for one in engine.told_contradictions(source)] == ["rules.0"]
    never = table(STROKE["options"], [rule("B", "bound", option="stroke", when="frame = 'S'", least="2000")])
    assert engine.analysed(engine.read(never)).contradictions == [("B", "B")]
    assert engine.told_contradictions(engine.read(STROKE)) == []


def test_of_more_values_than_are_tried_nothing_is_told_dead():
    many = {"name": "s", "kind": "multi", "values": [{"code": f"V{at}"} for at in range(12)]}
    source = engine.read(table([many], [rule("T", "requires", then="COUNT(s) >= 5")]))
    assert not engine.impossible(source)
    report = engine.analysed(source)
    assert (report.impossible, report.dead) == (False, [])


def test_remembered_rooms_do_not_grow_without_end():
    machine = engine.Machine(engine.read(STROKE))
    check = machine.checks[0]
    slot = rooms.Slot(machine.table.options["stroke"])
    check.rooms = dict.fromkeys(range(rooms.REMEMBERED + 1), rooms.Room(slot.grid.whole, True))
    rooms.room(check, slot, {"frame": "S", "stroke": None}, rooms.Spare())
    assert len(check.rooms) == 1
    assert isinstance(check, checking.Check)
