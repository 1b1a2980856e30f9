"""Other ways to a person: each service by its documented protocol, retries, dead letters, quiet hours, digest, and no message twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core import mail as platform
from django.utils import timezone

from kernel import clock, messages
from kernel.mail import Away, Letter, Returned, port
from kernel.returned import take
from tenant_apps.process.channels import returned, sending
from tenant_apps.process.models import Outgoing
from tenants.context import tenant_context
from tests import trade
from tests.api import Api, Json
from tests.process.conftest import inbox
from tests.process.postbox import report
from tests.process.servers import SECRET, Mail, Services

ACCOUNTS = {
    "sms": {"key_id": "AK", "sign_name": "匠程", "template": "SMS_1"},
    "wecom": {"corp_id": "ww1", "agent_id": "1000002"},
    "dingtalk": {"app_key": "ding1", "robot_code": "robot1"},
    "wechat": {"app_id": "wx1", "template": "T1"},
}


@pytest.fixture
def services(settings) -> Iterator[Services]:
    running = Services()
    settings.OUTGOING_ALLOWED = ("127.0.0.0/8",)
    settings.SMS_SERVER = running.url
    settings.OUTSIDE_SERVERS = {name: {"api": running.url} for name in ("wecom", "weixin", "dingtalk")}
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture
def mail(settings) -> Iterator[Mail]:
    settings.OUTGOING_ALLOWED = ("127.0.0.0/8",)
    running = Mail()
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture(autouse=True)
def only_ours(api: Api) -> Iterator[None]:
    """Accounts of one test are none of the next one's."""
    yield
    for row in api.rows("process.channel", "state=active"):
        api.act(row, "stop")
    with tenant_context(api.company):
        Outgoing.objects.filter(next_at__isnull=False).update(next_at=None)


@pytest.fixture
def reader(api: Api) -> Api:
    made = trade.join(api, "Sales engineer")
    api.change(api.read("organization.member", made.member), {"phone": "13800138000"})
    return made


def channel(api: Api, kind: str, secret: str = SECRET, **settings) -> Json:
    made = api.create("process.channel", {"name": trade.some(kind), "kind": kind, "settings": settings or ACCOUNTS[kind]})
    if secret:
        api.put(f"/process/channels/{made['id']}/secret/", {"secret": secret}, 200)
    return made


def wants(reader: Api, *ways: str, **more) -> None:
    addresses = {"wecom": "zhangsan", "dingtalk": "user1", "wechat": "openid1"}
    reader.put("/me/channels/", {"kinds": {"alert": list(ways)}, "addresses": addresses, **more})


def tell(reader: Api, title: str = "Order late", origin: str = "", **given) -> None:
    with tenant_context(reader.company):
        messages.send([reader.member or 0], title, origin=origin or f"alert-test:{title}", text="3 days", kind="alert", **given)


def sent(api: Api, made: Json, query: str = "") -> list[Json]:
    return api.get(f"/process/channels/{made['id']}/sent/?{query}")["rows"]


def later(api: Api, **passed: float) -> int:
    with tenant_context(api.company):
        for row in Outgoing.objects.filter(next_at__isnull=False):
            Outgoing.objects.filter(pk=row.pk).update(next_at=row.next_at - timedelta(**passed))
        return sending.send_due()


@pytest.mark.parametrize("kind", ["sms", "wecom", "dingtalk", "wechat"])
def test_a_message_goes_by_the_services_own_protocol_and_its_receipt_is_kept(api: Api, reader: Api, services: Services, kind: str):
    made = channel(api, kind)
    wants(reader, kind)
    tell(reader)
    ((name, content),) = services.taken
    assert name == kind and "Order late" in str(content)
    assert {"sms": "13800138000", "wecom": "zhangsan", "dingtalk": "user1", "wechat": "openid1"}[kind] in str(content)
    (row,) = sent(api, made)
    assert row["sent_at"] and row["receipt"] and row["answer"] == "" and row["member"]["id"] == reader.member


def test_a_pass_is_fetched_once_for_many_messages(api: Api, reader: Api, services: Services):
    channel(api, "wecom")
    wants(reader, "wecom")
    for number in range(3):
        tell(reader, f"Late {number}")
    assert (services.passes, len(services.taken)) == (1, 3)


def test_an_error_in_an_answer_of_200_is_an_error_tried_again_and_given_up_where_the_administrator_sees_it(
    api: Api, reader: Api, services: Services
):
    made = channel(api, "wecom")
    wants(reader, "wecom")
    services.refusing = True
    tell(reader)
    (row,) = sent(api, made)
    assert (row["sent_at"], row["attempts"]) == (None, 1) and "81013" in row["answer"] and row["next_at"]
    assert later(api, seconds=30) == 0 and later(api, minutes=2) == 1
    for _attempt in range(6):
        later(api, days=1)
    (dead,) = sent(api, made, "failed=1")
    assert (dead["attempts"], dead["next_at"]) == (6, None) and api.again(made)["trouble"].startswith("81013")
    assert any(made["name"] in message["title"] for message in inbox(api, ""))
    services.refusing = False
    assert api.post(f"/process/channels/{made['id']}/again/", {"ids": [dead["id"]]}, 202) == {"queued": 1}
    assert sent(api, made)[0]["sent_at"] and api.again(made)["trouble"] == ""


def test_the_same_news_goes_once(api: Api, reader: Api, services: Services):
    channel(api, "wecom")
    wants(reader, "wecom")
    for _ in range(3):
        tell(reader, origin="alert:1:0:1")
    later(api, days=1)
    assert len(services.taken) == 1


def test_nothing_leaves_when_the_change_is_not_kept(api: Api, reader: Api, services: Services):
    from django.db import transaction

    channel(api, "wecom")
    wants(reader, "wecom")
    with tenant_context(api.company), transaction.atomic():
        messages.send([reader.member or 0], "Never", origin="never:1", kind="alert")
        transaction.set_rollback(True)
    assert services.taken == [] and later(api, days=1) == 0


def test_quiet_hours_wait_for_the_morning_and_what_is_critical_does_not(
    api: Api, reader: Api, services: Services, monkeypatch: pytest.MonkeyPatch
):
    made = channel(api, "wecom")
    wants(reader, "wecom", quiet=["22:00", "07:00"])
    night = timezone.make_aware(datetime(2027, 3, 1, 23, 30))
    monkeypatch.setattr(clock, "now", lambda: timezone.localtime(night))
    tell(reader, "Can wait")
    tell(reader, "Cannot wait", level="critical")
    assert ["Cannot wait" in str(content) for _name, content in services.taken] == [True]
    waiting = next(row for row in sent(api, made) if row["title"] == "Can wait")
    assert datetime.fromisoformat(waiting["next_at"]) == timezone.make_aware(datetime(2027, 3, 2, 7, 0))


def test_a_digest_is_one_message_a_day(api: Api, reader: Api, services: Services):
    made = channel(api, "wecom")
    wants(reader, "wecom", digest="08:30")
    for number in range(4):
        tell(reader, f"Late {number}")
    assert services.taken == []
    later(api, days=2)
    ((_name, content),) = services.taken
    assert all(f"Late {number}" in content["text"]["content"] for number in range(4))
    assert all(row["sent_at"] for row in sent(api, made))


def test_mail_goes_by_the_companys_own_server(api: Api, reader: Api, mail: Mail):
    made = channel(api, "email", "", host="127.0.0.1", port=str(mail.port), sender="Works <erp@example.cn>")
    tell(reader)  # nobody chose anything: alerts come by mail
    (letter,) = mail.letters
    assert "Subject: Order late" in letter and "From: Works <erp@example.cn>" in letter
    assert api.act(made, "try_out", address="nobody@example.cn")["document"]
    assert [(row["answer"], row["sent_at"]) for row in sent(api, made, "") if row["address"].startswith("nobody")] == [
        ("550 no such user", None)
    ]


def test_letters_to_customers_go_by_the_companys_own_server(api: Api, mail: Mail, settings):
    made = channel(api, "email", "", host="127.0.0.1", port=str(mail.port), user="sales@works.example")
    asked = Letter("li@kunde.example", "Quote Q1", "Read it here.", "wang@works.example")
    with tenant_context(api.company):
        port.send(asked)
        (letter,) = mail.letters
        assert all(line in letter for line in ("From: sales@works.example", "Reply-To: wang@works.example", "Subject: Quote Q1"))
        with pytest.raises(Returned, match="550 no such user"):
            port.send(replace(asked, to="nobody@kunde.example"))
        settings.OUTGOING_ALLOWED = ()
        with pytest.raises(Away, match="does not lead to the internet"):
            port.send(asked)
    api.act(made, "stop")
    with tenant_context(api.company):
        port.send(asked)
    assert len(mail.letters) == 1 and (platform.outbox[-1].to, platform.outbox[-1].reply_to) == ([asked.to], [asked.reply_to])


def test_mail_that_comes_back_is_told_to_the_person_and_where_they_choose_their_ways(api: Api, reader: Api, settings):
    settings.BOUNCE_ADDRESS = "bounce@mail.example.cn"
    made = channel(api, "email", "", sender="Works <erp@works.example>")
    platform.outbox.clear()
    tell(reader)
    (letter,) = platform.outbox
    assert reader.get("/me/channels/")["returned"] is None
    gone = "Action: failed\r\nStatus: 5.2.1\r\nDiagnostic-Code: smtp; 550 5.2.1 disabled"
    assert [take(report(letter.from_email, gone)) for _twice in range(2)] == ["noted", "known"]
    told = reader.get("/me/channels/")["returned"]
    assert (told["why"], told["said"]) == ("The mailbox has been switched off.", "550 5.2.1 disabled")
    for one in (api, reader):
        assert [row["title"] for row in inbox(one, "kind=notice")].count(f"Mail to {letter.to[0]} comes back") == 1
    (row,) = sent(api, made, "failed=1")
    assert row["why"] == told["why"] and api.post(f"/process/channels/{made['id']}/again/", {"ids": [row["id"]]}, 202) == {"queued": 1}
    with tenant_context(api.company):
        Outgoing.objects.filter(pk=row["id"]).update(sent_at=None, next_at=None)
        member = reader.member or 0
        later = Outgoing.objects.create(
            channel_id=made["id"], member=member, address=letter.to[0], title="Later", origin="later:1", receipt="<1>", created_at=clock.now(),
            sent_at=clock.now() - timedelta(days=4),
        )  # fmt: skip
        assert returned.trouble(member, letter.to[0]) is not None
        Outgoing.objects.filter(pk=later.pk).update(sent_at=clock.now() - timedelta(days=6))
        assert returned.trouble(member, letter.to[0]) is None, "one has arrived since"
        assert returned.trouble(member, "other@example.cn") is None


def test_a_password_never_goes_to_a_server_that_does_not_encrypt(api: Api, reader: Api, mail: Mail):
    made = channel(api, "email", "hunter2", host="127.0.0.1", port=str(mail.port), user="erp")
    tell(reader)
    assert mail.letters == [] and "does not encrypt" in sent(api, made)[0]["answer"]
    assert not any("AUTH" in command for command in mail.commands)


def test_a_companys_program_is_told_and_nothing_of_ours_is_reached(api: Api, reader: Api, services: Services, settings):
    made = channel(api, "webhook", url=f"{services.url}/hook")
    wants(reader, "webhook")
    tell(reader)
    ((name, content),) = services.taken
    assert name == "webhook" and content["to"] == api.read("organization.member", reader.member)["email"]
    settings.OUTGOING_ALLOWED = ()
    tell(reader, "Second")
    assert "internet" in sent(api, made)[0]["answer"] and len(services.taken) == 1


def test_a_secret_is_written_and_never_read(api: Api):
    made = channel(api, "sms", "topsecret")
    assert api.get(f"/process/channels/{made['id']}/secret/") == {"known": True}
    told = [api.get(f"/process/channels/{made['id']}/"), api.get(f"/process/channels/{made['id']}/events/"), api.rows("process.channel")]
    assert "topsecret" not in str(told)
    with tenant_context(api.company):
        from tenant_apps.process.models import Channel

        assert "topsecret" not in Channel.objects.get(pk=made["id"]).secret
    assert trade.join(api, "Sales engineer").ask("put", f"/process/channels/{made['id']}/secret/", {"secret": "x"})[0] == 403


def test_half_an_account_says_what_is_missing_and_wrong_values_are_refused(api: Api, reader: Api, services: Services):
    made = channel(api, "wecom", "", corp_id="ww1")
    api.act(made, "try_out", address="zhangsan")
    assert "agent_id" in sent(api, made)[0]["answer"]
    for settings, path in (({"nonsense": "1"}, "settings.nonsense"), ({"corp_id": "x" * 400}, "settings.corp_id")):
        told = api.create("process.channel", {"name": "W", "kind": "wecom", "settings": settings}, 422)
        assert path in {error["path"] for error in told["errors"]}
    told = api.create("process.channel", {"name": "W", "kind": "webhook", "settings": {"url": "ftp://x"}}, 422)
    assert told["errors"][0]["path"] == "settings.url"
    for wrong in ({"kinds": {"alert": ["pigeon"]}}, {"quiet": ["25:00", "07:00"]}, {"digest": "noon"}, {"addresses": {"email": "x"}}):
        assert reader.put("/me/channels/", wrong, 422)["errors"]
