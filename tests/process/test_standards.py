"""Work standards: fields filled in and items checked before an action, whoever calls it (P-3.2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests import trade
from tests.api import Api, Json

STANDARD, QUOTE, SEND = "process.standard", "quoting.quote", "quoting.quote.send"
ITEMS = ["Price list compared", "Delivery time asked"]


@contextmanager
def standard(api: Api, **values: Any) -> Iterator[Json]:
    made = api.create(STANDARD, {"name": "Before it goes out", "resource": QUOTE, "verb": "send", **values})
    try:
        yield made
    finally:
        api.change(api.again(made), {"active": False})


def offer(api: Api, **values: Any) -> Json:
    return trade.quote(api, {"item": trade.machine(api)["id"]}, **values)


def test_what_is_not_filled_in_is_named_and_only_where_the_condition_holds(api: Api):
    with standard(api, required=["remark"], condition="total > 1000"):
        big = offer(api)
        told = api.act(big, "send", 409)
        assert (
            told["code"] == "fields_open"
            and [one["path"] for one in told["errors"]] == ["remark"]
            and "Before it goes out" in told["detail"]
        )
        api.act(api.change(big, {"remark": "With training"}), "send")
        small = trade.quote(api, {"item": trade.item(api, "10")["id"]})
        assert api.act(small, "send")["document"]["state"] == "sent"
    assert api.act(offer(api), "send")["document"]["state"] == "sent", "a standard that is not in use asks nothing"


def test_items_are_ticked_by_whoever_acts_and_kept_in_the_history(api: Api):
    with standard(api, checklist="\n".join([*ITEMS, "", ITEMS[0]])):
        one = offer(api)
        told = api.act(one, "send", 409)
        assert told["code"] == "check_first" and told["checklist"] == {"kind": SEND, "title": "Before it goes out", "items": ITEMS}
        assert api.act(one, "send", 409, _checked={SEND: ITEMS[:1]})["code"] == "check_first"
        assert api.act(one, "send", 409, _checked=ITEMS)["code"] == "check_first"
        api.act(one, "send", _checked={SEND: [*ITEMS, "Something else"]})
        (event,) = [row for row in api.get(f"/quoting/quotes/{one['id']}/events/")["rows"] if row["verb"] == "send"]
        assert all(f"✓ {item}" in event["text"] for item in ITEMS) and "Something else" not in event["text"]
        batch = {"ids": [offer(api)["id"]], "verb": "send", "values": {}}
        (row,) = api.post("/quoting/quotes/bulk/", batch)["results"]
        assert (row["code"], row["checklist"]["items"]) == ("check_first", ITEMS)
        assert api.post("/quoting/quotes/bulk/", {**batch, "values": {"_checked": {SEND: ITEMS}}})["results"][0]["ok"]


def test_an_approval_keeps_what_was_checked_and_is_carried_out_without_being_asked_again(api: Api):
    seller, head = trade.join(api, "Sales engineer"), trade.join(api, "Sales manager")
    step = {"id": "one", "kind": "approve", "who": [{"source": "person", "members": [head.member]}]}
    nodes = [{"id": "start", "kind": "start"}, step, {"id": "end", "kind": "end"}]
    drawing = {"nodes": nodes, "edges": [{"from": "start", "to": "one"}, {"from": "one", "to": "end"}]}
    flow = api.create("approvals.flow", {"name": trade.some("Flow"), "resource": QUOTE, "verb": "send", "drawing": drawing})
    flow = api.act(flow, "publish")["document"]
    with standard(api, checklist=ITEMS[0]):
        one = trade.quote(seller, {"item": trade.machine(api)["id"]})
        assert seller.act(one, "send", 409)["code"] == "check_first"
        held = seller.act(one, "send", 202, _checked={SEND: ITEMS[:1]})["held"]["approval"]
        (card,) = [row for row in head.get("/approvals/inbox/")["rows"] if row["approval"] == held]
        head.act(head.read("approvals.task", card["id"]), "agree")
        assert seller.again(one)["state"] == "sent"
    api.act(api.again(flow), "retire")


WRONG: dict[str, tuple[Json, str]] = {
    "no such type": ({"resource": "no.such"}, "not_found"),
    "no such action": ({"verb": "fly"}, "unknown_verb"),
    "no such field": ({"required": ["ghost"]}, "unknown_field"),
    "a figure that is computed": ({"required": ["total"]}, "unknown_field"),
    "nothing asked": ({"required": [], "checklist": " \n "}, "required"),
    "a formula that cannot be read": ({"condition": "total >"}, "bad_formula"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_could_not_be_followed_is_not_kept(api: Api, case: str):
    values, code = WRONG[case]
    told = api.create(STANDARD, {"name": "Wrong", "resource": QUOTE, "verb": "send", "required": ["remark"], **values}, 422)
    assert code in {error["code"] for error in told["errors"]}, told
