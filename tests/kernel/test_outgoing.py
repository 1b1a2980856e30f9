"""Requests to addresses that customers name reach the internet and nothing inside."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest
import urllib3

from kernel.webhooks import outgoing
from tests.kernel.receiver import Receiver, deliveries


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
    assert {(row["status"], row["answer"]) for row in deliveries(api, made)} == {
        (None, "This address does not lead to the internet. It is not called.")
    }


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


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("http://127.0.0.1:{free}/", "It could not be reached."),
        ("https://127.0.0.1:{port}/", "Its certificate is not valid, or it does not answer by https."),
        ("https://10.0.0.1/", "This address does not lead to the internet. It is not called."),
        ("http://nowhere.invalid/", "The name of this address is not known."),
    ],
)
def test_why_nothing_came_back_is_told_in_words(hook, receiver: Receiver, url: str, answer: str):
    api, made = hook
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        free = taken.getsockname()[1]
    made = api.change(made, {"url": url.format(free=free, port=receiver.port)})
    api.act(made, "test")
    assert [(row["status"], row["answer"]) for row in deliveries(api, made)] == [(None, answer)]
