"""What is told to whoever keeps a table: templates that cannot be, codes that do not say what was chosen; questions about numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from kernel.refusals import Refused
from tenant_apps.selection import engine
from tests.selection.test_engine import AB, choice, rule, table
from tests.selection.test_numbers import number

Json = dict[str, Any]


def machine(source: Json) -> engine.Machine:
    return engine.Machine(engine.read(source))


@override("en")
def test_templates_that_cannot_be_chosen_are_told():
    presets = [
        {"name": "Good", "choices": {"a": "1"}},
        {"name": {"zh": "坏", "en": "Bad"}, "choices": {"a": "1", "b": "x"}},
        {"name": "Gone", "choices": {"a": "9"}},
        {"name": "Nothing"},
    ]
    failed = engine.failures(machine(table(AB, [rule("E", "excludes", when="a = 1", then="b = 'x'")], presets=presets)))
    assert [(one.path, one.code) for one in failed] == [
        ("presets.1.choices", "bad_preset"), ("presets.2.choices", "bad_preset"), ("presets.3.choices", "required"),
    ]  # fmt: skip
    assert failed[0].sentence == "Template “Bad” cannot be chosen: E Because of E"


def test_codes_that_are_read_back_as_something_else_are_told():
    def report(*marks: str) -> engine.Report:
        named = [{"name": name, "values": [{"code": "1", "mark": marks[at]}, {"code": "2", "mark": ""}]} for at, name in enumerate("ab")]
        return engine.analysed(engine.read(table(named, code={"prefix": "M", "parts": [{"option": "a"}, {"option": "b"}]})))

    assert report("A", "B").unread == []
    assert [option for _code, option in report("X", "X").unread] == ["a", "b"]


def test_numbers_in_codes_come_back():
    parts = [{"option": "a"}, {"option": "t", "before": "-"}, {"option": "m", "before": "/"}]
    several = {"name": "m", "kind": "multi", "values": [{"code": "X"}, {"code": "Y"}]}
    source = machine(table([AB[0], number("t", "-70", "350", "0.5", mark="T"), several], code={"prefix": "C", "parts": parts}))
    found = engine.evaluate(source, {"a": "2", "t": "-12.5", "m": {"X": 3}})
    assert found.code == "C2-T-12.5/X*3"
    back = engine.parse(source.table, found.code)
    assert back.whole
    assert engine.evaluate(source, back.choices).hash == found.hash


def test_a_question_leads_to_the_least_number_that_fits():
    asked = {"name": "length", "choose": {"stroke": "stroke - 40 >= 1.5 * length"}}
    other = {"name": "room", "choose": {"stroke": "stroke >= room"}, "warn": [{"when": "stroke > 4 * room", "sentence": "Large"}]}
    source = machine(table([number("stroke", "100", "1500", "0.5")], questions=[asked, other]))
    assert engine.guided(source, {"length": "200"}, {})["chosen"] == {"stroke": "340"}
    found = engine.guided(source, {"length": "200.1", "room": "50"}, {})
    assert (found["choices"], found["warnings"]) == ({"stroke": "340.5"}, [{"zh": "Large", "en": "Large"}])
    assert engine.guided(source, {"length": "10", "room": "700"}, {})["chosen"] == {"stroke": "700"}  # both answers hold
    assert [one.code for one in engine.guided(source, {"length": "2000"}, {})["problems"]] == ["none_fits"]
    assert [one.code for one in engine.guided(source, {"length": "-1"}, {})["problems"]] == ["bad_choice"]


def test_the_smallest_change_after_which_nothing_is_broken():
    source = machine(table([*AB, number("n", "0", "100")], [rule("R", "requires", when="a = 1", then="n <= 10 and b = 'x'")]))
    assert engine.repaired(source, {"a": "1", "b": "x", "n": "11"}) == {"a": "2"}
    assert engine.repaired(source, {"a": "2", "n": "11"}) == {}
    never = machine(table(AB, [rule("N", "requires", then="1 = 2")]))
    assert engine.repaired(never, {"a": "1"}) is None


@pytest.mark.parametrize(("quantity", "price"), [("-5", "10"), ("3", "-10")])
def test_a_price_below_nothing_is_told(quantity: str, price: str):
    options = [{**number("n", "-9", "9"), "price": f"{price} * n"}]
    assert [one.code for one in engine.evaluate(machine(table(options)), {"n": quantity}).problems] == ["negative"]


def test_figures_beyond_all_bounds_are_refused_in_words():
    options = [{**number("n", "0", "1000000000"), "days": "n", "weight": "n * n * n * n * n * n"}, choice("a", "1")]
    with pytest.raises(Refused, match=r"large|大"):
        engine.evaluate(machine(table(options)), {"n": "1000000000", "a": "1"})
    assert engine.evaluate(machine(table(options)), {"n": "10", "a": "1"}).built["weight"] == Decimal(10) ** 6
