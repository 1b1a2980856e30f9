"""What a chart or table says of the market is what the list behind it adds up to, bar by bar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from tests import trade
from tests.api import Api, Json
from tests.crm.sales import CAMPAIGN, DEAL, LEAD, deal, lead, tick_all
from tests.trade import some

START = date(2026, 2, 10)


@pytest.fixture
def rep(api: Api, on_day: Callable[[date], None]) -> Api:
    """A colleague with six opportunities of spring 2026: two open, one on hold, two won, one lost."""
    on_day(START)
    who = trade.join(api, "Sales engineer")
    customer = trade.customer(who)["id"]
    rows = [
        who.create(DEAL, {"title": some("Machine"), "customer": customer, "amount": amount, "expected_on": day})
        for amount, day in (
            ("1000", "2026-03-10"),
            ("2000", "2026-05-20"),
            ("3000", None),
            ("5000.50", None),
            ("7000", None),
            ("11000", None),
        )
    ]
    second = who.act(tick_all(who, rows[1]), "advance")["document"]
    who.act(rows[2], "hold")
    on_day(date(2026, 3, 15))
    who.act(rows[3], "win")
    who.act(rows[5], "lose", reason="price & more")
    on_day(date(2026, 4, 2))
    who.act(rows[4], "win", amount="7500")
    who.act(second, "log", text="spoke")
    return who


def adds_up(api: Api, query: str, count: int, amount: str | None = None, weighted: str | None = None) -> None:
    found = api.rows(DEAL, query)
    assert len(found) == count, query
    for name, told in (("amount", amount), ("weighted", weighted)):
        if told is not None:
            assert sum((Decimal(row[name]) for row in found), Decimal(0)) == Decimal(told), (query, name)


def test_forecast(rep: Api):
    told = rep.get("/crm/forecast/")
    assert [(row["key"], row["amount"], row["won"]) for row in told["periods"]] == [
        ("2026-03", "1000.00", "5000.50"),
        ("2026-04", "0.00", "7500.00"),
        ("2026-05", "2000.00", "0.00"),
    ]
    for row in (*told["periods"], told["undated"], *told["owners"]):
        adds_up(rep, row["query"], row["count"], row["amount"], row["weighted"])
    for row in told["periods"]:
        assert sum(Decimal(one["amount"]) for one in rep.rows(DEAL, row["won_query"])) == Decimal(row["won"])


def test_funnel(rep: Api, on_day: Callable[[date], None]):
    on_day(date(2026, 4, 20))
    steps = rep.get("/crm/funnel/")["stages"]
    assert [row["reached"] for row in steps] == [6, 3, 2, 2, 2, 2, 2]
    assert [row["stuck"] for row in steps][:2] == [1, 1]
    for row in steps:
        adds_up(rep, row["query"], row["count"], row["amount"], row["weighted"])
        adds_up(rep, row["reached_query"], row["reached"])
        if row["stuck_query"]:
            adds_up(rep, row["stuck_query"], row["stuck"])


def test_won_and_lost(rep: Api):
    told = rep.get("/crm/outcomes/?since=2026-03-01&until=2026-04-30")
    assert (told["won"], told["lost"], told["won_amount"], told["rate"]) == (2, 1, "12500.50", "0.667")
    assert [(row["key"], row["won"], row["lost"]) for row in told["months"]] == [("2026-03", 1, 1), ("2026-04", 1, 0)]
    for row in (told, *told["months"], *told["owners"]):
        adds_up(rep, row["won_query"], row["won"], row["won_amount"])
        adds_up(rep, row["lost_query"], row["lost"], row["lost_amount"])
    for row in told["reasons"]:
        adds_up(rep, row["query"], row["count"], row["amount"])


def test_how_far_the_process_can_be_seen(rep: Api):
    told = rep.get("/crm/clarity/")
    assert (told["open"], told["clear"], told["rate"]) == (2, 1, "0.500")
    assert {row["name"]: row["count"] for row in told["shortfalls"]} == {"undated": 0, "overdue": 1, "never": 1, "silent": 0}
    for row in told["shortfalls"]:
        adds_up(rep, row["query"], row["count"])


def test_campaigns_by_hand(api: Api):
    """A fair (60,000 planned, 50,000 spent) with an open day (2,000 planned); three leads, two become opportunities, one is won with 312,000.

    The customer of the won one orders again without any campaign: by first contact that counts to the fair as well. 52,000 / 3 leads = 17,333.33.
    """
    fair = api.create(CAMPAIGN, {"name": some("Fair"), "costs": [{"kind": "stand", "planned": "60000", "actual": "50000"}]})
    day = api.create(CAMPAIGN, {"name": some("Open day"), "parent": fair["id"], "costs": [{"kind": "print", "planned": "2000"}]})
    leads = [lead(api, campaign=one["id"]) for one in (fair, day, day)]
    won, _lost = (api.made(one, "convert", DEAL, amount="300000") for one in leads[:2])
    api.act(won, "win", amount="312000")
    deal(api, customer=won["customer"]["id"], amount="8000")
    told = {way: {row["id"]: row for row in api.get(f"/crm/campaigns/returns/?way={way}")["rows"]} for way in ("source", "first")}
    whole: Json = told["source"][fair["id"]]
    expected = {
        "planned": "62000.00", "spent": "50000.00", "leads": 3, "good_leads": 2, "opportunities": 2, "won": 1, "won_amount": "312000.00", "open_weighted": "30000.00",
        "cost_per_lead": "17333.33", "cost_per_opportunity": "26000.00", "cost_per_won": "52000.00", "cost_per_won_amount": "0.1667", "return": "6.00",
    }  # fmt: skip
    assert {name: whole[name] for name in expected} == expected
    part = told["source"][day["id"]]
    assert (part["leads"], part["opportunities"], part["won"], part["cost_per_lead"], part["return"]) == (2, 1, 0, "1000.00", None)
    assert (told["first"][fair["id"]]["opportunities"], told["first"][fair["id"]]["cost_per_opportunity"]) == (3, "17333.33")
    for way, rows in told.items():
        for row in (rows[fair["id"]], rows[day["id"]]):
            assert len(api.rows(LEAD, row["query"])) == row["leads"]
            adds_up(api, row["deal_query"], row["opportunities"])
            adds_up(api, row["won_query"], row["won"], row["won_amount"])
            assert sum(Decimal(one["actual_cost"]) for one in api.rows(CAMPAIGN, row["cost_query"])) == Decimal(row["spent"]), way
