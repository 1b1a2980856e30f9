"""From where and when somebody may work, and lifting a lock after wrong passwords (W-1.3.2)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from kernel import entry
from kernel.entry import Entry
from kernel.refusals import Invalid
from shared_apps.console.models import PlatformLog
from tests import trade
from tests.api import Api, Json
from tests.founding import PASSWORD, browser

MEMBER, ROLE = "organization.member", "organization.role"
OFFICE = {"addresses": ["203.0.113.0/24"]}
DAY = {"days": [1, 2, 3, 4, 5], "since": "08:00", "until": "18:00"}
MONDAY, SATURDAY = datetime(2026, 11, 23, 12), datetime(2026, 11, 28, 12)


def code(rules: list[Json], own: Json | None = None, address: str | None = "203.0.113.7", at: datetime = MONDAY) -> str:
    refused = Entry.of(own or {}, rules).refusal(address, at)
    return refused.code if refused else ""


@pytest.mark.parametrize(
    ("rules", "more", "expected"),
    [
        ([{}], {"address": None}, ""),
        ([OFFICE], {}, ""),
        ([OFFICE], {"address": "::ffff:203.0.113.9"}, ""),
        ([OFFICE], {"address": "198.51.100.1"}, "outside_network"),
        ([OFFICE], {"address": None}, "outside_network"),
        ([OFFICE, {"addresses": ["198.51.100.0/24"]}], {}, "outside_network"),
        ([OFFICE], {"address": "198.51.100.1", "own": {"addresses": ["198.51.100.1"]}}, ""),
        ([DAY], {}, ""),
        ([DAY], {"at": MONDAY.replace(hour=18)}, "outside_hours"),
        ([DAY], {"at": SATURDAY}, "outside_hours"),
        ([DAY], {"at": SATURDAY, "own": {"days": [6]}}, ""),
        ([{"days": [1], "since": "22:00", "until": "06:00"}], {"at": datetime(2026, 11, 24, 5)}, ""),
        ([{"days": [1], "since": "22:00", "until": "06:00"}], {"at": datetime(2026, 11, 23, 5)}, "outside_hours"),
    ],
)
def test_the_rules_of_all_roles_hold_and_a_rule_of_ones_own_takes_their_place(rules, more, expected):
    assert code(rules, **more) == expected


@pytest.mark.parametrize(
    "rule", [[], {"colour": 1}, {"addresses": ["office"]}, {"addresses": "10.0.0.1"}, {"days": [0]}, {"days": [True]}, {"since": "08:00"},
             {"since": "8 o'clock", "until": "18:00"}, {"since": "08:00", "until": "08:00"}],
)  # fmt: skip
def test_a_rule_that_says_nothing_sensible_is_refused(rule):
    with pytest.raises(Invalid) as refused:
        entry.checked(rule)
    assert refused.value.errors[0].path == "entry"


def limited(api: Api, rule: Json) -> tuple[Api, Json]:
    """A colleague whose role has a rule."""
    role = api.create(ROLE, {"name": trade.some("Role"), "grants": {"partners.*": {"*": "all"}}, "entry": rule})
    return trade.join(api, role["name"]), role


def test_a_request_from_elsewhere_is_refused_and_a_programs_too(api: Api):
    someone, role = limited(api, {"addresses": ["127.0.0.0/8"]})
    token = someone.post("/me/tokens/", {"name": "Shelf"}, 201)["token"]
    program = {"Authorization": f"Bearer {token}"}
    someone.get("/partners/partners/")
    assert browser(api.company).get("/api/v1/partners/partners/", headers=program).status_code == 200
    api.change(role, {"entry": OFFICE})
    told = someone.get("/partners/partners/", status=403)
    assert told["code"] == "outside_network" and "127.0.0.1" in told["detail"]
    answer = browser(api.company).get("/api/v1/partners/partners/", headers=program)
    assert (answer.status_code, answer.json()["code"]) == (403, "outside_network")
    there = browser(api.company, REMOTE_ADDR="203.0.113.20")
    assert there.get("/api/v1/partners/partners/", headers=program).status_code == 200


def test_outside_of_the_hours_nobody_works_nor_logs_in(api: Api, on_day):
    someone, _role = limited(api, {"days": [6, 7]})
    email = api.read(MEMBER, someone.member or 0)["email"]
    on_day(date(2026, 11, 28))
    someone.get("/meta/")
    on_day(date(2026, 11, 23))
    assert someone.get("/meta/", status=403)["code"] == "outside_hours"
    assert not someone.get("/session/")["authenticated"]
    guest = browser(api.company)
    guest.get("/api/v1/session/")
    told = {"email": email, "password": PASSWORD}
    answer = guest.post("/api/v1/login/", told, content_type="application/json", headers={"X-CSRFToken": guest.cookies["csrftoken"].value})
    assert (answer.status_code, answer.json()["code"]) == (403, "outside_hours")
    assert PlatformLog.objects.filter(kind="kept_out", company=api.company.pk).exists()


def test_an_administrator_does_not_lock_themselves_out(api: Api):
    me = api.read(MEMBER, 1)
    told = api.change(me, {"entry": OFFICE}, 422)["errors"][0]
    assert (told["path"], told["code"]) == ("entry", "locks_you_out")
    admins = api.read(ROLE, trade.first(api, ROLE, name="Administrator"))
    assert api.change(admins, {"entry": OFFICE}, 422)["errors"][0]["code"] == "locks_you_out"
    _someone, strict = limited(api, OFFICE)
    roles = [one["id"] for one in me["roles"]]
    assert api.change(me, {"roles": [*roles, strict["id"]]}, 422)["errors"][0]["path"] == "roles"
    assert api.again(me)["version"] == me["version"]
    kept = api.change(me, {"entry": {"addresses": ["127.0.0.1"]}})
    assert kept["entry"] == {"addresses": ["127.0.0.1/32"]}
    api.change(kept, {"entry": {}})


def test_a_lock_after_wrong_passwords_is_seen_and_lifted(api: Api, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/5m/key", "login": None}
    someone = trade.join(api, "Sales engineer")
    member = api.read(MEMBER, someone.member or 0)

    def log_in(secret: str) -> int:
        guest = browser(api.company)
        guest.get("/api/v1/session/")
        csrf = {"X-CSRFToken": guest.cookies["csrftoken"].value}
        told = {"email": member["email"], "password": secret}
        return guest.post("/api/v1/login/", told, content_type="application/json", headers=csrf).status_code

    assert api.post(f"/organization/members/{someone.member}/unlock/", {}, 409)["code"] == "not_locked_out"
    assert [log_in("wrong"), log_in("wrong"), log_in(PASSWORD)] == [401, 401, 429]
    assert [row["id"] for row in api.get("/organization/locked-out/")["rows"]] == [someone.member]
    news = api.get("/me/messages/")["rows"][0]
    assert news["link"] == {"_key": MEMBER, "id": someone.member} and member["name"] in news["title"]
    someone.post(f"/organization/members/{someone.member}/unlock/", {}, 403)
    api.post(f"/organization/members/{someone.member}/unlock/", status=204)
    assert (api.get("/organization/locked-out/")["rows"], log_in(PASSWORD)) == ([], 200)
    assert api.get(f"/organization/members/{someone.member}/events/")["rows"][0]["verb"] == "unlock"
