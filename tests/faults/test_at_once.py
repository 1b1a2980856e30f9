"""Several people, or one who clicked twice, at the same moment."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests import trade
from tests.api import Api, Json
from tests.faults.together import copies, together

MANY = 20
CREDIT = "100% 30 days after shipment"


@pytest.fixture(scope="module")
def seats(api: Api) -> list[Api]:
    return copies(api, MANY)


@pytest.fixture(scope="module")
def credit(api: Api) -> int:
    """A payment scheme that blocks nothing."""
    return trade.first(api, "contracts.scheme", name=CREDIT)


def statuses(answers: list[tuple[int, Json]]) -> list[int]:
    return sorted(status for status, _told in answers)


# one document --------------------------------------------------------------------------------------------------------
def test_of_two_who_save_one_wins_and_the_other_can_go_on(api: Api, seats: list[Api]):
    offer = trade.quote(api)
    path = f"/quoting/quotes/{offer['id']}/"
    answers = together(2, lambda number: seats[number].ask("patch", path, {"version": offer["version"], "title": f"Title {number}"}))
    assert statuses(answers) == [200, 409]
    loser = next(number for number, (status, _told) in enumerate(answers) if status == 409)
    told = answers[loser][1]
    assert told["code"] == "stale" and told["current"] == api.again(offer)
    assert told["current"]["title"] == f"Title {1 - loser}"
    again = seats[loser].patch(path, {"version": told["current"]["version"], "title": f"Title {loser}"})
    assert again["title"] == f"Title {loser}"


def test_of_many_who_act_one_does(api: Api, seats: list[Api]):
    offer = trade.quote(api)
    path = f"/quoting/quotes/{offer['id']}/send/"
    answers = together(8, lambda number: seats[number].ask("post", path, {"version": offer["version"]}))
    assert statuses(answers) == [200] + [409] * 7
    assert {told["code"] for status, told in answers if status == 409} <= {"stale", "wrong_state"}
    events = api.get(f"/quoting/quotes/{offer['id']}/events/")["rows"]
    assert [event["verb"] for event in events] == ["send", "create"]


def test_a_quote_becomes_one_contract_however_often_it_is_accepted(api: Api, seats: list[Api]):
    offer = api.act(trade.quote(api), "send")["document"]
    answers = together(8, lambda number: seats[number].ask("post", f"/quoting/quotes/{offer['id']}/accept/", {}))
    assert statuses(answers) == [200] + [409] * 7
    assert len(api.rows("contracts.contract", f"customer={offer['customer']['id']}")) == 1


# one request ---------------------------------------------------------------------------------------------------------
def test_a_request_sent_many_times_with_one_key_is_carried_out_once(api: Api, seats: list[Api]):
    values = {"customer": trade.customer(api)["id"], "title": "Only once", "lines": [{"item": trade.item(api)["id"]}]}
    key = trade.some("key")

    def send(number: int) -> tuple[int, Json]:
        return seats[number].ask("post", "/quoting/quotes/", values, **{"Idempotency-Key": key})

    answers = together(8, send)
    assert statuses(answers) == [201] * 8
    assert {told["id"] for _status, told in answers} == {answers[0][1]["id"]}
    assert len(api.rows("quoting.quote", "q=Only once")) == 1
    late = seats[0].ask("post", "/quoting/quotes/", {**values, "title": "Other"}, **{"Idempotency-Key": key})
    assert (late[0], late[1]["code"]) == (422, "idempotency_mismatch")


def test_the_repetition_says_that_it_is_one(api: Api):
    values, key = {"name": trade.some("Steel")}, trade.some("key")
    headers = {"Idempotency-Key": key}
    first, second = (
        api.client.post("/api/v1/partners/partners/", values, content_type="application/json", headers=headers) for _ in range(2)
    )
    assert first.json() == second.json()
    assert (first.headers.get("Idempotent-Replay"), second.headers.get("Idempotent-Replay")) == (None, "true")


def test_a_refused_request_may_be_sent_again(api: Api):
    agreed, placed = trade.order(api, {"item": trade.item(api)["id"]})
    key = {"Idempotency-Key": trade.some("key")}
    api.post(f"/sales/orders/{placed['id']}/release/", {}, 409, **key)
    api.act(agreed, "receive", amount="300")
    assert api.post(f"/sales/orders/{placed['id']}/release/", {}, 200, **key)["document"]["state"] == "released"


def test_two_people_may_use_the_same_key(api: Api, as_role):
    seller, key = as_role("Sales manager"), {"Idempotency-Key": "same"}
    made = [one.post("/partners/partners/", {"name": trade.some("Steel")}, 201, **key) for one in (api, seller)]
    assert made[0]["id"] != made[1]["id"]


# stock ---------------------------------------------------------------------------------------------------------------
def deliveries(api: Api, credit: int, items: list[list[Json]]) -> list[Json]:
    """A delivery ready to ship for each list of items."""
    made = []
    for of in items:
        _agreed, placed = trade.order(api, *({"item": one["id"]} for one in of), scheme=credit)
        made.append(trade.delivery(api, placed))
    return made


def ship(seats: list[Api], notes: list[Json]) -> list[tuple[int, Json]]:
    return together(len(notes), lambda number: seats[number].ask("post", f"/logistics/deliveries/{notes[number]['id']}/ship/", {}))


def balance(api: Api, item: Json) -> Json:
    (row,) = api.rows("inventory.balance", f"item={item['id']}")
    return row


def test_stock_never_falls_below_zero(api: Api, seats: list[Api], credit: int):
    part = trade.stocked(api, "12")
    notes = deliveries(api, credit, [[part]] * MANY)
    answers = ship(seats, notes)
    assert statuses(answers) == [200] * 12 + [409] * 8
    assert {told["code"] for status, told in answers if status == 409} == {"stock_short"}
    left = balance(api, part)
    assert (left["on_hand"], left["reserved"], left["value"]) == ("0", "0", "0.00")
    assert sorted(api.again(note)["state"] for note in notes) == ["draft"] * 8 + ["shipped"] * 12


def test_deliveries_of_the_same_goods_in_any_order_do_not_block_each_other(api: Api, seats: list[Api], credit: int):
    one, two, three = (trade.stocked(api, "100") for _ in range(3))
    orders = [[one, two, three], [three, two, one], [two, three, one], [one, three, two]] * 4
    assert statuses(ship(seats, deliveries(api, credit, orders))) == [200] * 16
    assert [balance(api, item)["on_hand"] for item in (one, two, three)] == ["84", "84", "84"]


# money ---------------------------------------------------------------------------------------------------------------
def total(rows: list[Json], name: str) -> Decimal:
    return sum((Decimal(row[name]) for row in rows), Decimal(0))


def allocated(api: Api, receipts: list[Json]) -> list[Json]:
    return [line for receipt in receipts for line in api.again(receipt)["allocations"]]


def test_no_more_of_a_receipt_is_used_than_came_in(api: Api, seats: list[Api]):
    agreed, _placed = trade.order(api, {"item": trade.item(api, "100000")["id"]})
    receipt = api.act(api.create("finance.receipt", {"partner": agreed["customer"]["id"], "amount": "100"}), "post")["document"]
    due = trade.dues(api, agreed)[0]
    path = f"/finance/receipts/{receipt['id']}/allocate/"
    answers = together(10, lambda number: seats[number].ask("post", path, {"due": due["id"], "amount": "30"}))
    assert statuses(answers) == [200] * 3 + [409] * 7
    now = api.again(receipt)
    assert (now["allocated"], total(now["allocations"], "amount"), api.again(due)["collected"]) == ("90.00", Decimal(90), "90.00")


def test_no_more_is_collected_than_is_due(api: Api, seats: list[Api]):
    agreed, _placed = trade.order(api, {"item": trade.item(api, "1000")["id"]})
    due = trade.dues(api, agreed)[0]
    values = {"partner": agreed["customer"]["id"], "amount": "40", "allocations": [{"due": due["id"], "amount": "40"}]}
    receipts = [api.create("finance.receipt", values) for _ in range(12)]
    answers = together(12, lambda number: seats[number].ask("post", f"/finance/receipts/{receipts[number]['id']}/post/", {}))
    assert statuses(answers) == [200] * 7 + [409] * 5
    posted = [receipt for receipt in receipts if api.again(receipt)["state"] == "posted"]
    assert (api.again(due)["collected"], total(allocated(api, posted), "amount")) == ("280.00", Decimal(280))
    assert api.again(agreed)["collected"] == "280.00"


def test_receipts_for_one_contract_share_its_stages(api: Api, seats: list[Api]):
    agreed, placed = trade.order(api, {"item": trade.item(api, "1000")["id"]})
    answers = together(8, lambda number: seats[number].ask("post", f"/contracts/contracts/{agreed['id']}/receive/", {"amount": "150"}))
    assert statuses(answers) == [200] * 8
    receipts = api.rows("finance.receipt", f"partner={agreed['customer']['id']}")
    assert total(receipts, "amount") == Decimal(1200)
    assert total(receipts, "allocated") == total(trade.dues(api, agreed), "collected") == Decimal(1000)
    assert [due["collected"] for due in trade.dues(api, agreed)] == ["300.00", "600.00", "100.00"]
    assert (api.again(agreed)["collected"], api.again(placed)["collected"]) == ("1000.00", "1000.00")
    assert api.get(f"/partners/partners/{agreed['customer']['id']}/desk/")["figures"]["balance"] == "-1200.00"


# numbers -------------------------------------------------------------------------------------------------------------
def test_numbers_drawn_at_once_are_different_and_none_is_missing(api: Api, seats: list[Api]):
    who, part = trade.customer(api)["id"], trade.item(api)
    drafts = [api.create("finance.invoice", {"partner": who, "lines": [{"item": part["id"]}]}) for _ in range(16)]
    answers = together(16, lambda number: seats[number].ask("post", f"/finance/invoices/{drafts[number]['id']}/issue/", {}))
    assert statuses(answers) == [200] * 16
    series = sorted(int(told["document"]["number"].rpartition("-")[2]) for _status, told in answers)
    assert series == list(range(series[0], series[0] + 16))
    made = together(16, lambda number: seats[number].create("quoting.quote", {"customer": who, "lines": []}))
    assert len({one["number"] for one in made}) == 16


# names ---------------------------------------------------------------------------------------------------------------
def test_of_many_who_enter_the_same_customer_one_does(seats: list[Api]):
    values = {"name": trade.some("Same Steel"), "tax_no": "91310000MA1K35XX7Q"}
    answers = together(6, lambda number: seats[number].ask("post", "/partners/partners/", values))
    assert statuses(answers) == [201] + [422] * 5
