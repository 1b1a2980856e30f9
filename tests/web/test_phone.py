"""The workspace in a hand: 390 points wide, nothing beyond the edge."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests import trade
from tests.api import Api
from tests.web.person import Person

Device = Callable[..., Person]
# What is cut off by the screen's edge: outside it, and not in a box that scrolls or shortens its text
BEYOND = """() => {
  const kept = (element) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement)
      if (!box.matches("main, .pane, .shell") && getComputedStyle(box).overflowX !== "visible") return true
    return false
  }
  return [...document.querySelectorAll("main *, nav.bottom *, header.top *")]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1 && !kept(element))
    .map((element) => `${element.tagName}.${element.className}: ${element.textContent?.slice(0, 40)}`)
}"""


def expect_to_fit(person: Person) -> None:
    wide = person.page.evaluate("[...document.querySelectorAll('html, body, main')].map((box) => box.scrollWidth)")
    assert max(wide) <= 390, f"{person.page.url} is {wide} wide"
    assert person.page.evaluate(BEYOND) == [], person.page.url


def test_every_kind_of_screen_fits_a_phone(device: Device, api: Api):
    _agreed, placed = trade.ready(api, {"item": trade.machine(api)["id"]}, {"item": trade.item(api)["id"]})
    offer = trade.quote(api)
    person = device(api, phone=True)
    person.go("/w/home")
    expect(person.see("home").locator(".homecard").first).to_be_visible()
    expect(person.see("home").locator(".ant-skeleton")).to_have_count(0)
    expect_to_fit(person)

    person.go("/w/list/quoting.quote")
    expect(person.see("list-row").first).to_be_visible()
    expect_to_fit(person)
    person.page.locator(f'a.card[href="/w/doc/quoting.quote/{offer["id"]}"]').click()
    expect(person.see("summary-total")).to_contain_text("231,000.00")
    expect(person.see("linegrid").locator(".linecard")).to_have_count(1)
    expect_to_fit(person)

    person.open_document(placed)
    expect(person.see("next-step")).to_be_visible()
    expect(person.see("flow-collected")).to_have_count(2)
    expect_to_fit(person)
    person.go(f"/w/doc/partners.partner/{placed['customer']['id']}")
    expect(person.see("ledger")).to_be_visible()
    expect_to_fit(person)


def test_a_thumb_reaches_everything(device: Device, api: Api):
    customer = trade.customer(api)
    person = device(api, phone=True)
    person.go("/w/home")
    bottom = person.page.locator("nav.bottom")
    bottom.get_by_role("button", name="Menu").click()
    person.page.locator('.ant-drawer .menu a[href="/w/list/partners.partner"]').click()
    expect(person.see("list-row").filter(has_text=customer["name"])).to_be_visible()
    expect(person.page.locator(".ant-drawer-mask")).to_be_hidden()

    bottom.get_by_role("button", name="Search").click()
    person.page.get_by_test_id("palette").fill(customer["name"])
    person.page.get_by_role("option", name=customer["name"]).click()
    expect(person.heading).to_contain_text(customer["name"])

    bottom.get_by_role("button", name="New").click()
    person.page.locator(".newsheet").get_by_text("Quote", exact=True).click()
    expect(person.see("save")).to_be_visible()
    bottom.get_by_role("button", name="Inbox").click()
    expect(person.page.locator(".ant-drawer-open").filter(has_text="My messages")).to_be_visible()
    person.page.keyboard.press("Escape")
    bottom.get_by_role("button", name="Home").click()
    expect(person.see("home")).to_be_visible()
