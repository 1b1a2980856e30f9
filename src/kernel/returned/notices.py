"""What a mail server tells of a letter: delivery status notifications (RFC 3464), and those of servers that only return the headers."""

from __future__ import annotations

import email
import re
from dataclasses import dataclass
from email.message import Message
from email.utils import parseaddr

from kernel.returned import reasons

SERVERS = re.compile(r"mailer-?daemon|postmaster|mail-?delivery", re.IGNORECASE)
OUTCOMES = ("failed", "delayed", "delivered")
"""The gravest first: of several recipients the gravest is told."""
ARRIVED = frozenset({"delivered", "relayed", "expanded"})
LONGEST = 250


@dataclass(frozen=True)
class Notice:
    """What became of a letter after all."""

    outcome: str
    """failed, delayed or delivered."""
    status: str
    """As RFC 3463 writes it, `5.1.1`."""
    said: str
    """The server's own words."""

    @property
    def words(self) -> str:
        """The code and the server's words, as they are kept."""
        return f"{'' if self.status in self.said else self.status} {self.said}".strip()[:300]


def read(raw: bytes) -> Notice | None:
    """What a message tells of a letter; None when it tells nothing: an answer of a person or of their absence, a receipt, advertising."""
    mail = email.message_from_bytes(raw)
    parts = list(mail.walk())
    report = next(
        (part for part in parts if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status")), None
    )
    if report is not None:
        return _reported(report)
    if mail.get_content_type() == "multipart/report" or not _from_a_server(mail):
        return None
    text = "\n".join(_text(part) for part in parts if part.get_content_type() == "text/plain")
    status, returned = reasons.status_in(text), any(part.get_content_type() in ("message/rfc822", "text/rfc822-headers") for part in parts)
    if not status and not returned:
        return None
    line = next((line for line in text.splitlines() if status and reasons.status_in(line) == status), "")
    return Notice("delayed" if status.startswith("4.") else "failed", status or "5.0.0", _plain(line))


def _reported(report: Message) -> Notice | None:
    groups = report.get_payload()
    told = [_of_recipient(group) for group in groups if isinstance(group, Message)] if isinstance(groups, list) else []
    known = [one for one in told if one is not None]
    return min(known, key=lambda one: OUTCOMES.index(one.outcome), default=None)


def _of_recipient(group: Message) -> Notice | None:
    """One block of fields; None for the one that is about the message as a whole."""
    action, diagnostic = _field(group, "Action").lower(), _field(group, "Diagnostic-Code")
    said = diagnostic.partition(";")[2].strip() or diagnostic
    status = reasons.status_in(_field(group, "Status"))
    if not status or status.endswith(".0.0"):
        status = reasons.status_in(said) or status
    if not action and not status:
        return None
    if not action:
        action = {"2": "delivered", "4": "delayed"}.get(status[:1], "failed")
    outcome = "delivered" if action in ARRIVED else action
    return Notice(outcome, status or "5.0.0", said) if outcome in OUTCOMES else None


def _from_a_server(mail: Message) -> bool:
    """A person's answer, and one that says that they are away, come from the person."""
    name = parseaddr(_field(mail, "From"))[1].partition("@")[0]
    return "X-Failed-Recipients" in mail or bool(SERVERS.fullmatch(name))


def _field(message: Message, name: str) -> str:
    return _plain(message.get(name, ""))


def _plain(text: object) -> str:
    """In one line, of characters that can be kept."""
    known = str(text).encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\x00", "")
    return " ".join(known.split())[:LONGEST]


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
