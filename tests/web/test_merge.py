"""Two people change one document: the slower one sees both versions, chooses, and has typed nothing in vain."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests import trade
from tests.api import Api
from tests.web.person import Person


def clash(person: Person, label: str) -> Locator:
    return person.page.get_by_test_id("stale").get_by_role("listitem").filter(has_text=label)


def test_two_versions_of_a_quote_become_one(device: Callable[..., Person], api: Api):
    quote = trade.quote(api, {"item": trade.item(api)["id"], "quantity": "2"}, title="As agreed by phone")
    slow, fast = device(api), device(trade.join(api, "Administrator"))
    for person in (slow, fast):
        person.open_document(quote)

    fast.fill("title", "Theirs")
    fast.fill("delivery_days", "75")
    fast.type_cell(1, "Quantity", "5")
    fast.save()

    slow.fill("title", "Mine")
    slow.fill("remark", "Only I wrote this")
    slow.type_cell(1, "Quantity", "7")
    slow.see("save").click()
    dialog = slow.page.get_by_test_id("stale")
    expect(clash(slow, "Subject")).to_contain_text("Theirs")
    expect(clash(slow, "Quantity")).to_contain_text("7")
    expect(clash(slow, "Delivery (days)")).to_contain_text("75")
    assert api.again(quote)["title"] == "Theirs"

    clash(slow, "Subject").get_by_text("Theirs").click()
    dialog.get_by_test_id("stale-keep").click()
    expect(dialog).to_be_hidden()
    expect(slow.input("title")).to_have_value("Theirs")
    expect(slow.input("delivery_days")).to_have_value("75")
    expect(slow.input("remark")).to_have_value("Only I wrote this")
    expect(slow.cell(1, "Quantity")).to_have_text("7")
    slow.save()
    merged = api.again(quote)
    assert (merged["title"], merged["delivery_days"], merged["remark"]) == ("Theirs", 75, "Only I wrote this")
    assert [line["quantity"] for line in merged["lines"]] == ["7"]


def test_the_slower_one_may_let_their_input_go(device: Callable[..., Person], api: Api):
    quote = trade.quote(api, {"item": trade.item(api)["id"], "quantity": "2"}, title="Before")
    slow, fast = device(api), device(api)
    for person, title in ((slow, "Mine"), (fast, "Theirs")):
        person.open_document(quote)
        person.fill("title", title)
    fast.save()
    slow.see("save").click()
    slow.page.get_by_test_id("stale-drop").press("Enter")
    expect(slow.input("title")).to_have_value("Theirs")
    expect(slow.see("save")).to_be_hidden()
    assert api.again(quote)["title"] == "Theirs"
