"""我的消息: one inbox for approvals, alerts, mentions, notices and jobs (W-3.2.1)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, messages, words
from kernel.api.me import MemberView
from kernel.models import Message
from kernel.refusals import FieldError, Invalid, Refused

PAGE, MOST_AT_ONCE, FRESH = 30, 500, 3
HEARD = 1000
"""How many of the latest messages are looked through by pinyin."""
VERBS = ("read", "unread", "acknowledge", "snooze")
EXPLAINED = (Message.Kind.ALERT, Message.Kind.APPROVAL)
"""Kinds that are put off with a reason only: somebody else waits for them."""


class Messages(MemberView):
    def get(self, request: Request) -> Response:
        """A page of the inbox, newest first. `box`: inbox, unread, waiting (for a word of mine), snoozed; `kind`, `level`, `q`."""
        rows = chosen(self.me, request.query_params).order_by("-at", "-id")
        found = list(_after(rows, request.query_params.get("cursor", ""))[: PAGE + 1])
        more = len(found) > PAGE
        counts = messages.unread_by_kind(self.me)
        last = found[PAGE - 1] if more else None
        return Response(
            {
                "rows": [messages.told(row) for row in found[:PAGE]],
                "next": f"{last.at.isoformat()}|{last.pk}" if last else None,
                "unread": sum(counts.values()),
                "counts": counts,
            }
        )


def chosen(member: int, params: Any) -> QuerySet[Message]:
    box = "unread" if params.get("unread") in ("1", "true") else params.get("box", "inbox")
    rows = messages.awake(member)
    if box == "unread":
        rows = rows.filter(read_at=None)
    elif box == "waiting":
        rows = rows.filter(ack=True, acknowledged_at=None)
    elif box == "snoozed":
        rows = Message.objects.filter(member=member, snoozed_until__gt=clock.now())
    for name in ("kind", "level"):
        values = [value for value in params.getlist(name) if value]
        rows = rows.filter(**{f"{name}__in": values}) if values else rows
    for word in words.asked(params.get("q", "")):
        rows = rows.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(pk__in=_spoken(rows, word)))
    return rows


def _spoken(rows: QuerySet[Message], word: str) -> list[int]:
    """The latest of these that name something by this pinyin, or these initials."""
    if not word.isascii() or not word.isalpha():
        return []
    latest = rows.order_by("-at").values_list("pk", "title", "text")[:HEARD]
    return [pk for pk, title, text in latest if words.finds(word, title, text)]


def _after(rows: QuerySet[Message], cursor: str) -> QuerySet[Message]:
    if not cursor:
        return rows
    text, _bar, key = cursor.partition("|")
    try:
        at, pk = datetime.fromisoformat(text), int(key)
    except ValueError as bad:
        raise Refused("bad_cursor", _("This page does not belong to this list. Please start again at the first page."), status=400) from bad
    return rows.filter(at__lte=at).filter(Q(at__lt=at) | Q(pk__lt=pk))


class Stamp(MemberView):
    """What an open browser asks every half minute: nothing but the stamp while nothing has come, without a look at the database."""

    def get(self, request: Request) -> Response:
        now, known = messages.stamp(self.me), request.query_params.get("since", "")
        if now and now == known:
            return Response({"stamp": now})
        after = request.query_params.get("after", "")
        rows = (
            messages.awake(self.me).filter(read_at=None, pk__gt=int(after))
            if after.isdecimal() and len(after) < 19
            else Message.objects.none()
        )
        fresh = [messages.told(row) for row in rows.order_by("-pk")[:FRESH]]
        newest = Message.objects.filter(member=self.me).order_by("-pk").values_list("pk", flat=True).first()
        counted = {name: count(self.me) for name, count in messages.counters.items()}
        return Response({"stamp": now, "unread": messages.unread(self.me), "rows": fresh, "newest": newest or 0, **counted})


class Handle(MemberView):
    def post(self, request: Request) -> Response:
        """Read, keep unread, acknowledge or put off several messages at once: {ids, verb, reason, until}."""
        data = self.body()
        verb, ids, reason = data.get("verb"), data.get("ids"), data.get("reason") or ""
        if verb not in VERBS:
            raise Invalid([FieldError("verb", "unknown", _("Messages can be read, kept unread, acknowledged or put off."))])
        if not isinstance(ids, list) or not 0 < len(ids) <= MOST_AT_ONCE or not all(type(one) is int for one in ids):
            raise Invalid([FieldError("ids", "invalid", _("Choose 1 to %(n)d messages.") % {"n": MOST_AT_ONCE})])
        if not isinstance(reason, str) or len(reason) > 300 or "\x00" in reason:
            raise Invalid([FieldError("reason", "too_long", _("A reason has at most 300 characters."))])
        rows = Message.objects.filter(member=self.me, pk__in=ids)
        until = until_of(data.get("until"), rows, reason.strip()) if verb == "snooze" else None
        done = messages.handle(rows, verb, by=self.me, reason=reason.strip(), until=until)
        return Response({"done": done, "unread": messages.unread(self.me)})


def until_of(told: Any, rows: QuerySet[Message], reason: str) -> datetime:
    """Until when messages are put off; an alert or an approval only with a reason."""
    try:
        until = datetime.fromisoformat(told)
        until = until if until.tzinfo else until.replace(tzinfo=clock.now().tzinfo)
    except (TypeError, ValueError) as bad:
        raise Invalid([FieldError("until", "required", _("Say until when it is put off."))]) from bad
    if until <= clock.now():
        raise Invalid([FieldError("until", "past", _("This moment has passed. Choose a later one."))])
    if not reason and rows.filter(kind__in=EXPLAINED).exists():
        raise Invalid([FieldError("reason", "required", _("Say why: somebody waits for this."))])
    return until


class Read(MemberView):
    """Mark one message, or all, as read."""

    def post(self, request: Request, pk: int | None = None) -> Response:
        rows = messages.awake(self.me) if pk is None else Message.objects.filter(member=self.me, pk=pk)
        messages.handle(rows, "read", by=self.me)
        return Response({"unread": messages.unread(self.me)})
