"""Points of an evaluation, and short tables within a document: no database."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kernel.refusals import Invalid
from kernel.rows import rows_of
from tenant_apps.crm import defaults, measures
from tenant_apps.crm.models.campaign import COSTS

NOTHING = dict.fromkeys(measures.FACTS, Decimal(0))
MODEL = [
    {"name": "Purchase", "weight": "3", "formula": "purchase / 10000"},
    {"name": "Payment", "weight": "1", "formula": "100 - overdue_days"},
]
BANDS = [
    {"grade": "A", "least": "75", "limit": "purchase * 0.3"},
    {"grade": "B", "least": "40", "limit": "score * 1000"},
    {"grade": "C", "least": "10", "limit": ""},
]


@pytest.mark.parametrize(
    ("purchase", "overdue_days", "score", "grade", "limit"),
    [
        ("1000000", "0", "100.00", "A", "300000.00"),
        ("500000", "20", "57.50", "B", "57500.00"),
        ("9000000", "500", "75.00", "A", "2700000.00"),
        ("0", "60", "10.00", "C", "0.00"),
        ("0", "99", "0.25", "", "0.00"),
    ],
)
def test_points_are_the_weighted_mean_within_0_and_100(purchase: str, overdue_days: str, score: str, grade: str, limit: str):
    facts = NOTHING | {"purchase": Decimal(purchase), "overdue_days": Decimal(overdue_days)}
    found, told = measures.points(MODEL, facts)
    assert found == Decimal(score)
    assert told[0]["facts"] == {"purchase": purchase}
    assert measures.graded(BANDS, found, facts) == (grade, Decimal(limit))


def test_what_cannot_be_worked_out_has_no_points_and_says_why():
    _score, (told,) = measures.points([{"name": "x", "weight": "1", "formula": "purchase / orders"}], NOTHING)
    assert told["points"] == "0.00" and "purchase / orders" in told["trouble"]


@pytest.mark.parametrize("model", [defaults.customer_model(), defaults.dealer_model()], ids=["customers", "dealers"])
def test_the_shipped_models_can_be_read_and_give_nothing_to_whom_nobody_knows(model: dict):
    measures.check(model["factors"], model["bands"])
    score, told = measures.points(model["factors"], NOTHING)
    assert 0 <= score <= 50 and not any(row["trouble"] for row in told)


@pytest.mark.parametrize(
    ("factors", "bands", "path"),
    [
        ([], [], "factors"),
        ([{"name": "x", "weight": "0", "formula": "1"}], [], "factors.0.weight"),
        ([{"name": "x", "weight": "1", "formula": "salary"}], [], "factors.0.formula"),
        ([{"name": "x", "weight": "1", "formula": "1 +"}], [], "factors.0.formula"),
        (MODEL, [BANDS[0], BANDS[0]], "bands.1.grade"),
        (MODEL, [{"grade": "A", "least": "1", "limit": "secret"}], "bands.0.limit"),
    ],
)
def test_a_model_that_cannot_be_read_says_where(factors: list, bands: list, path: str):
    with pytest.raises(Invalid) as told:
        measures.check(factors, bands)
    assert [error.path for error in told.value.errors] == [path]


def test_rows_are_checked_cell_by_cell_and_empty_ones_left_out():
    given = [{"kind": "stand", "text": "Hall 5", "planned": "1,200.5"}, {"text": ""}, {"planned": 10}]
    kept = rows_of("costs", given, COSTS)
    assert [row["planned"] for row in kept] == ["1200.50", "10.00"]
    with pytest.raises(Invalid) as told:
        rows_of("costs", [{"planned": "many"}, {"colour": "red"}], COSTS)
    assert {error.path for error in told.value.errors} == {"costs.0.planned", "costs.1.colour"}
    for wrong in ("text", [1], [{}] * 201):
        with pytest.raises(Invalid):
            rows_of("costs", wrong, COSTS)
