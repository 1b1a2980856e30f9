"""From the price that needs somebody's agreement to the signature of the customer on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.core import mail
from playwright.sync_api import expect

from tests import trade
from tests.api import Api
from tests.quoting.test_configured import configured, published
from tests.web.person import Person
from tests.web.site import Site
from tests.web.test_phone import expect_to_fit


def test_a_quote_is_priced_mailed_and_signed_on_a_phone(device: Callable[..., Person], api: Api, site: Site):
    table = api.again(published(api))
    machine = {"item": table["item"]["id"], "configuration": configured(api, table)["id"], "unit_price": "231000"}
    lines = [machine, {"item": trade.item(api)["id"], "kind": "optional"}]
    offer = trade.quote(api, *lines, title="Testing system")
    seller = device(api)
    seller.open_document(offer)
    expect(seller.see("authority")).to_contain_text("Needs the agreement of: Sales director")
    expect(seller.see("pricebar")).to_have_attribute("aria-label", re.compile("Floor .*List"))
    seller.cell(1, "Unit price").click()
    seller.page.keyboard.press("Alt+Enter")
    expect(seller.page.get_by_test_id("cell-hint")).to_contain_text("218,280.00")
    seller.page.keyboard.press("Escape")
    expect(seller.page.get_by_test_id("cell-hint")).to_be_hidden()
    seller.see("quote-prices").click()
    drawer = seller.page.locator(".ant-drawer-open")
    expect(drawer.locator(".waterfall").first).to_contain_text("Typed price")
    drawer.get_by_role("tab", name="Today's prices").click()
    expect(drawer.get_by_test_id("repricing")).to_contain_text("256,800.00")
    seller.page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    api.act(api.act(offer, "send")["document"], "mail", email="li@example.com")
    secret = mail.outbox[-1].body.rpartition("/q/")[2].strip()

    customer = device(phone=True)
    customer.page.goto(f"{site.address(api.company)}/q/{secret}")
    expect(customer.page.get_by_test_id("total")).to_contain_text("231,000.00")
    expect(customer.page.get_by_text("24 months")).to_be_hidden()
    customer.page.get_by_test_id("chosen").locator("summary").click()
    expect(customer.page.get_by_text("24 months")).to_be_visible()
    expect_to_fit(customer)
    customer.page.get_by_label("Your message").fill("Is training included?")
    customer.page.get_by_label("Your name").fill("Li Wei")
    customer.page.get_by_test_id("send-comment").click()
    expect(customer.page.locator(".offer__talk blockquote")).to_contain_text("Is training included?")
    customer.page.get_by_test_id("accept").click()
    name = customer.page.locator("#offer-name")
    expect(name).to_be_focused()
    expect(name).to_be_in_viewport()
    name.fill("")
    customer.page.get_by_test_id("send-answer").click()
    expect(customer.page.get_by_text("Please tell your name.")).to_be_visible()
    name.fill("Li Wei")
    expect(customer.page.get_by_text("Please tell your name.")).to_be_hidden()
    box = customer.page.get_by_test_id("signature").bounding_box()
    assert box
    customer.page.mouse.move(box["x"] + 20, box["y"] + 30)
    customer.page.mouse.down()
    customer.page.mouse.move(box["x"] + 120, box["y"] + 60, steps=5)
    customer.page.mouse.up()
    customer.page.get_by_test_id("send-answer").click()
    expect(customer.page.get_by_test_id("standing")).to_contain_text("Accepted by Li Wei")
    assert api.again(offer)["state"] == "accepted"
