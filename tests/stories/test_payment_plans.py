"""Payment plans to the cent (spec 2.4, 5.1)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests import trade
from tests.api import Api, Json


def amounts(api: Api, price: str, **values: object) -> list[str]:
    return [line["amount"] for line in trade.contract(api, {"item": trade.machine(api, price)["id"]}, **values)["plan"]]


@pytest.mark.parametrize(
    ("price", "stages"),
    [
        ("231000", ["69300.00", "138600.00", "23100.00"]),
        ("256741.20", ["77022.36", "154044.72", "25674.12"]),
        ("523800", ["157140.00", "314280.00", "52380.00"]),
        ("0.05", ["0.02", "0.03", "0.00"]),
        ("99999.99", ["30000.00", "59999.99", "10000.00"]),
    ],
)
def test_30_60_10(api: Api, price: str, stages: list[str]):
    assert amounts(api, price) == stages


def test_30_30_30_10_of_a_test_stand(api: Api):
    scheme = trade.first(api, "contracts.scheme", name="30/30/30/10")
    assert amounts(api, "1880000", scheme=scheme) == ["564000.00", "564000.00", "564000.00", "188000.00"]


def own_scheme(api: Api, *lines: Json) -> int:
    return api.create("contracts.scheme", {"name": trade.some("Plan"), "lines": list(lines)})["id"]


def test_40_percent_then_50_and_the_whole_tax_then_10(api: Api):
    """ERPNext issue 38748: “not possible out of the box”."""
    net = {"base": "net"}
    scheme = own_scheme(
        api,
        {"name": "Deposit", "percent": "40", **net},
        {"name": "Delivery", "percent": "50", "tax_percent": "100", **net},
        {"name": "Retention", "percent": "10", **net},
    )
    agreed = trade.contract(api, {"item": trade.machine(api, "113000")["id"]}, scheme=scheme)
    assert (agreed["net_total"], agreed["tax_total"]) == ("100000.00", "13000.00")
    assert [line["amount"] for line in agreed["plan"]] == ["40000.00", "63000.00", "10000.00"]


@pytest.mark.parametrize("percents", [("30", "60"), ("30", "60", "11"), ("50", "50.01")])
def test_stages_that_are_not_the_whole_are_refused(api: Api, percents: tuple[str, ...]):
    lines = [{"name": f"Stage {percent}", "percent": percent} for percent in percents]
    told = api.create("contracts.scheme", {"name": "Odd", "lines": lines}, 422)
    assert [(error["path"], error["code"]) for error in told["errors"]] == [("lines", "not_hundred")]


def test_a_stage_without_a_share_is_refused(api: Api):
    told = api.create(
        "contracts.scheme", {"name": "Odd", "lines": [{"name": "All", "percent": "100"}, {"name": "Nothing", "percent": "0"}]}, 422
    )
    assert [(error["path"], error["code"]) for error in told["errors"]] == [("lines.1.percent", "positive")]


def test_a_changed_price_divides_the_plan_anew(api: Api):
    agreed = trade.contract(api, {"item": trade.machine(api, "231000")["id"]})
    line = {"id": agreed["lines"][0]["id"], "unit_price": "256741.20"}
    changed = api.change(agreed, {"lines": [line]})
    assert [line["amount"] for line in changed["plan"]] == ["77022.36", "154044.72", "25674.12"]
    assert sum(Decimal(line["amount"]) for line in changed["plan"]) == Decimal(changed["total"])


def test_once_signed_nothing_of_it_changes_by_hand(api: Api):
    agreed, _placed = trade.order(api)
    assert api.change(agreed, {"title": "Cheaper"}, 409)["code"] == "wrong_state"


def test_goods_ordered_on_credit_ship_without_a_payment(api: Api):
    scheme = trade.first(api, "contracts.scheme", name="100% 30 days after shipment")
    part = trade.stocked(api)
    agreed, placed = trade.order(api, {"item": part["id"]}, scheme=scheme)
    api.act(trade.delivery(api, placed), "ship")
    due = api.one("finance.due", f"partner={agreed['customer']['id']}")
    assert (due["state"], due["amount"]) == ("triggered", "1000.00")
