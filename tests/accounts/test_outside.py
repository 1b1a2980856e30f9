"""Logging in with WeChat, DingTalk and WeCom, against a server that speaks their documented protocols."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount

from shared_apps.accounts import services
from tests.accounts.test_second_factor import ask, inside, with_app
from tests.accounts.test_sign_up import opened
from tests.accounts.vendor import CODE, IDS, SECRET, Vendor
from tests.founding import browser, log_in, owner_of

every = pytest.mark.parametrize("name", IDS)


@pytest.fixture
def vendor(settings) -> Iterator[Vendor]:
    running = Vendor()
    SocialAccount.objects.all().delete()  # what another test has connected stays in the database
    settings.SOCIALACCOUNT_PROVIDERS = {name: {"APPS": [{"client_id": key, "secret": SECRET}]} for name, key in IDS.items()}
    settings.OUTSIDE_SERVERS = {name: {"authorize": f"{running.address}/authorize", "api": running.address} for name in IDS}
    yield running
    running.close()


def scanned(client, way: str, name: str, **changes: str) -> str:
    """Follow a way to the service, scan its code, and come back; tells where that leads."""
    there = client.get(f"{urlsplit(way).path}?{urlsplit(way).query}")
    asked = {key: values[0] for key, values in parse_qs(urlsplit(there["Location"]).query).items()}
    assert asked["redirect_uri"] == f"http://localhost:8000/outside/{name}/callback/"
    told = {"state": asked["state"], ("authCode" if name == "dingtalk" else "code"): CODE} | changes
    return client.get(f"/outside/{name}/callback/", told)["Location"]


def connected(company, name: str):
    """The owner, who has connected the service on the page “Security”."""
    client = log_in(company, owner_of(company).email)
    way = ask(client, f"security/outside/{name}/")["url"]
    assert scanned(browser(), way, name).endswith("/w/page/security?outside=connected")
    return client


@every
def test_a_connected_service_opens_the_company(found, vendor, name: str):
    company = found()
    services.remember(owner_of(company), company)
    client = connected(company, name)
    told = ask(client, "security/", method="get")["outside"]
    assert [row["name"] for row in told if row["connected_at"]] == [name]
    vendor.used = False
    url = scanned(browser(), f"/outside/{name}/?company={company.slug}", name)
    arrived, answer = opened(url)
    assert answer["Location"] == "/" and inside(arrived)


@every
def test_at_the_main_address_one_chooses_among_ones_companies(found, vendor, name: str):
    company = found()
    services.remember(owner_of(company), company)
    connected(company, name)
    vendor.used = False
    client = browser()
    assert scanned(client, f"/outside/{name}/", name) == "/login?outside=known"
    (one,) = ask(client, "login/companies/")["companies"]
    assert one["slug"] == company.slug
    assert ask(client, "login/companies/", status=409)["code"] == "log_in_again"


@every
def test_a_stranger_gets_no_account(found, vendor, name: str):
    found()
    assert scanned(browser(), f"/outside/{name}/", name) == "/login?outside=unknown"


def test_somebody_from_outside_the_corporation_stays_out(found, vendor):
    found()
    vendor.person = ""
    assert scanned(browser(), "/outside/wecom/", "wecom") == "/login?outside=failed"


@every
def test_a_used_code_and_a_made_up_state_fail(found, vendor, name: str):
    connected(found(), name)
    assert scanned(browser(), f"/outside/{name}/", name) == "/login?outside=failed"
    vendor.used = False
    assert scanned(browser(), f"/outside/{name}/", name, state="made-up") == "/login?outside=failed"


def test_the_second_factor_is_asked_for_all_the_same(found, vendor):
    company = found()
    services.remember(owner_of(company), company)
    with_app(connected(company, "weixin"))
    vendor.used = False
    arrived, answer = opened(scanned(browser(), f"/outside/weixin/?company={company.slug}", "weixin"))
    assert answer["Location"] == "/login?second=1" and not inside(arrived)


def test_a_service_belongs_to_one_account(found, vendor):
    first, second = found(), found()
    connected(first, "weixin")
    vendor.used = False
    way = ask(log_in(second, owner_of(second).email), "security/outside/weixin/")["url"]
    assert scanned(browser(), way, "weixin").endswith("?outside=taken")
    assert SocialAccount.objects.get(provider="weixin").user_id == first.owner_id


def test_a_way_to_connect_works_once(found, vendor):
    way = ask(log_in(company := found(), owner_of(company).email), "security/outside/weixin/")["url"]
    assert scanned(browser(), way, "weixin").endswith("connected")
    again = browser().get(f"{urlsplit(way).path}?{urlsplit(way).query}")
    assert again["Location"] == "/login?outside=gone"


def test_a_disconnected_service_opens_nothing(found, vendor):
    client = connected(found(), "weixin")
    ask(client, "security/outside/weixin/", method="delete", status=204)
    vendor.used = False
    assert scanned(browser(), "/outside/weixin/", "weixin") == "/login?outside=unknown"


def test_without_keys_there_is_no_such_way(found, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {}
    client = log_in(company := found(), owner_of(company).email)
    assert client.get("/api/v1/session/").json()["outside"] == []
    assert browser().get("/outside/weixin/").status_code == 404
    ask(client, "security/outside/weixin/", status=404)
