"""The office of a demo company: all ready forms in use, and what people have filled in lately."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from kernel import saving
from kernel.access import SYSTEM, Actor
from kernel.actions import perform
from tenant_apps.analytics.demo.crew import Crew
from tenant_apps.office import forms, library
from tenant_apps.organization.hours import works_on
from tenant_apps.organization.models import Member
from tenant_apps.organization.people import actor

DAY = timedelta(days=1)


def open_office(crew: Crew, start: datetime, now: datetime) -> None:
    """Forms from the first day; leaves, meetings and requests of the last days and the next."""
    library.install(library.templates(), publish=True, by=SYSTEM, at=start)
    people = [actor(Member.objects.get(pk=one.id or 0)) for one in crew.roles.values()]  # who they are says what the forms let them do
    boss = people[0]
    for number, person in enumerate(people[1:]):
        _fill("overtime", _overtime(now, number), person, boss, now - (number + 20) * DAY)
        others = people[(number + 2) % len(people)]
        _fill("leave", _leave(now, number, others), person, boss, now - (number + 2) * DAY)
        _fill("room", _meeting(now, number), person, boss, now - DAY)
    _fill("purchase", {"purpose": "车间劳保用品", "needed_on": (now + 9 * DAY).date()}, people[-1], None, now - DAY, GOODS)
    _fill("seal", SEAL, people[1], None, now - DAY)


GOODS = [
    {"item": "防割手套", "spec": "L", "quantity": 60, "measure": "双", "price": 12},
    {"item": "护目镜", "spec": "防雾", "quantity": 20, "measure": "副", "price": 25},
]
SEAL = {"seal": "contract", "file_name": "设备采购合同", "copies": 2, "receiver": "客户采购部", "reason": "合同签订"}


def _leave(now: datetime, number: int, stand_in: Actor) -> dict[str, Any]:
    first = (now + (3 + number) * DAY).date()
    while not works_on(first):
        first += DAY
    kind = ("annual", "personal", "lieu")[number % 3]
    last = first + (2 - number % 3) * DAY
    return {
        "leave_kind": kind, "first_day": first, "last_day": last, "last_half": "am" if number % 2 and last > first else "pm",
        "stand_in": stand_in.id, "reason": "家中有事",
    }  # fmt: skip


def _overtime(now: datetime, number: int) -> dict[str, Any]:
    """A Saturday of the last weeks, taken as time off."""
    day = (now - (number + 20) * DAY).date()
    begins = datetime.combine(day - timedelta(days=(day.weekday() - 5) % 7), time(9), now.tzinfo)
    return {
        "begins": begins,
        "ends": begins + timedelta(hours=9),
        "pause": 1,
        "day_kind": "weekend",
        "paid_as": "lieu",
        "reason": "赶交货期",
    }


def _meeting(now: datetime, number: int) -> dict[str, Any]:
    begins = datetime.combine((now + (1 + number // 3) * DAY).date(), time(9 + number % 3 * 2), now.tzinfo)
    room = ("large", "small", "guest")[number % 3]
    return {"room": room, "subject": "项目周例会", "begins": begins, "ends": begins + timedelta(hours=1, minutes=30)}


def _fill(
    form: str, values: dict[str, Any], by: Actor, decided: Actor | None, at: datetime, lines: list[dict[str, Any]] | None = None
) -> None:
    """Filled in and submitted; decided about where somebody has to and has."""
    resource = forms.kinds()[f"office.{form}"]
    given, _none = resource.taken({"custom": values}, {"lines": lines} if lines else {})
    entry = saving.create(resource.model, given, by=by, at=at)
    entry = perform(resource.verbs["submit"], entry, by=by, at=at, values={})
    if decided is not None and entry.state == "submitted":  # type: ignore[attr-defined]
        perform(resource.verbs["approve"], entry, by=decided, at=at + timedelta(hours=3), values={})
