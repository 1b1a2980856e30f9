"""From the main address into a company of one's own."""

from __future__ import annotations

import re
import secrets
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db import connections

from tenants.models import SpareSchema, Tenant
from tests.founding import PASSWORD, browser, person

User = get_user_model()


def form(**changes: str) -> dict[str, str]:
    slug = f"s{secrets.token_hex(6)}"
    return {"company": "申测仪器", "slug": slug, "name": "王建国", "email": f"{slug}@example.com", "password": PASSWORD} | changes


def sign_up(told: dict[str, str], client=None):
    return (client or browser()).post("/api/v1/signup/", told, content_type="application/json")


def opened(url: str):
    """Follow a way in, as a browser does; returns the browser and where it ended."""
    parts = urlsplit(url)
    client = browser(Tenant.objects.get(slug=parts.netloc.split(".")[0]))
    return client, client.get(f"{parts.path}?{parts.query}")


def test_a_sign_up_leads_into_the_companys_own_workspace(platform):
    told = form()
    answer = sign_up(told)
    assert answer.status_code == 201
    assert answer.json()["url"].startswith(f"http://{told['slug']}.localhost:8000/enter/?ticket=")
    client, arrived = opened(answer.json()["url"])
    assert (arrived.status_code, arrived["Location"]) == (302, "/")
    session = client.get("/api/v1/session/").json()
    assert session["authenticated"] is True
    assert session["company"] == {"name": "申测仪器", "slug": told["slug"]}
    me = client.get("/api/v1/meta/").json()["member"]
    assert (me["name"], me["email"], me["is_admin"]) == ("王建国", told["email"], True)


def test_a_ticket_opens_once(platform):
    url = sign_up(form()).json()["url"]
    assert opened(url)[1]["Location"] == "/"
    client, second = opened(url)
    assert second["Location"] == "/login?ticket=gone"
    assert client.get("/api/v1/session/").json()["authenticated"] is False


def test_of_two_who_use_a_ticket_at_once_one_gets_in(platform):
    url = sign_up(form()).json()["url"]

    def use(_: int) -> str:
        try:
            parts = urlsplit(url)
            client = browser()
            return client.get(f"{parts.path}?{parts.query}", HTTP_HOST=parts.netloc)["Location"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(use, range(6))) == ["/"] + ["/login?ticket=gone"] * 5


def test_a_ticket_is_good_at_its_company_only(found):
    url = sign_up(form()).json()["url"]
    elsewhere = browser(found()).get(f"/enter/?{urlsplit(url).query}")
    assert elsewhere["Location"] == "/login?ticket=gone"
    assert opened(url)[1]["Location"] == "/"


def test_the_verification_mail_confirms_by_a_click_and_not_by_being_opened(platform, mailoutbox):
    told = form()
    sign_up(told)
    mail = next(mail for mail in mailoutbox if mail.to == [told["email"]])
    path = urlsplit(re.search(r"http\S+/verify/\S+", mail.body).group()).path
    client = browser()
    assert told["email"] in client.get(path).content.decode()
    assert not EmailAddress.objects.get(email=told["email"]).verified
    assert client.post(path).status_code == 200
    assert EmailAddress.objects.get(email=told["email"]).verified
    assert client.get(path[:-3] + "xyz").status_code == 410


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [({"company": " "}, "company", "blank"), ({"slug": "www"}, "slug", "slug_reserved"), ({"slug": "A_b"}, "slug", "slug_form"),
     ({"email": "nonsense"}, "email", "invalid"), ({"password": "12345678"}, "password", "weak_password"),
     ({"password": "short"}, "password", "weak_password"), ({"name": "x" * 81}, "name", "max_length")],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_is_made(platform, changes, path, code):
    told = form(**changes)
    before = SpareSchema.objects.count()
    answer = sign_up(told)
    assert answer.status_code == 422
    assert (path, code) in [(error["path"], error["code"]) for error in answer.json()["errors"]]
    assert not Tenant.objects.filter(slug=told["slug"]).exists()
    assert not User.objects.filter(email=told["email"]).exists()
    assert SpareSchema.objects.count() == before


def test_everything_that_is_wrong_is_said_at_once(platform):
    answer = sign_up({})
    assert {error["path"] for error in answer.json()["errors"]} == {"company", "slug", "name", "email", "password"}


def test_of_two_who_want_an_address_at_once_one_gets_it(platform):
    slug = f"r{secrets.token_hex(6)}"
    people = [form(slug=slug, email=f"{secrets.token_hex(6)}@example.com") for _ in range(2)]

    def run(told):
        try:
            return sign_up(told)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(run, people))
    assert sorted(answer.status_code for answer in answers) == [201, 422]
    loser = next(number for number, answer in enumerate(answers) if answer.status_code == 422)
    assert answers[loser].json()["errors"][0]["code"] == "slug_taken"
    assert not User.objects.filter(email=people[loser]["email"]).exists()


def test_whoever_has_an_account_founds_a_second_company_with_its_password(platform):
    owner = person()
    refused = sign_up(form(email=owner.email.upper(), password="Another-pass-1"))
    assert refused.json()["errors"] == [
        {"path": "password", "code": "known_email", "detail": "This e-mail already has an account. Enter its password, or reset it."}
    ]
    told = form(email=owner.email.upper())
    assert sign_up(told).status_code == 201
    assert Tenant.objects.get(slug=told["slug"]).owner_id == owner.pk


def test_an_address_can_be_asked_for_before(found):
    taken = found().slug
    ask = browser()
    assert ask.get(f"/api/v1/signup/check/?slug=new{secrets.token_hex(4)}").json() == {"available": True, "reason": ""}
    for slug in (taken, "www", "", "a b"):
        answer = ask.get("/api/v1/signup/check/", {"slug": slug}).json()
        assert answer["available"] is False and answer["reason"]


def test_sign_ups_are_limited(platform, settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "3/h/ip"}
    robot = browser(REMOTE_ADDR=f"10.{secrets.randbelow(250)}.{secrets.randbelow(250)}.{secrets.randbelow(250)}")
    codes = [sign_up({}, robot).status_code for _ in range(4)]
    assert codes == [422, 422, 422, 429]


def test_a_page_of_somebody_else_cannot_sign_up(platform):
    client = browser()
    client.handler.enforce_csrf_checks = True
    told = form()
    assert sign_up(told, client).status_code == 403
    token = client.get("/api/v1/session/").json()["csrf"]
    assert client.post("/api/v1/signup/", told, content_type="application/json", HTTP_X_CSRFTOKEN=token).status_code == 201


def test_the_refusals_are_chinese_for_the_chinese(platform):
    client = browser()
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-CN,zh;q=0.9"
    assert sign_up(form(slug="www"), client).json()["detail"] == "这个地址是保留的，请换一个。"


@pytest.mark.parametrize("password", ["short", "12345678", "wangjianguo@example.com"])
def test_a_weak_password_is_refused_in_the_language_of_the_page(platform, password: str):
    told = form(password=password, email="wangjianguo@example.com")
    for language, foreign in (("zh-hans", "[A-Za-z]"), ("en", "[\u4e00-\u9fff]")):
        answer = browser().post("/api/v1/signup/", told, content_type="application/json", headers={"accept-language": language})
        (refusal,) = answer.json()["errors"]
        assert refusal["code"] == "weak_password"
        assert not re.search(foreign, refusal["detail"])
