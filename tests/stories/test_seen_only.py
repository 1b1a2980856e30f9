"""What repeats values of documents elsewhere (a customer's desk, the home page, histories) shows no more of them than the documents do."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests import trade
from tests.api import Api, Json

EVERYTHING = {"*": {"*": "all"}}
RECEIPT = "finance.receipt"


def desk(api: Api, who: int) -> Json:
    return api.get(f"/partners/partners/{who}/desk/")


def colleague(api: Api, masks: Json, **grants: Json) -> Api:
    name = trade.some("Role")
    api.create("organization.role", {"name": name, "grants": {**EVERYTHING, **grants}, "masks": masks})
    return trade.join(api, name)


def said(answer: object) -> str:
    return json.dumps(answer, ensure_ascii=False).replace(",", "")


# rows: a customer shared by two sellers ------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def ann(as_role) -> Api:
    return as_role("Sales engineer")


@pytest.fixture(scope="module")
def shared(api: Api, ann: Api) -> int:
    """Ann's customer. She has sold a machine for 1,000 of which the deposit is paid; a colleague one for 5,000, invoiced and half paid."""
    who = trade.customer(ann)["id"]
    for owner, price, paid in ((ann.member, "1000", "300"), (api.member, "5000", "2500")):
        part = trade.item(api, price)
        agreed, placed = trade.order(api, {"item": part["id"]}, customer=who, owner=owner)
        api.act(agreed, "receive", amount=paid)
        if owner == api.member:
            api.act(placed, "release")
            api.act(api.made(placed, "invoice", "finance.invoice"), "issue")
    return who


def test_a_seller_sees_the_ledger_of_their_own_deals_and_nothing_of_a_colleagues(api: Api, ann: Api, shared: int):
    told = desk(ann, shared)
    assert told["figures"] == {
        "balance": "-300.00",
        "overdue": "0.00",
        "retention": "100.00",
        "contracted": "1000.00",
        "collected": "300.00",
    }
    assert [(row["kind"], row["debit"], row["credit"], row["balance"]) for row in told["ledger"]] == [
        ("receipt", "0.00", "300.00", "-300.00")
    ]
    assert sum(float(row["amount"]) for row in told["ageing"]) == 700
    assert "5000" not in said(told) and "2500" not in said(told)
    assert any("Only the documents you may see" in note for note in told["notes"])


def test_who_sees_everything_sees_the_whole_ledger_and_no_caveat(api: Api, shared: int):
    told = desk(api, shared)
    assert told["figures"]["balance"] == "2200.00"
    assert (len(told["ledger"]), told["notes"]) == (3, [])


@pytest.mark.parametrize(
    ("screen", "absent", "label"),
    [
        ("finance.due", {"overdue", "retention"}, "Receivable"),
        ("finance.invoice", {"balance"}, "Sales invoice"),
        ("finance.receipt", {"balance"}, "Receipt"),
        ("contracts.contract", {"contracted", "collected"}, "Contract"),
    ],
)
def test_a_figure_of_a_screen_that_is_not_granted_is_absent_and_the_desk_says_why(
    api: Api, shared: int, screen: str, absent: set[str], label: str
):
    told = desk(colleague(api, {}, **{screen: {"*": "none"}}), shared)
    assert {name for name, value in told["figures"].items() if value is None} == absent
    assert (told["ledger"] == [], told["ageing"] == []) == ("balance" in absent, "overdue" in absent)
    (note,) = told["notes"]
    assert note.endswith(f"{label}.")


@pytest.mark.parametrize(
    ("masks", "absent"),
    [
        ({"finance.invoice": {"total": "hide"}}, {"balance"}),
        ({"finance.receipt": {"amount": "hide"}}, {"balance"}),
        ({"finance.due": {"amount": "hide"}}, {"overdue", "retention"}),
        ({"contracts.contract": {"total": "hide"}}, {"contracted"}),
        ({"contracts.contract": {"collected": "middle"}}, {"collected"}),
        ({"contracts.contract": {"collected": "readonly"}}, set()),
    ],
)
def test_a_hidden_amount_is_not_summed_on_the_desk(api: Api, shared: int, masks: Json, absent: set[str]):
    told = desk(colleague(api, masks), shared)
    assert {name for name, value in told["figures"].items() if value is None} == absent


def test_a_hidden_amount_stands_in_no_list_of_documents(api: Api, shared: int):
    reader = colleague(api, {"finance.receipt": {"amount": "hide"}, "contracts.contract": {"total": "hide"}})
    amounts = {row["_key"]: row["amount"] for row in desk(reader, shared)["documents"]}
    assert (amounts["finance.receipt"], amounts["contracts.contract"]) == (None, None)
    assert amounts["sales.order"] is not None


# the home page -------------------------------------------------------------------------------------------------------
def test_a_hidden_amount_is_not_summed_on_the_home_page(api: Api, shared: int):
    reader = colleague(api, {"finance.receipt": {"amount": "hide"}, "sales.order": {"total": "hide"}})
    offered = {card["name"] for card in reader.get("/home/")["cards"]}
    assert "received" not in offered and {"signed", "trend", "todo"} <= offered
    reader.get("/home/received/", status=404)
    assert len(reader.get("/home/trend/")["series"]) == 1 and len(api.get("/home/trend/")["series"]) == 2
    assert all("amount" not in row for row in reader.get("/home/todo/")["rows"])
    assert all("amount" in row for row in api.get("/home/todo/")["rows"])


# histories -----------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def used(api: Api) -> tuple[Json, Json]:
    """A contract, and a receipt of 77,777.77 of which 12,345.67 is used for it, and then another part by hand."""
    agreed, _placed = trade.order(api, {"item": trade.item(api, "100000")["id"]})
    due = api.rows("finance.due", f"partner={agreed['customer']['id']}&sort=id")[0]
    receipt = api.create(RECEIPT, {"partner": agreed["customer"]["id"], "amount": "77777.77"})
    receipt = api.change(receipt, {"allocations": [{"due": due["id"], "amount": "12345.67"}]})
    api.act(receipt, "post")
    api.act(receipt, "allocate", due=due["id"], amount="4567.89")
    return agreed, receipt


def history(api: Api, receipt: Json) -> str:
    own = api.get(f"/finance/receipts/{receipt['id']}/events/")
    return said([own, api.get(f"/partners/partners/{receipt['partner']['id']}/events/")])


def test_the_history_tells_what_was_allocated_to_who_may_see_it(api: Api, used: tuple[Json, Json]):
    told = history(api, used[1])
    assert "12345.67" in told and "4567.89" in told
    assert "Used for 1" in told


def test_a_hidden_allocation_is_in_no_history(api: Api, used: tuple[Json, Json]):
    """Neither as the line that came, nor as what was given to the action."""
    told = history(colleague(api, {RECEIPT: {"allocations.amount": "hide", "allocated": "hide"}}), used[1])
    assert "Used for 1" in told
    assert "12345.67" not in told and "4567.89" not in told


def test_amounts_of_a_receipt_are_not_told_by_the_contract_it_was_registered_from(api: Api, on_day):
    on_day(date(2026, 3, 2))
    agreed, _placed = trade.order(api, {"item": trade.item(api, "100000")["id"]})
    api.act(agreed, "receive", amount="23456.78", reference="BANK-778899")
    path = f"/contracts/contracts/{agreed['id']}/events/"
    assert "23456.78" in said(api.get(path)) and "BANK-778899" in said(api.get(path))
    reader = colleague(api, {RECEIPT: {"amount": "hide", "reference": "hide"}, "contracts.contract": {"collected": "hide"}})
    assert "23456.78" not in said(reader.get(path)) and "BANK-778899" not in said(reader.get(path))
    careful = colleague(api, {"contracts.contract": {"total": "hide", "collected": "hide"}})
    assert "23456.78" not in said(careful.get(path)) and "BANK-778899" in said(careful.get(path))


def test_what_is_only_protected_from_changes_is_told(api: Api, used: tuple[Json, Json]):
    reader = colleague(api, {RECEIPT: {"allocated": "readonly", "allocations.amount": "readonly"}})
    assert "12345.67" in history(reader, used[1])


# the order's page ----------------------------------------------------------------------------------------------------
def test_a_hidden_total_is_not_told_by_the_orders_page(api: Api):
    _agreed, placed = trade.order(api, {"item": trade.item(api, "1000")["id"]})
    masks = {"sales.order": {"total": "hide", "collected": "hide", "lines.amount": "hide"}, "finance.due": {"amount": "hide"}}
    told = colleague(api, masks).get(f"/sales/orders/{placed['id']}/desk/")
    assert [told["totals"][name] for name in ("amount", "collected", "invoiced")] == [None, None, "0.00"]
    assert [line["amount"] for line in told["lines"]] == [None]
    assert [stage["amount"] for stage in told["plan"]] == [None] * 3
    assert api.get(f"/sales/orders/{placed['id']}/desk/")["plan"][0]["amount"] == "300.00"
