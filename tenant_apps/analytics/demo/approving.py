"""What needs approval in a demo company, and what is just being decided there."""

from __future__ import annotations

from datetime import datetime, timedelta

from kernel import saving
from kernel.access import SYSTEM, Actor
from kernel.actions import perform
from tenant_apps.analytics.demo.crew import Crew
from tenant_apps.approvals import templates
from tenant_apps.approvals.actions import flows
from tenant_apps.approvals.actions import tasks as decisions
from tenant_apps.approvals.models import Flow, Task
from tenant_apps.quoting import actions as quoting
from tenant_apps.quoting.models import Quote

LARGE = 200_000
FLOWS = (
    ("大额报价审批", "quoting.quote", "send", f"total > {LARGE}", "three_levels"),
    ("订单取消审批", "sales.order", "cancel", "", "one_level"),
)
HOUR = timedelta(hours=1)
WAITING = 4


def put_under_approval(crew: Crew, now: datetime) -> None:
    """Large quotes go through three levels, cancelling an order through one; a few quotes are under way."""
    for name, key, verb, condition, template in FLOWS:
        values = {"name": name, "resource": key, "verb": verb, "condition": condition}
        drawing = templates.drawing_of(templates.library()[template])
        flow = saving.create(Flow, {**values, "drawing": drawing}, by=SYSTEM, at=now - 90 * 24 * HOUR)
        flows.publish(flow, by=SYSTEM, at=now - 90 * 24 * HOUR)
    people = {actor.id: actor for actor in (*crew.roles.values(), *crew.regions.values())}
    drafts = Quote.objects.filter(state=Quote.State.DRAFT, owner__in=people).order_by("-id")
    large = list(drafts.filter(total__gt=LARGE)[:WAITING])
    for number, quote in enumerate(large):
        at = now - (2 + 5 * number) * HOUR
        perform(quoting.send, quote, by=people[quote.owner or 0], at=at, values={})
        if number % 2:
            _agree(quote, people, at + HOUR)
    dear = drafts.filter(level__gt=1).exclude(pk__in=[quote.pk for quote in large])[:2]
    for number, quote in enumerate(dear):
        quoting.submit(quote, by=people[quote.owner or 0], at=now - HOUR)
        if number:
            quoting.approve(quote, by=SYSTEM, at=now)


def _agree(quote: Quote, people: dict[int | None, Actor], at: datetime) -> None:
    """The first level has decided already."""
    task = Task.objects.filter(approval__resource="quoting.quote", approval__subject_id=quote.pk, state=Task.State.ACTIVE).first()
    if task is not None and task.owner in people:
        decisions.agree(task, by=people[task.owner], at=at, comment="同意，注意交期")
