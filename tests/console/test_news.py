"""What operators announce reaches the companies it is for, and they see how many have read it."""

from __future__ import annotations

from collections.abc import Callable

from tenants.models import Tenant
from tests.api import Api
from tests.console.conftest import Operator, client_of


def titles(api: Api) -> list[str]:
    return [row["title"] for row in api.get("/console/news/")["rows"]]


def test_a_maintenance_window_is_announced_read_and_withdrawn(api: Api, operator: Operator):
    admin = operator()
    draft = admin.create("console.announcement", {"title": "Maintenance on Sunday", "text": "From 2 to 3 a.m.", "kind": "maintenance"})
    assert "Maintenance on Sunday" not in titles(api)
    admin.act(draft, "publish")
    (row,) = [row for row in api.get("/console/news/")["rows"] if row["title"] == "Maintenance on Sunday"]
    assert not row["read"]
    api.post(f"/console/news/{row['id']}/read/")
    api.post(f"/console/news/{row['id']}/read/")
    assert [one["read"] for one in api.get("/console/news/")["rows"] if one["id"] == row["id"]] == [True]
    told = admin.again(draft)
    assert told["readers"] == 1
    admin.act(told, "withdraw")
    assert "Maintenance on Sunday" not in titles(api)


def test_news_for_one_company_are_not_told_to_another(api: Api, operator: Operator, company: Tenant, founded: Callable[[], Tenant]):
    admin = operator()
    draft = admin.create(
        "console.announcement", {"title": "Your import is ready", "text": "…", "clients": [client_of(admin, company)["id"]]}
    )
    admin.act(draft, "publish")
    other = Api.of_owner(founded())
    assert "Your import is ready" in titles(api) and "Your import is ready" not in titles(other)
    other.post(f"/console/news/{draft['id']}/read/", status=404)


def test_the_console_itself_has_no_news_of_this_kind(operator: Operator):
    operator().get("/console/news/", 404)


def test_training_material_says_where_to_read_on(api: Api, operator: Operator):
    admin = operator()
    values = {"title": "How to quote", "text": "In five minutes.", "kind": "training", "link": "https://example.com/quote.mp4"}
    admin.act(admin.create("console.announcement", values), "publish")
    assert [row["link"] for row in api.get("/console/news/")["rows"] if row["title"] == "How to quote"] == ["https://example.com/quote.mp4"]
