"""One inbox: kinds, filters, search, pages, reading, acknowledging, putting off, and what an open browser costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kernel import clock, messages
from kernel.models import Message
from tenants.context import tenant_context
from tests import trade
from tests.api import Api, Json
from tests.process.conftest import inbox


def put(api: Api, title: str, **given) -> Json:
    with tenant_context(api.company):
        messages.send([api.member or 1], title, origin=f"test:{title}", **given)
    return next(row for row in inbox(api, "") if row["title"] == title)


@pytest.fixture
def reader(api: Api) -> Api:
    """Somebody with an empty inbox."""
    return trade.join(api, "Sales engineer")


def handle(api: Api, verb: str, *rows: Json, status: int = 200, **more) -> Json:
    return api.post("/me/messages/handle/", {"verb": verb, "ids": [row["id"] for row in rows], **more}, status)


def test_messages_are_told_by_kind_found_by_word_and_read_one_by_one(reader: Api):
    late, invited = put(reader, "Order 7 late", kind="alert", level="critical"), put(reader, "Town meeting", text="On Friday in the hall")
    told = reader.get("/me/messages/")
    assert (told["unread"], told["counts"]) == (2, {"alert": 1, "notice": 1})
    assert [row["id"] for row in inbox(reader, "kind=alert")] == [late["id"]]
    assert [row["id"] for row in inbox(reader, "level=critical")] == [late["id"]]
    assert [row["id"] for row in inbox(reader, "q=hall friday")] == [invited["id"]]
    named = put(reader, "张伟在合同里提到了你", text="请看一下付款计划")
    assert [[row["id"] for row in inbox(reader, f"q={word}")] for word in ("zhangwei", "zw", "fkjh hetong", "zhangmin")] == [
        [named["id"]], [named["id"]], [named["id"]], [],
    ]  # fmt: skip
    handle(reader, "read", named)
    assert reader.post(f"/me/messages/{late['id']}/read/")["unread"] == 1
    assert [row["id"] for row in inbox(reader, "box=unread")] == [invited["id"]]
    assert handle(reader, "unread", late)["unread"] == 2
    assert reader.post("/me/messages/read-all/")["unread"] == 0


def test_pages_go_on_where_the_last_one_ended(reader: Api):
    made = {put(reader, f"News {number}")["id"] for number in range(8)}
    with tenant_context(reader.company):
        now = clock.now()
        Message.objects.bulk_create([Message(member=reader.member, at=now, title=f"Old {n}", origin=f"old:{n}") for n in range(60)])
    seen, cursor = [], ""
    while cursor is not None:
        page = reader.get(f"/me/messages/?cursor={cursor.replace('+', '%2B')}")
        seen, cursor = [*seen, *(row["id"] for row in page["rows"])], page["next"]
    assert len(seen) == len(set(seen)) == 68 and made <= set(seen)
    assert reader.get("/me/messages/?cursor=nonsense", status=400)["code"] == "bad_cursor"


def test_what_is_put_off_is_gone_until_its_moment_and_an_alert_needs_a_reason(reader: Api, on_day):
    note, alert = put(reader, "Call them", kind="mention"), put(reader, "Stock short", kind="alert", ack=True)
    later = (clock.now() + timedelta(days=2)).isoformat()
    assert handle(reader, "snooze", note, alert, status=422, until=later)["errors"][0]["path"] == "reason"
    assert handle(reader, "snooze", note, status=422, until="yesterday")["errors"][0]["path"] == "until"
    assert handle(reader, "snooze", note, status=422, until="2020-01-01")["errors"][0]["code"] == "past"
    assert handle(reader, "snooze", note, alert, until=later, reason="Supplier promised Friday")["unread"] == 0
    assert {row["reason"] for row in inbox(reader, "box=snoozed")} == {"Supplier promised Friday"}
    on_day((clock.now() + timedelta(days=3)).date())
    assert {row["id"] for row in inbox(reader, "box=unread")} == {note["id"], alert["id"]}
    assert [row["id"] for row in inbox(reader, "box=waiting")] == [alert["id"]]
    handle(reader, "acknowledge", alert, reason="Ordered 20")
    assert inbox(reader, "box=waiting") == []


def test_nobody_touches_anothers_messages(reader: Api, api: Api):
    mine = put(reader, "Private")
    assert handle(api, "read", mine)["done"] == 0
    assert not inbox(reader, "")[0]["read"]


@pytest.mark.parametrize(
    "wrong",
    [{"verb": "burn", "ids": [1]}, {"verb": "read", "ids": "all"}, {"verb": "read", "ids": []}, {"verb": "read", "ids": [True]},
     {"verb": "acknowledge", "ids": [1], "reason": "x" * 301}, {"verb": "snooze", "ids": [1]}],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(reader: Api, wrong: Json):
    assert reader.post("/me/messages/handle/", wrong, 422)["errors"]


def test_an_open_browser_costs_no_sql_while_nothing_comes(reader: Api):
    stamp = reader.get("/me/messages/stamp/")
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(f"/me/messages/stamp/?since={stamp['stamp']}") == {"stamp": stamp["stamp"]}
    assert queries.captured_queries == []
    made = put(reader, "Fresh")
    told = reader.get(f"/me/messages/stamp/?since={stamp['stamp']}&after={stamp['newest']}")
    assert (told["stamp"] != stamp["stamp"], told["unread"], [row["id"] for row in told["rows"]]) == (True, 1, [made["id"]])
