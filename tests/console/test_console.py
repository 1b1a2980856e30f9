"""Operators work at an address of their own, with a second factor, and a company sees of their documents what is its own."""

from __future__ import annotations

from collections.abc import Callable

from tenants.models import Tenant
from tests.api import Api
from tests.console.conftest import Operator, at_console, client_of


def test_the_console_is_closed_to_everybody_but_operators(account: Callable[[], int], company: Tenant, operator: Operator):
    at_console(account()).get("/meta/", 404)
    at_console(company.owner_id).get("/meta/", 404)
    assert operator().get("/meta/")["company"]["slug"] == "console"


def test_an_operator_without_second_factor_is_nobody(operator: Operator):
    assert operator(second=False).get("/console/clients/", 401)["code"] == "second_factor"


def test_an_operator_is_nobody_at_a_company(operator: Operator, company: Tenant, account: Callable[[], int]):
    from django.contrib.auth import get_user_model

    from shared_apps.console.people import hire

    pk = account()
    hire(get_user_model().objects.get(pk=pk), "admin")
    Api.of_account(company, pk).get("/sales/orders/", 404)


def test_the_console_knows_no_document_of_companies(operator: Operator):
    admin = operator()
    admin.get("/sales/orders/", 404)
    admin.post("/sales/orders/", {}, 404)
    told = admin.get("/meta/")
    assert "sales.order" not in told["resources"] and "console.client" in told["resources"]
    assert not [card for card in admin.get("/home/")["cards"] if not card["name"].startswith("platform")]


def test_operators_see_every_company_and_write_remarks(operator: Operator, company: Tenant):
    support = operator("support")
    row = client_of(support, company)
    assert row["name"] == company.name
    support.patch(f"/console/clients/{row['id']}/", {"remark": "Called back"}, 403)
    admin = operator()
    changed = admin.patch(f"/console/clients/{row['id']}/", {"version": 1, "remark": "Called back"})
    assert changed["remark"] == "Called back"


def test_feedback_goes_from_a_screen_to_an_answer_and_a_release(api: Api, operator: Operator):
    filed = api.create("console.feedback", {"title": "Freight is missing on the quote", "kind": "wish", "screen": "/w/quoting.quote/7"})
    assert (filed["state"], filed["client"]["label"]) == ("new", "Test Works")
    support = operator("support")
    seen = support.read("console.feedback", filed["id"])
    classified = support.act(seen, "classify", kind="wish", severity="hindered", area="quoting")["document"]
    assert classified["answer_by"] is not None
    release = support.create("console.release", {"version_name": "26.12", "released_on": "2026-12-15", "notes": "Freight on quotes"})
    support.act(classified, "reply", text="It comes with 26.12.")
    support.act(support.again(classified), "deliver", release=release["id"])
    mine = api.read("console.feedback", filed["id"])
    assert (mine["state"], mine["answer"], mine["release"]["label"]) == ("released", "It comes with 26.12.", "26.12")
    assert api.act(mine, "close")["document"]["state"] == "closed"
    assert api.get(f"/console/feedback/{filed['id']}/events/")["rows"][0]["verb"] == "close"


def test_guests_do_not_do_what_operators_do(api: Api):
    filed = api.create("console.feedback", {"title": "It is slow"})
    api.act(filed, "reply", 403, text="No")
    api.post("/console/releases/", {"version_name": "1", "released_on": "2026-12-15"}, 403)
    api.get("/console/clients/", 403)
    api.get("/console/people/", 403)


def test_a_guest_is_not_shown_their_own_company_in_every_row(api: Api, operator: Operator):
    mine, all_of_them = (one.get("/meta/console/feedback/") for one in (api, operator()))
    for part in ("columns", "filters", "groups"):
        assert "client" not in mine[part] and "client" in all_of_them[part]


def test_one_company_sees_nothing_of_another_s_feedback(api: Api, founded: Callable[[], Tenant]):
    filed = api.create("console.feedback", {"title": "Our margins are wrong"})
    other = Api.of_owner(founded())
    assert other.rows("console.feedback") == []
    other.get(f"/console/feedback/{filed['id']}/", 404)
    other.patch(f"/console/feedback/{filed['id']}/", {"title": "x"}, 404)
    other.post(f"/console/feedback/{filed['id']}/close/", {}, 404)
    other.get(f"/console/feedback/{filed['id']}/events/", 404)


def test_support_enters_only_with_the_company_s_approval(api: Api, operator: Operator, company: Tenant):
    support = operator("support")
    client = client_of(support, company)["id"]
    asked = support.create("console.supportaccess", {"client": client, "reason": "Order 5 does not close", "hours": 2})
    support.act(asked, "approve", 403)
    granted = api.act(api.read("console.supportaccess", asked["id"]), "approve")["document"]
    assert (granted["state"], granted["until"] is not None) == ("approved", True)
    assert api.act(granted, "end")["document"]["state"] == "ended"


def test_the_last_administrator_stays(operator: Operator):
    from shared_apps.console.models import Person

    admin = operator()
    for person in Person.objects.filter(role="admin", state="active").order_by("-pk")[1:]:
        admin.post(f"/console/people/{person.pk}/disable/", {})
    me = admin.rows("console.person", "state=active&role=admin")[0]
    told = admin.post(f"/console/people/{me['id']}/disable/", {}, 409)
    assert told["code"] == "last_admin"
