"""Nothing leaves unpaid, and everybody sees why and what would help (WF-2.1)."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests import trade
from tests.api import Api
from tests.web.person import Person


def bar(person: Person, name: str) -> Locator:
    return person.see(f"flow-{name}").get_by_role("img")


def expect_bars(person: Person, **shares: int) -> None:
    for name, share in shares.items():
        expect(bar(person, name)).to_have_accessible_name(f"{name.capitalize()} {share}%")


def test_a_blocked_delivery_is_released_by_its_payment(device: Callable[..., Person], api: Api):
    machine = trade.machine(api)
    agreed, placed = trade.ready(api, {"item": machine["id"]})
    person = device(api)
    person.open_document(placed)
    step = person.see("next-step")
    expect(step).to_contain_text("138,600.00")
    expect(step.locator(".anticon-lock")).to_be_visible()
    expect(person.see("plan").locator(".is-blocking")).to_have_count(1)
    expect_bars(person, delivered=0, invoiced=0, collected=30)

    note = trade.delivery(api, placed)
    person.open_document(note)
    person.do("ship")
    expect(person.alert).to_contain_text("138,600.00")
    assert api.again(note)["state"] == "draft"

    person.alert.get_by_role("button", name="Register receipt").click()
    dialog = person.page.get_by_test_id("dialog")
    expect(dialog.get_by_test_id("field-amount").locator("input")).to_have_value("138,600.00")
    expect(dialog.get_by_test_id("field-method")).to_contain_text("Bank transfer")
    dialog.get_by_test_id("field-amount").locator("input").click()
    person.page.keyboard.type("138600")
    dialog.get_by_test_id("confirm").click()
    expect(dialog.get_by_test_id("confirm")).to_be_hidden()
    expect(person.heading).to_contain_text(note["_label"])
    expect(person.alert).to_be_hidden()
    expect(person.tab(agreed["number"])).to_be_visible()
    (receipt,) = api.rows("finance.receipt", f"partner={placed['customer']['id']}&sort=-id&limit=1&amount=138600")
    assert (receipt["state"], receipt["allocated"]) == ("posted", "138600.00")

    person.do("ship")
    expect(person.page.get_by_test_id("created").filter(has_text="Stock move")).to_be_visible()
    expect(person.heading).to_contain_text(note["_label"])
    expect(person.heading).to_contain_text("Shipped")
    expect(person.alert).to_be_hidden()
    person.open_document(placed)
    expect_bars(person, delivered=100, invoiced=0, collected=90)
    expect(person.see("plan").locator(".is-blocking")).to_have_count(0)
    expect(person.see("next-step").get_by_role("button", name="nvoice")).to_be_enabled()
