"""What stands beside a quote while it is typed: by when it is promised, how its prices come about, its paper. Nothing is saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kernel import clock
from tests import trade
from tests.api import Api, Json

PAPER = "/quoting/quotes/preview/print/?language=en"


@pytest.fixture(scope="module")
def machine(api: Api) -> Json:
    return trade.item(api, lead_days=47)


def test_delivery_follows_the_slowest_line_until_somebody_promises_otherwise(api: Api, machine: Json):
    quick, own = trade.item(api, lead_days=10)["id"], {"item": machine["id"]}
    made = trade.quote(api, {"item": quick})
    assert made["delivery_days"] == 10
    made = api.change(made, {"lines": [{"id": made["lines"][0]["id"]}, own, {**own, "kind": "optional"}]})
    lead = made["_authority"]["lead"]
    day = (clock.now().date() + timedelta(days=47)).isoformat()
    assert (made["delivery_days"], lead) == (47, {"line": 1, "days": 47, "of": "item", "promised": day, "followed": True})
    again = api.made(api.act(made, "send")["document"], "revise", "quoting.quote")
    assert again["_authority"]["lead"]["followed"], "a revision goes on following"
    early = api.change(again, {"delivery_days": 40})
    (warned,) = early["_authority"]["warnings"]
    assert (warned["code"], "line 2 takes 47" in warned["detail"], early["level"]) == ("early_delivery", True, 3)
    assert api.change(early, {"title": "Other"})["delivery_days"] == 40, "what was typed stays"
    assert api.change(api.again(early), {"delivery_days": None})["delivery_days"] == 47


def test_without_a_lead_time_the_usual_days_are_promised(api: Api):
    made = trade.quote(api, {"item": trade.item(api)["id"]})
    assert (made["delivery_days"], made["_authority"]["lead"], made["_authority"]["warnings"]) == (60, None, [])


def test_a_price_by_the_rules_goes_with_the_goods_and_a_typed_one_stays(api: Api, machine: Json):
    dear = trade.item(api, "9000")
    made = trade.quote(api, {"item": machine["id"]}, {"item": machine["id"], "unit_price": "950"})
    lines = [{"id": line["id"], "item": dear["id"]} for line in made["lines"]]
    assert [line["unit_price"] for line in api.change(made, {"lines": lines})["lines"]] == ["9000", "950"]


def test_how_typed_prices_come_about(api: Api, machine: Json, as_role: Callable[..., Api]):
    typed = {"customer": trade.customer(api)["id"], "lines": [{"item": machine["id"], "discount": "3"}, {}]}
    told = api.post("/quoting/quotes/prices/", typed)
    (line,) = told["lines"]
    assert (told["of"], line["id"], line["net"], [step["step"] for step in line["steps"]]) == ("typed", None, "970", ["list", "discount"])
    made = trade.quote(api, {"item": machine["id"]})
    wrong = {"id": made["id"], "lines": [{"id": made["lines"][0]["id"], "quantity": "-1"}]}
    told = api.post("/quoting/quotes/prices/", wrong)
    assert (told["of"], told["lines"][0]["net"], told["errors"][0]["code"]) == ("saved", "1000", "positive")
    as_role("Warehouse").post("/quoting/quotes/prices/", typed, 403)
    as_role("Sales engineer").post("/quoting/quotes/prices/", wrong, 404)


def test_the_paper_of_what_is_typed(api: Api, machine: Json, as_role: Callable[..., Api]):
    typed = {"customer": trade.customer(api)["id"], "lines": [{"item": machine["id"]}]}
    told = api.post(PAPER, typed)
    assert (told["of"], told["more"], told["errors"]) == ("typed", 0, [])
    assert told["pages"][0].startswith("<svg") and not api.rows("quoting.quote", f"customer={typed['customer']}")
    long = api.post(PAPER, {**typed, "lines": typed["lines"] * 60})
    assert len(long["pages"]) > len(told["pages"])
    assert api.post(f"{PAPER}&template=technical", typed)["pages"] != told["pages"]
    made = trade.quote(api, {"item": machine["id"]})
    wrong = api.post(PAPER, {"id": made["id"], "lines": [{"id": made["lines"][0]["id"], "discount": "200"}]})
    assert (wrong["of"], wrong["errors"][0]["code"], bool(wrong["pages"])) == ("saved", "range", True)
    nothing = api.post(PAPER, {"lines": [{"item": machine["id"], "quantity": "0"}]})
    assert (nothing["of"], nothing["pages"]) == ("", [])
    as_role("Warehouse").post(PAPER, typed, 403)
    as_role("Sales engineer").post(PAPER, {"id": made["id"]}, 404)
