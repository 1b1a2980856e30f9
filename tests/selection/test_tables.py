"""The selection tables of both trades: every vector and refusal of the specification, through the engine."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from tenant_apps.selection import engine, library
from tests.bench.selection import choices as clicks
from tests.bench.selection import table as large

Json = dict[str, Any]


@cache
def machine(name: str) -> engine.Machine:
    return engine.Machine(engine.read(library.table(name)))


V1 = {
    "F": "100", "frame": "D", "accuracy": "0.5", "height": "300", "extensometer": "E50", "chamber": "TC-70-350", "grips": ["WG", "CP"], "controller": "C3",
    "software": "SW-P", "computer": "PC", "verification": "yes", "warranty": "24",
}  # fmt: skip
V2 = {
    "F": "20", "frame": "D", "accuracy": "1", "height": "0", "extensometer": "ED", "grips": ["PG", "BF"], "air": "yes", "controller": "C1",
    "software": "SW-B", "computer": "PC",
}  # fmt: skip
VMC = {
    "model": "1165", "cnc": "FANUC-0i-MF", "spindle": "BT40-12K", "atc": "A24", "axis4": "T250", "chips": "chain", "coolant": "20", "probe": "yes",
    "warranty": "24",
}  # fmt: skip


def answer(table: str, *parts: Json) -> engine.Answer:
    return engine.evaluate(machine(table), {name: value for part in parts for name, value in part.items()})


def amounts(found: engine.Answer) -> dict[str, str]:
    return {option.name: f"{amount:f}" for option, _value, _quantity, amount in found.price.lines if option.name not in ("grips",)}


def test_vector_1():
    found = answer("utm_e", V1)
    assert found.valid
    assert (str(found.price.list_price), str(found.price.cost)) == ("256800.00", "118200.00")
    steps = {step.name: str(amount) for step, amount in found.price.steps}
    assert steps == {"hardware": "230040.00", "total": "256741.20", "list": "256800.00"}
    assert amounts(found) == {
        "F": "108000.00", "accuracy": "8640.00", "height": "5500.00", "extensometer": "7200.00", "chamber": "65000.00", "controller": "18500.00",
        "software": "12000.00", "computer": "5200.00", "verification": "2600.00", "warranty": "6901.20",
    }  # fmt: skip
    assert found.code == "UTM-E100D-0.5-H3-E50-TC-WG+CP-C3-P"
    assert found.values["power"] == 220
    assert "加高：300 mm" in found.spec["zh"]
    assert "Grips: Wedge grips, Compression platens" in found.spec["en"]


def test_vector_1_is_built_as_the_specification_lists_it():
    built = answer("utm_e", V1).built
    parts = {line["item"]: line["quantity"] for line in built["bom"]}
    assert set(parts) == {
        "FRM-100D", "DRV-100", "LC-100", "CTRL-C3", "CAB-220", "TC-70-350", "WG-100", "CP-100", "EXT-E50", "DONGLE-SW-P", "CRATE-UTM", "PC",
    }  # fmt: skip
    assert {step["seq"]: str(step["hours"]) for step in built["routing"]} == {
        10: "16", 20: "8", 30: "12", 40: "8", 50: "8", 60: "24", 70: "4", 80: "4",
    }  # fmt: skip
    assert built["lead_days"] == 47
    assert len(built["crates"]) == 2


def test_vector_2():
    found = answer("utm_e", V2)
    assert found.valid
    assert str(found.price.list_price) == "82900.00"


def test_vector_vmc():
    found = answer("vmc", VMC)
    assert found.valid
    steps = {step.name: str(amount) for step, amount in found.price.steps}
    assert steps == {"machine": "511000.00", "total": "523775.00", "list": "523800.00"}


REFUSALS = [
    ("utm_e", V2, {"F": "5", "grips": ["BF"]}, "R2"),
    ("utm_e", V2, {"F": "5", "frame": "S", "chamber": "TC250"}, "R4"),
    ("utm_e", V1, {"grips": ["PG"], "air": "yes"}, "R7"),
    ("utm_e", V1, {"F": "200", "frame": "F", "controller": "C1"}, "R9"),
    ("utm_e", V1, {"software": "SW-A", "computer": "none"}, "R10"),
    ("utm_e", V1, {"F": "50", "extensometer": "ED"}, "R6"),
    ("utm_e", V1, {"frame": "S"}, "R1"),
    ("utm_e", V1, {"F": "50", "frame": "F"}, "R3"),
    ("utm_e", V1, {"chamber": "HT1100"}, "R5"),
    ("utm_e", V1, {"extensometer": "V", "software": "SW-B"}, "R8"),
    ("utm_e", V1, {"grips": []}, "R12"),
    ("utm_e", V1, {"extensometer": "H"}, "R14"),
    ("vmc", VMC, {"model": "850", "axis4": "none", "spindle": "BT50-6K"}, "M1"),
    ("vmc", VMC, {"model": "850"}, "M2"),
    ("vmc", VMC, {"spindle": "BT40-15K", "atc": "U16"}, "M3"),
    ("vmc", VMC, {"coolant": "70", "spindle": "BT40-8K"}, "M4"),
    ("vmc", VMC, {"model": "850", "axis4": "none", "atc": "A30"}, "M5"),
    ("vmc", VMC, {"scales": "yes"}, "M6"),
    ("vmc", VMC, {"export": "yes"}, "M8"),
]


@pytest.mark.parametrize(("table", "basis", "change", "rule"), REFUSALS, ids=[f"{row[0]} {row[3]}" for row in REFUSALS])
def test_refusals(table: str, basis: Json, change: Json, rule: str):
    found = answer(table, basis, change)
    assert not found.valid
    assert rule in [one.code for one in found.broken]
    assert all(one.sentence["zh"] and one.sentence["en"] for one in found.broken)


def test_what_follows_by_itself():
    """M4: the filter comes with 70 bar and costs 15,000; M9: the height kit comes with the hinged belt; R11: the voltage."""
    found = answer("vmc", VMC, {"coolant": "70"})
    assert (found.valid, found.values["filter"], found.values["height_kit"]) == (True, "yes", "60")
    assert amounts(found)["filter"] == "15000.00"
    assert answer("vmc", VMC, {"chips": "screw"}).values["height_kit"] == "none"
    assert answer("utm_e", V1, {"F": "200", "frame": "F"}).values["power"] == 380


def test_non_standard_goes_to_engineering():
    assert [one.code for one in answer("utm_e", V1, {"stroke": "1500 mm"}).reviews] == ["R15"]
    assert [one.code for one in answer("vmc", VMC, {"cnc": "HNC-818"}).reviews] == ["M7"]
    assert answer("utm_e", V1).reviews == []


def test_portal_frame_costs_more_at_100_only():
    assert amounts(answer("utm_e", V1, {"frame": "F"}))["frame"] == "12000.00"
    assert "frame" not in amounts(answer("utm_e", V1, {"F": "200", "frame": "F"}))


@pytest.mark.parametrize("name", ["utm_e", "vmc"])
def test_tables_pass_their_own_cases_and_have_no_dead_options(name: str):
    assert engine.failures(machine(name)) == []
    report = engine.analysed(machine(name).table)
    assert report == engine.Report()


# what is not possible, and what would make it so ---------------------------------------------------------------------------
def applied(found: engine.Answer, option: str, code: str) -> Json:
    """The choices after taking a disabled value with its smallest change."""
    change = found.disabled[option][code].change
    assert change is not None
    chosen = {name: engine.told(value) for name, value in {**found.raw, **change}.items() if value is not None}
    return chosen | {option: {**chosen.get(option, {}), code: 1} if isinstance(chosen.get(option), dict) else code}


@pytest.mark.parametrize(("table", "choices"), [("utm_e", V1), ("utm_e", V2), ("vmc", VMC)])
def test_every_disabled_value_names_its_rule_and_a_change_that_allows_it(table: str, choices: Json):
    found = answer(table, choices)
    assert found.disabled
    for option, values in found.disabled.items():
        for code, off in values.items():
            assert off.rule.sentence["zh"], off.rule
            assert answer(table, applied(found, option, code)).valid, (option, code)


def test_the_change_is_the_smallest():
    found = answer("utm_e", V1)
    changes = {(option, code): off.change for option, values in found.disabled.items() for code, off in values.items()}
    assert changes["F", "200"] == {"frame": "F"}
    assert changes["height", "0"] == {"chamber": "none"}
    assert changes["grips", "PG"] == {"F": "50", "air": "yes"}
    assert found.disabled["extensometer"]["ED"][0].code == "R6"


def test_smallest_against_trying_everything():
    """For a large table: no change of one option alone would have done where two are proposed."""
    whole = engine.Machine(engine.read(large()))
    seen = 0
    for chosen in clicks(6):
        found = engine.evaluate(whole, chosen)
        borne = {rule.code for rule in found.broken}
        for option, values in found.disabled.items():
            for code, off in values.items():
                if off.change is not None and len(off.change) == 2:
                    seen += 1
                    assert not any(
                        lone(whole, {**found.raw, option: code}, option, name, borne) for name in whole.domains if name != option
                    )
    assert seen > 3


def lone(whole: engine.Machine, raw: Json, option: str, name: str, borne: set[str]) -> bool:
    """Whether a change of one other option alone keeps all rules that held before, and those of the value's own."""
    for value in whole.domains[name]:
        broken = {check.rule.code for check in whole.checks if not check.holds({**raw, name: value})}
        own = {check.rule.code for check in whole.touching[option] if not check.holds({**raw, name: value})}
        if not own and broken <= borne:
            return True
    return False


# codes and guided questions ------------------------------------------------------------------------------------------------
def test_a_code_is_read_back():
    found = engine.parse(machine("utm_e").table, " utm-e100d-0.5-h3-e50-tc-wg+cp-c3-p ")
    assert found.whole
    assert found.choices == {
        "F": "100", "frame": "D", "accuracy": "0.5", "height": "300", "extensometer": "E50", "chamber": "TC-70-350", "grips": {"WG": 1, "CP": 1},
        "controller": "C3", "software": "SW-P",
    }  # fmt: skip


@pytest.mark.parametrize(("table", "choices"), [("utm_e", V1), ("utm_e", V2), ("utm_e", {**V1, "grips": {"WG": 2, "CP": 1}}), ("vmc", VMC)])
def test_code_and_back(table: str, choices: Json):
    found = answer(table, choices)
    back = engine.parse(machine(table).table, found.code)
    assert back.whole
    assert answer(table, choices, back.choices).hash == found.hash


def test_a_code_that_breaks_rules_is_read_back_with_them():
    """The code of 15,000 rpm with scales says whether oil mist and the closed loop come with it; without them M3 and M6 are broken."""
    whole = machine("vmc")
    for code, rules in (("VMC-850-F-15K-A24-LS-TP", ["M3", "M6"]), ("VMC-850-F-CL-15K-OM-A24-LS-TP", [])):
        back = engine.parse(whole.table, code)
        found = engine.evaluate(whole, back.choices)
        assert (back.whole, found.code, [one.code for one in found.broken]) == (True, code, rules)


def test_what_is_added_to_a_machine_is_a_part_of_it():
    more = {
        "model": "850",
        "axis4": "none",
        "spindle": "BT40-15K",
        "oil_mist": "yes",
        "closed_loop": "yes",
        "scales": "yes",
        "voltage": "220/480",
    }
    built = answer("vmc", VMC, more).built
    assert {"SCALE-850", "PROBE-TP", "TRAFO-220-480", "OILMIST-VMC"} <= {line["item"] for line in built["bom"]}
    assert (str(built["weight"]), str(built["gross"])) == ("5200", "5820")


def test_a_wrong_code_tells_how_far_it_was_understood():
    found = engine.parse(machine("utm_e").table, "UTM-E100D-0.7-H3")
    assert (found.understood, found.rest) == ("UTM-E100D", "-0.7-H3")
    assert found.expected is not None
    assert (found.expected[0].name, found.expected[1]) == ("accuracy", ["1", "0.5"])
    assert engine.parse(machine("utm_e").table, "XYZ").rest == "XYZ"


def test_guided_by_the_largest_force():
    """R13: F ≥ 1.2 × Fmax, warned above 5 × Fmax."""
    whole = machine("utm_e")
    assert engine.guided(whole, {"fmax": "80"}, {})["chosen"] == {"F": "100"}
    assert engine.guided(whole, {"fmax": "84"}, {})["chosen"] == {"F": "200"}
    assert engine.guided(whole, {"fmax": "80"}, {})["warnings"] == []
    assert engine.guided(whole, {"fmax": "0.5"}, {})["warnings"][0]["zh"].startswith("所选量程超过")
    assert [one.code for one in engine.guided(whole, {"fmax": "501"}, {})["problems"]] == ["none_fits"]
    led = engine.guided(whole, {"fmax": "150"}, V1)
    assert led["choices"]["F"] == "200"
    assert engine.evaluate(whole, led["choices"]).valid


def test_the_same_choices_have_the_same_hash():
    assert answer("utm_e", V2).hash == answer("utm_e", V2, {"chamber": "none", "warranty": "12"}).hash
    assert answer("utm_e", V2).hash != answer("utm_e", V2, {"warranty": "24"}).hash
    assert engine.evaluate(machine("utm_e"), V2, "a").hash != engine.evaluate(machine("utm_e"), V2, "b").hash
