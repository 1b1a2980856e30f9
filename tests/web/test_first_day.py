"""From the sign-up form to the first quote, and a colleague who joins."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from playwright.sync_api import expect

from tenants.models import Tenant
from tests import trade
from tests.api import Api
from tests.founding import PASSWORD
from tests.web.person import Person
from tests.web.site import Site

Device = Callable[..., Person]


def sign_up(person: Person) -> Tenant:
    slug = f"w{secrets.token_hex(5)}"
    person.go("/signup/")
    told = {"company": "申测试验机有限公司", "slug": slug, "name": "王建国", "email": f"{slug}@example.com", "password": PASSWORD}
    for name, value in told.items():
        person.page.get_by_test_id(f"field-{name}").locator("input").fill(value)
    expect(person.page.get_by_text("可以使用")).to_be_visible()
    person.page.get_by_test_id("submit").click()
    person.page.wait_for_url(re.compile(rf"^http://{slug}\.localhost:\d+/w/home$"))
    return Tenant.objects.get(slug=slug)


def test_a_person_signs_up_and_makes_the_first_quote(device: Device):
    person = device(language="zh-CN")
    company = sign_up(person)
    expect(person.see("home")).to_contain_text("王建国")

    person.open_new("partners.partner")
    person.fill("name", "上海材料研究所")
    person.type_cell(1, "姓名", "李工", "contacts")
    person.type_cell(1, "电话", "13812345678", "contacts")
    person.save()
    expect(person.heading).to_contain_text("上海材料研究所")

    api = Api.of_owner(company)
    machine = trade.machine(api, price="231000")
    person.open_new("quoting.quote")
    person.pick("customer", "上海材料研究所")
    person.pick("contact", "李工")
    person.fill("title", "万能试验机")
    person.type_cell(1, "物料", machine["code"])
    person.type_cell(1, "数量", "2")
    expect(person.see("summary-total")).to_contain_text("462,000.00")
    person.save()
    offer = api.one("quoting.quote")
    expect(person.heading).to_contain_text(offer["number"])
    expect(person.see("summary-total")).to_contain_text("462,000.00")
    assert (offer["customer"]["label"], offer["contact"]["label"], offer["total"]) == ("上海材料研究所", "李工", "462000.00")


def test_a_colleague_is_invited_and_joins_with_a_role(device: Device, api: Api, site: Site):
    administrator = device(api)
    administrator.go("/w/home")
    email = f"w{secrets.token_hex(4)}@example.com"
    administrator.open_new("organization.member")
    administrator.fill("name", "Li Si")
    administrator.fill("email", email)
    administrator.pick("roles", "Warehouse")
    administrator.page.keyboard.press("Escape")
    administrator.save()
    administrator.do("invite")
    link = site.mailed(api.company, "/join/")

    colleague = device()
    colleague.page.goto(link)
    expect(colleague.page.get_by_text(email)).to_be_visible()
    colleague.page.get_by_test_id("field-password").locator("input").fill(PASSWORD)
    colleague.page.get_by_test_id("submit").click()
    expect(colleague.see("home")).to_contain_text("Li Si")
    menu = colleague.page.locator(".menu")
    expect(menu.locator('a[href="/w/list/inventory.move"]')).to_be_visible()
    expect(menu.locator('a[href="/w/list/quoting.quote"]')).to_have_count(0)
    assert api.one("organization.member", f"email={email}")["state"] == "active"
