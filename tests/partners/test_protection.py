"""The protection of a claimed account, by the figures of the specification (2.1)."""

from __future__ import annotations

from datetime import date

import pytest

from tenant_apps.partners.protection import Terms, bound, recycle_at

CLAIMED = date(2026, 3, 25)


@pytest.mark.parametrize(
    ("activities", "until"),
    [
        ([], date(2026, 4, 4)),
        ([date(2026, 3, 28)], date(2026, 4, 4)),
        ([date(2026, 3, 28), date(2026, 4, 2)], date(2026, 4, 5)),
        ([date(2026, 3, 28), date(2026, 4, 2), date(2026, 4, 5)], date(2026, 4, 8)),
        ([date(2026, 4, 2), date(2026, 4, 5), date(2026, 4, 8), date(2026, 4, 11), date(2026, 4, 13)], date(2026, 4, 14)),
        ([date(2026, 4, 5)], date(2026, 4, 4)),  # too late: it has gone back already
        ([date(2026, 3, 1)], date(2026, 4, 4)),  # somebody else's, before it was claimed
    ],
)
def test_the_example_of_the_specification(activities: list[date], until: date):
    assert recycle_at(CLAIMED, activities, D0=10, Dr=3, Dmax=20) == until


def test_without_a_longest_time_each_activity_renews():
    assert recycle_at(CLAIMED, [date(2026, 4, 4), date(2026, 4, 7), date(2026, 4, 10)], D0=10, Dr=3, Dmax=0) == date(2026, 4, 13)


def test_a_contract_protects_until_so_many_days_after_its_end():
    terms = Terms.of({"first": 10, "renew": 3, "longest": 20, "after_contract": "90"})
    assert bound(date(2026, 4, 4), date(2026, 12, 31), terms) == date(2027, 3, 31)
    assert bound(date(2026, 4, 4), None, terms) == date(2026, 4, 4)
    assert bound(date(2026, 4, 4), date(2020, 1, 1), terms) == date(2026, 4, 4)
