"""Deadlines: reminders on the way, and what the step says for the end (spec 2.14)."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from typing import Any

from celery import shared_task
from django.utils.translation import gettext as _

from kernel import calls, clock, messages, saving
from kernel.access import SYSTEM
from kernel.refusals import Refused
from tenant_apps.approvals import deadlines
from tenant_apps.approvals.actions import tasks as actions
from tenant_apps.approvals.models import Approval, Task
from tenant_apps.approvals.running import drawing_of
from tenant_apps.organization import chart

AT_ONCE = 500


@shared_task(name="approvals.deadlines")
def look_at_deadlines() -> int:
    """Remind of what is due soon and settle what is overdue; each task in a transaction of its own."""
    now = clock.now()
    due = list(Task.objects.filter(next_at__lte=now).order_by("next_at").values_list("pk", flat=True)[:AT_ONCE])
    for pk in due:
        with suppress(Refused):  # decided meanwhile
            _look(pk, now)
    return len(due)


@calls.anew
def _look(pk: int, now: datetime) -> None:
    with calls.call():
        task = saving.lock(Task(pk=pk))
        if task.next_at is None or task.next_at > now or task.state != Task.State.ACTIVE:
            return
        node = drawing_of(task.approval.flow_id).nodes[task.node]
        rule = deadlines.rule_of(node)
        mark = deadlines.marks(rule)[task.reminded]
        task.reminded += 1
        task.next_at = deadlines.following(task, rule)
        saving.store(task, by=SYSTEM, at=now)
        _remind(task, mark)
        if mark == deadlines.HUNDRED:
            _time_out(task, rule, now)


def _remind(task: Task, mark: int) -> None:
    title = _("%(n)d %% of the time to decide is over: %(document)s") % {"n": mark, "document": task.approval.subject}
    link = {"_key": "approvals.task", "id": task.pk}
    messages.send([task.owner or 0], title, origin=f"approval-due:{task.pk}:{mark}", text=task.node_name, link=link, kind="approval")


def _time_out(task: Task, rule: Any, now: datetime) -> None:
    then, to = rule.get("then") or "", rule.get("to")
    if then == "approve" and not _small_enough(task.approval, rule):
        then = "escalate"
    if then == "escalate":
        to = next((one for one in chart.superiors(task.owner or 0) if one != task.approval.owner), None)
    if then in ("approve", "reject") or (then in ("escalate", "transfer") and to is not None):
        actions.time_out(task, by=SYSTEM, at=now, then=then, to=to)


def _small_enough(approval: Approval, rule: Any) -> bool:
    """Nothing above an amount is agreed to by waiting."""
    most = rule.get("not_above")
    return most is not None and approval.amount is not None and approval.amount <= Decimal(str(most))
