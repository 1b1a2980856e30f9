"""From a rule written on the screen to the colleague who takes its alert up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests import trade
from tests.api import Api
from tests.process.conftest import look
from tests.web.person import Person

Device = Callable[..., Person]


@pytest.fixture
def own(founded) -> Api:
    made = Api.of_owner(founded())
    for rule in made.rows("process.rule", "limit=100"):
        made.act(rule, "disable")
    return made


def test_a_rule_is_drawn_tried_and_its_alert_taken_up_in_the_inbox(own: Api, device: Device):
    seller = trade.join(own, "Sales engineer")
    customer = trade.customer(seller)["id"]
    offer = trade.quote(seller, {"item": trade.item(own)["id"]}, title="Crane", customer=customer)
    person = device(own)
    person.go("/")
    person.open_new("process.rule")
    person.fill("name", "Draft lies around")
    person.pick("resource", "Quote")
    person.fill("condition", 'state == "draft" and title == "Crane"')
    person.input("anchor").click()
    person.choice("Since the condition holds").click()
    person.see("add-rung").click()
    person.see("add-rung").click()
    rungs = person.see("rung")
    expect(rungs).to_have_count(2)
    expect(rungs.nth(1)).to_contain_text("T+3")
    rungs.nth(1).get_by_role("spinbutton").first.fill("0")
    expect(rungs.nth(1)).to_contain_text("has to come after")
    rungs.nth(1).get_by_role("spinbutton").first.fill("5")
    person.save()
    made = own.rows("process.rule", "sort=-id&limit=1")[0]
    person.see("desk-switch").get_by_text("Try it").click()
    person.see("try").click()
    expect(person.see("trial")).to_contain_text("1 document now")
    expect(person.see("trial")).to_contain_text(offer["number"])

    reader = device(seller)
    reader.go("/w/page/messages")
    expect(reader.pane).to_contain_text("Nothing has come yet")
    look(own)
    reader.page.reload()
    mail = reader.see("mail").filter(has_text=offer["number"])
    expect(mail).to_contain_text("Draft lies around")
    reader.page.keyboard.press("j")
    reader.page.keyboard.press("a")
    dialog = reader.page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Calling them today")
    dialog.get_by_role("button", name="Acknowledge").click()
    expect(mail).to_contain_text("Calling them today")
    reader.open_document(offer)
    expect(reader.see("alert-strip")).to_contain_text("Calling them today")
    assert own.get(f"/process/alerts/?rule={made['id']}")["rows"][0]["reason"] == "Calling them today"
