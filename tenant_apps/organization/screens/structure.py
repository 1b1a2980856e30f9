"""The tree of departments and the chart of posts as they stand on a day, for drawing (W-1.2.2, W-1.2.3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, people
from kernel.api.me import MemberView
from kernel.refusals import Refused
from tenant_apps.organization.chart import Chart, chart
from tenant_apps.organization.models import Company, Position, Unit


class Structure(MemberView):
    def get(self, request: Request) -> Response:
        """Departments, posts and who is where, today or on another day."""
        self.actor.require("organization.unit", "read")
        shown = chart(_day(request.query_params.get("on", "")))
        told = {"on": shown.day, "today": clock.now().date(), "units": units(shown), "unplaced": unplaced(shown)}
        if self.actor.may("organization.position", "read"):
            told["positions"] = positions(shown)
        return Response(told)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as bad:
        raise Refused("bad_date", _("A day is written like 2026-11-21."), status=400) from bad


def units(shown: Chart) -> list[dict[str, Any]]:
    names = people.members()
    count: dict[int | None, int] = {}
    for unit in shown.unit_of.values():
        count[unit] = count.get(unit, 0) + 1
    rows = (
        Unit.objects.filter(pk__in=shown.places)
        .order_by("pk")
        .values("id", "version", "name", "company_id", "company__short_name", "company__name")
    )
    return [
        {
            "id": row["id"],
            "version": row["version"],
            "name": row["name"],
            "company": {"id": row["company_id"], "label": row["company__short_name"] or row["company__name"]},
            "parent": shown.places[row["id"]].parent,
            "head": _named(shown.places[row["id"]].head, names),
            "people": count.get(row["id"], 0),
        }
        for row in rows
    ]


def positions(shown: Chart) -> list[dict[str, Any]]:
    names = people.members()
    rows = Position.objects.filter(department__in=shown.places).order_by("pk")
    return [
        {
            **row,
            "holders": [_named(member, names) for member in shown.holders.get(row["id"], [])],
        }
        for row in rows.values("id", "version", "name", "department", "reports_to", "headcount")
    ]


def unplaced(shown: Chart) -> list[dict[str, Any]]:
    """Colleagues without a department."""
    names = people.members()
    return [named for key, unit in shown.unit_of.items() if unit is None and (named := _named(key, names))]


def _named(key: int | None, names: people.Names) -> dict[str, Any] | None:
    return None if key is None else {"id": key, "label": names.get(key, f"#{key}")}


def companies() -> list[dict[str, Any]]:
    """The legal entities, as they may be chosen."""
    return [
        {"id": pk, "label": short or name} for pk, short, name in Company.objects.order_by("pk").values_list("pk", "short_name", "name")
    ]


urlpatterns = [path("structure/", Structure.as_view())]
