"""Money comes in, is used for receivables, and is taken back (spec 2.11)."""

from __future__ import annotations

import pytest

from tests import trade
from tests.api import Api, Json


@pytest.fixture
def agreed(api: Api) -> Json:
    """A contract of 1,000.00: receivables of 300, 600 and 100."""
    return trade.order(api, {"item": trade.item(api)["id"]})[0]


def collected(api: Api, agreed: Json) -> list[str]:
    return [due["collected"] for due in trade.dues(api, agreed)]


def receipt(api: Api, agreed: Json, amount: str, *used: tuple[int, str]) -> Json:
    lines = [{"due": trade.dues(api, agreed)[position]["id"], "amount": part} for position, part in used]
    return api.create("finance.receipt", {"partner": agreed["customer"]["id"], "amount": amount, "allocations": lines})


def test_one_sum_pays_the_stages_in_their_order_and_the_rest_stays_free(api: Api, agreed: Json):
    made = api.made(agreed, "receive", "finance.receipt", amount="1100", reference="TT-1", method="bill", on="2026-11-02")
    assert collected(api, agreed) == ["300.00", "600.00", "100.00"]
    assert (made["amount"], made["allocated"], made["state"], made["reference"], made["method"]) == (
        "1100.00",
        "1000.00",
        "posted",
        "TT-1",
        "bill",
    )
    assert made["received_on"] == "2026-11-02"
    assert [line["amount"] for line in made["allocations"]] == ["300.00", "600.00", "100.00"]


def test_a_receipt_by_hand_is_used_as_it_says(api: Api, agreed: Json):
    made = receipt(api, agreed, "650", (1, "600"), (2, "50"))
    assert (made["state"], made["allocated"], collected(api, agreed)) == ("draft", "650.00", ["0.00", "0.00", "0.00"])
    api.act(made, "post")
    assert collected(api, agreed) == ["0.00", "600.00", "50.00"]
    assert [due["state"] for due in trade.dues(api, agreed)] == ["triggered", "received", "partly_received"]
    assert api.again(agreed)["collected"] == "650.00"


def test_what_is_left_is_used_later(api: Api, agreed: Json):
    made = api.act(receipt(api, agreed, "500"), "post")["document"]
    first, second, _third = trade.dues(api, agreed)
    api.act(made, "allocate", due=first["id"])
    assert (api.again(made)["allocated"], collected(api, agreed)[0]) == ("300.00", "300.00")
    assert "200.00" in api.refused(made, "allocate", "nothing_left", due=second["id"], amount="200.01")["detail"]
    api.act(made, "allocate", due=second["id"])
    assert (api.again(made)["allocated"], collected(api, agreed)) == ("500.00", ["300.00", "200.00", "0.00"])
    api.refused(made, "allocate", "nothing_left", due=second["id"])


def test_more_than_is_open_is_refused_and_nothing_is_booked(api: Api, agreed: Json):
    made = receipt(api, agreed, "400", (0, "300.01"))
    told = api.refused(made, "post", "over_allocated")
    assert "300.00" in told["detail"]
    assert collected(api, agreed) == ["0.00", "0.00", "0.00"]
    assert api.get(f"/partners/partners/{agreed['customer']['id']}/desk/")["ledger"] == []


@pytest.mark.parametrize(
    ("amount", "used", "path", "code"),
    [("0", [], "amount", "positive"), ("-5", [], "amount", "positive"), ("100", [(0, "60"), (1, "40.01")], "allocations", "too_much"),
     ("100", [(0, "-1")], "allocations.0.amount", "positive")],
)  # fmt: skip
def test_a_receipt_that_cannot_be_is_refused(api: Api, agreed: Json, *, amount: str, used: list, path: str, code: str):
    lines = [{"due": trade.dues(api, agreed)[position]["id"], "amount": part} for position, part in used]
    told = api.create("finance.receipt", {"partner": agreed["customer"]["id"], "amount": amount, "allocations": lines}, 422)
    assert (path, code) in [(error["path"], error["code"]) for error in told["errors"]]


def test_another_customers_receivable_is_not_paid(api: Api, agreed: Json):
    other = trade.order(api)[0]
    told = api.create(
        "finance.receipt",
        {"partner": other["customer"]["id"], "amount": "10", "allocations": [{"due": trade.dues(api, agreed)[0]["id"], "amount": "10"}]}, 422,
    )  # fmt: skip
    assert told["errors"][0]["code"] == "other_customer"
    posted = api.act(api.create("finance.receipt", {"partner": other["customer"]["id"], "amount": "10"}), "post")["document"]
    api.refused(posted, "allocate", "other_customer", due=trade.dues(api, agreed)[0]["id"])


def test_a_reversed_receipt_opens_everything_again(api: Api, agreed: Json):
    api.act(agreed, "receive", amount="300")
    made = api.made(agreed, "receive", "finance.receipt", amount="650")
    assert collected(api, agreed) == ["300.00", "600.00", "50.00"]
    api.act(made, "reverse", reason="wrong account")
    assert collected(api, agreed) == ["300.00", "0.00", "0.00"]
    assert [due["state"] for due in trade.dues(api, agreed)] == ["received", "planned", "planned"]
    assert api.again(agreed)["collected"] == "300.00"
    told = api.get(f"/partners/partners/{agreed['customer']['id']}/desk/")
    assert [(row["kind"], row["credit"]) for row in told["ledger"]] == [
        ("reversal", "-650.00"),
        ("receipt", "650.00"),
        ("receipt", "300.00"),
    ]
    assert told["figures"]["balance"] == "-300.00"
    api.refused(made, "reverse", "wrong_state", reason="again")


def test_what_is_waived_blocks_nothing_and_takes_no_money(api: Api, agreed: Json):
    deposit = trade.dues(api, agreed)[0]
    waived = api.act(deposit, "waive", reason="old customer")["document"]
    assert waived["state"] == "waived"
    (placed,) = api.rows("sales.order", f"customer={agreed['customer']['id']}")
    api.act(placed, "release")
    made = api.made(agreed, "receive", "finance.receipt", amount="600")
    assert collected(api, agreed) == ["0.00", "600.00", "0.00"]
    by_hand = api.act(api.create("finance.receipt", {"partner": agreed["customer"]["id"], "amount": "5"}), "post")["document"]
    api.act(by_hand, "allocate", 409, due=deposit["id"])
    api.act(made, "reverse", reason="bounced")
    assert api.again(deposit)["state"] == "waived"
    assert api.get(f"/partners/partners/{agreed['customer']['id']}/desk/")["figures"]["overdue"] == "0.00"


def test_a_contract_is_complete_without_what_was_waived(api: Api):
    agreed, placed = trade.shipped(api, {"item": trade.item(api)["id"]})
    api.act(api.made(placed, "invoice", "finance.invoice"), "issue")
    api.act(placed, "accept")
    api.act(placed, "close")
    assert api.again(agreed)["state"] == "executing"
    api.act(trade.dues(api, agreed)[2], "waive", reason="scratched in transport")
    assert api.again(agreed)["state"] == "completed"


def test_a_completed_contract_goes_on_when_its_money_is_taken_back(api: Api):
    agreed, _placed = trade.closed(api)
    assert agreed["state"] == "completed"
    last = api.rows("finance.receipt", f"partner={agreed['customer']['id']}&sort=-id")[0]
    api.act(last, "reverse", reason="bounced")
    assert api.again(agreed)["state"] == "executing"
