"""Passwords, e-mail and devices in the hands of their owner, and what the platform's log tells of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from shared_apps.accounts import services
from shared_apps.accounts.strength import NotBreached
from shared_apps.console.models import PlatformLog
from tests.accounts.test_log_in import post
from tests.accounts.test_second_factor import ask, inside, kinds
from tests.founding import PASSWORD, browser, log_in, owner_of, person

NEW = "Quite-another-1"


@pytest.fixture
def owner(found):
    company = found()
    return company, owner_of(company), log_in(company, owner_of(company).email)


def test_a_changed_password_ends_all_other_log_ins(owner, mailoutbox):
    company, user, client = owner
    other = log_in(company, user.email)
    assert ask(client, "security/password/", {"old": "wrong", "password": NEW}, status=422)["errors"][0]["path"] == "old"
    assert ask(client, "security/password/", {"old": PASSWORD, "password": "12345678"}, status=422)["errors"][0]["path"] == "password"
    ask(client, "security/password/", {"old": PASSWORD, "password": NEW})
    assert inside(client) and not inside(other)
    assert inside(log_in(company, user.email, NEW))
    assert post(browser(company), "login/", email=user.email, password=PASSWORD).status_code == 401
    assert any(mail.to == [user.email] for mail in mailoutbox)
    assert "password_changed" in kinds(user)


def test_one_sees_ones_log_ins_and_ends_them(owner, found):
    company, user, client = owner
    elsewhere = found(user)
    afar = log_in(elsewhere, user.email)
    phone = browser(company, HTTP_USER_AGENT="Phone", REMOTE_ADDR="203.0.113.9")
    post(phone, "login/", email=user.email, password=PASSWORD)
    devices = ask(client, "security/", method="get")["devices"]
    assert [(row["agent"], row["ip"], row["here"]) for row in devices] == [("Phone", "203.0.113.9", False), ("", "127.0.0.1", True)]
    ask(client, f"security/devices/{devices[0]['id']}/", method="delete", status=204)
    assert not inside(phone) and inside(client) and inside(afar)
    assert ask(client, "security/devices/", method="delete") == {"ended": 1}
    assert not inside(afar) and inside(client)


def test_another_persons_log_in_is_not_there(owner, found):
    _company, _user, client = owner
    other = found()
    theirs = ask(log_in(other, owner_of(other).email), "security/", method="get")["devices"][0]
    ask(client, f"security/devices/{theirs['id']}/", method="delete", status=404)


def test_a_new_mail_counts_once_its_link_is_opened(owner, mailoutbox):
    company, user, client = owner
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    new, old = f"n{user.email}", user.email
    ask(client, "security/email/", {"email": new.upper()})
    assert ask(client, "security/", method="get")["email"] == {"address": old, "verified": True, "next": new}
    mail = next(mail for mail in mailoutbox if mail.to == [new])
    path = urlsplit(re.search(r"http\S+/verify/\S+", mail.body).group()).path
    assert browser(company).post(path).status_code == 200
    user.refresh_from_db()
    assert user.email == new
    assert ask(client, "security/", method="get")["email"] == {"address": new, "verified": True, "next": None}
    assert inside(log_in(company, new))
    assert [mail.to for mail in mailoutbox][-1] == [old]
    assert browser(company).post(path).status_code == 410
    assert "email_changed" in kinds(user)


def test_somebody_elses_mail_is_not_told_and_not_taken(owner, mailoutbox):
    _company, user, client = owner
    theirs = person().email
    ask(client, "security/email/", {"email": theirs})
    assert mailoutbox == []
    user.refresh_from_db()
    assert user.email != theirs


def test_a_locked_account_is_told_to_its_owner_once(found, settings, mailoutbox):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/5m/key", "login": None}
    company = found()
    user = owner_of(company)
    for _ in range(5):
        post(browser(company), "login/", email=user.email, password="wrong")
    assert kinds(user) == ["log_in_failed", "log_in_failed", "locked_out"]
    assert [mail.to for mail in mailoutbox] == [[user.email]]


def test_the_log_tells_where_and_nothing_that_was_typed(found):
    company = found()
    client = browser(company, HTTP_USER_AGENT="Robot/1", REMOTE_ADDR="203.0.113.7")
    post(client, "login/", email="nobody@example.com", password="what-was-typed")
    line = PlatformLog.objects.filter(company=company.pk).latest("pk")
    assert (line.kind, line.account, line.ip, line.agent, line.data) == ("log_in_failed", None, "203.0.113.7", "Robot/1", {})


def test_links_for_a_new_password_grow_old(owner, mailoutbox, settings):
    company, user, _client = owner
    post(browser(company), "password/reset/", email=user.email)
    key = re.search(r"/reset/(\S+)", mailoutbox[-1].body).group(1)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert browser(company).get(f"/api/v1/password/reset/{key}/").status_code == 410


@pytest.mark.parametrize("path", ["join/abc/", "password/reset/abc/"])
def test_links_cannot_be_guessed_in_bulk(found, settings, path: str):
    settings.ACCOUNT_RATE_LIMITS = {"join": "2/m/ip", "reset_password_from_key": "2/m/ip"}
    client = browser(found(), REMOTE_ADDR="203.0.113.8")
    codes = [post(client, path, name="x", password=NEW).status_code for _ in range(3)]
    assert codes == [410, 410, 429]


@pytest.mark.parametrize("word", ["millwright2026!", "Acme-Tools-99"])
def test_a_password_is_more_than_the_companys_name(platform, word: str):
    from tests.accounts.test_sign_up import form, sign_up

    answer = sign_up(form(company="Acme Tools", password=word))
    assert [(error["path"], error["code"]) for error in answer.json()["errors"]] == [("password", "weak_password")]


@pytest.fixture
def thieves(settings) -> Iterator[list[str]]:
    """A list of breached passwords as the public ones answer; yields what was asked."""
    asked: list[str] = []
    digest = hashlib.sha1(b"Stolen-before-1", usedforsecurity=False).hexdigest().upper()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = f"{'0' * 35}:3\r\n{digest[5:]}:17\r\n".encode() if self.path == f"/{digest[:5]}" else b""
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    settings.BREACHED_PASSWORDS_URL = f"http://127.0.0.1:{server.server_port}/"
    yield asked
    server.shutdown()
    server.server_close()


def test_a_breached_password_is_refused_and_the_list_does_not_learn_it(platform, thieves):
    from tests.accounts.test_sign_up import form, sign_up

    assert sign_up(form(password="Stolen-before-1")).status_code == 422
    assert [len(path) for path in thieves] == [6]
    assert sign_up(form(password="Never-stolen-1")).status_code == 201


def test_a_list_of_the_house_is_a_file_in_order(settings, tmp_path):
    stolen = [f"Stolen-{n}" for n in range(40)]
    lines = sorted(f"{hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest().upper()}:{n}" for n, word in enumerate(stolen))
    kept = tmp_path / "breached.txt"
    kept.write_bytes("\r\n".join(lines).encode())
    settings.BREACHED_PASSWORDS_FILE = str(kept)
    judge = NotBreached()
    for word in stolen:
        with pytest.raises(ValidationError) as refused:
            judge.validate(word)
        assert refused.value.code == "password_breached"
    for n in range(40):
        judge.validate(f"Never-stolen-{n}")
    kept.unlink()
    judge.validate(stolen[0])  # away: nobody is kept out


def test_a_list_that_is_away_keeps_nobody_out(platform, settings):
    from tests.accounts.test_sign_up import form, sign_up

    settings.BREACHED_PASSWORDS_URL = "http://127.0.0.1:1/"
    assert sign_up(form()).status_code == 201


def test_the_account_of_a_joined_colleague_counts_as_proven(found, mailoutbox):
    company = found()
    email = f"j{company.slug}@example.com"
    post(log_in(company, owner_of(company).email), "organization/members/?then=invite", name="李梅", email=email)
    token = re.search(r"/join/(\S+)", mailoutbox[-1].body).group(1)
    assert post(browser(company), f"join/{token}/", name="李梅", password=PASSWORD).status_code == 200
    assert EmailAddress.objects.get(email=email).verified
    assert services.companies_of(EmailAddress.objects.get(email=email).user) == [company]
