"""An operator works in a company only while its administrator allows it, and everything they do bears their name in both places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tenants.models import Tenant
from tests import trade
from tests.api import Api, Json
from tests.console.conftest import Operator, client_of
from tests.founding import browser


@pytest.fixture
def support(operator: Operator) -> Api:
    return operator("support")


@pytest.fixture
def allowed(support: Api, api: Api, company: Tenant) -> Callable[..., Json]:
    """`allowed(may_change=True)`: a support access that the company has approved."""

    def ask(**more: Any) -> Json:
        client = client_of(support, company)["id"]
        asked = support.create("console.supportaccess", {"client": client, "reason": "Order 5 does not close", "hours": 2, **more})
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
    assert f"/api/v1/partners/partners/{customer['id']}/" in [
        line["data"]["path"] for line in lines if line["data"].get("method") == "PATCH"
    ]


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
    client = client_of(support, company)["id"]
    asked = support.create("console.supportaccess", {"client": client, "reason": "Just looking"})
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


def looks(api: Api, access: Json) -> list[Json]:
    """What was looked at, the earliest first."""
    return api.get(f"/console/support/{access['id']}/looks/")["rows"][::-1]


def test_what_a_visitor_looks_at_is_told_to_the_company_and_to_the_platform(
    support: Api, api: Api, operator: Operator, company: Tenant, allowed: Callable[..., Json]
):
    customer = api.create("partners.partner", {"name": "Looked at"})
    access = allowed()
    inside = entered(support, access, company)
    inside.get("/meta/")
    inside.get("/partners/partners/?q=Looked")
    inside.again(customer)
    inside.get(f"/partners/partners/{customer['id']}/events/")
    inside.get("/search/?q=looked")
    for whose in (api, operator()):
        told = looks(whose, access)
        assert [row["what"] for row in told] == ["list", "open", "events", "search"]
        assert (told[0]["kind"], told[0]["rows"], told[0]["query"]) == (told[1]["kind"], 1, "q=Looked")
        document = {"_key": "partners.partner", "id": customer["id"], "label": customer["_label"]}
        assert told[1]["document"] == told[2]["document"] == document
        assert all(row["at"] for row in told)
    lines = operator().get(f"/console/log/?kind=support&company={company.slug}")["rows"]
    assert {line["data"]["access"] for line in lines if line["data"].get("label") == customer["_label"]} == {access["number"]}


def test_files_and_prints_that_a_visitor_takes_along_are_told(support: Api, api: Api, company: Tenant, allowed: Callable[..., Json]):
    quote = trade.quote(api)
    file = api.post("/files/", {"name": "图纸.pdf", "type": "application/pdf", "size": 9}, 201)
    assert api.client.put(file["upload"]["url"], b"%PDF-1.7\n", content_type="application/pdf").status_code == 200
    api.post(f"/quoting/quotes/{quote['id']}/files/", {"file": file["id"]}, 201)
    access = allowed()
    inside = entered(support, access, company)
    inside.get(f"/files/{file['id']}/")
    inside.get(f"/quoting/quotes/{quote['id']}/print/")
    download, printed = looks(api, access)
    assert (download["what"], download["label"]) == ("download", "图纸.pdf")
    assert (printed["what"], printed["document"]["label"]) == ("print", quote["_label"])


def test_what_a_visitor_changes_is_told_with_its_verb(support: Api, api: Api, company: Tenant, allowed: Callable[..., Json]):
    quote = trade.quote(api)
    access = allowed(may_change=True)
    inside = entered(support, access, company)
    inside.act(quote, "send")
    assert [(row["what"], row["verb"]) for row in looks(api, access)] == [("change", "Send")]


def test_a_screen_drawn_again_is_one_look(support: Api, api: Api, company: Tenant, allowed: Callable[..., Json]):
    access = allowed()
    inside = entered(support, access, company)
    for _again in range(3):
        inside.get("/sales/orders/")
    inside.get("/sales/orders/?sort=-id")
    assert [row["what"] for row in looks(api, access)] == ["list", "list"]


def test_drafts_and_what_is_computed_while_typing_are_not_told_each_time(
    support: Api, api: Api, company: Tenant, allowed: Callable[..., Json]
):
    access = allowed(may_change=True)
    inside = entered(support, access, company)
    for number in range(3):
        inside.put("/me/drafts/sales.order:new-a/", {"values": {"remark": str(number)}, "title": "x"})
        inside.post("/partners/partners/preview/", {"values": {"name": str(number)}})
    assert [row["what"] for row in looks(api, access)] == ["preview"]


def test_what_was_refused_is_in_the_log_of_the_platform_alone(
    support: Api, api: Api, operator: Operator, company: Tenant, allowed: Callable[..., Json]
):
    access = allowed()
    inside = entered(support, access, company)
    inside.post("/partners/partners/export/", {}, 403)
    assert looks(api, access) == []
    lines = operator().get(f"/console/log/?kind=support&company={company.slug}")["rows"]
    assert [line["data"]["status"] for line in lines if line["data"]["access"] == access["number"]] == [403]


def test_nobody_else_learns_what_was_looked_at(
    support: Api, api: Api, as_role: Operator, founded: Callable[[], Tenant], allowed: Callable[..., Json]
):
    access = allowed()
    Api.of_owner(founded()).get(f"/console/support/{access['id']}/looks/", 404)
    as_role("General manager").get(f"/console/support/{access['id']}/looks/", 403)


def test_no_data_leaves_with_a_visitor_who_may_change(support: Api, company: Tenant, allowed: Callable[..., Json]):
    inside = entered(support, allowed(may_change=True), company)
    inside.post("/partners/partners/export/", {}, 403)
    inside.post("/company/export/", {}, 403)


def test_a_long_visit_is_read_page_by_page_with_few_statements(support: Api, api: Api, company: Tenant, allowed: Callable[..., Json]):
    access = allowed()
    inside = entered(support, access, company)
    where = f"/console/support/{access['id']}/looks/"
    for number in range(3):
        inside.get(f"/sales/orders/?limit={number + 1}")
    few = api.statements(where)
    for number in range(3, 53):
        inside.get(f"/sales/orders/?limit={number + 1}")
    assert api.statements(where) == few
    first = api.get(where)
    rest = api.get(f"{where}?cursor={first['next']}")
    assert (len(first["rows"]), len(rest["rows"]), rest["next"]) == (50, 3, None)
