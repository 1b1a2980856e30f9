"""What both sides see of an implementation at a glance."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any

from django.http import Http404
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, people, registry
from kernel.access import Actor, visible
from kernel.api.me import MemberView
from shared_apps.implementation.models import Milestone, Project, Requirement
from tenants.context import PUBLIC, here


class Overview(MemberView):
    """Asked at the console by an operator, at a company's address by its administrator."""

    def get(self, request: Request, pk: int) -> Response:
        with nullcontext(self.actor) if here().schema_name == PUBLIC else people.platform.enter(self.actor) as actor:
            if actor is None:
                raise Http404
            project = visible(actor, Project.objects.all(), "implementation.project").filter(pk=pk).first()
            if project is None:
                raise Http404
            today = clock.now().date()
            return Response(
                {"burn_down": burn_down(project, today), "fit": by_fit(project, actor), "milestones": milestones(project, actor)}
            )


def burn_down(project: Project, today: date) -> list[dict[str, Any]]:
    """Steps that should still be open after each week, and those that are; unknown for weeks that have not begun."""
    start = project.starts_on or today
    weeks = project.burn_down
    return [
        {"week": week, "planned": planned, "open": left if start + timedelta(weeks=max(week - 1, 0)) <= today else None}
        for week, planned, left in weeks
    ]


def by_fit(project: Project, actor: Actor) -> list[dict[str, Any]]:
    """How many requirements the product meets in which way; those without an answer come last."""
    rows = visible(actor, Requirement.objects.filter(project=project), "implementation.requirement")
    counted = Counter(rows.exclude(state=Requirement.State.DROPPED).values_list("fit", flat=True))
    options = [*registry.get("implementation.requirement").own["fit"].options(), {"value": "", "label": ""}]
    return [{"fit": one["value"], "label": one["label"], "count": counted[one["value"]]} for one in options]


def milestones(project: Project, actor: Actor) -> list[dict[str, Any]]:
    """What is delivered and paid step by step, over all service contracts of the project."""
    states = {one["value"]: one for one in registry.get("implementation.milestone").own["state"].options()}
    rows = visible(actor, Milestone.objects.filter(contract__project=project), "implementation.milestone")
    return [
        {
            "id": row.pk,
            "name": row.name,
            "state": row.state,
            "state_label": states[row.state]["label"],
            "color": states[row.state]["color"],
            "amount": str(row.amount),
            "currency": row.contract.currency,
            "due_on": row.due_on,
            "accepted_by": row.accepted_by,
            "paid_on": row.paid_on,
        }
        for row in rows.select_related("contract").order_by("contract", "position", "pk")
    ]


urlpatterns = [path("projects/<int:pk>/overview/", Overview.as_view())]
