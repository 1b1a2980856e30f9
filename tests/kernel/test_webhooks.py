"""News for other programs: told, tried again, given up, and delivered again when asked."""

from __future__ import annotations

import json

import pytest

from kernel import clock
from kernel.models import Delivery, Message
from kernel.webhooks import sending
from tenants.context import tenant_context
from tests import trade
from tests.kernel.receiver import Receiver, deliveries, later, offer


def test_it_is_told_what_it_wants_and_no_more(hook, receiver: Receiver):
    api, made = hook
    quote = offer(api)
    assert receiver.kinds == ["quoting.quote.create", "quoting.quote.send"]
    told = json.loads(receiver.got[1][1])
    assert told["document"] == {"_key": "quoting.quote", "id": quote["id"], "label": quote["_label"]}
    assert told["company"] == api.company.slug
    assert [(row["status"], row["attempts"], row["next_at"]) for row in deliveries(api, made)] == [(200, 1, None)] * 2


def test_a_failure_is_tried_again_later_and_later(hook, receiver: Receiver):
    api, made = hook
    receiver.status = 500
    offer(api)
    assert len(receiver.got) == 2
    assert later(api, seconds=30) == 0
    assert later(api, minutes=1) == 2
    assert later(api, minutes=2) == 0
    receiver.status = 200
    assert later(api, minutes=5) == 2
    assert [(row["status"], row["attempts"], row["next_at"]) for row in deliveries(api, made)] == [(200, 3, None)] * 2
    assert api.again(made)["failures"] == 0


def test_what_never_answers_is_switched_off_and_administrators_are_told(hook, receiver: Receiver):
    api, made = hook
    second = trade.join(api, "Administrator")
    trade.join(api, "General manager")
    receiver.status = 302
    api.act(made, "test")
    for wait in sending.WAITS:
        assert later(api, minutes=wait.total_seconds() / 60) == 1
    assert len(receiver.got) == len(sending.WAITS) + 1
    assert api.again(made)["state"] == "disabled"
    assert deliveries(api, made)[0]["next_at"] is None
    with tenant_context(api.company):
        told = Message.objects.filter(origin__startswith="webhook:")
        assert sorted(told.values_list("member", flat=True)) == sorted([api.member, second.member])
        assert {("Shop" in row.title, row.link["id"]) for row in told} == {(True, made["id"])}
    offer(api)
    assert len(receiver.got) == len(sending.WAITS) + 1
    api.act(api.again(made), "enable")
    receiver.status = 200
    offer(api)
    assert len(receiver.got) == len(sending.WAITS) + 3


def test_an_event_announced_twice_is_told_once(hook, receiver: Receiver):
    from kernel.models import Event

    api, _made = hook
    offer(api)
    with tenant_context(api.company):
        sending.announce(Event.objects.get(kind="quoting.quote.send"))
        assert sending.send_due() == 0
    assert len(receiver.got) == 2


def test_a_sandbox_tells_nobody(hook, receiver: Receiver, monkeypatch):
    api, _made = hook
    with tenant_context(api.company):
        assert sending.subscribed("quoting.quote.send")
        monkeypatch.setattr(api.company, "sandbox_of_id", 1)
        assert not sending.subscribed("quoting.quote.send")


@pytest.mark.parametrize(
    ("changes", "path"),
    [({"url": "ftp://example.com/"}, "url"), ({"url": "https://user:pass@example.com/"}, "url"), ({"url": "https:///x"}, "url"),
     ({"kinds": "nothing.at.all"}, "kinds"), ({"kinds": "quoting.none.*"}, "kinds")],
)  # fmt: skip
def test_what_cannot_be_told_is_refused(hook, changes: dict, path: str):
    api, made = hook
    told = api.change(made, changes, 422)
    assert [error["path"] for error in told["errors"]] == [path]


def test_the_test_reaches_this_address_alone(hook, receiver: Receiver):
    api, made = hook
    api.create("kernel.webhook", {"name": "All", "url": receiver.url, "kinds": "quoting.*"})
    api.act(made, "test")
    assert receiver.kinds == ["kernel.webhook.test"]
    assert len(deliveries(api, made)) == 1


def test_what_was_given_up_is_delivered_again_when_asked(hook, receiver: Receiver):
    api, made = hook
    receiver.status = 500
    api.act(made, "test")
    for wait in sending.WAITS:
        later(api, minutes=wait.total_seconds() / 60)
    (lost,) = deliveries(api, made)
    assert (lost["next_at"], lost["attempts"], json.loads(lost["body"])["type"]) == (None, len(sending.WAITS) + 1, "kernel.webhook.test")
    where = f"/organization/webhooks/{made['id']}/deliveries/{lost['id']}/again/"
    assert api.post(where, status=409)["code"] == "disabled"
    api.act(api.again(made), "enable")
    api.post(where, status=202)
    (tried,) = deliveries(api, made)
    assert (tried["status"], tried["attempts"]) == (500, 1) and tried["next_at"]
    assert api.again(made)["state"] == "active"
    receiver.status = 200
    api.post(where, status=202)
    (told,) = deliveries(api, made)
    assert (told["status"], told["answer"], told["next_at"]) == (200, "told", None) and told["delivered_at"]
    other = api.create("kernel.webhook", {"name": "Other", "url": receiver.url, "kinds": "*"})
    api.post(f"/organization/webhooks/{other['id']}/deliveries/{lost['id']}/again/", status=404)


def test_deliveries_come_page_by_page(hook, receiver: Receiver):
    api, made = hook
    with tenant_context(api.company):
        rows = [Delivery(webhook_id=made["id"], event=number, kind="x", body="{}", created_at=clock.now()) for number in range(1, 36)]
        Delivery.objects.bulk_create(rows)
    where = f"/organization/webhooks/{made['id']}/deliveries/"
    first = api.get(where)
    second = api.get(f"{where}?cursor={first['next']}")
    assert [row["event"] for row in [*first["rows"], *second["rows"]]] == list(range(35, 0, -1))
    assert second["next"] is None


def test_every_event_that_is_offered_can_be_chosen(hook):
    api, made = hook
    rows = api.get("/organization/webhooks/kinds/")["rows"]
    offered = {event["kind"]: event["label"] for row in rows for event in row["events"]}
    assert offered["quoting.quote.send"] and all(offered.values())
    assert "kernel.webhook.delete" not in offered
    for row in rows:
        made = api.change(
            made, {"kinds": " ".join([f"{row['key']}.*", *(event["kind"] for event in row["events"])])[:1000].rpartition(" ")[0]}
        )
    told = trade.join(api, "Warehouse").get("/organization/webhooks/kinds/", status=403)
    assert told["code"] == "forbidden"
