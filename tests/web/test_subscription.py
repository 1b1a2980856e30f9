"""The administrator chooses a plan, transfers the money, and sees what is paid and used; at the desk and in a hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from shared_apps.billing import operators
from tenants.lifecycle import By
from tests import trade
from tests.api import Api, Json
from tests.console.conftest import account, client_of, operator
from tests.web.person import Person
from tests.web.test_phone import expect_to_fit

__all__ = ["account", "operator"]
Device = Callable[..., Person]
PAGE = "/w/page/subscription"


@pytest.fixture
def newcomer(founded) -> Api:
    return Api.of_owner(founded())


def test_a_plan_is_ordered_transferred_and_invoiced(device: Device, newcomer: Api):
    person = device(newcomer)
    person.go("/w/home")
    person.page.locator(f'.menu a[href="{PAGE}"]').click()
    expect(person.see("standing")).to_contain_text("Trial")
    expect(person.see("use-seats")).to_contain_text("1 / 15")

    person.see("order").click()
    person.page.get_by_test_id("plan-starter").click()
    person.page.get_by_label("Seats", exact=True).fill("7")
    expect(person.page.get_by_test_id("bill")).to_contain_text("Further seats, plan “Starter” × 2")
    expect(person.page.get_by_test_id("now")).to_have_text("¥537.00")
    person.page.get_by_test_id("confirm").click()
    paper = person.see("invoice")
    expect(paper).to_contain_text("¥537.00")
    number = re.search(r"MW\d{4}-\d{6}", paper.inner_text())[0]

    person.see("transfer").get_by_role("textbox").fill("ICBC 4711")
    person.see("transfer").get_by_role("button").click()
    expect(person.see("transfer")).to_contain_text("it counts when we have seen it")
    operators.confirm_transfer(number, Decimal("537.00"), "ICBC 4711", "Test Works", by=By("Li", 7), received=timezone.now())
    person.page.reload()
    expect(person.see("standing")).to_contain_text("Starter")
    expect(person.see("ends")).to_contain_text("Paid until")

    title = person.see("title")
    title.get_by_text("Special VAT e-invoice").click()
    title.get_by_label("Title", exact=True).fill("Test Works Ltd.")
    title.get_by_role("button", name="Save").click()
    expect(title).to_contain_text("needs the tax number")
    title.get_by_label("Tax number").fill("91310000MA1FL0XX1X")
    title.get_by_role("button", name="Save").click()
    expect(title.get_by_role("button", name="Save")).to_be_disabled()
    person.see("einvoice").click()
    expect(person.see("invoice")).to_contain_text("Asked for")


def pay(paper: Json) -> None:
    """The money for an invoice is seen on our account."""
    told = {"by": By("Li", 7), "received": timezone.now()}
    operators.confirm_transfer(paper["number"], Decimal(paper["total"]), f"B{paper['id']}", "Test Works", **told)


def test_a_smaller_plan_is_planned_for_the_end_of_the_month_and_taken_back(device: Device, newcomer: Api):
    newcomer.post("/billing/order/", {"plan": "team", "period": "month", "method": "bank_transfer"})
    pay(newcomer.get("/billing/invoices/")["rows"][0])
    for _ in range(5):
        trade.join(newcomer, "Finance")
    person = device(newcomer, phone=True)
    person.go(PAGE)
    person.see("order").click()
    person.page.get_by_test_id("plan-starter").click()
    person.page.get_by_label("Seats", exact=True).fill("5")
    expect(person.page.get_by_test_id("starts")).to_contain_text("Nothing is deleted")
    expect(person.page.get_by_test_id("warning-seats")).to_contain_text("Seats: 6 / 5")
    expect_to_fit(person)
    person.page.get_by_test_id("confirm").click()
    expect(person.see("planned")).to_contain_text("Starter, 5 seats, ¥399.00 / month")
    expect(person.see("standing")).to_contain_text("Team")
    person.see("planned").get_by_role("button", name="Stay with Team").click()
    expect(person.see("planned")).to_have_count(0)


def test_a_milestone_is_paid_where_it_was_accepted(device: Device, newcomer: Api, operator: Callable[..., Api]):
    consultant = operator("consultant")
    project = consultant.create("implementation.project", {"client": client_of(consultant, newcomer.company)["id"], "name": "Going live"})
    contract = consultant.create("implementation.servicecontract", {"project": project["id"], "title": "Service", "total": "1000.00"})
    consultant.act(contract, "offer")
    newcomer.act(newcomer.again(contract), "sign", name="Wang")
    first = consultant.rows("implementation.milestone", f"contract={contract['id']}&sort=position")[0]
    delivered = consultant.act(consultant.act(consultant.again(first), "begin")["document"], "deliver")["document"]
    accepted = newcomer.act(newcomer.again(delivered), "accept", name="Wang")["document"]
    invoiced = consultant.act(consultant.again(accepted), "invoice")["document"]
    person = device(newcomer)
    person.open_document(newcomer.again(invoiced))
    expect(person.see("due")).to_contain_text("¥300.00")
    expect(person.see("transfer")).to_contain_text(invoiced["invoice_no"])
    person.see("transfer").get_by_role("textbox").fill("ICBC 99")
    person.see("transfer").get_by_role("button").click()
    expect(person.see("transfer")).to_contain_text("it counts when we have seen it")
    pay(newcomer.get("/billing/invoices/")["rows"][0])
    person.page.reload()
    expect(person.see("due")).to_contain_text("Paid")
    expect(person.see("einvoice")).to_be_visible()


def test_it_fits_a_phone(device: Device, newcomer: Api):
    newcomer.post("/billing/order/", {"plan": "team", "period": "year", "seats": 20, "method": "bank_transfer"})
    person = device(newcomer, phone=True)
    person.go(PAGE)
    expect(person.see("invoice")).to_be_visible()
    expect(person.see("title")).to_be_visible()
    expect_to_fit(person)
    person.see("order").click()
    expect(person.page.get_by_test_id("now")).to_be_visible()
    expect_to_fit(person)


def test_a_refusal_leads_the_administrator_to_the_plan(device: Device, newcomer: Api):
    for _ in range(14):
        trade.join(newcomer, "Finance")
    colleague = newcomer.create("organization.member", {"name": "Li", "email": f"{trade.some('li').replace(' ', '')}@example.com"})
    person = device(newcomer)
    person.open_document(colleague)
    person.do("invite")
    expect(person.page.get_by_test_id("problem")).to_contain_text("All 15 seats of your plan are taken.")
    person.page.get_by_test_id("help").click()
    expect(person.see("use-seats")).to_contain_text("15 / 15")


def test_others_do_not_see_it(device: Device, newcomer: Api):
    person = device(trade.join(newcomer, "Sales engineer"))
    person.go("/w/home")
    expect(person.page.locator('.menu a[href="/w/list/quoting.quote"]')).to_be_visible()
    expect(person.page.locator(f'.menu a[href="{PAGE}"]')).to_have_count(0)
    person.go(PAGE)
    expect(person.pane.get_by_role("alert")).to_contain_text("You have no permission")
