"""Log-in, log-out, joining and forgotten passwords."""

from __future__ import annotations

import re
import secrets
from urllib.parse import urlsplit

import pytest
from django.utils.module_loading import import_string

from config import settings as product
from shared_apps.accounts import services
from shared_apps.accounts.models import User
from tests.accounts.test_sign_up import opened
from tests.founding import PASSWORD, browser, log_in, owner_of, person

NEW = "Quite-another-1"


def authenticated(client) -> bool:
    return client.get("/api/v1/session/").json()["authenticated"]


def post(client, path: str, **told: str):
    return client.post(f"/api/v1/{path}", told, content_type="application/json")


@pytest.fixture
def invited(found, mailoutbox):
    """A company, and the secret of an invitation that it has mailed."""
    company, email = found(name="申测仪器"), f"i{secrets.token_hex(6)}@example.com"
    answer = post(log_in(company, owner_of(company).email), "organization/members/?then=invite", name="李梅", email=email)
    assert answer.status_code == 201, answer.content
    mail = next(mail for mail in mailoutbox if mail.to == [email])
    return company, email, re.search(r"/join/(\S+)", mail.body).group(1)


def test_at_the_company_one_is_in_and_out_again(found):
    company = found()
    client = log_in(company, owner_of(company).email.upper())
    assert authenticated(client)
    assert post(client, "logout/").json() == {"ok": True}
    assert not authenticated(client)
    assert client.get("/api/v1/meta/").status_code == 401


def test_at_the_main_address_one_chooses_among_ones_companies(found):
    owner = person()
    mine = [found(owner, name="乙"), found(owner, name="甲")]
    found()
    answer = post(browser(), "login/", email=owner.email, password=PASSWORD).json()["companies"]
    assert answer == []
    for company in mine:
        services.remember(owner, company)
    answer = post(browser(), "login/", email=owner.email, password=PASSWORD).json()["companies"]
    assert {one["slug"] for one in answer} == {company.slug for company in mine}
    client, arrived = opened(answer[0]["url"])
    assert arrived["Location"] == "/" and authenticated(client)


def test_guessing_is_limited_for_a_person_over_all_addresses(found, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/key", "login": None}
    owner = person()
    a, b = found(owner), found(owner)
    codes = [post(browser(company), "login/", email=owner.email, password="wrong").status_code for company in (a, b, a, b)]
    assert codes == [401, 401, 401, 429]
    assert post(browser(), "login/", email=owner.email, password=PASSWORD).status_code == 429


def test_a_locked_account_is_nobody(found):
    company = found()
    owner = owner_of(company)
    client = log_in(company, owner.email)
    owner.is_active = False
    owner.save()
    assert not authenticated(client)
    assert post(browser(company), "login/", email=owner_of(company).email, password=PASSWORD).status_code == 401


def test_an_invitation_shows_whose_it_is_and_lets_in_once(invited):
    company, email, token = invited
    client = browser(company)
    assert client.get(f"/api/v1/join/{token}/").json() == {"company": "申测仪器", "email": email, "name": "李梅"}
    assert post(client, f"join/{token}/", name="李梅", password=PASSWORD).json() == {"ok": True}
    assert authenticated(client)
    assert client.get("/api/v1/meta/").json()["member"]["email"] == email
    again = post(browser(company), f"join/{token}/", name="Eve", password=PASSWORD)
    assert (again.status_code, again.json()["code"]) == (410, "link_gone")
    assert [one["slug"] for one in post(browser(), "login/", email=email, password=PASSWORD).json()["companies"]] == [company.slug]


def test_an_invitation_is_good_at_its_company_only(invited, found):
    _, _, token = invited
    assert browser(found()).get(f"/api/v1/join/{token}/").status_code == 410
    assert browser().get(f"/api/v1/join/{token}/").status_code == 404


def test_an_invitation_to_a_known_person_wants_their_password(invited):
    company, email, token = invited
    User.objects.create_user(email, NEW, name="李梅")
    refused = post(browser(company), f"join/{token}/", name="Eve", password=PASSWORD)
    assert refused.json()["errors"][0]["code"] == "known_email"
    assert post(browser(company), f"join/{token}/", name="李梅", password=NEW).status_code == 200


def test_a_weak_password_leaves_the_invitation_open(invited):
    company, email, token = invited
    assert post(browser(company), f"join/{token}/", name="李梅", password="12345678").status_code == 422
    assert not User.objects.filter(email=email).exists()
    assert browser(company).get(f"/api/v1/join/{token}/").status_code == 200


def test_a_forgotten_password_is_set_anew_once_and_ends_old_sessions(found, mailoutbox):
    company = found()
    email = owner_of(company).email
    old = log_in(company, email)
    assert post(browser(company), "password/reset/", email=email).json() == {"ok": True}
    link = re.search(r"http\S+/reset/(\S+)", mailoutbox[-1].body)
    assert urlsplit(link.group()).netloc == f"{company.slug}.localhost:8000"
    path = f"password/reset/{link.group(1)}/"
    assert browser(company).get(f"/api/v1/{path}").json() == {"ok": True}
    assert post(browser(company), path, password="12345678").json()["errors"][0]["path"] == "password"
    assert post(browser(company), path, password=NEW).json() == {"ok": True}
    assert not authenticated(old)
    assert authenticated(log_in(company, email, NEW))
    assert post(browser(company), path, password=PASSWORD).status_code == 410


def test_nobody_learns_whether_there_is_such_an_account(platform, mailoutbox):
    assert post(browser(), "password/reset/", email=f"{secrets.token_hex(6)}@example.com").json() == {"ok": True}
    assert mailoutbox == []


def test_the_product_keeps_passwords_at_full_cost():
    """Tests hash with less work; what is set up for people is not what tests use."""
    hasher = import_string(product.PASSWORD_HASHERS[0])()
    kept = hasher.encode(PASSWORD, hasher.salt())
    assert kept.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")
    assert hasher.verify(PASSWORD, kept) and not hasher.verify(NEW, kept)
