"""The administrator's screen for what other programs are told, and the one for their tokens."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.api import Api
from tests.web.person import Person

Device = Callable[..., Person]


@pytest.fixture
def own(founded) -> Api:
    return Api.of_owner(founded())


def test_a_webhook_is_set_up_tried_and_watched(own: Api, device: Device):
    person = device(own)
    person.go("/")
    person.open_new("kernel.webhook")
    person.fill("name", "Shop")
    person.fill("url", "https://127.0.0.1:9/hook")
    kinds = person.see("kinds")
    kinds.get_by_role("checkbox", name="Quote: all").check()
    kinds.get_by_role("button", name="Sales order").click()
    kinds.get_by_role("checkbox", name="Confirm").check()
    person.save()
    made = own.one("kernel.webhook")
    assert made["kinds"] == "quoting.quote.* sales.order.confirm"
    person.see("show-key").click()
    expect(person.see("webhook-secret")).to_contain_text("whsec_")
    person.do("test")
    person.see("desk-switch").get_by_text("Deliveries").click()
    row = person.see("delivery")
    for _wait in range(40):
        if row.count():
            break
        person.pane.get_by_role("button", name="Refresh").click()
        person.page.wait_for_timeout(500)
    row.locator("summary").click()
    expect(row).to_contain_text("kernel.webhook.test")
    expect(row).to_contain_text("does not lead to the internet")
    row.get_by_test_id("again").click()
    expect(person.page.get_by_text("Being delivered again.")).to_be_visible()
    person.go(f"/w/doc/kernel.webhook/{made['id']}")
    expect(person.see("webhook-key")).to_contain_text("Shown at")
    expect(person.see("show-key")).to_have_count(0)
    assert "whsec_" not in person.see("webhook-key").inner_text()


def test_a_token_is_made_for_what_is_ticked_and_revoked(own: Api, device: Device):
    person = device(own)
    person.go("/w/page/security")
    person.see("token-new").click()
    person.pane.get_by_label("Purpose").fill("Accounts")
    ticks = person.see("scopes")
    ticks.get_by_role("checkbox", name="Everything: Read", exact=True).uncheck()
    expect(person.see("token-make")).to_be_disabled()
    ticks.get_by_role("checkbox", name="Finance: Read and change").check()
    ticks.get_by_role("checkbox", name="Stock: Read", exact=True).check()
    expect(ticks.get_by_role("checkbox", name="Finance: Read", exact=True)).to_be_disabled()
    person.see("token-make").click()
    expect(person.see("token-secret")).to_contain_text("mw_")
    (made,) = own.get("/me/tokens/")["rows"]
    assert sorted(made["scopes"]) == ["read:inventory.*", "write:finance.*"]
    expect(person.see("tokens")).to_contain_text("Read and change · Finance")
    person.pane.get_by_role("button", name="Revoke Accounts").click()
    person.page.locator(".ant-modal-confirm").get_by_role("button", name="OK").click()
    expect(person.see("tokens")).not_to_contain_text("Accounts")
    assert own.get("/me/tokens/")["rows"] == []
