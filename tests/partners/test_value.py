"""What customers are worth: ranks, weights, a grade to take over, and who moved from quarter to quarter (W-4.2.2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

from tenant_apps.analytics import customer_value as value
from tests import trade
from tests.api import Api


def figures(recency: int, frequency: int, amount: int, margin: int, overdue: int, service: int = 0) -> value.Figures:
    return dict(zip(value.MEASURES, map(D, (recency, frequency, amount, margin, overdue, service)), strict=True))


def test_the_score_is_the_weighted_rank_among_those_that_have_bought():
    found = {
        1: figures(10, 5, 900, 300, 0),
        2: figures(100, 2, 500, 100, 0),
        3: figures(400, 1, 0, 0, 50),
        4: figures(100, 2, 500, 100, 80),
    }
    scores = value.scored(found, {"recency": 20, "frequency": 15, "amount": 30, "margin": 25, "overdue": 10})
    # of four: recency 100 75 25 75; frequency, amount, margin 100 75 25 75; overdue (two owe nothing) 100 100 50 25
    assert scores == {1: D("100.0"), 2: D("77.5"), 3: D("27.5"), 4: D("70.0")}
    assert [value.graded(score, {"A": 75, "B": 55, "C": 35, "D": 0}) for score in scores.values()] == ["A", "A", "D", "B"]
    assert value.scored({}, dict.fromkeys(value.MEASURES, 0)) == {}


def test_service_that_costs_much_lowers_the_score():
    found = {1: figures(1, 1, 1, 1, 0, 500), 2: figures(1, 1, 1, 1, 0), 3: figures(1, 1, 1, 1, 0, 200)}
    assert value.scored(found, {"amount": 50, "service": 50}) == {1: D("66.7"), 2: D("100.0"), 3: D("83.3")}


def test_quarters():
    assert [value.period_of(date(2026, month, 1)) for month in (1, 3, 4, 12)] == ["2026Q1", "2026Q1", "2026Q2", "2026Q4"]


def test_a_grade_is_proposed_kept_by_quarter_and_taken_over(api: Api, as_role, on_day):
    on_day(date(2026, 3, 2))
    agreed, _order = trade.closed(api, {"item": trade.item(api)["id"]})
    who = agreed["customer"]["id"]
    called = {"partner": who, "kind": "service", "subject": "Load cell", "day": "2026-03-01", "cost": "120"}
    api.act(api.create("crm.activity", called), "finish")
    assert api.post("/partners/values/")["valued"] == 1
    on_day(date(2026, 6, 2))
    assert api.post("/partners/values/")["valued"] == api.post("/partners/values/")["valued"] == 1
    told = api.get("/partners/values/")
    assert told["periods"] == ["2026Q1", "2026Q2"] and told["moves"] == {"A": {"A": 1}} and told["counts"]["2026Q2"] == {"A": 1}
    assert [(row["id"], row["proposed"]) for row in told["changes"]] == [(who, "A")]
    partner = api.read("partners.partner", who)
    assert api.act(partner, "regrade")["document"]["grade"] == "A"
    desk = api.get(f"/partners/partners/{who}/desk/")
    assert [(row["period"], row["service"]) for row in desk["value"]] == [("2026Q1", "120.00"), ("2026Q2", "120.00")] and desk["profit"][
        "orders"
    ] == "1"
    as_role("Warehouse").get("/partners/values/", 403)
