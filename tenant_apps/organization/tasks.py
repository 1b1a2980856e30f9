"""What happens to the organisation by itself."""

from __future__ import annotations

from celery import Task, shared_task
from django.db.models import F, Q

from kernel import clock, mail, saving
from kernel.access import SYSTEM
from kernel.returned import reasons
from tenant_apps.organization import handing, introducing
from tenant_apps.organization.handover import Handover
from tenant_apps.organization.models import Member, Unit
from tenant_apps.organization.staffing import in_force


@shared_task(name="organization.turn_page")
def turn_page() -> int:
    """Departments that move today and main posts that begin today take effect; running twice changes nothing more."""
    now, done = clock.now(), 0
    today = now.date()
    for unit in Unit.objects.filter(changes__since__lte=today).distinct().prefetch_related("changes"):
        begun = in_force(list(unit.changes.all()), today)
        if begun is not None and (begun.above_id, begun.head) != (unit.parent_id, unit.head):
            saving.change(unit, {"parent_id": begun.above_id, "head": begun.head}, by=SYSTEM, at=now)
            done += 1
    begun_posts = (
        Q(assignments__since__lte=today) & (Q(assignments__until__gte=today) | Q(assignments__until=None)) & Q(assignments__main=True)
    )
    for member in Member.objects.filter(begun_posts).exclude(assignments__position=F("position")):
        saving.change(member, {}, by=SYSTEM, at=now)
        done += 1
    return done


@shared_task(name="organization.handovers")
def hand_over_today() -> int:
    """Carry out what was planned for today or before, and give back what was for a time; running twice changes nothing more."""
    now = clock.now()
    today, done = now.date(), 0
    for handover in Handover.objects.filter(state=Handover.State.PLANNED, from_day__lte=today):
        handing.carry_out(handover, by=SYSTEM, at=now)
        done += 1
    for handover in Handover.objects.filter(state=Handover.State.DONE, returns_on__lte=today):
        handing.come_back(handover, by=SYSTEM, at=now)
        done += 1
    return done


@shared_task(name="organization.introduce", bind=True, max_retries=mail.RETRIES)
def introduce(self: Task, handover: int, number: int) -> None:
    """Send one of the mails that introduce a new colleague; what is not taken is told in the list of mails."""
    row = Handover.objects.get(pk=handover)

    def failed(words: str, recipient: bool) -> None:
        introducing.failed(handover, number, words, address=recipient and reasons.blames_address(reasons.status_in(words)))

    mail.carry(self, introducing.letter(row, number), failed)
