"""The opportunity board by mouse, keyboard and touch, and the list behind a bar of the forecast."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests import trade
from tests.api import Api, Json
from tests.crm.sales import DEAL, deal
from tests.trade import some
from tests.web.person import Person

Device = Callable[..., Person]
BARS = """color => [...document.querySelectorAll(".chart path")]
  .filter((bar) => bar.getAttribute("fill") === color && bar.getBoundingClientRect().height > 60)"""


@pytest.fixture
def rep(api: Api) -> Api:
    return trade.join(api, "Sales engineer")


def card(person: Person, stage: str, one: Json) -> Locator:
    return person.see(f"stage-{stage}").get_by_test_id("deal").filter(has_text=one["title"])


def drag(person: Person, held: Locator, target: Locator) -> None:
    start, end = held.bounding_box(), target.bounding_box()
    assert start and end
    mouse = person.page.mouse
    mouse.move(start["x"] + 12, start["y"] + start["height"] - 6)
    mouse.down()
    mouse.move(end["x"] + 40, end["y"] + 60, steps=8)
    mouse.move(end["x"] + 50, end["y"] + 70)
    expect(target).to_have_class("stage is-over")
    mouse.up()


def carry(person: Person, held: Locator, stage: str) -> None:
    """With a finger: rest on the card until it is lifted, carry it to a stage, let go."""
    start, cdp = held.bounding_box(), person.page.context.new_cdp_session(person.page)
    assert start

    def touch(kind: str, *points: tuple[float, float]) -> None:
        cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    touch("touchStart", (start["x"] + 20, start["y"] + start["height"] - 8))
    expect(person.page.get_by_test_id("carried")).to_be_visible()
    target = person.page.get_by_test_id("stage-rail").get_by_text(stage, exact=True)
    end = target.bounding_box()
    assert end
    touch("touchMove", (end["x"] + 20, end["y"] + 20))
    expect(target).to_have_class("stagerail__stage is-over")
    touch("touchEnd")


def tick_and_move(person: Person) -> None:
    dialog = person.page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Tick and move")).to_be_disabled()
    for box in dialog.get_by_role("checkbox").all():
        box.check()
    dialog.get_by_role("button", name="Tick and move").click()
    expect(dialog).to_be_hidden()


def test_a_card_goes_on_by_mouse_keyboard_and_touch_with_its_checklist(rep: Api, device: Device):
    first, second, third, fourth = (stage["_label"] for stage in rep.rows("crm.stage", "sort=position")[:4])
    one = deal(rep, title=some("Tensile tester"), expected_on="2031-03-10")
    person = device(rep)
    person.go("/w/page/pipeline")
    drag(person, card(person, first, one), person.see(f"stage-{second}"))
    tick_and_move(person)
    card(person, second, one).get_by_role("link").focus()
    person.page.keyboard.press("Alt+ArrowRight")
    tick_and_move(person)
    card(person, third, one).get_by_role("link").focus()
    person.page.keyboard.press("Alt+ArrowLeft")
    expect(card(person, second, one)).to_be_visible()
    assert rep.again(one)["probability"] == "25"

    phone = device(rep, phone=True)
    phone.go("/w/page/pipeline")
    phone.pane.get_by_role("combobox", name="Stage").tap()
    phone.choice(second).tap()
    carry(phone, card(phone, second, one), third)
    tick_and_move(phone)
    phone.pane.get_by_role("combobox", name="Stage").tap()
    phone.choice(third).tap()
    card(phone, third, one).get_by_role("button").tap()
    phone.page.get_by_role("menuitem", name=f"Move to {fourth}").tap()
    tick_and_move(phone)
    expect(card(phone, third, one)).to_be_hidden()
    assert rep.again(one)["stage"]["label"] == fourth

    rep.create(DEAL, {"title": some("Later"), "customer": one["customer"]["id"], "amount": "10", "expected_on": "2031-07-01"})
    person.go("/w/page/forecast")
    color = person.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--chart-2').trim()")
    bars = person.page.wait_for_function(f"color => {{ const found = ({BARS})(color); return found[0] }}", arg=color)
    bars.as_element().click()
    expect(person.see("list-row")).to_have_count(1)
    expect(person.see("list-row")).to_contain_text(one["title"])
