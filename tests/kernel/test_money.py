"""Cents are never lost, whatever is divided by whatever."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kernel.money import CENT, cents, net_of, percent_of, split, spread

amounts = st.decimals(min_value=Decimal("-99999999.99"), max_value=Decimal("99999999.99"), places=2)
weights = st.lists(st.decimals(min_value=0, max_value=10**6, places=2), min_size=1, max_size=12)


@given(amounts, weights)
def test_a_spread_adds_up_and_is_fair_to_the_cent(total: Decimal, shares: list[Decimal]):
    whole = sum(shares)
    assume(whole)
    parts = spread(total, shares)
    assert sum(parts) == total
    for part, share in zip(parts, shares, strict=True):
        assert abs(part - total * share / whole) < CENT


@given(amounts, st.lists(st.decimals(min_value=0, max_value=100, places=2), min_size=1, max_size=8))
def test_a_split_adds_up_whatever_the_percentages(total: Decimal, shares: list[Decimal]):
    parts = split(total, shares)
    assert sum(parts) == total
    assert parts[:-1] == [percent_of(total, share) for share in shares[:-1]]


@given(amounts, st.sampled_from([Decimal(rate) for rate in (0, 6, 9, 13)]))
def test_net_and_vat_make_the_gross(gross: Decimal, rate: Decimal):
    net = net_of(gross, rate)
    assert abs(net * (100 + rate) / 100 - gross) <= CENT


@pytest.mark.parametrize(
    ("exact", "rounded"), [("0.005", "0.01"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("1.004999", "1.00"), ("681.818181", "681.82")]
)
def test_halves_go_away_from_zero(exact: str, rounded: str):
    assert str(cents(exact)) == rounded


def test_nothing_is_spread_over_nobody():
    assert spread(Decimal(5), []) == []
    assert spread(Decimal(5), [Decimal(0), Decimal(0)]) == [Decimal("0.00")] * 2
