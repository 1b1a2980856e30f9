"""From a quote's print menu to the layout of its series, and from the quote to a template and the next customer's quote."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests import trade
from tests.api import Api
from tests.quoting.test_layouts import layout, sold
from tests.web.person import Person


def test_a_quote_is_printed_by_its_series_and_kept_as_a_template(device: Callable[..., Person], api: Api):
    ours = layout(api, "Our layout")
    offer = trade.quote(api, {"item": sold(api, ours)}, title="Testing system")
    buyer = trade.customer(api)
    seller = device(api)
    seller.open_document(offer)
    seller.see("more").click()
    seller.page.get_by_text("Another layout or language…").click()
    dialog = seller.page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"Its goods call for the layout “{ours['name']}”.")
    dialog.get_by_text("中文 + English").click()
    dialog.get_by_text("Word", exact=True).click()
    expect(dialog.get_by_test_id("print-open")).to_have_attribute("href", re.compile(r"template=default&language=both&as=docx$"))
    seller.page.keyboard.press("Escape")

    seller.see("more").click()
    seller.page.get_by_test_id("action-keep").click()
    dialog.get_by_role("textbox").fill("UTM standard")
    dialog.get_by_test_id("confirm").click()
    expect(seller.heading).to_contain_text("UTM standard")
    seller.do("offer")
    dialog.get_by_label("Customer").press_sequentially(buyer["name"])
    seller.choice(buyer["name"]).click()
    dialog.get_by_test_id("confirm").click()
    expect(seller.heading).to_contain_text(re.compile(r"Q\d{4}-"))
    assert api.latest("quoting.quote")["customer"]["id"] == buyer["id"]
