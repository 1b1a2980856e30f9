"""Who may let which quote go out, and that no way of writing one goes around it (spec 2.3, figures of spec 4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import trade
from tests.api import Api, Json
from tests.kernel.sheets import bring

LIST, COST = "256800", "118200"
FIGURES = [("244000", 1), ("231000", 3), ("219000", 3), ("212000", 5)]


@pytest.fixture(scope="module")
def item(api: Api) -> int:
    return trade.machine(api, LIST, COST)["id"]


@pytest.fixture(scope="module")
def seller(as_role: Callable[..., Api]) -> Api:
    return as_role("Sales engineer")


@pytest.fixture(scope="module")
def deciders(api: Api) -> dict[str, Api]:
    """Those above the salesperson: by level, and finance."""
    grants = {"quoting.quote": dict.fromkeys(("read", "approve", "reject", "level_3"), "all")}
    api.create("organization.role", {"name": "Price director", "grants": grants})
    names = {"manager": "Sales manager", "director": "Price director", "boss": "General manager", "finance": "Finance"}
    return {what: trade.join(api, role) for what, role in names.items()}


def offered(seller: Api, item: int, price: str, **values: str) -> Json:
    return trade.quote(seller, {"item": item, "unit_price": price}, **values)


def name(person: Api) -> str:
    return person.get("/meta/")["member"]["name"]


@pytest.mark.parametrize(("price", "level"), FIGURES)
def test_each_price_needs_its_level(api: Api, item: int, price: str, level: int):
    made = offered(api, item, price)
    assert made["level"] == made["_authority"]["level"] == level
    assert made["margin_rate"] == {"231000": "42.18"}.get(price, made["margin_rate"])
    assert made["lines"][0]["floor"] == "218280.00"


def test_within_the_own_authority_it_goes_out_at_once(seller: Api, item: int):
    assert seller.act(offered(seller, item, "244000"), "send")["document"]["state"] == "sent"


def test_above_it_somebody_of_the_level_decides(seller: Api, deciders: dict[str, Api], item: int):
    made = offered(seller, item, "231000")
    told = seller.refused(made, "send", "authority")
    assert "10.05" in told["detail"] and told["help"][0]["action"] == "quoting.quote.submit"
    waiting = seller.act(made, "submit")["document"]
    assert waiting["state"] == "submitted"
    assert seller.change(waiting, {"title": "Other"}, 409)["code"] == "wrong_state"
    assert deciders["director"].act(waiting, "approve", note="Good customer")["document"]["state"] == "approved"
    assert seller.act(seller.again(made), "send")["document"]["state"] == "sent"


def test_whoever_may_agree_is_asked_and_finds_it_at_home(seller: Api, deciders: dict[str, Api], item: int):
    waiting = seller.act(offered(seller, item, "231000"), "submit")["document"]
    number, director, manager = waiting["number"], deciders["director"], deciders["manager"]
    asked = waiting["_authority"]["asked"]
    assert name(director) in asked and name(manager) not in asked
    message = next(row for row in director.get("/me/messages/")["rows"] if number in row["title"])
    assert "asks you to decide" in message["title"] and "10.05" in message["text"] and message["link"]["id"] == waiting["id"]
    assert not any(number in row["title"] for row in manager.get("/me/messages/")["rows"])
    assert number in {row["label"] for row in deciders["boss"].get("/home/todo/")["rows"]}
    assert number not in {row["label"] for row in manager.get("/home/todo/")["rows"]}


def test_below_the_floor_finance_is_asked_to_countersign(seller: Api, deciders: dict[str, Api], item: int):
    asked = seller.act(offered(seller, item, "212000"), "submit")["document"]["_authority"]["asked"]
    assert name(deciders["finance"]) in asked and name(deciders["boss"]) in asked and name(deciders["director"]) not in asked


def test_a_lower_level_cannot_decide_and_nobody_decides_about_their_own(api: Api, item: int, deciders: dict[str, Api]):
    manager = deciders["manager"]
    own = manager.act(offered(manager, item, "231000"), "submit")["document"]
    assert manager.act(own, "approve", 409)["code"] == "own"
    foreign = api.create(
        "quoting.quote", {"customer": trade.customer(api)["id"], "owner": manager.member, "lines": [{"item": item, "discount": "14"}]}
    )
    assert foreign["level"] == 3
    waiting = deciders["finance"].act(manager.act(foreign, "submit")["document"], "approve", 409)
    assert waiting["code"] == "authority"


def test_below_the_floor_two_people_agree(seller: Api, deciders: dict[str, Api], item: int):
    made = seller.act(offered(seller, item, "212000"), "submit")["document"]
    assert deciders["director"].act(made, "approve", 409)["code"] == "authority"
    once = deciders["boss"].act(made, "approve")["document"]
    assert once["state"] == "submitted"
    assert deciders["boss"].act(once, "approve")["document"]["state"] == "submitted"
    assert deciders["finance"].act(once, "approve")["document"]["state"] == "approved"


def test_what_is_rejected_comes_back_as_a_draft_and_its_owner_is_told(seller: Api, deciders: dict[str, Api], item: int):
    made = seller.act(offered(seller, item, "231000"), "submit")["document"]
    assert deciders["director"].act(made, "reject", 422)["errors"][0]["path"] == "note"
    assert deciders["director"].act(made, "reject", note="At 235,000")["document"]["state"] == "draft"
    assert seller.get("/me/messages/")["rows"][0]["text"] == "At 235,000"
    again = seller.change(seller.again(made), {"lines": [{"id": made["lines"][0]["id"], "unit_price": "244000"}]})
    assert seller.act(again, "send")["document"]["state"] == "sent"


def test_options_are_judged_too_and_reasons_name_the_line_they_stand_on(seller: Api, item: int):
    made = trade.quote(seller, {"item": item, "kind": "optional", "discount": "50"}, {"item": item, "unit_price": "212000"})
    told = seller.refused(made, "send", "below_floor")
    assert {error["path"] for error in told["errors"]} == {"lines.0.discount", "lines.1.discount"}
    assert made["total"] == "212000.00"


# no way around -------------------------------------------------------------------------------------------------------
def everything_said(item: int, api: Api) -> Json:
    """A line that leaves nothing to be looked up, as a program may send it."""
    own = api.read("catalog.item", item)
    return {"item": item, "description": "M", "measure": own["measure"]["id"], "tax_rate": "13", "quantity": "1", "unit_price": "219000"}


def by_form(seller: Api, item: int) -> Json:
    return trade.quote(seller, everything_said(item, seller))


def by_patch(seller: Api, item: int) -> Json:
    made = trade.quote(seller, {"item": item})
    return seller.change(made, {"lines": [{"id": made["lines"][0]["id"], "discount": "14.719626"}]})


def by_another_item(seller: Api, item: int) -> Json:
    """The price of a cheap item is agreed on, then the item is exchanged."""
    cheap = trade.item(seller_admin(seller), "219000", "1")
    made = trade.quote(seller, everything_said(cheap["id"], seller))
    assert made["level"] == 1
    return seller.change(made, {"lines": [{"id": made["lines"][0]["id"], "item": item, "unit_price": "219000"}]})


def by_bulk_edit(seller: Api, item: int) -> Json:
    made = trade.quote(seller, {"item": item, "unit_price": "256800"})
    line = {"id": made["lines"][0]["id"], "unit_price": "219000"}
    told = seller.post(
        "/quoting/quotes/bulk/", {"verb": "change", "ids": [{"id": made["id"], "version": made["version"]}], "values": {"lines": [line]}}
    )
    assert told["results"][0]["ok"], told
    return seller.again(made)


def by_copy(seller: Api, item: int) -> Json:
    """What the browser's “copy” sends: the values of another quote."""
    made = by_form(seller, item)
    line = {name: made["lines"][0][name] for name in ("quantity", "unit_price", "discount", "tax_rate", "description")}
    return trade.quote(seller, {**line, "item": item, "measure": made["lines"][0]["measure"]["id"]}, customer=made["customer"]["id"])


def by_copy_of_the_house(seller: Api, item: int) -> Json:
    """The verb “copy”."""
    return seller.made(by_form(seller, item), "copy", "quoting.quote")


def by_revision(seller: Api, item: int) -> Json:
    sent = seller.act(trade.quote(seller, {"item": item}), "send")["document"]
    made = seller.made(sent, "revise", "quoting.quote")
    return seller.change(made, {"lines": [{"id": made["lines"][0]["id"], "unit_price": "219000"}]})


def by_import(seller: Api, item: int) -> Json:
    known = seller.read("catalog.item", item)
    who = trade.customer(seller)
    bring(
        seller,
        "quoting.quote",
        [["customer", "title", "lines.item", "lines.unit_price"], [who["name"], "Imported", known["code"], "219000"]],
    )
    return seller.one("quoting.quote", f"customer={who['id']}")


def seller_admin(seller: Api) -> Api:
    """The administrator of the seller's company, who enters items and customers."""
    return Api.of_owner(seller.company)


@pytest.mark.parametrize("way", [by_form, by_patch, by_another_item, by_bulk_edit, by_copy, by_copy_of_the_house, by_revision, by_import])
def test_no_way_of_writing_goes_around_it(seller: Api, item: int, way: Callable[[Api, int], Json]):
    made = way(seller, item)
    assert (made["lines"][0]["list_price"], made["total"], made["level"]) == ("256800", "219000.00", 3)
    seller.refused(made, "send", "authority")
    seller.post("/quoting/quotes/bulk/", {"verb": "send", "ids": [{"id": made["id"], "version": made["version"]}], "values": {}})
    assert seller.again(made)["state"] == "draft"


def test_a_contract_from_nothing_passes_the_same_check_and_what_was_quoted_passes_as_it_was(api: Api, seller: Api, item: int):
    bare = seller.create(
        "contracts.contract", {"customer": trade.customer(seller)["id"], "lines": [{"item": item, "unit_price": "219000"}]}
    )
    told = seller.refused(bare, "sign", "authority")
    assert "14.72" in told["detail"] and told["errors"][0]["path"] == "lines.0.discount"
    early = {"lines": [{"id": bare["lines"][0]["id"], "unit_price": "256800"}]}
    assert seller.act(seller.change(bare, early), "sign")["document"]["state"] == "executing"

    agreed = api.made(api.act(offered(api, item, "212000"), "send")["document"], "accept", "contracts.contract")
    agreed = api.change(agreed, {"title": "As quoted", "owner": seller.member})
    cheaper = seller.change(agreed, {"lines": [{"id": agreed["lines"][0]["id"], "unit_price": "211000"}]})
    seller.refused(cheaper, "sign", "below_floor")
    as_quoted = seller.change(cheaper, {"lines": [{"id": agreed["lines"][0]["id"], "unit_price": "212000"}]})
    assert seller.act(as_quoted, "sign")["document"]["state"] == "executing"
