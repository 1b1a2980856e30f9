"""Stock and its value: moving average, serial numbers, reservations, reversal (spec 2.8)."""

from __future__ import annotations

import pytest

from tests import trade
from tests.api import Api, Json


def issue(api: Api, what: Json, quantity: str, status: int = 200, **line: str) -> Json:
    values = {"item": what["id"], "quantity": quantity, "from_warehouse": trade.main_warehouse(api), **line}
    return api.act(api.create("inventory.move", {"kind": "issue", "lines": [values]}), "post", status)


def balance(api: Api, what: Json) -> tuple[str, str]:
    (row,) = api.rows("inventory.balance", f"item={what['id']}")
    return row["on_hand"], row["value"]


def test_the_moving_average_of_the_specification(api: Api):
    """10 at 100, 5 at 130, −8, 4 at 120, −6: issues of 880.00 and 681.82, 5 left worth 568.18."""
    part = trade.item(api)
    trade.receive(api, part, "10", "100")
    trade.receive(api, part, "5", "130")
    assert balance(api, part) == ("15", "1650.00")
    assert issue(api, part, "8")["document"]["value"] == "880.00"
    trade.receive(api, part, "4", "120")
    assert issue(api, part, "6")["document"]["value"] == "681.82"
    assert balance(api, part) == ("5", "568.18")
    assert issue(api, part, "5")["document"]["value"] == "568.18"
    assert balance(api, part) == ("0", "0.00")


def test_a_receipt_without_a_price_is_worth_the_standard_cost(api: Api):
    part = trade.item(api, "1000", "123.456789")
    assert trade.receive(api, part, "3")["value"] == "370.37"


def test_a_transfer_takes_its_value_along(api: Api):
    part = trade.stocked(api, "4")
    other = trade.first(api, "inventory.warehouse", kind="spare")
    moved = issue(api, part, "1", to_warehouse=other)["document"]
    assert moved["value"] == "600.00"
    rows = {row["warehouse"]["id"]: (row["on_hand"], row["value"]) for row in api.rows("inventory.balance", f"item={part['id']}")}
    assert rows == {trade.main_warehouse(api): ("3", "1800.00"), other: ("1", "600.00")}


def test_what_is_not_there_is_not_issued(api: Api):
    part = trade.stocked(api, "2.5")
    told = issue(api, part, "2.500001", 409)
    assert told["code"] == "stock_short" and "2.5 free" in told["detail"]
    assert balance(api, part) == ("2.5", "1500.00")


def test_what_is_kept_for_an_order_is_not_issued_to_others(api: Api):
    part = trade.item(api)
    trade.ready(api, {"item": part["id"], "quantity": "3"})
    trade.receive(api, part, "1")
    assert "1 free" in issue(api, part, "2", 409)["detail"]
    issue(api, part, "1")


def test_a_reversal_is_a_move_against_it_at_the_same_value(api: Api):
    part = trade.item(api)
    trade.receive(api, part, "10", "100")
    gone = issue(api, part, "4")["document"]
    trade.receive(api, part, "6", "200")
    against = api.made(gone, "reverse", "inventory.move", reason="wrong order")
    assert (against["kind"], against["state"], against["value"]) == ("reversal", "posted", "400.00")
    assert api.again(gone)["state"] == "reversed"
    assert balance(api, part) == ("16", "2200.00")
    api.refused(gone, "reverse", "wrong_state", reason="again")


def test_a_posted_move_is_never_changed(api: Api):
    moved = trade.receive(api, trade.item(api), "1")
    assert api.change(moved, {"reason": "later"}, 409)["code"] == "wrong_state"
    assert api.delete(f"/inventory/moves/{moved['id']}/", status=409)["code"] == "wrong_state"


# serial numbers ------------------------------------------------------------------------------------------------------
def take_in(api: Api, what: Json, serials: str, quantity: str, status: int = 201) -> Json:
    line = {"item": what["id"], "quantity": quantity, "to_warehouse": trade.main_warehouse(api), "serials": serials}
    return api.create("inventory.move", {"lines": [line]}, status)


def test_each_machine_has_its_number_and_its_cost(api: Api):
    machine = trade.machine(api)
    api.act(take_in(api, machine, "A1, A2\nA3", "3"), "post")
    assert {row["serial_no"]: row["state"] for row in api.rows("inventory.serial", f"item={machine['id']}")} == {
        "A1": "in_stock",
        "A2": "in_stock",
        "A3": "in_stock",
    }
    gone = issue(api, machine, "1", serials="A2")["document"]
    assert gone["value"] == "118200.00"
    assert {row["serial_no"]: row["state"] for row in api.rows("inventory.serial", f"item={machine['id']}")} == {
        "A1": "in_stock",
        "A2": "shipped",
        "A3": "in_stock",
    }


@pytest.mark.parametrize(("serials", "quantity", "code"), [("", "1", "required"), ("B1", "2", "count"), ("B1, B2", "1", "count")])
def test_numbers_and_pieces_must_agree(api: Api, serials: str, quantity: str, code: str):
    told = take_in(api, trade.machine(api), serials, quantity, 422)
    assert [(error["path"], error["code"]) for error in told["errors"]] == [("lines.0.serials", code)]


def test_no_number_twice_and_none_from_elsewhere(api: Api):
    machine = trade.machine(api)
    api.act(take_in(api, machine, "C1", "1"), "post")
    api.refused(take_in(api, machine, "C1", "1"), "post", "serial_twice")
    api.refused(take_in(api, machine, "C2, C2", "2"), "post", "serial_twice")
    api.act(take_in(api, machine, "C3", "1"), "post")
    other = trade.first(api, "inventory.warehouse", kind="spare")
    assert issue(api, machine, "1", 409, serials="C9")["code"] == "serial_not_here"
    assert issue(api, machine, "1", 409, serials="C1", from_warehouse=other)["code"] == "stock_short"
    issue(api, machine, "1", serials="C1", to_warehouse=other)
    assert issue(api, machine, "1", 409, serials="C1")["code"] == "serial_not_here"


def test_a_shipped_machine_can_come_back(api: Api):
    machine = trade.machine(api)
    api.act(take_in(api, machine, "D1", "1"), "post")
    issue(api, machine, "1", serials="D1")
    api.act(take_in(api, machine, "D1", "1"), "post")
    (row,) = api.rows("inventory.serial", f"item={machine['id']}")
    assert (row["state"], row["shipped_on"]) == ("in_stock", None)


def test_an_order_ships_the_machine_that_was_made_for_it(api: Api):
    machine = trade.machine(api)
    first, second = (trade.ready(api, {"item": machine["id"]})[1] for _ in range(2))
    api.act(api.latest("contracts.contract"), "receive", amount="138600")
    api.act(trade.delivery(api, second), "ship")
    states = {row["serial_no"]: row["state"] for row in api.rows("inventory.serial", f"item={machine['id']}")}
    assert states == {f"{first['number']}-01-01": "in_stock", f"{second['number']}-01-01": "shipped"}
