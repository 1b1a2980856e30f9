"""Log-ins at which nobody works end; the owner hears of those in a new browser; what is refused is written down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from shared_apps.accounts import log, presence
from shared_apps.accounts.models import Device
from shared_apps.console.models import PlatformLog
from tenant_apps.organization.models import Member
from tenants.context import tenant_context
from tests.accounts.software_key import SoftwareKey
from tests.accounts.test_log_in import post
from tests.accounts.test_second_factor import ask, at_the_door, code, inside, kinds, with_app
from tests.api import Api
from tests.founding import PASSWORD, browser, log_in, owner_of
from tests.trade import join

META = "/api/v1/meta/"


@pytest.fixture
def owner(found):
    company = found(language="en")
    return company, owner_of(company), log_in(company, owner_of(company).email)


def key_of(client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def later(client, **passed: int) -> None:
    """Nobody has worked here for so long, as far as the database knows; the processes have forgotten it."""
    Device.objects.filter(key=key_of(client)).update(seen_at=timezone.now() - timedelta(**passed))
    presence._known.clear()


def settle(company, client, **told) -> None:
    """Change the company's own settings."""
    row = client.get("/api/v1/organization/companies/?limit=1").json()["rows"][0]
    ask(client, f"organization/companies/{row['id']}/", {"version": row["version"], **told}, method="patch")


def test_a_log_in_at_which_nobody_works_ends_with_a_word(owner):
    _company, user, client = owner
    key = key_of(client)
    later(client, days=6)
    assert client.get(META).status_code == 200
    later(client, days=8)
    told = client.get(META)
    assert (told.status_code, told.json()["code"]) == (401, "idle")
    assert "kept" in told.json()["detail"]
    assert not Device.objects.filter(key=key).exists() and kinds(user)[-1] == "idle"
    assert client.get(META).json()["code"] == "not_logged_in"


def test_the_company_says_how_long(owner):
    company, _user, client = owner
    settle(company, client, idle="15m")
    later(client, minutes=14)
    assert inside(client)
    later(client, minutes=20)
    assert not inside(client)


@pytest.mark.parametrize("wrong", ["5m", "30d", 7])
def test_there_are_bounds(owner, wrong: object):
    _company, _user, client = owner
    row = client.get("/api/v1/organization/companies/?limit=1").json()["rows"][0]
    ask(client, f"organization/companies/{row['id']}/", {"version": row["version"], "idle": wrong}, method="patch", status=422)


def test_what_a_screen_asks_by_itself_is_no_work(owner):
    _company, _user, client = owner
    for _ in range(3):
        later(client, days=6)
        assert client.get(META, headers={"X-Unattended": "1"}).status_code == 200
    seen = Device.objects.get(key=key_of(client)).seen_at
    assert timezone.now() - seen > timedelta(days=5)
    later(client, days=8)
    assert client.get(META, headers={"X-Unattended": "1"}).json()["code"] == "idle"


def test_fourteen_days_are_the_end_however_busy(owner):
    _company, _user, client = owner
    Device.objects.filter(key=key_of(client)).update(began_at=timezone.now() - timedelta(days=15))
    presence._known.clear()
    assert client.get(META).json()["code"] == "idle"


def test_looking_after_a_log_in_costs_no_query_each_time(owner, django_assert_num_queries):
    _company, _user, client = owner
    path = "/api/v1/me/settings/none/"
    client.get(path)
    with django_assert_num_queries(1):  # the setting itself
        client.get(path)


def test_a_log_in_from_before_they_were_written_down_goes_on(owner):
    _company, user, client = owner
    Device.objects.filter(user=user).delete()
    presence._known.clear()
    assert inside(client)
    assert Device.objects.filter(user=user, key=key_of(client)).exists()


# browsers ------------------------------------------------------------------------------------------------------------
def test_the_owner_hears_of_a_log_in_in_a_new_browser(owner, mailoutbox):
    company, user, client = owner
    assert mailoutbox == []  # their first
    client.post("/api/v1/logout/")
    post(client, "login/", email=user.email, password=PASSWORD)
    assert mailoutbox == []  # the same browser, by its cookie
    thief = browser(company, HTTP_USER_AGENT="Robot/1", REMOTE_ADDR="203.0.113.7")
    post(thief, "login/", email=user.email, password=PASSWORD)
    (mail,) = mailoutbox
    assert mail.to == [user.email] and all(word in mail.body for word in ("203.0.113.7", "Robot/1", company.slug))
    assert "new_browser" in kinds(user)
    post(thief, "login/", email=user.email, password=PASSWORD)
    assert len(mailoutbox) == 1


def test_a_cookie_that_we_did_not_sign_makes_no_browser_known(owner, mailoutbox):
    company, user, _client = owner
    forged = browser(company, REMOTE_ADDR="203.0.113.9")
    forged.cookies["known"] = f"[{user.pk}]"
    post(forged, "login/", email=user.email, password=PASSWORD)
    assert [mail.to for mail in mailoutbox] == [[user.email]]


# administrators ------------------------------------------------------------------------------------------------------
def test_a_new_companys_administrators_have_two_weeks(owner):
    _company, _user, client = owner
    row = client.get("/api/v1/organization/companies/?limit=1").json()["rows"][0]
    day = ask(client, f"organization/companies/{row['id']}/", method="get")["admin_factor_from"]
    assert day == (timezone.localdate() + timedelta(days=14)).isoformat()


def test_from_that_day_on_administrators_need_a_second_factor_and_others_do_not(owner):
    company, user, client = owner
    colleague = join(Api.of_owner(company), "Warehouse")
    settle(company, client, admin_factor_from=timezone.localdate().isoformat())
    assert client.get(META).json()["code"] == "second_factor"
    colleague.get("/meta/")
    client, told = at_the_door(company, user.email)
    assert told == {"ok": False, "pending": "enrol"}
    with_app(client)
    assert inside(client)
    settle(company, client, admin_factor_from=None)
    assert inside(client)


def test_administrators_may_have_to_use_a_security_key(owner):
    company, user, client = owner
    secret, codes = with_app(client)
    row = client.get("/api/v1/organization/companies/?limit=1").json()["rows"][0]
    told = {"version": row["version"], "admin_keys": True}
    assert ask(client, f"organization/companies/{row['id']}/", told, method="patch", status=409)["code"] == "enrol_first"
    key = SoftwareKey(f"http://{company.slug}.localhost:8000")
    ask(client, "security/keys/", {"credential": key.create(ask(client, "security/keys/begin/")["options"])}, status=201)
    settle(company, client, admin_keys=True)

    client, told = at_the_door(company, user.email)
    assert ask(client, "login/second/", method="get")["types"] == ["recovery_codes", "webauthn"]
    assert ask(client, "login/second/", {"code": code(secret, 1)}, status=422)["code"] == "key_required"
    signed = key.get(ask(client, "login/second/key/")["options"])
    assert ask(client, "login/second/", {"credential": signed}) == {"ok": True} and inside(client)
    own = next(row["id"] for row in ask(client, "security/", method="get")["factors"] if row["type"] == "webauthn")
    assert ask(client, f"security/factors/{own}/", method="delete", status=409)["code"] == "factor_required"

    client, _told = at_the_door(company, user.email)  # the key is lost
    assert ask(client, "login/second/", {"code": codes[0]}) == {"ok": False, "pending": "enrol_key"}
    assert client.get(META).status_code == 401
    assert ask(client, "security/app/begin/", status=409)["code"] == "key_required"
    other = SoftwareKey(f"http://{company.slug}.localhost:8000")
    ask(client, "security/keys/", {"credential": other.create(ask(client, "security/keys/begin/")["options"])}, status=201)
    assert inside(client)


# refusals ------------------------------------------------------------------------------------------------------------
def test_what_was_refused_is_written_down_once_an_hour(owner):
    company, _user, _client = owner
    blind = join(Api.of_owner(company))
    for _ in range(3):
        blind.post("/organization/roles/", {"name": "Mine"}, 403)
    blind.get("/quoting/quotes/", 403)
    with tenant_context(company):
        who = Member.objects.get(pk=blind.member).account
    lines = list(PlatformLog.objects.filter(company=company.pk, kind="refused").order_by("pk"))
    assert [line.data for line in lines] == [
        {"what": "POST /api/v1/organization/roles/", "code": "forbidden"},
        {"what": "GET /api/v1/quoting/quotes/", "code": "forbidden"},
    ]
    assert {line.account for line in lines} == {who}


def test_refusals_cannot_fill_the_log(owner, monkeypatch):
    company, _user, _client = owner
    monkeypatch.setattr(log, "MOST_REFUSALS", 2)
    blind = join(Api.of_owner(company))
    for path in ("quoting/quotes", "sales/orders", "finance/receipts", "contracts/contracts"):
        blind.get(f"/{path}/", 403)
    assert PlatformLog.objects.filter(company=company.pk, kind="refused").count() == 2


def test_a_secret_in_an_address_is_not_written_down(found):
    strange = browser(company := found())
    strange.handler.enforce_csrf_checks = True
    assert post(strange, "join/the-secret/", name="x", password=PASSWORD).status_code == 403
    line = PlatformLog.objects.filter(company=company.pk, kind="refused").latest("pk")
    assert line.data == {"what": "POST /api/v1/join/<str:token>/", "code": "csrf"}
