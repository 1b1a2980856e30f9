"""The administrator's page for the whole company, and the banner that says where it stands."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from kernel import clock, saving
from kernel.access import SYSTEM
from tenant_apps.organization.models import Role
from tenants import lifecycle, sandbox
from tenants.context import tenant_context
from tenants.lifecycle import By
from tests.api import Api
from tests.web.person import Person

Device = Callable[..., Person]
OPERATOR = By("operator")
PAGE = "/w/page/company"


@pytest.fixture
def live(founded) -> Api:
    return Api.of_owner(founded(name="Live Works"))


def test_a_sandbox_is_made_and_its_configuration_carried_over(live: Api, device: Device):
    person = device(live)
    person.go("/")
    person.page.locator(f'.menu a[href="{PAGE}"]').click()
    person.see("sandbox-make").click()
    expect(person.see("sandbox-open")).to_contain_text("-sandbox")
    copy = sandbox.of(live.company)
    with tenant_context(copy):
        saving.create(Role, {"name": "Tester"}, by=SYSTEM, at=clock.now())
    person.see("sandbox-compare").click()
    expect(person.page.get_by_text("Role · Tester")).to_be_visible()
    person.page.get_by_test_id("promote").click()
    expect(person.page.get_by_text("1 piece of configuration carried over")).to_be_visible()
    assert "Tester" in [row["name"] for row in live.rows("organization.role")]
    inside = device(Api.of_owner(copy))
    inside.go("/")
    expect(inside.page.get_by_test_id("standing-sandbox")).to_be_visible()


def test_a_suspended_company_says_so_and_is_taken_along(live: Api, device: Device):
    person = device(live)
    person.go(PAGE)
    expect(person.see("company-export")).to_be_visible()
    expect(person.page.get_by_test_id("standing-suspended")).to_have_count(0)
    lifecycle.suspend(live.company, by=OPERATOR)
    cache.clear()
    person.page.wait_for_timeout(5500)  # each process remembers a company for five seconds
    person.go(PAGE)
    expect(person.page.get_by_test_id("standing-suspended")).to_contain_text("suspended")
    person.see("company-export").click()
    with person.page.expect_download() as download:
        person.see("company-archive").click()
    assert download.value.suggested_filename.startswith(live.company.slug)


def test_one_founds_a_company_of_ones_trade(device: Device):
    person, slug = device(), f"trade{secrets.token_hex(4)}"
    person.go("/signup")
    person.page.get_by_text("Machine tools").click()
    for name, value in {"company": "Lathe Works", "name": "Li", "email": f"{slug}@example.com", "password": "Long-enough-4-me"}.items():
        person.page.get_by_test_id(f"field-{name}").locator("input").fill(value)
    person.page.get_by_test_id("field-slug").locator("input").fill(slug)
    person.page.get_by_test_id("submit").click()
    person.page.wait_for_url(f"**//{slug}.**")
    person.page.goto(f"{person.page.url.split('/w')[0].rstrip('/')}/w/list/catalog.category")
    expect(person.page.get_by_text("CNC lathes")).to_be_visible()


def test_a_trial_speaks_up_before_it_ends(live: Api, device: Device):
    from datetime import timedelta

    from django.utils import timezone

    from tenants.models import Tenant

    Tenant.objects.filter(pk=live.company.pk).update(until=timezone.now() + timedelta(days=2))
    cache.clear()
    person = device(live)
    person.page.wait_for_timeout(5500)
    person.go("/")
    expect(person.page.get_by_test_id("standing-trial")).to_contain_text("trial ends")
