"""The organisation drawn: a department is dragged below another one, by keyboard too, and a phone shows a list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.api import Api
from tests.organization.test_chart import unit
from tests.web.person import Person

Device = Callable[..., Person]
PAGE = "/w/page/chart"


@pytest.fixture
def works(founded) -> Api:
    return Api.of_owner(founded(name="Chart Works"))


def card(person: Person, name: str) -> Locator:
    return person.see("orgcard").filter(has_text=name)


def test_a_department_is_dragged_below_another_and_moved_back_by_keyboard(works: Api, device: Device):
    plant, hall = unit(works, "Plant"), unit(works, "Hall 2")
    person = device(works)
    person.go(PAGE)
    held, target = card(person, "Hall 2").bounding_box(), card(person, "Plant").bounding_box()
    assert held and target
    mouse = person.page.mouse
    mouse.move(held["x"] + 40, held["y"] + 20)
    mouse.down()
    mouse.move(target["x"] + 30, target["y"] + 30, steps=8)
    mouse.move(target["x"] + 40, target["y"] + 20)
    expect(card(person, "Plant")).to_have_class("orgcard is-target")
    mouse.up()
    person.page.get_by_role("dialog").get_by_role("button", name="Move", exact=True).click()
    expect(person.page.get_by_role("dialog")).to_be_hidden()
    assert works.again(hall)["parent"] == {"id": plant["id"], "label": "Plant"}
    card(person, "Hall 2").get_by_role("button").focus()
    person.page.keyboard.press("m")
    dialog = person.page.get_by_role("dialog")
    dialog.get_by_label("Below").fill("Nobody")
    person.choice("Nobody: at the top").click()
    dialog.get_by_role("button", name="Move", exact=True).click()
    expect(dialog).to_be_hidden()
    assert works.again(hall)["parent"] is None


def test_a_phone_shows_the_tree_as_an_indented_list(works: Api, device: Device):
    person = device(works, phone=True)
    person.go(PAGE)
    expect(person.pane.locator(".orgtree li").filter(has_text="Sales")).to_be_visible()
    person.pane.get_by_role("button", name="Move “Sales”").click()
    expect(person.page.get_by_role("dialog")).to_contain_text("Below")
