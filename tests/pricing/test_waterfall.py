"""How a price comes about, step by step; no company is needed where a function will do (spec 2.3)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tenant_apps.pricing import policies, waterfall
from tenant_apps.pricing.authority import floor_of
from tenant_apps.pricing.parameters import MIN_MARGIN, ROUNDING
from tenant_apps.pricing.policies import Circumstances, Policy
from tenant_apps.pricing.waterfall import Ask, Option

D = Decimal
CASE = Circumstances(on=None, partner=7, grade="A", channel="dealer", regions=(11, 10), company=1)  # type: ignore[arg-type]
BLANK: dict[str, Any] = {
    "id": 1, "name": "policy", "level": "product", "kind": "percent", "value": D(0), "formula": "", "company_id": None, "region_id": None, "channel": "",
    "series_id": None, "item_id": None, "option_code": "", "partner_id": None, "grade": "", "from_quantity": D(0), "exclusive": True, "priority": 0,
    "currency": "CNY",
}  # fmt: skip


@pytest.fixture(autouse=True)
def rule(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The company's rounding; `rule["is"] = "100"` changes it."""
    kept = {"is": "exact"}
    monkeypatch.setattr(ROUNDING, "value", lambda by=None: kept["is"])
    monkeypatch.setattr(MIN_MARGIN, "value", lambda by=None: D(25))
    monkeypatch.setattr(policies.rates, "base", lambda: "CNY")
    return kept


@pytest.fixture
def climb(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The waterfall of one line under these policies."""

    def worked(*given: dict[str, Any], ask: Ask | None = None, case: Circumstances = CASE) -> waterfall.Waterfall:
        rows = [Policy(**{**BLANK, "id": at, **one}) for at, one in enumerate(given, 1)]
        monkeypatch.setattr(policies, "any_in_force", lambda: True)
        monkeypatch.setattr(policies, "_in_force", lambda *asked: [tuple(row) for row in rows])
        return waterfall.price([ask or Ask(5, 3, D(1), D(1000), D(600))], case)[0]

    return worked


def test_the_ladder_multiplies_and_then_adds(climb):
    """net = round(list × Π(1 − dᵢ) + Σ addersᵢ, rule)."""
    found = climb(
        {"level": "company", "kind": "factor", "value": D("1.05")},
        {"level": "series", "series_id": 3, "value": D(10)},
        {"level": "customer", "partner_id": 7, "value": D(5)},
        {"level": "quantity", "from_quantity": D(1), "value": D(2)},
        {"level": "promotion", "kind": "adder", "value": D(30)},
    )
    assert found.price == D(1000) * D("1.05") * D("0.9") * D("0.95") * D("0.98") + 30
    assert [(step.step, step.amount) for step in found.steps] == [
        ("list", D(1000)), ("company", D(50)), ("product", D(-105)), ("customer", D("-47.25")), ("quantity", D("-17.955")), ("promotion", D(30)),
    ]  # fmt: skip
    assert sum(step.amount for step in found.steps) == found.price
    assert found.steps[2].policy == 2


def test_the_price_is_rounded_by_the_companys_rule(climb, rule):
    rule["is"] = "100"
    found = climb({"value": D("7.3")})
    assert (found.price, found.steps[-1]) == (D(900), waterfall.Step("rounding", D(-27)))
    assert climb().price == D(1000)
    net, steps = waterfall.by_hand(D(950), D(950), D(10))
    assert (net, [step.step for step in steps]) == (D(900), ["discount", "rounding"])


def test_of_one_step_the_foremost_stands_alone_or_all_add_up(climb):
    loose = {"value": D(10), "exclusive": False}
    assert climb(loose, {**loose, "value": D(20)}).price == D(720)
    assert climb({"value": D(10)}, {"value": D(20), "item_id": 5}).price == D(800)
    assert climb({"value": D(10), "priority": 1}, {"value": D(20), "item_id": 5}).price == D(900)
    assert climb(loose, {"value": D(20), "priority": 1}).price == D(800)
    assert climb({**loose, "priority": 1}, {"value": D(20)}, {**loose, "value": D(50)}).price == D(450)


def test_a_customers_fixed_price_wins_over_percentages_and_keeps_what_is_added(climb):
    found = climb(
        {"level": "company", "kind": "factor", "value": D("1.2")},
        {"level": "customer", "kind": "fixed", "partner_id": 7, "value": D(870)},
        {"level": "group", "grade": "A", "value": D(50)},
        {"level": "promotion", "value": D(10)},
        {"level": "promotion", "kind": "adder", "value": D(15), "exclusive": False, "priority": 1},
    )
    assert found.price == D(885)
    assert [step.step for step in found.steps] == ["list", "customer", "promotion"]


def test_a_quantity_break_counts_from_its_quantity(climb):
    breaks = [{"level": "quantity", "from_quantity": D(count), "value": D(off)} for count, off in ((5, 3), (10, 6))]
    assert [climb(*breaks, ask=Ask(5, 3, D(count), D(1000))).price for count in ("4.999", "5", "10")] == [D(1000), D(970), D(940)]


def test_many_lines_share_what_holds_for_every_item_and_keep_what_is_their_own(monkeypatch: pytest.MonkeyPatch):
    known = [
        {"level": "promotion", "value": D(10), "from_quantity": D(2)}, {"level": "promotion", "value": D(20), "item_id": 6},
        {"level": "series", "series_id": 4, "value": D(50)}, {"level": "promotion", "value": D(30), "item_id": 7, "exclusive": False},
    ]  # fmt: skip
    rows = policies.fitting([Policy(**{**BLANK, "id": at, **one}) for at, one in enumerate(known, 1)], CASE)
    asks = [
        Ask(5, 3, D(1), D(1000)),
        Ask(5, 3, D(2), D(1000)),
        Ask(6, 3, D(2), D(1000)),
        Ask(5, 4, D(2), D(1000)),
        Ask(7, 3, D(2), D(1000)),
    ]
    together = [one.price for one in waterfall.by(rows, asks, CASE)]
    assert together == [D(1000), D(900), D(800), D(450), D(700)]
    assert together == [waterfall.by(rows, [ask], CASE)[0].price for ask in asks]


@pytest.mark.parametrize(
    ("scope", "hits"),
    [
        ({"region_id": 11}, True), ({"region_id": 10}, True), ({"region_id": 12}, False), ({"channel": "dealer"}, True), ({"channel": "customer"}, False),
        ({"company_id": 1}, True), ({"company_id": 2}, False), ({"item_id": 6}, False), ({"series_id": 4}, False), ({"option_code": "X"}, False),
    ],
)  # fmt: skip
def test_a_policy_holds_within_its_reach_only(climb, scope: dict[str, Any], hits: bool):
    assert climb({"value": D(10), **scope}).price == (D(900) if hits else D(1000))


def test_of_two_regions_the_nearest_is_foremost(climb):
    assert climb({"level": "region", "region_id": 11, "value": D(7)}, {"level": "region", "region_id": 10, "value": D(3)}).price == D(930)


def test_options_are_shown_and_have_policies_of_their_own(climb):
    machine = Ask(
        5, 3, D(1), D(1300), options=(Option("F.100", "Force", D(1000)), Option("TC", "Chamber", D(200)), Option("PC", "Computer", D(100)))
    )
    found = climb(
        {"level": "option", "option_code": "TC", "value": D(50)},
        {"level": "option", "option_code": "PC", "kind": "fixed", "value": D(90)},
        {"level": "product", "value": D(10)},
        ask=machine,
    )
    assert found.price == (D(1300) - 100 - 10) * D("0.9")
    assert [step.amount for step in found.steps[:5]] == [D(1000), D(200), D(100), D(-100), D(-10)]


CHOSEN = (
    Option("model.1165", "model 1165", D(368000), "1165"), Option("scales.yes", "scales yes", D(24000), "yes", alone=False),
    Option("probe.yes", "probe yes", D(28000), "yes", alone=False), Option("warranty.24", "warranty 24", D(10500), "24"),
)  # fmt: skip
VMC = Ask(5, 3, D(1), D(430600), options=CHOSEN)


@pytest.mark.parametrize(
    ("code", "values", "price"),
    [
        ("scales.yes", {"kind": "adder", "value": D(-1000)}, D(429600)), ("probe.yes", {"value": D(50)}, D(416600)), ("24", {"value": D(100)}, D(420100)),
        ("warranty.24", {"kind": "factor", "value": D("0.5")}, D(425350)), ("1165", {"value": D(10)}, D(393800)), ("model.1165", {"value": D(10)}, D(393800)),
        ("1166", {"value": D(10)}, D(430600)), ("scales", {"value": D(10)}, D(430600)), ("verification.yes", {"value": D(10)}, D(430600)),
    ],
)  # fmt: skip
def test_a_policy_names_an_option_by_its_value_and_the_machine_itself_too(climb, code: str, values: dict[str, Any], price: D):
    assert climb({"level": "option", "option_code": code, **values}, ask=VMC).price == price


@pytest.mark.parametrize("level", ["option", "product"])
def test_a_value_of_several_options_changes_no_price_and_is_told(climb, level: str):
    found = climb({"level": level, "option_code": "yes", "kind": "adder", "value": D(-1000), "name": "Measuring"}, ask=VMC)
    assert (found.price, found.steps[-1]) == (D(430600), waterfall.Step("unclear", D(0), "Measuring", 1))


def test_what_the_table_rounds_up_stands_apart(climb):
    steps = climb(ask=VMC).steps
    assert (steps[0].amount, steps[-1]) == (D(368000), waterfall.Step("table_rounding", D(100)))
    assert [step.step for step in climb(ask=replace(VMC, list_price=D(430500))).steps] == ["list", "option", "option", "option"]


FIXED = {"level": "customer", "kind": "fixed", "partner_id": 7, "value": D(870)}
OFF = {"level": "customer", "partner_id": 7, "value": D(5)}


@pytest.mark.parametrize(
    ("policies", "price"),
    [
        ([{**FIXED, "item_id": 5}, {**OFF, "item_id": 5}], 870), ([FIXED, {**OFF, "item_id": 5}], 870),
        ([FIXED, {**OFF, "priority": 1, "exclusive": False}], 870), ([FIXED, {**OFF, "kind": "factor", "value": D("0.8"), "priority": 9}], 870),
        ([FIXED, {**FIXED, "item_id": 5, "value": D(860)}, {**OFF, "item_id": 5}], 860), ([FIXED, {**FIXED, "value": D(880)}], 880),
        ([{**FIXED, "exclusive": False}, {**OFF, "kind": "adder", "value": D(15), "exclusive": False, "priority": 1}], 885),
        ([{**OFF, "item_id": 5}], 950),
    ],
)  # fmt: skip
def test_a_customers_fixed_price_wins_whatever_stands_before_it(climb, policies: list[dict[str, Any]], price: int):
    assert climb(*policies).price == D(price)


def test_cost_plus_is_a_formula_and_foreign_amounts_are_for_their_own_currency(climb):
    assert climb({"kind": "formula", "formula": "cost * 1.35 * 1.13"}).price == D("915.3")
    dollars = CASE._replace(currency="USD", rate=D(7))
    assert climb({"kind": "fixed", "value": D(700)}, case=dollars).price == D(100)
    assert climb({"kind": "fixed", "value": D(130), "currency": "USD"}, case=dollars).price == D(130)
    assert climb({"kind": "fixed", "value": D(130), "currency": "USD"}).price == D(1000)


def test_a_floor_of_a_customer_group_takes_the_place_of_the_items(climb):
    found = climb({"level": "group", "kind": "floor", "grade": "A", "value": D(70)})
    assert (found.price, found.floor_percent) == (D(1000), D(70))


def test_the_floor_is_the_dearer_of_list_and_cost():
    """Figures of spec 4: list 256,800, cost 118,200 without VAT."""
    assert floor_of(D(256800), D(85), D(118200), D(13)) == D(218280)
    assert floor_of(D(256800), D(50), D(118200), D(13)) == D("118200") * D("1.25") * D("1.13")
