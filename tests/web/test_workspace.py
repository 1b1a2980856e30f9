"""Getting about: by the keyboard, and in either language."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests import trade
from tests.api import Api
from tests.web.person import Person

Device = Callable[..., Person]


def test_a_customer_is_found_and_opened_by_keyboard(device: Device, api: Api):
    customer = trade.customer(api)
    person = device(api)
    person.go("/w/home")
    expect(person.see("home")).to_be_visible()
    keyboard = person.page.keyboard
    keyboard.press("Control+k")
    expect(person.page.get_by_test_id("palette")).to_be_focused()
    keyboard.type(customer["name"])
    found = person.page.get_by_role("option", name=customer["name"])
    expect(found).to_have_attribute("aria-selected", "true")
    keyboard.press("Enter")
    expect(person.heading).to_contain_text(customer["name"])
    expect(person.page.get_by_test_id("palette")).to_be_hidden()
    assert person.page.url.endswith(f"/w/doc/partners.partner/{customer['id']}")


def test_a_column_keeps_the_width_it_was_given(device: Device, api: Api):
    trade.customer(api)
    person = device(api)
    person.page.emulate_media(reduced_motion="reduce")  # where nothing is to move, things stand at once where they belong
    person.go("/w/list/partners.partner")
    head, edge = person.pane.get_by_role("columnheader", name="Name", exact=True), person.see("edge-name")

    def width() -> float:
        box = head.bounding_box()
        assert box
        return box["width"]

    expect(head).to_be_visible()
    usual, start = width(), edge.bounding_box()
    assert start
    person.page.mouse.move(start["x"] + 4, start["y"] + 8)
    person.page.mouse.down()
    person.page.mouse.move(start["x"] + 84, start["y"] + 8)
    person.page.mouse.up()
    assert width() == pytest.approx(usual + 80, abs=2)
    kept = str(round(usual + 80 - 16))
    with person.page.expect_response(lambda answer: "/me/settings/" in answer.url and kept in (answer.request.post_data or "")):
        edge.press("ArrowLeft")
    expect(edge).to_have_attribute("aria-valuenow", kept)
    person.page.reload()
    expect(edge).to_have_attribute("aria-valuenow", kept)
    assert width() == pytest.approx(usual + 64, abs=2)
    edge.press("Delete")
    expect(edge).to_have_attribute("aria-valuenow", "0")
    assert width() == pytest.approx(usual, abs=2)


def test_the_workspace_speaks_both_languages_and_remembers_which(device: Device, founded: Callable):
    person = device(Api.of_owner(founded(language="en")))
    person.go("/w/list/quoting.quote")
    title = person.see("list").get_by_role("heading", level=1)
    expect(title).to_have_text("Quotes")
    person.page.get_by_test_id("language").click()
    expect(title).to_have_text("报价单")
    expect(person.page.locator(".menu")).to_contain_text("销售")
    expect(person.see("new")).to_contain_text("报价单")
    person.page.reload()
    expect(title).to_have_text("报价单")
    expect(person.page.locator("html")).to_have_attribute("lang", "zh-CN")
    person.page.get_by_test_id("language").click()
    expect(title).to_have_text("Quotes")
    for place in (".menu", "main"):
        expect(person.page.locator(place)).not_to_contain_text(re.compile("[\u4e00-\u9fff]"))


def test_the_sign_up_page_speaks_both_languages(device: Device):
    visitor = device(language="zh-CN")
    visitor.go("/signup/")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("创建公司账户")
    visitor.page.get_by_test_id("language").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Create your company")
