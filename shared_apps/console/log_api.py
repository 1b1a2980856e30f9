"""The platform's log as operators search it, and a company's part of it as its administrators do (W-2.1.3)."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, cursors, moments, people, words
from kernel.api.me import MemberView
from kernel.exchange.exporting import Text
from kernel.refusals import Refused
from shared_apps.accounts.models import User
from shared_apps.console import recording
from shared_apps.console.log_words import KINDS, line
from shared_apps.console.models import Client, PlatformLog
from tenants.context import PUBLIC, here, public_context

KEY = "console.platformlog"
PAGE, MOST_TAKEN = 100, 20_000
OPERATORS = ("support", "operator")
"""Kinds that are the platform's affair; what a visit looked at, the company reads at the support access."""


class Readable(NamedTuple):
    """What of the log somebody may read, and whose names."""

    lines: QuerySet[PlatformLog]
    people: QuerySet[User]


class LogView(MemberView):
    """Operators read everything; a company's administrator what happened in their company, and nobody's name but their own people's."""

    def readable(self) -> Readable:
        if here().schema_name == PUBLIC and self.actor.may(KEY, "read"):
            return Readable(PlatformLog.objects.all(), User.objects.all())
        if here().schema_name == PUBLIC or not self.actor.is_admin:
            raise Http404
        company = recording.company_here()
        lines = PlatformLog.objects.filter(company=company).exclude(kind__in=OPERATORS)
        return Readable(lines, User.objects.filter(pk__in=people.directory.load_accounts()))


class Log(LogView):
    """Log-ins, lock-outs, second factors, exports, permissions, programs, jobs: the latest first, by kind, person, company, thing and time."""

    def get(self, request: Request) -> Response:
        whole = self.readable()
        with public_context():
            rows = list(asked(whole, request.query_params)[: PAGE + 1])
            told = lines_of(rows[:PAGE], whole)
        return Response({"rows": told, "next": str(rows[PAGE - 1].pk) if len(rows) > PAGE else None})


class Taken(LogView):
    """The same lines to take along, as a sheet."""

    def get(self, request: Request) -> HttpResponse:
        whole, at = self.readable(), clock.now()
        with public_context():
            rows = list(asked(whole, request.query_params)[: MOST_TAKEN + 1])
            if len(rows) > MOST_TAKEN:
                sentence = _("These are more than %(n)d lines. Choose fewer days or one kind, then export again.")
                raise Refused("too_many", sentence % {"n": MOST_TAKEN}, status=422)
            told = lines_of(rows, whole)
        sheet = Text([_("Time"), _("Kind"), _("Person"), _("Company"), _("What"), _("Details"), _("From address"), _("Browser")])
        for one in told:
            at_there = timezone.localtime(one["at"])
            data = " · ".join(f"{name}: {value}" for name, value in one["data"].items())
            sheet.row([at_there, one["kind_label"], one["person"], one["company"], one["what"], data, one["ip"], one["agent"]])
        recording.note("export", self.actor.account, recording.company_here(), at, what=KEY, rows=len(rows))
        answer = HttpResponse(sheet.content(), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="log-{at:%Y%m%d-%H%M}.csv"'
        return answer


class Kinds(LogView):
    """What can be searched for."""

    def get(self, request: Request) -> Response:
        inside = here().schema_name != PUBLIC
        self.readable()
        kinds = {kind: label for kind, label in KINDS.items() if not (inside and kind in OPERATORS)}
        return Response({"rows": [{"value": kind, "label": str(label)} for kind, label in kinds.items()]})


def asked(whole: Readable, params: Any) -> QuerySet[PlatformLog]:
    """The lines that were asked for."""
    found = whole.lines.order_by("-id")
    if what := params.get("what", ""):
        found = found.filter(data__what__startswith=what[:120])
    if kinds := [kind[:60] for kind in params.getlist("kind") if kind]:
        found = found.filter(kind__in=kinds)
    if person := params.get("person", ""):
        found = found.filter(account__in=whole.people.filter(email__icontains=person[:100]).values("pk")[:500])
    if company := params.get("company", ""):
        found = found.filter(company__in=Client.objects.filter(named(company[:120])).values("tenant"))
    if since := moments.since(params):
        found = found.filter(at__gte=since)
    if until := moments.until(params):
        found = found.filter(at__lt=until)
    return cursors.before(found, params.get("cursor", ""))


def named(text: str) -> Q:
    """By address, or by what the company is called."""
    match = Q(slug=text)
    for token in words.fold(text).split()[:6]:
        match |= Q(search_text__contains=words.encode(token))
    return match


def lines_of(rows: list[PlatformLog], whole: Readable) -> list[dict[str, Any]]:
    """With the names of people and companies."""
    emails = dict(whole.people.filter(pk__in={row.account for row in rows}).values_list("pk", "email"))
    companies = dict(Client.objects.filter(tenant__in={row.company for row in rows}).values_list("tenant", "name"))
    return [line(row, emails, companies) for row in rows]


urlpatterns = [path("log/", Log.as_view()), path("log/export/", Taken.as_view()), path("log/kinds/", Kinds.as_view())]
