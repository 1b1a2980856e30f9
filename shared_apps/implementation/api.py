"""What both sides see of an implementation at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, timedelta
from itertools import groupby
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import Http404
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, people, registry
from kernel.access import Actor, visible
from kernel.api.me import MemberView
from kernel.documents import Document
from kernel.specs import key_of
from shared_apps.console import training
from shared_apps.implementation import payment
from shared_apps.implementation.models import (
    AcceptanceScript,
    ChangeOrder,
    Confirmation,
    Milestone,
    Project,
    Requirement,
    ServiceContract,
    Signed,
)
from shared_apps.implementation.models.project import coverage
from tenants.context import PUBLIC, here
from tenants.models import Tenant

D = TypeVar("D", bound=Document)


class BothSides(MemberView):
    """Asked at the console by an operator, at a company's address by its people."""

    @contextmanager
    def found(self, model: type[D], pk: int) -> Iterator[tuple[D, Actor]]:
        """The document, among those the reader may see, and who reads it."""
        with nullcontext(self.actor) if here().schema_name == PUBLIC else people.platform.enter(self.actor) as actor:
            rows: QuerySet[D] = model._default_manager.all()  # type: ignore[assignment]
            row = visible(actor, rows, key_of(model)).filter(pk=pk).first()
            if row is None:
                raise Http404
            yield row, actor


class Seal(BothSides):
    """Whether a signed document is still what was signed."""

    model: type[Signed] = Confirmation

    def get(self, request: Request, pk: int) -> Response:
        with self.found(self.model, pk) as (row, _actor):
            return Response({"signed": row.seal != "", "holds": row.holds, "seal": row.seal})


class Paying(BothSides):
    """How the payment of a milestone stands, and how it can be made."""

    def get(self, request: Request, pk: int) -> Response:
        pays = here().schema_name != PUBLIC
        with self.found(Milestone, pk) as (row, _actor):
            return Response({**payment.asked(row), "pays": pays})


class Overview(BothSides):
    """An implementation at a glance."""

    def get(self, request: Request, pk: int) -> Response:
        with self.found(Project, pk) as (project, actor):
            today = clock.now().date()
            asked = requirements(project, actor)
            return Response(
                {
                    "burn_down": burn_down(project, today),
                    "fit": by_fit(asked),
                    "departments": by_department(asked),
                    "milestones": milestones(project, actor),
                    "training": trained(project),
                }
            )


def burn_down(project: Project, today: date) -> list[dict[str, Any]]:
    """Steps that should still be open after each week, and those that are; unknown for weeks that have not begun."""
    start = project.starts_on or today
    weeks = project.burn_down
    return [
        {"week": week, "planned": planned, "open": left if start + timedelta(weeks=max(week - 1, 0)) <= today else None}
        for week, planned, left in weeks
    ]


def requirements(project: Project, actor: Actor) -> list[Requirement]:
    """Those that count."""
    rows = visible(actor, Requirement.objects.filter(project=project), "implementation.requirement")
    return list(rows.exclude(state=Requirement.State.DROPPED).order_by("department", "id"))


def by_fit(rows: list[Requirement]) -> list[dict[str, Any]]:
    """How many requirements the product meets in which way; those without an answer come last."""
    counted = Counter(row.fit for row in rows)
    options = [*registry.get("implementation.requirement").own["fit"].options(), {"value": "", "label": ""}]
    return [{"fit": one["value"], "label": one["label"], "count": counted[one["value"]]} for one in options]


def by_department(rows: list[Requirement]) -> list[dict[str, Any]]:
    """For each department: how much of what it needs is covered, answered, agreed, and difficult."""
    told = []
    for department, group in groupby(rows, key=lambda row: row.department):
        own = list(group)
        share = coverage(own)
        told.append(
            {
                "department": department,
                "count": len(own),
                "answered": sum(bool(row.fit) for row in own),
                "agreed": sum(row.state == Requirement.State.AGREED for row in own),
                "difficult": sum(row.difficult for row in own),
                "coverage": None if share is None else f"{share.normalize():f}",
                "fit": by_fit(own),
            }
        )
    return told


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


def trained(project: Project) -> dict[str, Any]:
    """How far the company's people are with the training material in its language."""
    company = Tenant.objects.get(pk=project.client.tenant)
    far = training.progress(project.client_id, company.language)
    return {**far, "members": max(project.client.members, len(far["people"]))}


SEALED = {
    "requirements": Requirement,
    "contracts": ServiceContract,
    "changes": ChangeOrder,
    "confirmations": Confirmation,
    "tests": AcceptanceScript,
}
urlpatterns = [
    path("projects/<int:pk>/overview/", Overview.as_view()),
    path("milestones/<int:pk>/payment/", Paying.as_view()),
    *(path(f"{name}/<int:pk>/seal/", Seal.as_view(model=model)) for name, model in SEALED.items()),
]
