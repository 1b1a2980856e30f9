"""Selecting a machine in the browser: a code pasted, a value that is not possible made possible by the keyboard, the configuration kept."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tenant_apps.selection import library
from tests.api import Api
from tests.web.person import Person

Device = Callable[..., Person]


@pytest.fixture
def works(founded) -> Api:
    api = Api.of_owner(founded(name="Selection Works"))
    made = api.create("selection.ruleset", {"name": "UTM-E", "table": library.table("utm_e")})
    for verb in ("test", "publish"):
        made = api.act(made, verb)["document"]
    return api


def test_a_machine_is_selected(works: Api, device: Device):
    person = device(works)
    person.go("/w/page/select")
    person.see("paste-code").fill("utm-e100d-0.5-h3-e50-tc-wg+cp-c3-p")
    person.see("paste-code").press("Enter")
    expect(person.see("model-code")).to_have_text("UTM-E100D-0.5-H3-E50-TC-WG+CP-C3-P")
    for option, code in (("computer", "PC"), ("verification", "yes"), ("warranty", "24")):
        person.see(f"value-{option}-{code}").click()
    expect(person.see("list-price")).to_contain_text("256,800")
    person.see("value-F-100").focus()
    for key in ("ArrowRight", "Enter"):
        person.page.keyboard.press(key)
    expect(person.page.get_by_role("tooltip").filter(has_text="R2")).to_be_visible()
    expect(person.page.get_by_test_id("make-possible")).to_be_focused()
    person.page.keyboard.press("Enter")
    expect(person.see("value-F-200")).to_be_focused()
    expect(person.see("model-code")).to_contain_text("UTM-E200F")
    expect(person.see("selection-state")).to_have_class("answer__state is-valid")
    person.see("keep-configuration").click()
    person.page.wait_for_url(re.compile(r"/w/doc/selection\.configuration/\d+"))
    kept = works.latest("selection.configuration")
    assert (kept["state"], kept["choices"]["F"], kept["choices"]["frame"]) == ("valid", "200", "F")
    # a number that its frame does not take: the next one that is possible, or another frame
    frames = [{"code": "S", "name": "One column"}, {"code": "D", "name": "Two columns"}]
    stroke = {"name": "stroke", "label": "Stroke", "kind": "number", "least": "100", "most": "1500", "step": "0.5"}
    bound = {"code": "B1", "kind": "bound", "option": "stroke", "when": "frame = 'S'", "most": "400", "sentence": "Too long"}
    source = {"options": [{"name": "frame", "label": "Frame", "values": frames}, stroke], "rules": [bound]}
    made = works.create("selection.ruleset", {"name": "A stroke", "table": source})
    works.act(works.act(made, "test")["document"], "publish")
    person.go("/w/page/select")
    person.see("value-frame-S").click()
    number = person.see("option-stroke").get_by_role("spinbutton")
    number.fill("612.5")
    expect(person.see("option-stroke")).to_contain_text("B1 Too long")
    expect(number).to_have_value("612.5")
    expect(person.see("keep-number")).to_contain_text("Frame → Two columns")
    person.see("take-400").click()
    expect(number).to_have_value(re.compile(r"400(\.0)?"))
    expect(person.see("selection-state")).to_have_class("answer__state is-valid")
