"""The platform's log as operators search it (W-2.1.3)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import path
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel.api.me import MemberView
from kernel.refusals import FieldError, Invalid
from shared_apps.accounts.models import User
from shared_apps.console.models import Client, PlatformLog
from tenants.context import PUBLIC, here

KEY = "console.platformlog"
PAGE = 100


class Log(MemberView):
    """Log-ins, lock-outs, second factors, support access: the latest first, by kind, person, company and time."""

    def get(self, request: Request) -> Response:
        if here().schema_name != PUBLIC or not self.actor.may(KEY, "read"):
            raise Http404
        rows = list(asked(request.query_params)[: PAGE + 1])
        people = dict(User.objects.filter(pk__in={row.account for row in rows}).values_list("pk", "email"))
        companies = dict(Client.objects.filter(tenant__in={row.company for row in rows}).values_list("tenant", "name"))
        told = [line(row, people, companies) for row in rows[:PAGE]]
        return Response({"rows": told, "next": rows[PAGE - 1].pk if len(rows) > PAGE else None})


def asked(params: Any) -> QuerySet[PlatformLog]:
    """The lines that were asked for."""
    found = PlatformLog.objects.order_by("-id")
    if kind := params.get("kind", ""):
        found = found.filter(kind__startswith=kind[:60])
    if person := params.get("person", ""):
        found = found.filter(account__in=User.objects.filter(email__icontains=person[:100]).values("pk")[:500])
    if company := params.get("company", ""):
        found = found.filter(company__in=Client.objects.filter(slug=company[:63]).values("tenant"))
    if since := moment(params, "from"):
        found = found.filter(at__gte=since)
    if until := moment(params, "to"):
        found = found.filter(at__lt=until)
    before = params.get("before", "")
    return found.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 19 else found


def moment(params: Any, name: str) -> datetime | None:
    """A day or an instant that was given."""
    text = params.get(name, "")
    if not text:
        return None
    try:
        day = parse_date(text)
        found = timezone.make_aware(datetime.combine(day, datetime.min.time())) if day else parse_datetime(text)
    except ValueError:
        found = None
    if found is None or timezone.is_naive(found):
        raise Invalid([FieldError(name, "bad_date", _("Please give a day such as 2026-11-21."))])
    return found


def line(row: PlatformLog, people: dict[int, str], companies: dict[int, str]) -> dict[str, Any]:
    return {
        "id": row.pk, "at": row.at, "kind": row.kind, "person": people.get(row.account or 0), "company": companies.get(row.company or 0),
        "ip": row.ip, "agent": row.agent, "data": row.data,
    }  # fmt: skip


urlpatterns = [path("log/", Log.as_view())]
