"""Requirement list and service plan of a project, written out for the company's signature (P-I.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import saving
from kernel.access import Actor
from kernel.actions import action
from kernel.refusals import Refused
from shared_apps.implementation.models import Confirmation, Project, Requirement, Stage

P, R = Project.State, Requirement.State


@action(label=_("Requirement list for signature"), when=(P.PREPARING, P.RUNNING), says=_("requirement list written"), opens=True)
def list_requirements(project: Project, *, by: Actor, at: datetime) -> None:
    """Write every requirement with its answer into one document for the company to sign."""
    rows = _answered(project)
    _write(project, Confirmation.Kind.REQUIREMENTS, _t("Requirement list with answers"), _requirements(rows), by, at)


@action(label=_("Service plan for signature"), when=(P.PREPARING, P.RUNNING), says=_("service plan written"), opens=True)
def plan_services(project: Project, *, by: Actor, at: datetime) -> None:
    """Write days, money, dates and payments into one document for the company to sign."""
    text = [*_weeks(project), "", *_extras(_answered(project)), "", *_payments(project)]
    _write(project, Confirmation.Kind.PLAN, _t("Service plan"), text, by, at)


def _answered(project: Project) -> list[Requirement]:
    rows = list(Requirement.objects.filter(project=project).exclude(state=R.DROPPED).order_by("department", "id"))
    waiting = sum(not row.fit for row in rows)
    if waiting or not rows:
        raise Refused(
            "unanswered", _t("%(n)d of %(all)d requirements have no answer yet. Answer them first.") % {"n": waiting, "all": len(rows)}
        )
    return rows


def _write(project: Project, kind: str, title: str, text: Iterable[str], by: Actor, at: datetime) -> None:
    values = {"project": project, "kind": kind, "title": title, "text": "\n".join(text)}
    saving.create(Confirmation, values, by=by, at=at)


def _requirements(rows: list[Requirement]) -> Iterator[str]:
    for department, group in groupby(rows, key=lambda row: row.department):
        yield f"【{department}】"
        for row in group:
            yield f"{row.number} {row.text} ({row.get_importance_display()})"
            feature = f" {row.feature}" if row.feature else ""
            yield f"  → {row.get_fit_display()}{feature}: {row.answer}{_effort(row)}"
        yield ""


def _effort(row: Requirement) -> str:
    if not row.days and not row.price:
        return ""
    return " " + _t("[%(days)s days, %(price)s]") % {"days": f"{row.days.normalize():f}", "price": f"{row.price:,.2f}"}


def _weeks(project: Project) -> Iterator[str]:
    yield _t("Dates: %(start)s to %(end)s") % {"start": project.starts_on, "end": project.live_by}
    for step in project.steps.all():
        yield _t("Week %(week)d: %(title)s (%(who)s)") % {"week": step.week, "title": step.title, "who": step.get_party_display()}


def _extras(rows: list[Requirement]) -> Iterator[str]:
    asked = [row for row in rows if row.days or row.price]
    days, price = sum(row.days for row in asked), sum(row.price for row in asked)
    yield _t("Beyond the standard: %(days)s days, %(price)s") % {"days": days, "price": f"{price:,.2f}"}
    yield from (f"{row.number} {row.text}{_effort(row)}" for row in asked)


def _payments(project: Project) -> Iterator[str]:
    yield _t("Payments, each after acceptance")
    stages = Stage.objects.filter(contract__project=project).exclude(contract__state="cancelled").select_related("contract")
    for stage in stages.order_by("contract", "seq"):
        yield f"{stage.name}: {stage.percent.normalize():f} %, {stage.contract.currency} {stage.amount:,.2f}"
