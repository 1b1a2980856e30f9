"""The platform's log as operators search it (W-2.1.3)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import path
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import registry, words
from kernel.api.me import MemberView
from kernel.refusals import FieldError, Invalid
from shared_apps.accounts.models import User
from shared_apps.console.models import Client, PlatformLog
from tenants.context import PUBLIC, here

KEY = "console.platformlog"
PAGE = 100
KINDS = {
    "log_in": gettext_lazy("Log-in"),
    "log_in_failed": gettext_lazy("Failed log-in"),
    "log_out": gettext_lazy("Log-out"),
    "locked_out": gettext_lazy("Locked out"),
    "new_browser": gettext_lazy("Log-in in a new browser"),
    "idle": gettext_lazy("Ended after a pause"),
    "refused": gettext_lazy("Refused for lack of permission"),
    "sign_up": gettext_lazy("Sign-up"),
    "joined": gettext_lazy("Joined a company"),
    "factor_added": gettext_lazy("Second factor added"),
    "factor_removed": gettext_lazy("Second factor removed"),
    "second_factor_failed": gettext_lazy("Second factor failed"),
    "recovery_codes_made": gettext_lazy("Recovery codes made"),
    "password_changed": gettext_lazy("Password changed"),
    "password_reset_asked": gettext_lazy("Password reset asked for"),
    "password_reset": gettext_lazy("Password reset"),
    "email_change_asked": gettext_lazy("Change of e-mail asked for"),
    "email_changed": gettext_lazy("E-mail changed"),
    "sessions_ended": gettext_lazy("Log-ins ended"),
    "token_made": gettext_lazy("Key for programs made"),
    "token_revoked": gettext_lazy("Key for programs withdrawn"),
    "webhook_key_shown": gettext_lazy("Key of a webhook shown"),
    "connected": gettext_lazy("Outside log-in connected"),
    "disconnected": gettext_lazy("Outside log-in disconnected"),
    "recognised": gettext_lazy("Outside log-in recognised"),
    "support": gettext_lazy("Support access"),
    "operator": gettext_lazy("Operator's work"),
    "permission": gettext_lazy("Change of permissions"),
    "export": gettext_lazy("Export"),
    "api": gettext_lazy("Calls of a program"),
    "job": gettext_lazy("Job"),
}
"""What is written, in words. Others are shown as they are called."""
COLOURS = {
    "log_in_failed": "orange", "locked_out": "red", "second_factor_failed": "orange", "factor_removed": "orange", "support": "purple",
    "operator": "purple", "permission": "gold", "export": "blue", "api": "cyan",
}  # fmt: skip


class Log(MemberView):
    """Log-ins, lock-outs, second factors, support access: the latest first, by kind, person, company and time."""

    def get(self, request: Request) -> Response:
        if here().schema_name != PUBLIC or not self.actor.may(KEY, "read"):
            raise Http404
        rows = list(asked(request.query_params)[: PAGE + 1])
        people = dict(User.objects.filter(pk__in={row.account for row in rows}).values_list("pk", "email"))
        companies = dict(Client.objects.filter(tenant__in={row.company for row in rows}).values_list("tenant", "name"))
        told = [line(row, people, companies) for row in rows[:PAGE]]
        return Response({"rows": told, "next": str(rows[PAGE - 1].pk) if len(rows) > PAGE else None})


class Kinds(MemberView):
    """What can be searched for."""

    def get(self, request: Request) -> Response:
        if here().schema_name != PUBLIC or not self.actor.may(KEY, "read"):
            raise Http404
        return Response({"rows": [{"value": kind, "label": str(label)} for kind, label in KINDS.items()]})


def asked(params: Any) -> QuerySet[PlatformLog]:
    """The lines that were asked for."""
    found = PlatformLog.objects.order_by("-id")
    if kinds := [kind[:60] for kind in params.getlist("kind") if kind]:
        found = found.filter(kind__in=kinds)
    if person := params.get("person", ""):
        found = found.filter(account__in=User.objects.filter(email__icontains=person[:100]).values("pk")[:500])
    if company := params.get("company", ""):
        found = found.filter(company__in=Client.objects.filter(named(company[:120])).values("tenant"))
    if since := moment(params, "from"):
        found = found.filter(at__gte=since)
    if until := moment(params, "to"):
        found = found.filter(at__lt=until + timedelta(days=1) if len(params["to"]) == len("2026-11-21") else until)
    before = params.get("cursor", "")
    return found.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 19 else found


def named(text: str) -> Q:
    """By address, or by what the company is called."""
    match = Q(slug=text)
    for token in words.fold(text).split()[:6]:
        match |= Q(search_text__contains=words.encode(token))
    return match


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


WORKS = {
    "export": gettext_lazy("Export"),
    "import": gettext_lazy("Import"),
    "bulk": gettext_lazy("Many at once"),
    "sandbox": gettext_lazy("Copy into the sandbox"),
    "company_export": gettext_lazy("Export of the whole company"),
    "company_import": gettext_lazy("Import of a whole company"),
    "client_backup": gettext_lazy("Backup"),
    "client_restore": gettext_lazy("Restore over"),
    "client_restore_beside": gettext_lazy("Restore beside"),
    "client_archive": gettext_lazy("Archive for another server"),
    "company_opening": gettext_lazy("Company opening"),
}
STEPS = {"create": gettext_lazy("New"), "change": gettext_lazy("Changed"), "delete": gettext_lazy("Deleted")}


def word_of(what: str) -> str:
    """What was worked on, as people call it: a job, a verb of a company's page, a kind of document and what was done to it."""
    if what in WORKS:
        return str(WORKS[what])
    resource = registry.find(what) or registry.find(what.rpartition(".")[0])
    verb = "" if registry.find(what) else what.rpartition(".")[2]
    acted = (resource or registry.get("console.client")).verbs.get(verb or what)
    step = str(acted.label) if acted else str(STEPS.get(verb, verb))
    return " · ".join(filter(None, (resource.label if resource else "", step))) or what


def line(row: PlatformLog, people: dict[int, str], companies: dict[int, str]) -> dict[str, Any]:
    return {
        "id": row.pk, "at": row.at, "kind": row.kind, "kind_label": str(KINDS.get(row.kind, row.kind)),
        "color": COLOURS.get(row.kind, "default"), "person": people.get(row.account or 0), "company": companies.get(row.company or 0),
        "ip": row.ip, "agent": row.agent, "what": word_of(str(row.data["what"])) if row.data.get("what") else "",
        "data": {name: value for name, value in row.data.items() if name != "what"},
    }  # fmt: skip


urlpatterns = [path("log/", Log.as_view()), path("log/kinds/", Kinds.as_view())]
