"""Second factors at the screen, and a browser that finds nothing to complain about in our pages."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests import trade
from tests.api import Api
from tests.founding import PASSWORD, owner_of
from tests.web.person import Person

Device = Callable[..., Person]


def code(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def log_in(person: Person, email: str) -> None:
    person.go("/login")
    for name, value in (("email", email), ("password", PASSWORD)):
        person.page.get_by_test_id(f"field-{name}").locator("input").fill(value)
    person.page.get_by_test_id("submit").click()


def with_authenticator(page: Page) -> None:
    """Plug a security key into this browser."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_an_app_is_set_up_and_asked_for(device: Device, founded):
    company = founded()
    person, email = device(Api.of_owner(company)), owner_of(company).email
    person.page.context.clear_cookies()
    log_in(person, email)
    expect(person.see("home")).to_be_visible()
    person.go("/w/page/security")
    person.see("add-factor").click()
    person.see("add-app").click()
    secret = person.see("app-secret").inner_text()
    person.see("app-code").fill(code(secret))
    person.see("app-add").click()
    expect(person.see("recovery-codes").locator("li")).to_have_count(10)
    person.see("codes-kept").click()
    expect(person.see("remove-factor")).to_have_count(1)

    person.page.context.clear_cookies()
    log_in(person, email)
    person.page.get_by_test_id("field-code").locator("input").fill("000000")
    person.page.get_by_test_id("submit").click()
    expect(person.page.get_by_test_id("problem").filter(has_text="not right")).to_be_visible()
    person.page.get_by_test_id("field-code").locator("input").fill(code(secret, 1))
    person.page.get_by_test_id("submit").click()
    expect(person.see("home")).to_be_visible()


def test_a_key_is_set_up_at_a_door_that_requires_one(device: Device, founded):
    company = founded()
    api, email = Api.of_owner(company), owner_of(company).email
    colleague = trade.join(api, "Administrator")
    person = device(api)
    with_authenticator(person.page)
    person.page.context.clear_cookies()
    log_in(person, email)
    expect(person.see("home")).to_be_visible()
    person.go("/w/page/security")
    person.see("add-factor").click()
    person.see("add-key").click()
    person.see("codes-kept").click()
    expect(person.see("remove-factor")).to_have_count(1)
    person.go("/w/doc/organization.company/1")
    person.field("second_factor").locator("input, button, .ant-checkbox").first.click()
    person.save()

    person.page.context.clear_cookies()
    log_in(person, email)
    person.page.get_by_test_id("use-key").click()
    expect(person.see("home")).to_be_visible()

    other = device(colleague)
    other.page.context.clear_cookies()
    with_authenticator(other.page)
    log_in(other, colleague_email(colleague))
    other.page.get_by_test_id("add-key").click()
    other.page.get_by_test_id("codes-kept").click()
    expect(other.see("home")).to_be_visible()


def colleague_email(api: Api) -> str:
    from django.contrib.auth import get_user_model

    from tenant_apps.organization.models import Member
    from tenants.context import tenant_context

    with tenant_context(api.company):
        account = Member.objects.get(pk=api.member).account
    return get_user_model().objects.get(pk=account).email


def test_the_browser_has_nothing_to_forbid(device: Device, api: Api):
    """What the policy forbids, the browser says aloud; pages of every kind are silent."""
    complaints: list[str] = []
    person = device(api)
    person.page.on(
        "console",
        lambda said: (
            complaints.append(f"{person.page.url} {said.location} {said.text[:200]}") if "Content Security Policy" in said.text else None
        ),
    )
    offer = trade.quote(api)
    for path in ("/w/home", "/w/list/quoting.quote", "/w/list/organization.role", "/w/page/security", "/w/page/account", "/w/page/jobs"):
        person.go(path)
        expect(person.pane.first).to_be_visible()
        person.page.wait_for_load_state("networkidle")
    person.open_document(offer)
    person.page.wait_for_load_state("networkidle")
    person.open_new("partners.partner")
    person.fill("name", f"Steel {secrets.token_hex(3)}")
    person.save()
    for path in ("/login", "/reset", "/nowhere", "/verify/abc"):
        person.go(path)
        person.page.wait_for_load_state("networkidle")
    person.go("/api/v1/docs/")
    expect(person.page.locator(".swagger-ui .info")).to_be_visible()
    assert complaints == []


# what a browser keeps ------------------------------------------------------------------------------------------------
KEPT = """async () => {
  const names = [...Object.keys(localStorage), ...Object.keys(sessionStorage)]
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise((done) => { const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result) })
    for (const store of base.objectStoreNames) {
      const rows = base.transaction(store).objectStore(store).getAllKeys()
      names.push(...await new Promise((done) => { rows.onsuccess = () => done(rows.result) }))
    }
    base.close()
  }
  return names
}"""


def half_typed(person: Person) -> str:
    """The address of a new customer of whom only the name is typed."""
    person.open_new("partners.partner")
    person.fill("name", "Half a customer")
    return person.page.evaluate("location.pathname")


def test_logging_out_leaves_nothing_in_the_browser_and_loses_nothing(device: Device, founded):
    company = founded()
    email = owner_of(company).email
    person = device(Api.of_owner(company))
    person.page.context.clear_cookies()
    log_in(person, email)
    expect(person.see("home")).to_be_visible()
    api = Api.of_owner(company)  # the log-in hashed the password anew, at the product's own cost
    person.open_document(trade.customer(api))
    address = half_typed(person)
    person.page.wait_for_function(f"({KEPT})().then((names) => names.some((name) => name.startsWith('partners.partner:new')))")
    person.page.get_by_test_id("user-menu").click()
    person.page.get_by_role("menuitem", name="Log out").click()
    person.page.wait_for_url("**/login")
    assert [name for name in person.page.evaluate(KEPT) if company.slug in name or "partner" in name] == []

    other = device(api)
    other.go(address)
    expect(other.input("name")).to_have_value("Half a customer")
    log_in(person, email)
    expect(person.see("home")).to_be_visible()
    person.page.locator(f'.unfinished a[href="{address}"]').click()
    expect(person.input("name")).to_have_value("Half a customer")


def test_after_a_long_pause_one_goes_on_where_one_was(device: Device, founded):
    company = founded()
    person = device(Api.of_owner(company))
    person.page.context.clear_cookies()
    log_in(person, owner_of(company).email)
    expect(person.see("home")).to_be_visible()
    address = half_typed(person)
    person.page.context.clear_cookies(name="sessionid")
    ended = {"code": "idle", "status": 401, "detail": "ended", "title": "Unauthorized"}
    person.page.route("**/api/v1/**", lambda route: route.fulfill(status=401, json=ended, content_type="application/problem+json"), times=1)
    person.open_list("partners.partner")
    expect(person.page.get_by_test_id("problem")).to_contain_text("What you typed is kept")
    for name, value in (("email", owner_of(company).email), ("password", PASSWORD)):
        person.page.get_by_test_id(f"field-{name}").locator("input").fill(value)
    person.page.get_by_test_id("submit").click()
    person.page.wait_for_url("**/w/list/partners.partner*")
    person.tab("New customer").click()
    expect(person.input("name")).to_have_value("Half a customer")
    assert person.page.evaluate("location.pathname") == address
