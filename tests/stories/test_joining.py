"""Somebody signs up, looks around in a company of their own, and a colleague joins (issue: “a person”)."""

from __future__ import annotations

import re
import secrets
from urllib.parse import urlsplit

import pytest
from django.core import mail

from tenants.models import Tenant
from tests import trade
from tests.api import Api
from tests.founding import PASSWORD, browser, log_in


def sign_up(language: str = "zh-hans") -> Api:
    slug = f"s{secrets.token_hex(5)}"
    told = {"company": "申测仪器", "slug": slug, "name": "张三", "email": f"{slug}@example.com", "password": PASSWORD}
    answer = browser().post("/api/v1/signup/", told, content_type="application/json", headers={"Accept-Language": language})
    assert answer.status_code == 201, answer.content
    way_in = urlsplit(answer.json()["url"])
    company = Tenant.objects.get(slug=slug)
    client = browser(company)
    assert client.get(f"{way_in.path}?{way_in.query}")["Location"] == "/"
    return Api(company, client, 1)


@pytest.fixture
def rates(settings):
    settings.ACCOUNT_RATE_LIMITS = False


def invitation(email: str) -> str:
    """The way in that the latest mail to this address tells."""
    text = next(one.body for one in reversed(mail.outbox) if one.to == [email])
    return re.search(r"/join/(\S+)", text)[1]


def test_a_new_company_can_work_at_once(founded, rates):
    api = sign_up()
    told = api.get("/meta/")
    assert told["company"]["name"] == "申测仪器"
    assert told["member"]["is_admin"]
    assert [line["percent"] for line in api.one("contracts.scheme", "q=30/60/10")["lines"]] == ["30", "60", "10"]
    assert [row["rate"] for row in api.rows("catalog.tax") if row["default"]] == ["13"]
    assert len(api.rows("organization.role")) == 8
    assert [row["kind"] for row in api.rows("inventory.warehouse") if row["default"]] == ["finished"]
    assert trade.quote(api)["total"] == "231000.00"


def test_a_colleague_is_invited_and_joins_with_a_role(founded, rates):
    api = sign_up("en")
    role = trade.first(api, "organization.role", name="Warehouse")
    email = f"w{secrets.token_hex(4)}@example.com"
    member = api.create("organization.member", {"name": "Li Si", "email": email, "roles": [role]})
    api.act(member, "invite")
    token = invitation(email)

    stranger = Api(api.company, browser(api.company))
    assert stranger.get(f"/join/{token}/") == {"company": "申测仪器", "email": email, "name": "Li Si"}
    stranger.get("/meta/", status=401)
    stranger.post(f"/join/{token}/", {"name": "李四", "password": PASSWORD})
    me = stranger.get("/meta/")
    assert (me["member"]["name"], me["member"]["is_admin"]) == ("李四", False)
    assert {item["key"] for group in me["menu"] for item in group["items"]} >= {"inventory.move", "logistics.delivery"}
    assert "quoting.quote" not in me["resources"]
    assert api.again(member)["state"] == "active"
    assert Api(api.company, browser(api.company)).get(f"/join/{token}/", status=410)["code"] == "link_gone"

    again = Api(api.company, browser(api.company))
    again.post("/login/", {"email": email, "password": PASSWORD})
    assert again.get("/meta/")["member"]["name"] == "李四"


def test_a_new_invitation_replaces_the_old_one(founded, rates, api: Api):
    email = f"n{secrets.token_hex(4)}@example.com"
    member = api.create("organization.member", {"name": "Wang", "email": email, "roles": []})
    api.act(member, "invite")
    old = invitation(email)
    api.act(member, "invite")
    stranger = Api(api.company, browser(api.company))
    stranger.get(f"/join/{old}/", status=410)
    stranger.get(f"/join/{invitation(email)}/")


def test_whoever_leaves_is_out_at_once(api: Api, as_role):
    leaver = as_role("Finance")
    leaver.get("/meta/")
    member = api.read("organization.member", leaver.member)
    api.act(member, "disable")
    assert leaver.get("/meta/", status=404)["code"] == "not_found"
    assert api.act(member, "enable")["document"]["state"] == "invited"
    leaver.get("/meta/", status=404)


def test_the_last_administrator_stays(api: Api, as_role):
    as_role("General manager")  # sees everything, and gives nobody a role
    me, role = (
        api.read("organization.member", 1),
        api.read("organization.role", trade.first(api, "organization.role", name="Administrator")),
    )
    api.refused(me, "disable", "last_admin")
    assert api.change(me, {"roles": []}, 409)["code"] == "last_admin"
    assert api.change(role, {"grants": {"*": {"*": "own"}}}, 409)["code"] == "last_admin"
    assert (api.again(me), api.again(role)) == (me, role)
    second = trade.join(api, "Administrator")
    assert second.change(me, {"roles": []})["roles"] == []
    second.change(second.again(me), {"roles": me["roles"]})


def test_a_role_that_somebody_has_is_not_deleted(api: Api, as_role):
    as_role("Finance")
    role = trade.first(api, "organization.role", name="Finance")
    assert api.delete(f"/organization/roles/{role}/", status=409)["code"] == "in_use"
    spare = api.create("organization.role", {"name": "Spare"})
    api.delete(f"/organization/roles/{spare['id']}/")


def test_a_program_acts_with_a_token_as_its_owner(api: Api, as_role):
    seller = as_role("Sales engineer")
    made = seller.post("/me/tokens/", {"name": "shop", "days": 30}, 201)
    program = Api(api.company, browser(api.company, HTTP_AUTHORIZATION=f"Bearer {made['token']}"))
    assert program.get("/meta/")["member"]["id"] == seller.member
    mine = trade.customer(program)
    assert mine["owner"]["id"] == seller.member
    assert [row["name"] for row in seller.get("/me/tokens/")["rows"]] == ["shop"]
    seller.delete(f"/me/tokens/{made['id']}/")
    assert program.get("/meta/", status=401)["code"] == "not_logged_in"


def test_an_administrator_logs_a_colleague_out(founded, rates):
    api = sign_up("en")
    colleague = trade.join(api, "Finance")
    email = api.read("organization.member", colleague.member)["email"]
    theirs = log_in(api.company, email)
    assert theirs.get("/api/v1/meta/").status_code == 200
    api.act(api.read("organization.member", colleague.member), "log_out")
    assert theirs.get("/api/v1/meta/").status_code == 401
    api.get("/meta/")
    assert log_in(api.company, email).get("/api/v1/meta/").status_code == 200
