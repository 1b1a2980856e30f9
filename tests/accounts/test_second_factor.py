"""Authenticator apps, security keys, recovery codes, and companies that let nobody in without."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from shared_apps.accounts import recent
from shared_apps.console.models import PlatformLog
from tests.accounts.software_key import SoftwareKey
from tests.founding import PASSWORD, browser, log_in, owner_of

PERIOD = 30


def ask(client, path: str, told=None, method: str = "post", status: int = 200):
    answer = getattr(client, method)(f"/api/v1/{path}", told or {}, content_type="application/json")
    assert answer.status_code == status, (answer.status_code, answer.content)
    return answer.json() if answer.content else None


def code(secret: str, steps: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + steps))


def with_app(client) -> tuple[str, list[str]]:
    """Set up an authenticator app: its secret, and the recovery codes."""
    secret = ask(client, "security/app/begin/")["secret"]
    return secret, ask(client, "security/app/", {"code": code(secret)}, status=201)["recovery_codes"]


def at_the_door(company, email: str):
    """Somebody whose password was right, and what is still wanted of them."""
    client = browser(company)
    return client, ask(client, "login/", {"email": email, "password": PASSWORD})


def inside(client) -> bool:
    return client.get("/api/v1/session/").json()["authenticated"]


def kinds(user) -> list[str]:
    return list(PlatformLog.objects.filter(account=user.pk).order_by("pk").values_list("kind", flat=True))


def test_with_an_authenticator_app_the_password_alone_does_not_open(found):
    company = found()
    owner = owner_of(company)
    secret, codes = with_app(log_in(company, owner.email))
    assert len(set(codes)) == 10
    client, told = at_the_door(company, owner.email)
    assert told == {"ok": False, "pending": "second_factor"}
    assert not inside(client) and client.get("/api/v1/meta/").status_code == 401
    assert client.get("/api/v1/session/").json()["pending"] == "second_factor"
    assert ask(client, "login/second/", method="get")["types"] == ["recovery_codes", "totp"]
    assert ask(client, "login/second/", {"code": "000000"}, status=422)["code"] == "wrong_code"
    assert not inside(client)
    assert ask(client, "login/second/", {"code": code(secret, 1)}) == {"ok": True}
    assert inside(client)
    assert kinds(owner)[-3:] == ["factor_added", "second_factor_failed", "log_in"]


def test_a_code_works_once(found):
    company = found()
    email = owner_of(company).email
    secret, codes = with_app(log_in(company, email))
    used = code(secret, 1)
    for expected in (200, 422):
        client, _ = at_the_door(company, email)
        ask(client, "login/second/", {"code": used}, status=expected)
    for expected in (200, 422):
        client, _ = at_the_door(company, email)
        ask(client, "login/second/", {"code": codes[3]}, status=expected)


def test_codes_cannot_be_guessed(found, settings):
    company = found()
    email = owner_of(company).email
    secret, _ = with_app(log_in(company, email))
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/key", "login": None}
    client, _ = at_the_door(company, email)
    for _ in range(3):
        ask(client, "login/second/", {"code": "000000"}, status=422)
    assert ask(client, "login/second/", {"code": code(secret, 1)}, status=429)["code"] == "throttled"


def test_secrets_lie_encrypted(found):
    company = found()
    owner = owner_of(company)
    secret, _ = with_app(log_in(company, owner.email))
    kept = Authenticator.objects.get(user_id=owner.pk, type="totp").data["secret"]
    assert secret not in kept and kept.startswith("gAAAA")


def test_a_security_key_opens(found):
    company = found()
    owner = owner_of(company)
    client = log_in(company, owner.email)
    key = SoftwareKey(f"http://{company.slug}.localhost:8000")
    made = key.create(ask(client, "security/keys/begin/")["options"])
    assert len(ask(client, "security/keys/", {"name": "Blue key", "credential": made}, status=201)["recovery_codes"]) == 10
    factors = ask(client, "security/", method="get")["factors"]
    assert [(row["type"], row["name"]) for row in factors] == [("webauthn", "Blue key"), ("recovery_codes", "")]
    client, told = at_the_door(company, owner.email)
    assert told["pending"] == "second_factor"
    signed = key.get(ask(client, "login/second/key/")["options"])
    assert ask(client, "login/second/", {"credential": signed}) == {"ok": True}
    assert inside(client)


@pytest.mark.parametrize("wrong", ["another key", "another page", "an old answer"])
def test_a_wrong_key_does_not(found, wrong: str):
    company = found()
    owner = owner_of(company)
    client = log_in(company, owner.email)
    origin = f"http://{company.slug}.localhost:8000"
    key = SoftwareKey(origin)
    ask(client, "security/keys/", {"credential": key.create(ask(client, "security/keys/begin/")["options"])}, status=201)
    client, _ = at_the_door(company, owner.email)
    options = ask(client, "login/second/key/")["options"]
    if wrong == "another key":
        signed = SoftwareKey(origin).get(options)
    elif wrong == "another page":
        key.origin = "http://localhost.example"
        signed = key.get(options)
    else:
        signed = key.get(options)
        ask(client, "login/second/key/")
    assert ask(client, "login/second/", {"credential": signed}, status=422)["code"] == "wrong_code"
    assert not inside(client)


def test_nobody_sets_up_a_factor_on_an_unproven_mail(platform, mailoutbox):
    from tests.accounts.test_sign_up import form, opened, sign_up

    client, _ = opened(sign_up(form()).json()["url"])
    assert ask(client, "security/app/begin/", status=409)["code"] == "verify_first"


def test_locks_are_changed_with_the_password_only(found, monkeypatch):
    company = found()
    client = log_in(company, owner_of(company).email)
    monkeypatch.setattr(recent, "MINUTES", 0)
    assert ask(client, "security/app/begin/", status=403)["code"] == "confirm"
    monkeypatch.undo()
    assert ask(client, "security/confirm/", {"password": "wrong"}, status=422)["errors"][0]["path"] == "password"
    ask(client, "security/confirm/", {"password": PASSWORD})
    with_app(client)


def require(company, client) -> None:
    row = client.get("/api/v1/organization/companies/?limit=1").json()["rows"][0]
    told = {"version": row["version"], "second_factor": True}
    ask(client, f"organization/companies/{row['id']}/", told, method="patch")


def test_a_company_may_require_it_and_leads_everybody_there(found):
    from tests.accounts.test_log_in import post

    company = found()
    owner = owner_of(company)
    first = log_in(company, owner.email)
    row = first.get("/api/v1/organization/companies/?limit=1").json()["rows"][0]
    told = {"version": row["version"], "second_factor": True}
    assert ask(first, f"organization/companies/{row['id']}/", told, method="patch", status=409)["code"] == "enrol_first"
    weak = log_in(company, owner.email)
    with_app(first)
    require(company, first)
    assert weak.get("/api/v1/meta/").json()["code"] == "second_factor"
    assert not inside(weak) and inside(first)
    assert post(weak, "security/app/begin/").status_code == 401

    factor = next(row["id"] for row in ask(first, "security/", method="get")["factors"] if row["type"] == "totp")
    assert ask(first, f"security/factors/{factor}/", method="delete", status=409)["code"] == "factor_required"
    Authenticator.objects.filter(user_id=owner.pk).delete()  # a colleague without any

    client, told = at_the_door(company, owner.email)
    assert told == {"ok": False, "pending": "enrol"}
    assert client.get("/api/v1/meta/").status_code == 401
    _secret, codes = with_app(client)
    assert len(codes) == 10 and inside(client)
    assert client.get("/api/v1/meta/").status_code == 200


def test_the_last_factor_takes_its_recovery_codes_along(found, mailoutbox):
    company = found()
    owner = owner_of(company)
    client = log_in(company, owner.email)
    with_app(client)
    factor = Authenticator.objects.get(user_id=owner.pk, type="totp").pk
    ask(client, f"security/factors/{factor}/", method="delete", status=204)
    assert not Authenticator.objects.filter(user_id=owner.pk).exists()
    assert at_the_door(company, owner.email)[1] == {"ok": True}
    assert kinds(owner)[-2:] == ["factor_removed", "log_in"]
    assert len([mail for mail in mailoutbox if mail.to == [owner.email]]) == 2


def test_new_recovery_codes_replace_the_old(found):
    company = found()
    email = owner_of(company).email
    client = log_in(company, email)
    assert ask(client, "security/recovery-codes/", status=409)["code"] == "no_factor"
    _, old = with_app(client)
    new = ask(client, "security/recovery-codes/", status=201)["recovery_codes"]
    assert not set(old) & set(new)
    client, _ = at_the_door(company, email)
    ask(client, "login/second/", {"code": old[0]}, status=422)
    ask(client, "login/second/", {"code": new[0]})


def test_another_persons_factor_is_not_there(found):
    company, other = found(), found()
    with_app(log_in(other, owner_of(other).email))
    factor = Authenticator.objects.get(user_id=other.owner_id, type="totp").pk
    ask(log_in(company, owner_of(company).email), f"security/factors/{factor}/", method="delete", status=404)
