"""Notifications of mail that could not be delivered: what they tell, of which letter, and what tells nothing (RFC 3464)."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.returned import notices, reasons, trails
from tests.process.postbox import plain, report

NOBODY = "Final-Recipient: rfc822; li@gone.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 <li@gone.example>: User unknown"
TRAIL = trails.Trail(12, "q", 345, trails.mark_of("li@gone.example"))


@pytest.fixture(autouse=True)
def address(settings) -> None:
    settings.BOUNCE_ADDRESS = "bounce@mail.example.cn"


def test_a_trail_survives_servers_that_change_its_case_and_a_new_key(settings):
    address = trails.envelope(TRAIL)
    assert address.startswith("bounce+") and len(address.partition("@")[0]) <= 64
    assert list(trails.found_in(f"To: <{address.upper()}>, <{address}>")) == [TRAIL]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]
    assert list(trails.found_in(address)) == [TRAIL]
    settings.SECRET_KEY_FALLBACKS = []
    assert list(trails.found_in(address)) == []


@pytest.mark.parametrize("at", [0, 15, 47])
def test_a_trail_that_somebody_changed_is_none(at: int):
    sealed = TRAIL.sealed()
    changed = sealed[:at] + ("a" if sealed[at] != "a" else "b") + sealed[at + 1 :]
    assert list(trails.found_in(f"bounce+{changed}@mail.example.cn")) == []


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (report("b@x", NOBODY), ("failed", "5.1.1", "550 5.1.1 <li@gone.example>: User unknown")),
        (report("b@x", "Action: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp;552 5.2.2 over quota"), ("failed", "5.2.2", "552 5.2.2 over quota")),
        (report("b@x", "Action: delayed\r\nStatus: 4.4.1"), ("delayed", "4.4.1", "")),
        (report("b@x", "Action: failed\r\nStatus: 4.4.7\r\nDiagnostic-Code: X-Postfix; timed out"), ("failed", "4.4.7", "timed out")),
        (report("b@x", "Action: relayed\r\nStatus: 2.1.9"), ("delivered", "2.1.9", "")),
        (report("b@x", f"Action: delivered\r\nStatus: 2.0.0\r\n\r\n{NOBODY}"), ("failed", "5.1.1", "550 5.1.1 <li@gone.example>: User unknown")),
        (plain("b@x", "MAILER-DAEMON@mx.example", "Hi. This is qmail.\n<li@x>:\n550 no such user"), ("failed", "5.1.1", "550 no such user")),
        (plain("b@x", "postmaster@mx.example", "Giving up: 4.2.2 mailbox full"), ("delayed", "4.2.2", "Giving up: 4.2.2 mailbox full")),
    ],
)  # fmt: skip
def test_what_a_notification_tells(raw: bytes, told: tuple[str, str, str]):
    notice = notices.read(raw)
    assert notice and (notice.outcome, notice.status, notice.said) == told


@pytest.mark.parametrize(
    "raw",
    [
        plain("b@x", "li@kunde.example", "I am away until Monday, 550 people wait.", Subject="Out of office", Auto_Submitted="auto-replied"),
        plain("b@x", "li@kunde.example", "自动回复：我在休假", Subject="自动回复"),
        plain("b@x", "postmaster@mx.example", "Our new price list"),
        report("b@x", NOBODY).replace(b"message/delivery-status", b"message/disposition-notification"),
        report("b@x", "Action: failed-perhaps"),
        b"", b"\xff\xfe no mail at all",
    ],
)  # fmt: skip
def test_what_is_no_notification_tells_nothing(raw: bytes):
    assert notices.read(raw) is None


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 900))
def test_no_message_makes_it_stumble(rubbish: bytes, at: int):
    raw = report("b@x", NOBODY)
    notice = notices.read(raw[:at] + rubbish + raw[at:])
    assert notice is None or (notice.outcome in notices.OUTCOMES and "\x00" not in notice.words and notice.words.encode() is not None)


@pytest.mark.parametrize(
    ("said", "status", "sentence", "address"),
    [
        ("550 5.1.1 User unknown", "5.1.1", "收件地址不存在", True),
        ("550 no such user", "5.1.1", "收件地址不存在", True),
        ("452 4.2.2 full", "4.2.2", "收件邮箱已满", True),
        ("550 5.7.1 spam", "5.7.1", "收件方邮件服务器拒收", False),
        ("552 5.3.4 too big", "5.3.4", "邮件过大", False),
        ("535 authentication failed", "5.7.8", "登录", False),
        ("553 5.1.8 bad sender", "5.1.8", "地址", False),
        ("gone fishing", "", "邮件未能送达", False),
    ],
)
def test_a_sentence_for_every_answer(said: str, status: str, sentence: str, address: bool):
    assert reasons.status_in(said) == status and reasons.blames_address(status) is address
    with override("zh-hans"):
        assert sentence in reasons.sentence(status)
