"""The desk of a quote: selection beside the lines writes into the line one stands on, the paper beside it follows, by the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tenant_apps.selection import library
from tests import trade
from tests.api import Api
from tests.web.person import Person

Device = Callable[..., Person]
CODE = "utm-e100d-0.5-h3-e50-tc-wg+cp-c3-p"


@pytest.fixture
def works(founded) -> Api:
    api = Api.of_owner(founded(name="Quote Works"))
    made = api.create("selection.ruleset", {"name": "UTM-E", "table": library.table("utm_e")})
    for verb in ("test", "publish"):
        made = api.act(made, verb)["document"]
    return api


def test_a_machine_is_configured_and_seen_on_paper_while_it_is_offered(works: Api, device: Device):
    customer, pump = trade.customer(works)["name"], trade.item(works, "1000")
    person = device(works)
    person.go("/w/home")
    person.open_new("quoting.quote")
    person.pick("customer", customer)
    person.page.keyboard.press("F8")
    person.see("paste-code").fill(CODE)
    person.see("paste-code").press("Enter")
    for option, value in (("computer", "PC"), ("verification", "yes"), ("warranty", "24")):
        person.see(f"value-{option}-{value}").click()
    expect(person.see("summary-total")).to_contain_text("256,800")
    expect(person.see("lead")).to_contain_text("47 days by its configuration")
    expect(person.input("delivery_days")).to_have_value("47")

    person.page.keyboard.press("Control+Enter")
    person.page.keyboard.type(pump["code"])
    person.choice(pump["code"]).click()
    expect(person.see("summary-total")).to_contain_text("257,800")
    expect(person.see("choose-new")).to_be_visible()

    person.page.keyboard.press("F9")
    expect(person.see("paper-page").first).to_be_visible()
    expect(person.see("selection-pane")).to_have_count(0)
    person.page.keyboard.press("Control+s")
    person.page.wait_for_url(re.compile(r"/w/doc/quoting\.quote/\d+"))
    kept = works.latest("quoting.quote")
    machine = kept["lines"][0]
    assert (kept["total"], kept["delivery_days"], machine["spec"]) == ("257800.00", 47, CODE.upper())
    assert machine["configuration"] is not None
    person.page.keyboard.press("F7")
    expect(person.page.locator(".waterfall")).to_have_count(2)
