"""Operators at their console and the people of a company meet: feedback, news, support, the implementation, the status of the platform."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from shared_apps.console.models import Probe
from tenants.models import Tenant
from tests import trade
from tests.api import Api
from tests.console.conftest import account, operator
from tests.web.person import Person
from tests.web.test_phone import expect_to_fit

__all__ = ["account", "operator"]
Device = Callable[..., Person]
Json = dict[str, Any]


@pytest.fixture(scope="module")
def client(api: Api) -> int:
    """The operators' row of the company: known from its first step there."""
    return int(api.create("console.feedback", {"title": "First step"})["client"]["id"])


@pytest.fixture
def admin(operator: Callable[..., Api]) -> Api:
    """An administrator of the platform, who reads English."""
    made = operator()
    made.put("/me/settings/language/", {"value": "en"})
    return made


def test_feedback_is_given_from_a_screen_survives_a_reload_and_is_answered(device: Device, api: Api, admin: Api):
    customer = trade.customer(api)
    person = device(api)
    person.open_document(customer)
    person.page.get_by_test_id("feedback").click()
    expect(person.input("screen")).to_have_value(f"/w/doc/partners.partner/{customer['id']}")
    expect(person.field("snapshot")).to_contain_text(f"partners.partner:{customer['id']}")
    expect(person.field("snapshot")).to_contain_text("1440 × 900")
    expect(person.field("snapshot")).not_to_contain_text(customer["name"])
    person.fill("title", "The ledger is empty")
    person.page.reload()
    expect(person.input("title")).to_have_value("The ledger is empty")
    person.save()
    expect(person.page.get_by_text("Saved", exact=True)).to_be_visible()
    filed = api.one("console.feedback", "q=ledger")
    assert (filed["snapshot"]["document"], filed["snapshot"]["page"]) == (f"partners.partner:{customer['id']}", "doc")
    seen = admin.act(admin.again(filed), "classify", kind="question", severity="minor")["document"]
    admin.act(seen, "reply", text="It fills with the first invoice.")
    person.page.reload()
    person.page.get_by_test_id("user-menu").click()
    person.page.get_by_role("menuitem", name="My feedback").click()
    person.pane.get_by_role("link", name=filed["number"]).click()
    expect(person.field("answer")).to_contain_text("It fills with the first invoice.")


def test_a_refusal_that_was_shown_goes_along_with_feedback(device: Device, api: Api):
    person = device(api)
    person.go("/w/home")
    person.open_new("partners.partner")
    person.see("save").click()
    expect(person.field("name").get_by_role("alert")).to_be_visible()
    person.page.get_by_test_id("feedback").click()
    expect(person.field("snapshot")).to_contain_text("invalid")


def announced(admin: Api, client: int, title: str, **more: Any) -> Json:
    draft = admin.create("console.announcement", {"title": title, "text": "All the details.", "clients": [client], **more})
    return admin.act(draft, "publish")["document"]


def test_news_stand_above_the_messages_until_they_are_read(device: Device, api: Api, admin: Api, client: int):
    told = announced(admin, client, "Freight on quotes", kind="release")
    person = device(api)
    person.go("/w/home")
    person.page.get_by_test_id("messages").click()
    item = person.page.get_by_test_id("news").get_by_role("button", name="Freight on quotes")
    item.click()
    expect(item).to_contain_text("All the details.")
    expect(item).to_have_class("message")
    assert admin.again(told)["readers"] == 1
    person.page.reload()
    person.page.get_by_test_id("messages").click()
    expect(person.page.get_by_text("No messages")).to_be_visible()
    expect(item).to_be_hidden()


def test_news_are_asked_for_once_however_much_is_done(device: Device, api: Api):
    person = device(api)
    asked: list[str] = []
    person.page.on("request", lambda request: asked.append(request.url) if "/console/" in request.url else None)
    person.go("/w/home")
    expect(person.see("home")).to_be_visible()
    person.open_new("partners.partner")
    person.fill("name", "Once Is Enough Ltd")
    person.save()
    assert sorted(url.split("/console/")[1].partition("?")[0] for url in asked) == ["news/", "support/"]


@pytest.mark.parametrize(("hours", "shown"), [(30, True), (60, False)])
def test_maintenance_within_two_days_is_told_on_every_screen(device: Device, api: Api, admin: Api, client: int, hours: int, shown: bool):
    starts = timezone.now() + timedelta(hours=hours)
    told = announced(
        admin,
        client,
        f"Work in {hours} hours",
        kind="maintenance",
        starts_at=starts.isoformat(),
        ends_at=(starts + timedelta(hours=1)).isoformat(),
    )
    person = device(api)
    person.go("/w/list/partners.partner")
    expect(person.see("list")).to_be_visible()
    banner = person.page.get_by_test_id("maintenance").filter(has_text=f"Work in {hours} hours")
    expect(banner).to_have_count(int(shown))
    if shown:
        banner.get_by_role("button", name="Close").click()
        expect(banner).to_have_count(0)
        person.page.reload()
        expect(person.see("list")).to_be_visible()
        expect(banner).to_have_count(0)
    admin.act(admin.again(told), "withdraw")


def test_the_administrator_lets_support_in_and_ends_it(device: Device, api: Api, admin: Api, client: int, as_role: Callable[..., Api]):
    asked = admin.create("console.supportaccess", {"client": client, "reason": "Order 5 does not close", "hours": 2})
    clerk = device(as_role("Warehouse"))
    clerk.go("/w/home")
    expect(clerk.see("home")).to_be_visible()
    expect(clerk.page.get_by_test_id("support")).to_have_count(0)
    person = device(api, phone=True)
    person.go("/w/home")
    banner = person.page.get_by_test_id("support")
    expect(banner).to_contain_text("Order 5 does not close")
    expect(banner).to_contain_text("2 hours")
    expect_to_fit(person)
    banner.get_by_role("button", name="Approve").click()
    expect(banner).to_contain_text("may enter your company until")
    assert admin.again(asked)["state"] == "approved"
    banner.get_by_role("button", name="End access").click()
    expect(banner).to_have_count(0)
    assert admin.again(asked)["state"] == "ended"


@pytest.fixture
def measured(api: Api) -> Iterator[datetime]:
    """Two days of minutes up to now, of which the first had an hour without answer."""
    Probe.objects.all().delete()
    now = timezone.now().replace(second=0, microsecond=0)
    Probe.objects.bulk_create(Probe(minute=now - timedelta(minutes=n), ok=n < 2820) for n in range(2881))
    yield now
    Probe.objects.all().delete()


@pytest.mark.usefixtures("measured")
def test_everybody_sees_how_well_the_platform_has_worked(device: Device, admin: Api, api: Api):
    ends = (timezone.now() + timedelta(days=3)).isoformat()
    draft = admin.create(
        "console.announcement", {"title": "A faster database", "text": "At night.", "kind": "maintenance", "ends_at": ends}
    )
    told = admin.act(draft, "publish")["document"]
    visitor = device(phone=True)
    visitor.go("/login")
    visitor.page.get_by_role("link", name="Platform status").click()
    standing = visitor.page.get_by_test_id("standing")
    expect(standing).to_contain_text("Everything works")
    expect(standing).to_contain_text("97.88%")
    expect(standing).to_contain_text("99.50%")
    days = visitor.page.get_by_test_id("days").get_by_role("listitem")
    expect(days).to_have_count(90)
    expect(days.last).to_have_class("is-kept")
    expect(days.last).to_contain_text("100.00%")
    expect(days.first).to_have_class("is-unknown")
    expect(visitor.page.get_by_test_id("planned")).to_contain_text("A faster database")
    visitor.page.get_by_test_id("language").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("平台状态")
    colleague = device(api)
    colleague.go("/status")
    expect(colleague.page.get_by_test_id("standing")).to_be_visible()
    assert colleague.page.url.endswith("/status") and api.company.slug not in colleague.page.url
    admin.act(admin.again(told), "withdraw")


def test_the_console_is_a_workspace(device: Device, admin: Api, api: Api, company: Tenant):
    filed = api.create("console.feedback", {"title": "Work stands still here", "severity": "blocked"})
    person = device(admin)
    person.go("/w/home")
    for card in ("platform_companies", "platform_feedback", "platform_accept", "platform_states", "platform_signups"):
        expect(person.see(f"card-{card}")).to_be_visible()
    person.see("card-platform_feedback").get_by_role("link").click()
    expect(person.see("list-row").filter(has_text="Work stands still here")).to_be_visible()
    person.go("/w/home")
    expect(person.see("card-platform_urgent")).to_contain_text("Work stands still here")
    person.see("card-platform_urgent").get_by_role("link", name="Work stands still here").click()
    expect(person.heading).to_contain_text(filed["number"])
    person.open_list("console.client")
    person.page.keyboard.press("Control+k")
    expect(person.page.get_by_test_id("palette")).to_be_focused()
    person.page.keyboard.type(company.slug)
    person.page.get_by_role("option", name=company.name).first.click()
    expect(person.field("slug")).to_contain_text(company.slug)
    person.fill("remark", "Called back")
    person.save()
    assert admin.one("console.client", f"q={company.slug}")["remark"] == "Called back"


def test_an_operator_backs_a_company_up_and_puts_the_backup_beside_it(device: Device, admin: Api, client: int, company: Tenant, api: Api):
    trade.customer(api)
    person = device(admin)
    person.open_document(admin.read("console.client", client))
    person.see("more").click()
    person.page.get_by_test_id("action-archive").wait_for()
    person.page.keyboard.press("Escape")
    back_up = person.see("action-back_up")
    if not back_up.is_visible():
        person.see("more").click()
        back_up = person.page.get_by_test_id("action-back_up")
    back_up.click()
    expect(person.see("backup")).to_have_count(1)
    person.see("more").click()
    person.page.get_by_test_id("action-restore_beside").click()
    dialog = person.page.get_by_role("dialog")
    dialog.get_by_test_id("field-backup").locator("input").click()
    person.choice("rows").click()
    dialog.get_by_test_id("field-slug").locator("input").fill(company.slug)
    dialog.get_by_test_id("field-reason").locator("input").fill("A colleague deleted an order")
    dialog.get_by_test_id("confirm").click()
    expect(dialog).to_contain_text("This address is taken")
    slug = f"beside{company.pk}"
    dialog.get_by_test_id("field-slug").locator("input").fill(slug)
    dialog.get_by_test_id("confirm").click()
    expect(person.see("copies")).to_contain_text(slug)
    assert len(Api.of_owner(Tenant.objects.get(slug=slug)).rows("partners.partner")) == len(api.rows("partners.partner"))


def test_the_log_and_the_health_of_the_platform_are_seen(device: Device, admin: Api, company: Tenant, client: int):
    admin.act(admin.read("console.client", client), "extend_trial", days=3, reason="Their auditor is late")
    person = device(admin)
    person.go("/w/page/log")
    expect(person.see("log-line").first).to_be_visible()
    search = person.pane.get_by_role("searchbox", name="Company or address")
    search.fill(company.slug)
    search.press("Enter")
    expect(person.see("log-line").filter(has_text="Their auditor is late")).to_have_count(1)
    hand = device(admin, phone=True)
    hand.go("/w/page/health")
    expect(hand.see("figure-workers")).to_contain_text("1")
    expect(hand.see("workers")).to_contain_text("processes")
    expect(hand.see("storage")).to_contain_text("free on this machine")
    expect_to_fit(hand)


@pytest.fixture
def project(admin: Api, api: Api, client: int) -> Json:
    """A project two weeks old with a signed contract, its first milestone delivered, and one of two requirements covered."""
    starts = (timezone.localdate() - timedelta(days=15)).isoformat()
    made = admin.create("implementation.project", {"client": client, "name": "Going live", "starts_on": starts})
    started = admin.act(made, "start")["document"]
    steps = [{"id": step["id"], **({"done_on": starts} if step["week"] == 1 else {})} for step in started["steps"]]
    project = admin.change(started, {"steps": steps})
    for fit in ("standard", "extend"):
        one = api.create("implementation.requirement", {"project": project["id"], "department": "Sales", "text": f"Something {fit}"})
        admin.act(admin.again(one), "reply", fit=fit, text="So", days="0", price="0.00")
    contract = admin.create("implementation.servicecontract", {"project": project["id"], "title": "Service", "total": "100000.00"})
    offered = admin.act(contract, "offer")["document"]
    api.act(api.again(offered), "sign", name="Owner")
    first = admin.rows("implementation.milestone", f"contract={contract['id']}&sort=position")[0]
    admin.act(admin.act(first, "begin")["document"], "deliver")
    return admin.again(project)


def test_both_sides_see_how_far_an_implementation_is(device: Device, admin: Api, api: Api, project: Json):
    for side in (admin, api):
        person = device(side)
        person.open_document(project)
        expect(person.see("burn-down")).to_have_text("Week 3: Really open 15, Planned 10")
        expect(person.see("fit")).to_contain_text("50% covered")
        stages = person.see("milestones").get_by_role("listitem")
        expect(stages).to_have_count(4)
        expect(stages.first).to_contain_text("30,000.00")
        expect(stages.first).to_contain_text("Delivered")
    stages.first.get_by_role("link").click()
    person.do("accept")
    person.page.get_by_role("dialog").get_by_test_id("field-name").locator("input").fill("Owner")
    person.page.get_by_role("dialog").get_by_role("button", name="Accept").click()
    expect(person.field("accepted_by")).to_contain_text("Owner")
    person.tab(project["number"]).click()
    expect(person.see("milestones").get_by_role("listitem").first).to_contain_text("accepted by Owner")
    hand = device(api, phone=True)
    hand.open_document(project)
    expect(hand.see("milestones")).to_be_visible()
    expect_to_fit(hand)
