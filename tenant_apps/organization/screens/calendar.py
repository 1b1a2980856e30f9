"""A year of periods at once (W-1.1.3)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import path
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, saving
from kernel.api.me import MemberView
from kernel.refusals import FieldError, Invalid, Refused
from tenant_apps.organization.models import Company, Period

KEY = "organization.period"
FIRST, LAST = 2000, 2100


class Year(MemberView):
    def post(self, request: Request) -> Response:
        """Make the year, its quarters, months and weeks, as far as they are not there yet."""
        self.actor.require(KEY, "create", label=_("Periods"))
        data = self.body()
        year, key = data.get("year"), data.get("company")
        company = Company.objects.filter(pk=key if isinstance(key, int) else 0).first()
        if not isinstance(year, int) or isinstance(year, bool) or not FIRST <= year <= LAST:
            raise Invalid([FieldError("year", "range", _("A year is between %(least)d and %(most)d.") % {"least": FIRST, "most": LAST})])
        if company is None:
            raise Invalid([FieldError("company", "not_found", _("Please choose the company."))])
        there = set(Period.objects.filter(company=company).values_list("kind", "name"))
        wanted = [row for row in of_year(year) if (row["kind"], row["name"]) not in there]
        if not wanted:
            raise Refused("there", _("The periods of %(year)d are there already.") % {"year": year})
        rows: list[tuple[dict[str, Any], dict[str, Any]]] = [({**row, "company": company}, {}) for row in wanted]
        saving.create_many(Period, rows, by=self.actor, at=clock.now())
        return Response({"created": len(wanted)}, status=201)


def of_year(year: int) -> Iterator[dict[str, Any]]:
    """A year, its quarters and months, and the weeks whose Thursday lies in it."""
    yield {"kind": Period.Kind.YEAR, "name": f"{year}", "starts": date(year, 1, 1), "ends": date(year, 12, 31)}
    for quarter in range(4):
        last = 3 * quarter + 3
        days = {"starts": date(year, last - 2, 1), "ends": date(year, last, monthrange(year, last)[1])}
        yield {"kind": Period.Kind.QUARTER, "name": f"{year}Q{quarter + 1}", **days}
    for month in range(1, 13):
        days = {"starts": date(year, month, 1), "ends": date(year, month, monthrange(year, month)[1])}
        yield {"kind": Period.Kind.MONTH, "name": f"{year}-{month:02d}", **days}
    monday = date.fromisocalendar(year, 1, 1)
    while monday.isocalendar().year == year:
        name = f"{year}W{monday.isocalendar().week:02d}"
        yield {"kind": Period.Kind.WEEK, "name": name, "starts": monday, "ends": monday + timedelta(days=6)}
        monday += timedelta(days=7)


urlpatterns = [path("periods/year/", Year.as_view())]
