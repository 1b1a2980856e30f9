"""Line, whole, margin, terms and promised day each ask for their level, and the highest counts (spec 2.3)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tenant_apps.pricing import authority
from tenant_apps.pricing.authority import BELOW_FLOOR, Band, Offered, Terms

D = Decimal
BANDS = [
    Band(1, "Rep", D(5), D(30), D(0), 0),
    Band(2, "Manager", D(10), D(20), D(10), 5),
    Band(3, "Director", D(15), D(10), D(30), 15),
    Band(4, "GM", D(100)),
]


@pytest.fixture(autouse=True)
def bands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authority, "bands", lambda: BANDS)


@pytest.mark.parametrize(
    ("line", "terms", "level", "what"),
    [
        ({}, {}, 1, []), ({"amount": D(95)}, {}, 1, []), ({"amount": D(94)}, {}, 2, ["discount", "quote_discount"]),
        ({"amount": D("84.99")}, {}, 4, ["discount", "quote_discount"]), ({"floor": D("100.01")}, {}, BELOW_FLOOR, ["floor"]),
        ({}, {"margin": D("29.99")}, 2, ["margin"]), ({}, {"margin": D("-1")}, 4, ["margin"]), ({}, {"late": D("10.01")}, 3, ["terms"]),
        ({"lead_days": 50}, {"days": 44}, 3, ["delivery"]), ({"lead_days": 50}, {"days": 50}, 1, []), ({}, {"floor": D("100.01")}, BELOW_FLOOR, ["estimate"]),
        ({"amount": D(94)}, {"margin": D(12), "late": D(5)}, 3, ["discount", "quote_discount", "margin", "terms"]),
    ],
)  # fmt: skip
def test_each_measure_asks_for_its_level_and_the_highest_counts(line: dict[str, Any], terms: dict[str, Any], level: int, what: list[str]):
    offered = Offered(**{"line": 0, "amount": D(100), "due": D(100), "floor": D(0), **line})
    needed, found = authority.required([offered], Terms(**terms))
    assert (needed, [one.what for one in found]) == (level, what)


def test_a_dear_line_does_not_hide_a_cheap_one():
    lines = [Offered(0, D(1000), D(900), D(0)), Offered(1, D(80), D(100), D(0))]
    needed, found = authority.required(lines, Terms())
    assert (needed, [(one.what, one.line) for one in found]) == (4, [("discount", 1)])


def test_many_small_discounts_are_seen_on_the_whole():
    """Each line within its own band is not: the whole counts besides."""
    lines = [Offered(at, D(95), D(100), D(0)) for at in range(5)] + [Offered(5, D(90), D(100), D(0))]
    assert [one.what for one in authority.required(lines, Terms())[1]] == ["discount", "quote_discount"]
