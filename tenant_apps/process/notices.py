"""Notices: who they are for, putting them into inboxes, and who has read them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q

from kernel import clock, messages, people
from kernel.access import SYSTEM
from kernel.models import Message
from kernel.refusals import Refused
from tenant_apps.organization import chart
from tenant_apps.process.models import Notice


def recipients(notice: Notice) -> list[int]:
    """Everybody a notice is for, once each; those who have left are not among them."""
    here = chart.chart().people
    if notice.everybody:
        return sorted(here)
    units = {below for unit in notice.units for below in chart.units_below(unit)}
    found = {*notice.people, *(one for role in notice.roles for one in chart.in_role(role))}
    found |= {member for member in here if chart.unit_of(member) in units}
    return sorted(found & here.keys())


def origin(notice: Notice) -> str:
    return f"notice:{notice.pk}"


def send(notice: Notice) -> None:
    messages.send(notice.recipients, notice.title, origin=origin(notice), text=notice.text, kind="notice", ack=notice.ack)


def received(notice: Notice) -> Any:
    """The notice in the inboxes of those it went to; found by the index of an inbox."""
    return Message.objects.filter(member__in=notice.recipients, origin=origin(notice))


def missing(notice: Notice) -> Q:
    return Q(acknowledged_at=None) if notice.ack else Q(read_at=None)


def remind(notice: Notice, at: datetime) -> None:
    """The same notice once more, unread and on top, for those who have not read it."""
    rows = received(notice).filter(missing(notice))
    members = list(rows.values_list("member", flat=True))
    rows.update(at=at, read_at=None, snoozed_until=None)
    messages.again(members, notice.title, notice.text, f"{origin(notice)}:{at.date()}", at)


def withdraw(notice: Notice) -> None:
    rows = received(notice).filter(read_at=None)
    members = list(rows.values_list("member", flat=True))
    rows.delete()
    messages.renew(members)


def receipts(notice: Notice) -> dict[str, Any]:
    """How many and who have read or confirmed a notice."""
    names = people.members()
    rows = received(notice).order_by(F("read_at").asc(nulls_first=True), "member").values("member", "read_at", "acknowledged_at", "reason")
    told = [{**row, "member": {"id": row["member"], "label": names.get(row["member"], "")}} for row in rows]
    return {
        "rows": told,
        "sent": len(notice.recipients),
        "read": sum(row["read_at"] is not None for row in told),
        "confirmed": sum(row["acknowledged_at"] is not None for row in told),
    }


def sweep() -> int:
    """Publish what is due, and remind once those who have not read what should have been read by now."""
    from tenant_apps.process import actions

    now, done = clock.now(), 0
    due = Q(state=Notice.State.PLANNED, publish_at__lte=now)
    due |= Q(state=Notice.State.PUBLISHED, remind_days__gt=0, reminded_at=None, published_at__lte=now - timedelta(days=1))
    for notice in Notice.objects.filter(due):
        try:
            if notice.state == Notice.State.PLANNED:
                actions.publish(notice, by=SYSTEM, at=now)
            elif notice.published_at is not None and notice.published_at + timedelta(days=notice.remind_days) <= now:
                actions.remind(notice, by=SYSTEM, at=now)
            done += 1
        except Refused:  # withdrawn meanwhile, or nobody is left whom it is for
            continue
    return done
