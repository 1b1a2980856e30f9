"""The inbox: news for one colleague. The same news arrives once, however often its sender runs.

An open browser asks every half minute whether its stamp still holds; the answer comes from the cache and costs no SQL.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from redis.exceptions import RedisError

from kernel import clock
from kernel.models import Message

Carrier = Callable[[Sequence[Message]], None]
Handler = Callable[[Sequence[Message], str, str, datetime | None, int], None]
Counter = Callable[[int], int]

_carriers: list[Carrier] = []
_handlers: list[Handler] = []


counters: dict[str, Counter] = {}
"""Numbers that an open browser is told beside the unread messages, {name: count of a member}; whoever changes one renews the stamp."""


def when_sent(function: Carrier) -> Carrier:
    """Have `function(messages)` called in the transaction in which messages are put into inboxes: for other ways to the person."""
    _carriers.append(function)
    return function


def when_handled(function: Handler) -> Handler:
    """Have `function(messages, verb, reason, until, member)` called when messages are acknowledged or put off."""
    _handlers.append(function)
    return function


def send(
    members: Iterable[int],
    title: str,
    *,
    origin: str,
    text: str = "",
    link: dict[str, Any] | None = None,
    kind: str = "notice",
    level: str = "",
    ack: bool = False,
) -> None:
    """Put news into inboxes. `origin` names its cause (`event:7`); a second sending of it changes nothing."""
    given: dict[str, Any] = {"title": title[:200], "text": text, "link": link, "origin": origin, "kind": kind, "level": level, "ack": ack}
    deliver([Message(member=member, at=clock.now(), **given) for member in dict.fromkeys(members)])


def deliver(rows: Sequence[Message]) -> None:
    """Put messages made beforehand into their inboxes, all in one statement."""
    if not rows:
        return
    with transaction.atomic():
        Message.objects.bulk_create(rows, ignore_conflicts=True)
        for carry in _carriers:
            carry(rows)
        members = {row.member for row in rows}
        transaction.on_commit(lambda: renew(members), robust=True)


def again(members: Iterable[int], title: str, text: str, origin: str, at: datetime) -> None:
    """Remind of a message that lies in these inboxes already, by the other ways to the person only."""
    members = list(members)
    rows = [Message(member=member, at=at, title=title[:200], text=text, origin=origin, kind=Message.Kind.NOTICE) for member in members]
    for carry in _carriers if rows else ():
        carry(rows)
    transaction.on_commit(lambda: renew(members), robust=True)


# what the reader sees ------------------------------------------------------------------------------------------------
def awake(member: int) -> QuerySet[Message]:
    """Everything but what was put off until later."""
    return Message.objects.filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=clock.now()), member=member)


def unread(member: int) -> int:
    return awake(member).filter(read_at=None).count()


def unread_by_kind(member: int) -> dict[str, int]:
    return dict(awake(member).filter(read_at=None).order_by().values_list("kind").annotate(n=Count("pk")))


def handle(rows: QuerySet[Message], verb: str, *, by: int, reason: str = "", until: datetime | None = None) -> int:
    """Read, keep unread, acknowledge or put off messages of one person; returns how many it concerned."""
    now = clock.now()
    changes: dict[str, dict[str, Any]] = {
        "read": {"read_at": now},
        "unread": {"read_at": None},
        "acknowledge": {"read_at": now, "acknowledged_at": now, "reason": reason, "snoozed_until": None},
        "snooze": {"read_at": None, "reason": reason, "snoozed_until": until},
    }
    with transaction.atomic():
        told = list(rows.select_for_update()) if verb in ("acknowledge", "snooze") else []
        done = rows.filter(read_at=None).update(**changes[verb]) if verb == "read" else rows.update(**changes[verb])
        for function in _handlers if told else ():
            function(told, verb, reason, until, by)
        transaction.on_commit(lambda: renew([by]), robust=True)
    return done


def told(row: Message) -> dict[str, Any]:
    return {
        "id": row.pk,
        "at": row.at.isoformat(timespec="seconds"),
        "kind": row.kind,
        "level": row.level,
        "title": row.title,
        "text": row.text,
        "link": row.link,
        "read": row.read_at is not None,
        "ack": row.ack,
        "acknowledged_at": row.acknowledged_at,
        "reason": row.reason,
        "snoozed_until": row.snoozed_until,
    }


# the stamp -----------------------------------------------------------------------------------------------------------
def renew(members: Iterable[int]) -> None:
    """The inboxes of these people have changed: their open browsers ask for more."""
    now = str(time.time_ns())
    try:
        cache.set_many({f"inbox:{member}": now for member in members}, None)
    except RedisError:
        return


def stamp(member: int) -> str:
    """What an open browser compares; empty when the cache is away, which holds for nobody."""
    try:
        return str(cache.get_or_set(f"inbox:{member}", lambda: str(time.time_ns()), None))
    except RedisError:
        return ""
