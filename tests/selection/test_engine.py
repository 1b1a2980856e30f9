"""Kinds of options and rules one by one, and tables that cannot be: told at their place."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from functools import reduce
from typing import Any

import pytest
from django.utils.translation import override

from kernel.refusals import Refused
from tenant_apps.selection import engine, library

Json = dict[str, Any]


def table(options: list[Json], rules: list[Json] | None = None, **more: Any) -> Json:
    return {"options": options, "rules": rules or [], **more}


def choice(name: str, *codes: str, **more: Any) -> Json:
    return {"name": name, "kind": "single", "values": [{"code": code} for code in codes], **more}


def rule(code: str, kind: str, **more: Any) -> Json:
    return {"code": code, "kind": kind, "sentence": f"Because of {code}", **more}


def ask(source: Json, **choices: Any) -> engine.Answer:
    return engine.evaluate(engine.Machine(engine.read(source)), choices)


def broken(found: engine.Answer) -> list[str]:
    return [one.code for one in found.broken]


def problems(source: Any) -> dict[str, str]:
    with pytest.raises(engine.Bad) as told:
        engine.read(source)
    return {one.path: one.code for one in told.value.problems}


AB = [choice("a", "1", "2", "3"), choice("b", "x", "y")]


def test_excludes_and_combinations():
    assert broken(ask(table(AB, [rule("E", "excludes", when="a = 1", then="b = 'x'")]), a="1", b="x")) == ["E"]
    allowed = rule("C", "combination", options=["a", "b"], rows=[["1", "x"], ["2", "*"]])
    assert ask(table(AB, [allowed]), a="2", b="y").valid
    found = ask(table(AB, [allowed]), a="1", b="x")
    assert found.disabled["a"]["3"][0].code == "C"
    assert found.disabled["b"]["y"][1] == {"a": "2"}


def test_numbers_have_bounds_and_steps():
    source = table(
        [choice("a", "1", "2"), {"name": "n", "kind": "number", "least": 0, "most": 100, "step": 5}],
        [rule("B", "bound", option="n", most="40 * a")],
    )
    assert ask(source, a="1", n="40").valid
    assert broken(ask(source, a="1", n="45")) == ["B"]
    assert ask(source, a="1", n="４５").raw["n"] == 45
    assert [one.code for one in ask(source, a="1", n="42").problems] == ["bad_choice"]
    for wrong in ("-5", "105", "1e400", "NaN", True, "x"):
        assert [one.path for one in ask(source, a="1", n=wrong).problems] == ["n"]


def test_quantities_are_priced_each():
    source = table(
        [
            {"name": "q", "kind": "quantity", "most": 10, "price": "100"},
            {"name": "m", "kind": "multi", "values": [{"code": "A", "price": "7", "most": 3}]},
        ]
    )
    assert str(ask(source, q=3, m={"A": 2}).price.list_price) == "314.00"
    for wrong in (-1, 4, 10**30, "1.5"):
        assert [one.path for one in ask(source, q=0, m={"A": wrong}).problems] == ["m"]


def test_defaults_visibility_and_what_is_derived():
    source = table(
        [
            choice("a", "1", "2"),
            choice("b", "x", "y"),
            choice("c", "p", "q", default="p"),
            {"name": "d", "kind": "derived", "formula": "a * 10"},
        ],
        [rule("D", "default", option="b", when="a = 2", value="y"), rule("V", "visibility", option="c", when="b = 'y'")],
    )
    found = ask(source, a="2")
    assert (found.values["b"], found.values["d"], found.hidden, found.valid) == ("y", 20, set(), True)
    found = ask(source, a="1", c="q")
    assert (found.missing, found.hidden, found.values["c"]) == (["b"], {"c"}, "p")


def test_what_is_open_forbids_nothing():
    """With nothing chosen everything is possible that some whole configuration holds."""
    source = table(AB, [rule("R", "requires", when="a = 3", then="b = 'x'")])
    assert ask(source).disabled == {}
    assert set(ask(source, b="y").disabled["a"]) == {"3"}


def test_equal_parts_are_one_line_and_hours_add_up():
    part = {"item": "BOLT-{a}", "quantity": "2 * a", "operation": 10}
    values = [{"code": "3", "bom": [part], "routing": [{"seq": 10, "name": "Fit", "centre": "ASSY", "hours": "a"}]}]
    base = {"bom": [part], "routing": [{"seq": 10, "name": "Fit", "centre": "ASSY", "hours": "1.5"}], "days": "5"}
    found = ask(table([{"name": "a", "values": values}], base=base), a="3")
    assert [(line["item"], line["quantity"], line["operation"]) for line in found.built["bom"]] == [("BOLT-3", 12, 10)]
    assert [str(step["hours"]) for step in found.built["routing"]] == ["4.5"]


def test_a_part_can_be_taken_away_but_not_below_nothing():
    source = table(
        [
            {
                "name": "a",
                "values": [
                    {"code": "1", "bom": [{"item": "P", "quantity": "-1"}]},
                    {"code": "2", "bom": [{"item": "P", "quantity": "-2"}]},
                ],
            }
        ],
        base={"bom": [{"item": "P"}]},
    )
    assert ask(source, a="1").built["bom"] == []
    assert [(one.path, one.code) for one in ask(source, a="2").problems] == [("base.bom.0", "bad_quantity")]


# tables that cannot be -----------------------------------------------------------------------------------------------------
def test_unknown_names_and_bad_formulas_are_told_with_their_place():
    source = table(
        AB, [rule("R", "requires", when="c = 1", then="a ="), rule("R", "requires", then="a = 1")], price=[{"name": "list", "of": ["z"]}]
    )
    assert problems(source) == {
        "rules.0.when": "bad_formula", "rules.0.then": "bad_formula", "rules.1.code": "taken", "price.0.of": "unknown",
    }  # fmt: skip


def test_loops_are_told_with_the_way():
    loop = [rule("D1", "default", option="a", when="b = 'x'", value="1"), rule("D2", "default", option="b", when="a = 1", value="x")]
    with pytest.raises(engine.Bad) as told:
        engine.read(table(AB, loop))
    assert [one.code for one in told.value.problems] == ["loop"]
    assert "a" in told.value.problems[0].sentence
    priced = [{**choice("a", "1"), "price": "price.b"}, {**choice("b", "x"), "price": "price.a"}]
    for one in priced:
        one["values"][0]["price"] = one.pop("price")
    assert problems(table(priced)) == {"price": "loop"}


@override("en")
def test_what_cannot_be_says_how_to_go_on():
    """Contradictions, loops, quantities below nothing and beyond all: each with its place and a way out."""
    against = [rule("P", "requires", when="b = 'x'", then="a = 1"), rule("Q", "requires", when="b = 'x'", then="a = 2")]
    (told,) = engine.told_contradictions(engine.read(table(AB, against)))
    assert "P and Q" in told.sentence and "Change the condition" in told.sentence
    loop = [rule("D", "visibility", option="a", when="b = 'x'"), rule("E", "quantity", option="b", then="'x'", when="a = 1")]
    with pytest.raises(engine.Bad) as bad:
        engine.read(table(AB, loop))
    assert "→" in bad.value.problems[0].sentence and "stand alone" in bad.value.problems[0].sentence
    several = {"name": "m", "values": [{"code": "A", "most": 3, "bom": [{"item": "P", "quantity": "10 * n"}]}], "kind": "multi"}
    source = table([several, {"name": "n", "kind": "quantity", "most": 10**9}], base={"bom": [{"item": "P", "quantity": "-1"}]})
    assert "from 0 to 3" in ask(source, m={"A": -2}, n=1).problems[0].sentence
    assert "Correct it among the parts" in ask(source, m={}, n=1).problems[0].sentence
    assert [one.code for one in ask(source, m={"A": 3}, n=10**9).problems] == ["bad_quantity"]
    assert "Between 0 and 1000000000" in ask(source, m={}, n="9" * 40).problems[0].sentence
    with pytest.raises(Refused, match="Look at its formulas"):
        ask(table([{"name": "n", "kind": "quantity", "most": 10**9, "price": "1000000000"}]), n=10**9)


def test_values_out_of_every_range():
    source = table(
        [
            {"name": "n", "kind": "number", "least": 10, "most": 5},
            {"name": "m", "kind": "multi", "values": [{"code": "A", "most": -1}, {"code": "A"}]},
            {"name": "1x", "kind": "single", "values": [{"code": "a b"}]},
            {"name": "h", "kind": "quantity", "most": "1e99"},
        ]
    )
    found = problems(source)
    assert found["options.0.most"] == found["options.1.values.0.most"] == "out_of_range"
    assert found["options.1.values.1.code"] == "taken"
    assert found["options.2.name"] == "bad_name"


@pytest.mark.parametrize(
    "source", [None, [], {}, {"options": 3}, {"options": [3]}, {"options": [{}]}, {"options": [{"name": None}]}, {"rules": "x"}]
)
def test_what_is_no_table_is_told(source: Any):
    assert problems(source)


def test_contradictions_and_dead_options():
    source = table(AB, [rule("P", "requires", when="b = 'x'", then="a = 1"), rule("Q", "requires", when="b = 'x'", then="a = 2")])
    report = engine.analysed(engine.read(source))
    assert report.contradictions == [("P", "Q")]
    assert report.dead == [("b", "x")]
    assert [one.path for one in engine.told_contradictions(engine.read(source))] == ["rules.0"]
    far = [choice("a", "1", "2"), choice("b", "1", "2"), choice("c", "1", "2")]
    chain = [
        rule("1", "requires", when="a = 1", then="b = 1"),
        rule("2", "requires", when="b = 1", then="c = 1"),
        rule("3", "requires", then="c = 2"),
    ]
    report = engine.analysed(engine.read(table(far, chain)))
    assert report.dead == [("a", "1"), ("b", "1"), ("c", "1")]
    assert engine.analysed(engine.read(table(AB, [rule("N", "requires", then="a = 1 and a = 2")]))).impossible


def test_what_there_was_no_time_for_is_counted():
    """Values of which nothing is known when time is up are told as unseen, not as sound."""
    source = engine.read(table(AB, [rule("P", "requires", then="b = 'x'"), rule("Q", "requires", then="a = 1")]))
    asked: list[tuple[int, int]] = []

    def never(done: int, total: int) -> bool:
        asked.append((done, total))
        return False

    report = engine.analysed(source, never)
    assert (report.unseen, report.dead, asked) == (3, [], [(1, 5)])
    assert engine.analysed(source).unseen == 0


def test_cases_say_what_they_expected():
    source = table(AB, cases=[{"name": "one", "choices": {"a": "1", "b": "x"}, "expect": {"list": "5", "valid": True}}, {"choices": {}}])
    failed = engine.failures(engine.Machine(engine.read(source)))
    assert [(one.path, one.code) for one in failed] == [("cases.0.expect.list", "case_failed"), ("cases.1", "bad_case")]


JUNK: list[Any] = [
    None,
    True,
    -1,
    10**30,
    "",
    "x" * 600,
    "{nope}",
    "1/0",
    "F",
    "price.F",
    "'a' * F",
    "IF(",
    "NaN",
    [],
    {},
    [[]],
    [{}],
    {"zh": 3},
    ["F"],
]


def test_no_table_however_odd_breaks_the_engine():
    """Any cell replaced by anything: problems with their place, a refusal, or an answer."""
    chance, places = random.Random(5), list(cells(library.table("utm_e")))
    for _round in range(120):
        odd = library.table("utm_e")
        path = chance.choice(places)
        holder = reduce(lambda part, key: part[key], path[:-1], odd)
        holder[path[-1]] = chance.choice(JUNK)
        with suppress(engine.Bad, Refused):
            machine = engine.Machine(engine.read(odd))
            engine.failures(machine)


def cells(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in inner:
        yield (*path, key)
        yield from cells(value, (*path, key))
