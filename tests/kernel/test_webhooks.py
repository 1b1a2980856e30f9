"""News for other programs: told, signed, tried again, given up, and never to an address inside."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import json
import socket
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
import urllib3

from kernel.models import Delivery, Message, Webhook
from kernel.webhooks import outgoing, sending
from tenants.context import tenant_context
from tests import trade
from tests.api import Api
from tests.founding import browser


class Receiver:
    """Another program; `status` is what it answers."""

    def __init__(self) -> None:
        self.status, self.got, receiver = 200, [], self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers), body))
                self.send_response(receiver.status)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "4")
                self.end_headers()
                self.wfile.write(b"told")

            def log_message(self, *_args: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}/hook"
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def kinds(self) -> list[str]:
        return [json.loads(body)["type"] for _headers, body in self.got]


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    settings.OUTGOING_ALLOWED = ("127.0.0.0/8",)
    running = Receiver()
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture
def hook(founded, receiver: Receiver):
    """A company of this test's own that tells the receiver of its quotes."""
    api = Api.of_owner(founded())
    return api, api.create("kernel.webhook", {"name": "Shop", "url": receiver.url, "kinds": "quoting.quote.send quoting.quote.create"})


def offer(api: Api) -> dict:
    return api.act(trade.quote(api), "send")["document"]


def later(api: Api, **passed: float) -> int:
    """What the sweeper does once so much time has passed."""
    with tenant_context(api.company):
        for row in Delivery.objects.filter(next_at__isnull=False):
            Delivery.objects.filter(pk=row.pk).update(next_at=row.next_at - timedelta(**passed))
        return sending.send_due()


def deliveries(api: Api, made: dict) -> list[dict]:
    return api.get(f"/organization/webhooks/{made['id']}/deliveries/")["rows"]


def test_it_is_told_what_it_wants_and_no_more(hook, receiver: Receiver):
    api, made = hook
    quote = offer(api)
    assert receiver.kinds == ["quoting.quote.create", "quoting.quote.send"]
    told = json.loads(receiver.got[1][1])
    assert told["document"] == {"_key": "quoting.quote", "id": quote["id"], "label": quote["_label"]}
    assert told["company"] == api.company.slug
    assert [(row["status"], row["attempts"], row["next_at"]) for row in deliveries(api, made)] == [(200, 1, None)] * 2


def test_the_receiver_can_check_who_it_was(hook, receiver: Receiver):
    api, made = hook
    offer(api)
    headers, body = receiver.got[0]
    key = base64.b64decode(api.get(f"/organization/webhooks/{made['id']}/secret/")["secret"].removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    assert headers["webhook-signature"] == "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-id"] == json.loads(body)["id"]


def test_a_new_key_makes_the_old_one_worthless(hook):
    api, made = hook
    where = f"/organization/webhooks/{made['id']}/secret/"
    before = api.get(where)["secret"]
    renewed = api.act(made, "renew")["document"]
    assert api.get(where)["secret"] != before
    with tenant_context(api.company):
        kept = Webhook.objects.get(pk=made["id"]).secret
    assert before not in kept and "whsec" not in json.dumps([renewed, *api.get(f"/kernel/webhooks/{made['id']}/events/")["rows"]])


def test_only_who_may_change_it_sees_the_key(hook):
    api, made = hook
    colleague = trade.join(api, "General manager")
    colleague.get(f"/kernel/webhooks/{made['id']}/")
    for part in ("secret", "deliveries"):
        assert colleague.get(f"/organization/webhooks/{made['id']}/{part}/", status=403)["code"] == "forbidden"


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


def test_what_never_answers_is_switched_off_and_its_owner_told(hook, receiver: Receiver):
    api, made = hook
    receiver.status = 302
    api.act(made, "test")
    for wait in sending.WAITS:
        assert later(api, minutes=wait.total_seconds() / 60) == 1
    assert len(receiver.got) == len(sending.WAITS) + 1
    assert api.again(made)["state"] == "disabled"
    assert deliveries(api, made)[0]["next_at"] is None
    with tenant_context(api.company):
        assert "Shop" in Message.objects.get(origin__startswith="delivery:").title
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


def test_without_encryption_nothing_leaves(hook, settings):
    api, made = hook
    settings.OUTGOING_ALLOWED = ()
    assert api.change(made, {"url": "http://example.com/"}, 422)["errors"][0]["code"] == "bad_url"


INSIDE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",  # noqa: S104 - names, not bindings
    "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:0:1::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_are_not_of_the_internet(settings, address: str):
    settings.OUTGOING_ALLOWED = ()
    assert not outgoing.public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111"])
def test_addresses_outside_are(settings, address: str):
    settings.OUTGOING_ALLOWED = ()
    assert outgoing.public(ipaddress.ip_address(address))


def test_nothing_inside_is_called(hook, receiver: Receiver, settings):
    api, made = hook
    settings.OUTGOING_ALLOWED = ("10.0.0.0/8",)
    for host in ("127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]"):
        made = api.change(api.again(made), {"url": f"http://{host}:{receiver.port}/"})
        api.act(made, "test")
    assert receiver.got == []
    assert {row["status"] for row in deliveries(api, made)} == {None}


def test_a_name_that_changes_its_mind_gains_nothing(receiver: Receiver, settings, monkeypatch):
    """DNS rebinding: the name is resolved once, and the connection goes to what was checked."""
    settings.OUTGOING_ALLOWED = ()
    answers = iter(["93.184.216.34", "127.0.0.1"])
    called: list[str] = []

    def resolve(host: str, port: int, *_args: Any, **_more: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def open_(address: tuple[str, int], *_args: Any) -> socket.socket:
        called.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", open_)
    with pytest.raises((OSError, urllib3.exceptions.HTTPError)):
        outgoing.post(f"http://rebinding.example:{receiver.port}/", b"{}", {})
    assert called == ["93.184.216.34"] and receiver.got == []


def test_one_address_inside_spoils_the_name(settings, monkeypatch):
    settings.OUTGOING_ALLOWED = ()
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("93.184.216.34", "10.0.0.5")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)
    with pytest.raises(outgoing.Blocked):
        outgoing.connect("mixed.example", 443, 5)


def test_a_program_does_not_see_the_key(hook):
    api, made = hook
    token = api.post("/me/tokens/", {"name": "shop"}, 201)["token"]
    program = Api(api.company, browser(api.company, HTTP_AUTHORIZATION=f"Bearer {token}"))
    program.get(f"/organization/webhooks/{made['id']}/secret/", status=403)


def test_the_test_reaches_this_address_alone(hook, receiver: Receiver):
    api, made = hook
    api.create("kernel.webhook", {"name": "All", "url": receiver.url, "kinds": "quoting.*"})
    api.act(made, "test")
    assert receiver.kinds == ["kernel.webhook.test"]
    assert len(deliveries(api, made)) == 1
