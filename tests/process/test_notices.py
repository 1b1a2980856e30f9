"""消息发布: a notice to people, roles and departments, its receipts, its reminder, and its moment."""

from __future__ import annotations

from datetime import date, timedelta

from kernel import clock, tasks
from tenants.context import tenant_context
from tests import trade
from tests.api import Api, Json
from tests.process.conftest import inbox


def notice(api: Api, **values) -> Json:
    return api.create("process.notice", {"title": trade.some("Holiday"), "text": "Closed on 1 October", **values})


def titles(api: Api) -> list[str]:
    return [row["title"] for row in inbox(api, "kind=notice")]


def sweep(api: Api) -> None:
    with tenant_context(api.company):
        tasks.sweep()


def test_a_notice_reaches_those_it_is_for_and_tells_who_has_read_it(api: Api):
    keeper, seller, other = (
        trade.join(api, "Warehouse"),
        trade.join(api, "Sales engineer"),
        trade.join(api, "Finance", department="Finance"),
    )
    role = next(row["id"] for row in api.rows("organization.role") if row["name"] == "Warehouse")
    made = notice(api, roles=[role], units=[trade.unit(api, "Sales")], people=[keeper.member], ack=True, remind_days=2)
    api.act(made, "publish")
    assert made["title"] in titles(keeper) and made["title"] in titles(seller) and made["title"] not in titles(other)
    message = inbox(keeper, "kind=notice")[0]
    keeper.post("/me/messages/handle/", {"ids": [message["id"]], "verb": "acknowledge", "reason": ""})
    told = api.get(f"/process/notices/{made['id']}/receipts/")
    assert (told["read"], told["confirmed"]) == (1, 1) and told["sent"] == len(told["rows"]) >= 2
    assert {row["member"]["id"] for row in told["rows"] if row["read_at"]} == {keeper.member}
    assert keeper.ask("get", f"/process/notices/{made['id']}/receipts/")[0] == 404


def test_those_who_have_not_read_it_are_reminded_once(api: Api, on_day):
    on_day(date(2027, 3, 1))
    reads, forgets = trade.join(api, "Finance"), trade.join(api, "Finance")
    made = notice(api, people=[reads.member, forgets.member], remind_days=2)
    api.act(made, "publish")
    for who in (reads, forgets):
        who.post("/me/messages/read-all/")
    forgets.post("/me/messages/handle/", {"ids": [inbox(forgets, "kind=notice")[0]["id"]], "verb": "unread"})
    on_day(date(2027, 3, 2))
    sweep(api)
    assert inbox(forgets, "kind=notice")[0]["at"].startswith("2027-03-01")
    on_day(date(2027, 3, 3))
    sweep(api)
    assert inbox(forgets, "box=unread")[0]["at"].startswith("2027-03-03") and inbox(reads, "box=unread") == []
    assert api.again(made)["reminded_at"].startswith("2027-03-03")


def test_a_planned_notice_comes_at_its_moment_and_a_withdrawn_one_goes(api: Api, on_day):
    reader = trade.join(api, "Finance")
    late = notice(api, people=[reader.member], publish_at=(clock.now() - timedelta(days=1)).isoformat())
    assert api.act(late, "plan", 422)["errors"][0]["code"] == "past"
    made = notice(api, people=[reader.member], publish_at=(clock.now() + timedelta(days=1)).isoformat())
    api.act(made, "plan")
    sweep(api)
    assert made["title"] not in titles(reader)
    on_day((clock.now() + timedelta(days=2)).date())
    sweep(api)
    sweep(api)
    assert titles(reader).count(made["title"]) == 1 and api.again(made)["state"] == "published"
    api.act(made, "withdraw")
    assert made["title"] not in titles(reader)


def test_a_notice_for_nobody_is_refused(api: Api):
    assert api.create("process.notice", {"title": "A", "text": "B"}, 422)["errors"][0]["path"] == "people"
    empty = api.create("organization.unit", {"name": trade.some("Empty"), "company": api.rows("organization.company")[0]["id"]})
    api.refused(notice(api, units=[empty["id"]]), "publish", "nobody")
