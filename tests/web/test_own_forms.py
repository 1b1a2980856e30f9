"""A company's own forms at the screen: taken from the library, drawn further, published, filled in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.api import Api
from tests.trade import join
from tests.web.person import Person
from tests.web.test_phone import expect_to_fit

Device = Callable[..., Person]


@pytest.fixture
def own(founded) -> Api:
    return Api.of_owner(founded())


def test_a_form_is_taken_drawn_further_published_and_filled_in(own: Api, device: Device):
    person = device(own)
    person.go("/w/page/form-library")
    person.see("ready-leave").get_by_role("button").click()
    expect(person.see("ready-leave")).to_contain_text("In use")
    person.see("ready-leave").get_by_role("link").click()
    desk = person.see("designer")
    desk.get_by_test_id("design-reason").click()
    desk.get_by_test_id("kind-text").drag_to(desk.get_by_test_id("design-phone"))
    expect(desk.get_by_test_id("field-settings")).to_be_visible()
    desk.get_by_label("Label", exact=True).fill("Way home")
    desk.get_by_label("Key", exact=True).fill("days")
    expect(desk.get_by_test_id("field-settings")).to_contain_text("two fields with the key")
    desk.get_by_label("Key", exact=True).fill("way_home")
    person.save()
    person.do("publish")
    expect(person.heading.locator("xpath=..")).to_contain_text("Published")

    employee = device(join(own, "Sales engineer"), phone=True)
    employee.go("/w/doc/office.leave/new-1")
    expect(employee.field("way_home")).to_be_visible()
    expect(employee.field("certificate")).to_have_count(0)
    employee.pick("leave_kind", "Sick")
    expect(employee.field("certificate")).to_be_visible()
    employee.pick("leave_kind", "Annual")
    for name, digits in (("first_day", "20261201"), ("last_day", "20261202")):
        employee.input(name).click()
        employee.page.keyboard.type(digits)
        employee.page.keyboard.press("Enter")
    employee.pick("last_half", "Morning")
    expect(employee.field("days")).to_contain_text("1.5")
    expect(employee.field("left")).to_contain_text("5")
    expect(employee.field("certificate")).to_have_count(0)
    expect_to_fit(employee)
    employee.fill("reason", "Moving house")
    employee.save()
    employee.do("submit")
    expect(employee.see("action-withdraw")).to_be_visible()
