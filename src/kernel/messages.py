"""The inbox: news for one colleague. The same news arrives once, however often its sender runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kernel import clock
from kernel.models import Message


def send(members: Iterable[int], title: str, *, origin: str, text: str = "", link: dict[str, Any] | None = None) -> None:
    """Put news into inboxes. `origin` names its cause (`event:7`); a second sending of it changes nothing."""
    at = clock.now()
    rows = [Message(member=member, at=at, title=title[:200], text=text, link=link, origin=origin) for member in dict.fromkeys(members)]
    Message.objects.bulk_create(rows, ignore_conflicts=True)


def unread(member: int) -> int:
    return Message.objects.filter(member=member, read_at=None).count()


def told(row: Message) -> dict[str, Any]:
    return {
        "id": row.pk,
        "at": row.at.isoformat(timespec="seconds"),
        "title": row.title,
        "text": row.text,
        "link": row.link,
        "read": row.read_at is not None,
    }
