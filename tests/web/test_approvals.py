"""Something waits until others have decided: switched on, held, agreed to on a phone, done. And a flow is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests import trade
from tests.api import Api
from tests.web.person import Person

Device = Callable[..., Person]


@pytest.fixture
def own(founded) -> Api:
    return Api.of_owner(founded())


def head_of(own: Api, department: str, who: Api) -> None:
    unit = own.read("organization.unit", trade.unit(own, department))
    own.change(unit, {"head": who.member})


def confirm(person: Person) -> None:
    person.page.get_by_test_id("confirm").click()


def test_a_quote_waits_until_the_superior_agrees_on_a_phone(own: Api, device: Device):
    seller, head = trade.join(own, "Sales engineer"), trade.join(own, "Sales manager")
    boss = trade.join(own, "General manager", department="Management")
    head_of(own, "Sales", head)
    head_of(own, "Test Works", boss)
    offer = trade.quote(seller, {"item": trade.machine(own)["id"]})

    admin = device(own)
    admin.go("/w/page/subjects")
    switch = admin.pane.get_by_role("switch", name="Quote · Send")
    switch.click()
    admin.page.locator(".ant-modal-confirm").get_by_role("button", name="OK").click()
    expect(switch).to_be_checked()

    asking = device(seller)
    asking.open_document(offer)
    asking.do("send")
    strip = asking.see("approval")
    expect(strip).to_contain_text("Direct superior")
    expect(asking.see("action-send")).to_have_count(0)
    expect(asking.see("decide-withdraw")).to_be_visible()
    assert seller.again(offer)["state"] == "draft"

    phone = device(head, phone=True)
    phone.go("/w/page/approvals")
    card = phone.see("card")
    expect(card).to_contain_text("231,000.00")
    phone.see("card-agree").click()
    phone.page.get_by_role("dialog").get_by_label("Comment").fill("Fair price")
    confirm(phone)
    expect(card).to_have_count(0)

    deciding = device(boss)
    deciding.go("/w/page/approvals")
    expect(deciding.see("card")).to_be_visible()
    deciding.page.keyboard.press("j")
    deciding.page.keyboard.press("a")
    confirm(deciding)
    expect(deciding.see("card")).to_have_count(0)

    asking.go(f"/w/doc/quoting.quote/{offer['id']}")
    expect(asking.see("approval")).to_have_attribute("data-state", "approved")
    expect(asking.see("action-accept")).to_be_visible()
    asking.see("approval").get_by_role("button").first.click()
    expect(asking.see("track")).to_contain_text("Fair price")


def test_a_flow_is_drawn_undone_and_published(own: Api, device: Device):
    made = own.post("/approvals/templates/three_levels/import/", {"resource": "quoting.quote", "verb": "send"}, 201)["flow"]
    before = own.read("approvals.flow", made["id"])["drawing"]
    person = device(own)
    person.go(f"/w/doc/approvals.flow/{made['id']}")
    steps = person.see("node-approve")
    expect(steps).to_have_count(3)
    person.see("insert").first.click()
    person.page.get_by_test_id("insert-condition").filter(visible=True).click()
    expect(steps).to_have_count(4)
    expect(person.see("node-condition")).to_have_count(1)
    person.see("node-panel").locator("textarea").first.fill("total > 100000")
    expect(person.pane.get_by_text("Total > 100000").first).to_be_visible()
    person.see("flow-undo").click()
    person.see("flow-undo").click()
    expect(steps).to_have_count(3)
    person.see("flow-redo").click()
    person.see("flow-redo").click()
    person.save()
    drawing = own.read("approvals.flow", made["id"])["drawing"]
    assert len(drawing["nodes"]) == len(before["nodes"]) + 3
    assert [edge["when"] for edge in drawing["edges"] if edge.get("when")] == ["total > 100000"]
    person.do("publish")
    expect(person.heading).to_contain_text("Published")
    assert own.read("approvals.flow", made["id"])["state"] == "published"


def test_several_documents_ask_once_what_was_checked_and_who_decides(own: Api, device: Device):
    head, boss = trade.join(own, "Sales manager"), trade.join(own, "General manager", department="Management")
    who = {"one": [{"source": "chosen"}], "last": [{"source": "person", "members": [boss.member]}]}
    steps = [{"id": name, "kind": "approve", "name": name.title(), "who": told} for name, told in who.items()]
    nodes, ways = [{"id": "start", "kind": "start"}, *steps, {"id": "end", "kind": "end"}], ("start", "one", "last", "end")
    drawing = {"nodes": nodes, "edges": [{"from": one, "to": other} for one, other in pairwise(ways)]}
    flow = own.create("approvals.flow", {"name": "Chosen", "resource": "quoting.quote", "verb": "send", "drawing": drawing})
    own.act(flow, "publish")
    own.create("process.standard", {"name": "Going out", "resource": "quoting.quote", "verb": "send", "checklist": "Prices compared"})
    offers = [trade.quote(own, {"item": trade.machine(own)["id"]}) for _ in range(2)]

    person = device(own)
    person.go("/w/list/quoting.quote")
    rows = person.see("list").get_by_role("checkbox")
    expect(rows).to_have_count(3)
    for box in rows.all()[1:]:
        box.check()
    person.see("bulk").get_by_role("button", name="Send").click()
    confirm(person)
    check = person.page.get_by_test_id("check-first")
    expect(check).to_contain_text(offers[0]["number"])
    expect(check.get_by_test_id("check-done")).to_be_disabled()
    check.get_by_role("checkbox", name="Prices compared").check()
    check.get_by_test_id("check-done").click()
    choose = person.page.get_by_test_id("choose-people")
    expect(choose.get_by_test_id("choose-about")).to_contain_text(offers[1]["number"])
    choose.locator("input").first.press_sequentially(head.get("/meta/")["member"]["name"][:6])
    person.choice(head.get("/meta/")["member"]["name"]).click()
    choose.get_by_test_id("choose-about").click()
    choose.get_by_test_id("choose-done").click()
    expect(person.page.get_by_test_id("bulk-report").locator(".is-ok")).to_have_count(2)

    (card, other) = head.get("/approvals/inbox/")["rows"]
    assert {card["document"]["id"], other["document"]["id"]} == {one["id"] for one in offers}
    head.act(head.read("approvals.task", card["id"]), "agree")
    person.go(f"/w/doc/quoting.quote/{card['document']['id']}")
    withdraw = person.see("decide-withdraw")
    expect(withdraw).to_be_disabled()
    expect(withdraw).to_have_attribute("title", re.compile("Somebody has decided already"))
