"""An operator works in a company only while its administrator allows it, and everything they do bears their name in both places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tenants.models import Tenant
from tests.api import Api
from tests.founding import browser

Operator = Callable[..., Api]
Json = dict[str, Any]


@pytest.fixture
def support(operator: Operator) -> Api:
    return operator("support")


@pytest.fixture
def allowed(support: Api, api: Api, company: Tenant) -> Callable[..., Json]:
    """`allowed(may_change=True)`: a support access that the company has approved."""

    def ask(**more: Any) -> Json:
        api.get("/console/news/")
        (client,) = [row for row in support.rows("console.client") if row["slug"] == company.slug]
        asked = support.create("console.supportaccess", {"client": client["id"], "reason": "Order 5 does not close", "hours": 2, **more})
        return api.act(api.read("console.supportaccess", asked["id"]), "approve")["document"]

    return ask


def entered(support: Api, access: Json, company: Tenant) -> Api:
    url = support.post(f"/console/support/{access['id']}/enter/")["url"]
    visitor: Client = browser(company)
    assert visitor.get(url[url.index("/enter/") :]).status_code == 302
    return Api(company, visitor)


def test_a_visitor_looks_and_does_not_change(support: Api, api: Api, company: Tenant, allowed: Callable[..., Json]):
    customer = api.create("partners.partner", {"name": "申测学院"})
    inside = entered(support, allowed(), company)
    assert inside.again(customer)["name"] == "申测学院"
    inside.change(customer, {"name": "x"}, 403)
    inside.post("/partners/partners/", {"name": "y"}, 403)
    inside.post("/partners/partners/export/", {}, 403)


def test_a_visitor_who_may_change_does_so_under_their_name(
    support: Api, api: Api, operator: Operator, company: Tenant, allowed: Callable[..., Json]
):
    customer = api.create("partners.partner", {"name": "Mended by support"})
    inside = entered(support, allowed(may_change=True), company)
    inside.change(customer, {"name": "Mended by support, really"})
    (latest, *_rest) = api.get(f"/partners/partners/{customer['id']}/events/")["rows"]
    assert latest["by"]["label"] == "平台运维 (Millwright support)"
    lines = operator().get(f"/console/log/?kind=support&company={company.slug}")["rows"]
    assert f"/api/v1/partners/partners/{customer['id']}/" in [line["data"]["path"] for line in lines if line["data"]["method"] == "PATCH"]


def test_a_visitor_gives_no_rights_and_approves_nothing(support: Api, company: Tenant, allowed: Callable[..., Json]):
    access = allowed(may_change=True)
    inside = entered(support, access, company)
    inside.post("/organization/roles/", {"name": "Mine"}, 403)
    inside.post("/organization/members/", {"name": "Me", "email": "me@example.com"}, 403)
    inside.post(f"/console/support/{access['id']}/approve/", {}, 404)


def test_it_is_over_when_the_company_ends_it(support: Api, api: Api, company: Tenant, allowed: Callable[..., Json]):
    access = allowed()
    inside = entered(support, access, company)
    inside.get("/sales/orders/")
    api.act(api.again(access), "end")
    inside.get("/sales/orders/", 404)
    support.post(f"/console/support/{access['id']}/enter/", status=409)


def test_it_is_over_when_its_time_is_up(support: Api, company: Tenant, allowed: Callable[..., Json], on_day: Callable[[date], None]):
    inside = entered(support, allowed(), company)
    on_day(date.today() + timedelta(days=2))
    inside.get("/sales/orders/", 404)


def test_nobody_enters_what_was_not_approved(support: Api, api: Api, company: Tenant):
    api.get("/console/news/")
    (client,) = [row for row in support.rows("console.client") if row["slug"] == company.slug]
    asked = support.create("console.supportaccess", {"client": client["id"], "reason": "Just looking"})
    assert support.post(f"/console/support/{asked['id']}/enter/", status=409)["code"] == "not_approved"
    api.post(f"/console/support/{asked['id']}/enter/", status=404)


def test_a_visit_at_one_company_is_none_at_another(
    support: Api, company: Tenant, allowed: Callable[..., Json], founded: Callable[[], Tenant]
):
    inside = entered(support, allowed(), company)
    other = Api(founded(), inside.client)
    inside.client.defaults["HTTP_HOST"] = f"{other.company.slug}.localhost:8000"
    assert other.ask("get", "/sales/orders/")[0] in (401, 404)


def test_the_news_and_documents_of_the_platform_are_not_a_visitor_s(support: Api, company: Tenant, allowed: Callable[..., Json]):
    inside = entered(support, allowed(), company)
    inside.get("/console/news/", 404)
    inside.get("/console/feedback/", 404)
