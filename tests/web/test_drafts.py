"""What somebody has typed and not saved is never lost: not by looking elsewhere, not by a reload, not by going to another device."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Error, Route, expect

from tests import trade
from tests.api import Api, Json
from tests.faults.programs import wait_for
from tests.web.person import Person

Device = Callable[..., Person]


def half_fill(person: Person, customer: str, item: str) -> str:
    """A quote of which something is missing; its address."""
    person.open_new("quoting.quote")
    person.pick("customer", customer)
    person.fill("title", "Half a quote")
    person.type_cell(1, "Item", item)
    person.type_cell(1, "Quantity", "3")
    return person.page.evaluate("location.pathname")


def expect_half(person: Person, customer: str, item: Json) -> None:
    expect(person.field("customer")).to_contain_text(customer)
    expect(person.input("title")).to_have_value("Half a quote")
    expect(person.cell(1, "Item")).to_contain_text(item["name"])
    expect(person.cell(1, "Quantity")).to_have_text("3")
    expect(person.see("summary-total")).to_contain_text("3,000.00")


def sent(api: Api, address: str) -> bool:
    """Whether all of the quote has come to the server."""
    drafts = {row["key"]: row["values"]["edits"] for row in api.get("/me/drafts/")["rows"]}
    lines = drafts.get(f"quoting.quote:{address.rpartition('/')[2]}", {}).get("lines", [])
    return [line.get("quantity") for line in lines] == ["3"] and "raw" not in lines[0]["item"]


def test_a_half_filled_quote_survives_switching_tabs_and_a_reload(device: Device, api: Api):
    customer, item = trade.customer(api)["name"], trade.item(api)
    person = device(api)
    person.go("/w/home")
    half_fill(person, customer, item["code"])
    unfinished = person.tab("New quote")
    expect(unfinished.get_by_test_id("unsaved")).to_be_visible()

    person.open_list("partners.partner")
    expect(person.field("title")).to_be_hidden()
    unfinished.click()
    expect_half(person, customer, item)
    expect(person.see("restored")).to_be_hidden()

    person.page.reload()
    expect(person.see("restored")).to_be_visible()
    expect_half(person, customer, item)
    expect(unfinished.get_by_test_id("unsaved")).to_be_visible()
    assert [row for row in api.rows("quoting.quote") if row["title"] == "Half a quote"] == []


def test_a_half_filled_quote_is_finished_on_another_device(device: Device, api: Api):
    customer, item = trade.customer(api)["name"], trade.item(api)
    office = device(api)
    office.go("/w/home")
    address = half_fill(office, customer, item["code"])
    wait_for(lambda: sent(api, address), "the draft at the server")

    home = device(api)
    home.go("/w/home")
    home.page.locator(f'.unfinished a[href="{address}"]').click()
    expect(home.see("restored")).to_be_visible()
    expect_half(home, customer, item)
    home.save()
    made = api.one("quoting.quote", f"q={customer}")
    assert (made["title"], made["total"]) == ("Half a quote", "3000.00")
    wait_for(lambda: not sent(api, address), "the draft to be gone")


def test_a_new_document_into_which_nothing_was_typed_closes_without_a_question(device: Device, api: Api):
    person = device(api)
    person.go("/w/home")
    person.page.get_by_test_id("feedback").click()
    expect(person.field("title")).to_be_visible()
    person.close("New feedback")
    expect(person.tab("New feedback")).to_have_count(0)
    person.open_new("quoting.quote")
    person.fill("title", "x")
    person.fill("title", "")
    person.close("New quote")
    expect(person.tab("New quote")).to_have_count(0)
    expect(person.page.locator(".unfinished a", has_text="feedback")).to_have_count(0)

    person.open_new("quoting.quote")
    person.fill("title", "Worth keeping")
    person.close("New quote")
    expect(person.page.get_by_role("dialog")).to_contain_text("New quote")


def test_a_button_pressed_while_the_screen_still_reads_what_was_saved_is_heard(device: Device, api: Api):
    offer = trade.quote(api, {"item": trade.machine(api)["id"]})
    person = device(api)
    person.open_document(offer)
    person.fill("title", "In a hurry")
    reading: list[Route] = []
    person.page.route("**/api/v1/**", lambda route: reading.append(route) if route.request.method == "GET" else route.continue_())
    person.save()
    person.do("send")
    expect(person.heading).to_contain_text("Sent")
    assert reading
    assert api.again(offer)["state"] == "sent"
    for route in reading:
        with suppress(Error):  # the screen has given this one up itself
            route.continue_()
