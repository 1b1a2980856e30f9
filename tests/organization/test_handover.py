"""业务移交: what a leaver has goes to the colleagues chosen, all of it or nothing, and comes back while nobody has passed it on (spec 2.23)."""

from __future__ import annotations

from datetime import date

import pytest

from kernel import clock
from kernel.returned import take
from tenant_apps.organization import tasks
from tenants.context import tenant_context
from tests import trade
from tests.api import Api, Json
from tests.process.postbox import report


@pytest.fixture
def leaver(api: Api) -> Api:
    return trade.join(api, "Sales engineer")


@pytest.fixture
def heir(api: Api) -> Api:
    return trade.join(api, "Sales engineer")


@pytest.fixture
def business(api: Api, leaver: Api) -> dict[str, Json]:
    """Two customers, an open quote, and one that a newer revision has replaced."""
    item = trade.item(api)["id"]
    great, small = (api.create("partners.partner", {"name": trade.some(name), "owner": leaver.member}) for name in ("Great", "Small"))
    made = {"great": great, "small": small}
    for name in ("open", "old"):
        made[name] = api.create("quoting.quote", {"customer": great["id"], "owner": leaver.member, "lines": [{"item": item}]})
    made["new"] = api.made(api.act(made["old"], "send")["document"], "revise", "quoting.quote")
    return made


def prepared(api: Api, leaver: Api, *parts: Json, **values: object) -> Json:
    return api.create("organization.handover", {"giver": leaver.member, "parts": list(parts), **values})


def shares(api: Api, handover: Json) -> dict[str, int]:
    return {row["kind"]: row["count"] for row in api.get(f"/organization/handovers/{handover['id']}/moves/")["rows"]}


def owner(api: Api, document: Json) -> int:
    return api.again(document)["owner"]["id"]


def test_a_leaver_who_still_has_business_is_not_disabled(api: Api, leaver: Api, heir: Api, business):
    member = api.read("organization.member", leaver.member)
    told = api.refused(member, "disable", "open_business")
    assert "2 " in told["detail"]
    assert told["help"][0]["values"] == {"giver": leaver.member}
    handover = prepared(api, leaver, {"receiver": heir.member})
    api.act(handover, "hand_over")
    assert api.act(api.again(member), "disable")["document"]["state"] == "disabled"


def test_what_is_open_goes_over_and_what_is_finished_stays(api: Api, leaver: Api, heir: Api, business):
    handover = prepared(api, leaver, {"receiver": heir.member})
    assert shares(api, handover) == {"partners.partner": 2, "quoting.quote": 2}
    api.act(handover, "hand_over")
    assert [owner(api, business[name]) for name in ("great", "small", "open", "new", "old")] == [heir.member] * 4 + [leaver.member]
    events = api.get(f"/quoting/quotes/{business['open']['id']}/events/")["rows"]
    assert any(event["verb"] == "hand_over" for event in events)
    assert shares(api, api.again(handover)) == {"partners.partner": 2, "quoting.quote": 2}


def test_customers_are_shared_among_several_by_a_rule(api: Api, leaver: Api, heir: Api, business):
    other = trade.join(api, "Sales engineer")
    rule = f"name = '{business['great']['name']}'"
    handover = prepared(api, leaver, {"kind": "partners.partner", "rule": rule, "receiver": other.member}, {"receiver": heir.member})
    api.act(handover, "hand_over")
    assert (owner(api, business["great"]), owner(api, business["small"])) == (other.member, heir.member)


def test_it_is_taken_back_except_for_what_was_passed_on(api: Api, leaver: Api, heir: Api, business):
    handover = prepared(api, leaver, {"receiver": heir.member})
    api.act(handover, "hand_over")
    third = trade.join(api, "Sales engineer")
    api.change(api.again(business["small"]), {"owner": third.member})
    api.act(api.again(handover), "take_back")
    assert (owner(api, business["great"]), owner(api, business["small"])) == (leaver.member, third.member)


def test_after_thirty_days_it_is_too_late(api: Api, leaver: Api, heir: Api, business, on_day):
    on_day(date(2026, 3, 1))
    handover = prepared(api, leaver, {"receiver": heir.member})
    api.act(handover, "hand_over")
    on_day(date(2026, 4, 1))
    api.refused(handover, "take_back", "too_late")


def test_an_absence_begins_and_ends_by_itself(api: Api, leaver: Api, heir: Api, business, on_day):
    on_day(date(2026, 5, 1))
    planned = prepared(api, leaver, {"receiver": heir.member}, reason="absent", from_day="2026-05-04", returns_on="2026-05-20")
    assert api.act(planned, "hand_over")["document"]["state"] == "planned"
    assert turned(api, on_day, date(2026, 5, 3)) == 0
    assert owner(api, business["great"]) == leaver.member
    assert turned(api, on_day, date(2026, 5, 4)) == 1
    assert owner(api, business["great"]) == heir.member
    assert turned(api, on_day, date(2026, 5, 20)) == 1
    assert turned(api, on_day, date(2026, 5, 20)) == 0
    assert (owner(api, business["great"]), api.again(planned)["state"]) == (leaver.member, "returned")


def turned(api: Api, on_day, day: date) -> int:
    on_day(day)
    assert clock.now().date() == day
    with tenant_context(api.company):
        return tasks.hand_over_today()


@pytest.mark.parametrize(
    ("part", "path"),
    [
        ({"receiver": "leaver"}, "parts.0.receiver"),
        ({"receiver": "heir", "rule": "grade = 'A'"}, "parts.0.rule"),
        ({"receiver": "heir", "kind": "partners.partner", "rule": "grade ="}, "parts.0.rule"),
        ({"receiver": "heir", "kind": "partners.partner", "rule": "weight > 5"}, "parts.0.rule"),
    ],
)
def test_what_cannot_be_is_told_where_it_stands(api: Api, leaver: Api, heir: Api, part, path):
    part = {**part, "receiver": {"leaver": leaver, "heir": heir}[part["receiver"]].member}
    told = api.create("organization.handover", {"giver": leaver.member, "parts": [part]}, 422)
    assert [error["path"] for error in told["errors"]] == [path]


def test_nobody_gets_it_who_has_left_or_nobody_at_all(api: Api, leaver: Api, heir: Api, business):
    api.refused(prepared(api, leaver), "hand_over", "no_receiver")
    handover = prepared(api, leaver, {"receiver": heir.member})
    api.act(api.read("organization.member", heir.member), "disable")
    api.refused(handover, "hand_over", "receiver_left")
    assert owner(api, business["great"]) == leaver.member


def test_customers_are_told_who_is_there_for_them_now(api: Api, leaver: Api, heir: Api, business, mailoutbox, settings):
    settings.BOUNCE_ADDRESS = "bounce@mail.example.cn"
    mine = {"name": "Ms Wang", "email": f"{trade.some('wang').replace(' ', '-')}@example.com"}
    great = api.change(api.again(business["great"]), {"contacts": [mine, {"name": "Nobody", "phone": "1"}]})
    handover = prepared(api, leaver, {"receiver": heir.member}, notice="en")
    assert "{after}" in handover["subject"] and "{customer}" in handover["letter"]
    told = api.change(handover, {"letter": "Dear {contact}, call {number}"}, 422)["errors"][0]
    assert (told["path"], told["code"]) == ("letter", "unknown_place")
    shown = api.get(f"/organization/handovers/{handover['id']}/moves/")
    heirs = api.read("organization.member", heir.member or 0)
    assert [(one["email"], one["customer"], one["member"], one["sent"]) for one in shown["mails"]] == [
        (mine["email"], great["name"], heirs["name"], None)
    ]
    assert mailoutbox == []
    api.act(handover, "hand_over")
    (mail,) = [one for one in mailoutbox if one.to == [mine["email"]]]
    assert (mail.subject, mail.body) == (shown["sample"]["subject"], shown["sample"]["text"])
    for part in ("Ms Wang", great["name"], heirs["name"], heirs["email"]):
        assert part in mail.body
    assert "Telephone" not in mail.body, "there is none"
    (line,) = api.get(f"/organization/handovers/{handover['id']}/moves/")["mails"]
    assert line["sent"] and line["why"] == "" and mail.reply_to == [heirs["email"]]
    gone = report(mail.from_email, "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 unknown")
    assert [take(gone) for _twice in range(2)] == ["noted", "known"]
    (line,) = api.get(f"/organization/handovers/{handover['id']}/moves/")["mails"]
    assert (line["why"], line["trouble"]) == ("There is no such mailbox.", "550 5.1.1 unknown")
    assert api.rows("partners.contact", f"partner={great['id']}&columns=email,bounced_on&email={mine['email']}")[0]["bounced_on"]
    chinese = prepared(api, heir, {"receiver": leaver.member}, notice="zh-hans")
    assert chinese["letter"] != handover["letter"]
    assert api.change(chinese, {"notice": "en"})["letter"] == handover["letter"], "the usual text follows the language"
