"""The administrator arranges rights at the screen (W-1.3): the matrix, a shared document, why, and the workspace as a role."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests import trade
from tests.api import Api


def test_a_role_is_made_in_the_matrix_and_looked_through(api: Api, device):
    made = api.create("organization.role", {"name": "Reader", "grants": {"quoting.quote": {"read": "own"}}})
    boss = device(api)
    boss.open_document(made)
    cell = boss.pane.get_by_role("button", name="Quotes · See: Own")
    cell.click()
    menu = boss.page.get_by_test_id("reach-menu")
    menu.get_by_label("Those of my teams").check()
    rule = menu.get_by_label("Rule on fields")
    rule.fill("total < 5000")
    rule.press("Enter")
    boss.page.keyboard.press("Escape")
    boss.see("save").click()
    expect(boss.see("save")).to_be_hidden()
    assert api.again(made)["grants"]["quoting.quote"]["read"] == ["own", "team", "rule: total < 5000"]
    boss.see("see-as").click()
    boss.page.locator(".ant-modal-confirm").get_by_role("button", name="See as this role").click()
    expect(boss.page.get_by_test_id("seen-as")).to_contain_text("Reader")
    expect(boss.page.locator('.menu a[href^="/w/list/sales.order"]')).to_have_count(0)
    boss.page.get_by_test_id("see-as-myself").click()
    expect(boss.page.locator('.menu a[href="/w/list/sales.order"]')).to_be_visible()


def test_a_document_is_shared_and_explained(api: Api, device):
    colleague = trade.join(api, "Sales engineer")
    name = api.read("organization.member", colleague.member)["name"]
    offer = trade.quote(api)
    boss = device(api)
    boss.open_document(offer)
    boss.pane.get_by_role("tab", name="Access").click()
    boss.see("share-with").get_by_role("combobox").fill(name)
    boss.page.locator(".ant-select-item-option", has_text=name).filter(visible=True).click()
    boss.see("share-send").click()
    expect(boss.see("share")).to_contain_text(name)
    colleague.get(f"/quoting/quotes/{offer['id']}/")
    boss.see("why").click()
    told = boss.page.get_by_test_id("explanation")
    told.get_by_role("combobox").first.fill(name)
    boss.page.locator(".ant-select-item-option", has_text=name).filter(visible=True).click()
    expect(told).to_contain_text(re.compile(rf"{re.escape(name)} can:"))
    expect(told).to_contain_text("Shared with them")
