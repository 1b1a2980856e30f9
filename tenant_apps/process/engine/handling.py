"""What people say of alerts: acknowledged with a reason, or put off until a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from kernel import clock, registry
from kernel.access import Actor, visible
from kernel.models import Message
from tenant_apps.process.models import Alert

MOST_KINDS = 200


def of_messages(rows: Sequence[Message]) -> QuerySet[Alert]:
    """The open alerts that some messages tell of: one each, or all those of a message about many."""
    found = Q(pk__in=[])
    for row in rows:
        kind, _colon, rest = row.origin.partition(":")
        parts = rest.split(":")
        if kind == "alert":
            found |= Q(pk=int(parts[0]))
        elif kind == "alerts":
            found |= Q(rule=int(parts[0]), told_at=row.at, told__contains=[row.member])
    return Alert.objects.filter(found, closed_at=None)


def handled(rows: Sequence[Message], verb: str, reason: str, until: datetime | None, by: int) -> None:
    """What is said of a message is said of its alert."""
    concerned = [row for row in rows if row.kind == Message.Kind.ALERT]
    if concerned:
        say(of_messages(concerned), verb, reason, until, by)


def say(alerts: QuerySet[Alert], verb: str, reason: str, until: datetime | None, by: int) -> int:
    if verb == "snooze":
        return alerts.update(snoozed_until=until, reason=reason)
    return alerts.update(acknowledged_at=clock.now(), acknowledged_by=by, reason=reason, snoozed_until=None)


def readable(actor: Actor, keys: Iterable[str]) -> QuerySet[Alert]:
    """Alerts about documents that a reader may see: nothing else tells them that these exist."""
    found = Q(pk__in=[])
    for key in keys:
        resource = registry.find(key)
        if resource is None or not actor.may(key, "read"):
            continue
        here = Q(subject=key)
        if actor.condition(key, "read", resource.model) is not None:
            here &= Q(subject_id__in=visible(actor, resource.queryset(), key).values("pk"))
        found |= here
    return Alert.objects.filter(found, step__gte=0)
