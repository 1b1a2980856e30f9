"""Cards of the operators' home page."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import TruncWeek
from django.utils.translation import gettext_lazy as _

from kernel import clock, registry
from kernel.access import Actor, visible
from kernel.cards import card
from shared_apps.console import promises, uptime
from shared_apps.console.actions.feedback import OPEN
from shared_apps.console.models import Client, Feedback

S = Client.State
AT_WORK = (S.TRIAL, S.ACTIVE, S.PAST_DUE)
WEEKS = 12
LIST = 8
URGENT_FIRST = tuple(Feedback.Severity.values)
COLOURS = {Feedback.Severity.BLOCKED: "red", Feedback.Severity.HINDERED: "orange", Feedback.Severity.MINOR: "default"}


def _clients(actor: Actor) -> QuerySet[Client]:
    return visible(actor, Client.objects.all(), "console.client")


def _feedback(actor: Actor) -> QuerySet[Feedback]:
    return visible(actor, Feedback.objects.filter(state__in=OPEN), "console.feedback")


@card("platform_companies", _("Companies at work"), kind="figure", needs="console.client", order=1)
def companies(actor: Actor, on: date) -> dict[str, Any]:
    query = "&".join(f"state={state}" for state in AT_WORK)
    return _count(_clients(actor).filter(state__in=AT_WORK), "console.client", query, "up")


@card("platform_feedback", _("Open feedback"), kind="figure", needs="console.feedback", order=2)
def feedback(actor: Actor, on: date) -> dict[str, Any]:
    return _count(_feedback(actor), "console.feedback", "&".join(f"state={state}" for state in OPEN), "down")


def _count(rows: QuerySet[Any], key: str, query: str, better: str) -> dict[str, Any]:
    return {"value": str(rows.count()), "unit": "count", "delta": None, "better": better, "link": {"key": key, "query": query}}


@card("platform_uptime", _("Uptime this month"), kind="figure", needs="console.client", order=3)
def uptime_this_month(actor: Actor, on: date) -> dict[str, Any]:
    now = clock.now().replace(second=0, microsecond=0)
    began = now.replace(day=1, hour=0, minute=0)
    percent = uptime.measured(now, (now - began) / timedelta(days=1))["percent"]
    return {
        "value": None if percent is None else str(Decimal(percent) / 100),
        "unit": "percent",
        "places": 2,
        "delta": None,
        "better": "up",
    }


@card("platform_promises", _("Answers in time, 90 days"), kind="figure", needs="console.client", order=4)
def answers_in_time(actor: Actor, on: date) -> dict[str, Any]:
    """How many of the promised answers came in time, in percent."""
    share = promises.kept(clock.now())["percent"]
    link = {"key": "console.feedback", "query": "sort=answer_by"}
    return {"value": None if share is None else str(Decimal(share) / 100), "unit": "percent", "delta": None, "better": "up", "link": link}


@card("platform_states", _("Companies by state"), kind="chart", needs="console.client", order=20, size=(6, 6))
def by_state(actor: Actor, on: date) -> dict[str, Any]:
    counted = {row["state"]: row["n"] for row in _clients(actor).values("state").annotate(n=Count("pk")).order_by()}
    shown = [one for one in registry.get("console.client").own["state"].options() if counted.get(one["value"]) or one["value"] in AT_WORK]
    data = [str(counted.get(one["value"], 0)) for one in shown]
    return {
        "x": [one["label"] for one in shown],
        "series": [{"name": str(Client._meta.verbose_name), "kind": "bar", "unit": "count", "data": data}],
    }


@card("platform_signups", _("Sign-ups by week"), kind="chart", needs="console.client", order=21, size=(6, 6))
def signups(actor: Actor, on: date) -> dict[str, Any]:
    """Companies that signed up in each of the last twelve weeks, named by their Mondays."""
    first = on - timedelta(days=on.weekday(), weeks=WEEKS - 1)
    weeks = [first + timedelta(weeks=step) for step in range(WEEKS)]
    rows = _clients(actor).filter(signed_up_on__gte=first).annotate(week=TruncWeek("signed_up_on"))
    counted = {row["week"]: row["n"] for row in rows.values("week").annotate(n=Count("pk")).order_by()}
    data = [str(counted.get(week, 0)) for week in weeks]
    series = [{"name": str(_("Sign-ups")), "kind": "bar", "unit": "count", "data": data}]
    return {"x": [week.strftime("%m-%d") for week in weeks], "series": series}


@card("platform_urgent", _("Feedback by severity"), kind="list", needs="console.feedback", order=22, size=(6, 6))
def urgent(actor: Actor, on: date) -> dict[str, Any]:
    """Open feedback, what stops work on top, then what was promised first."""
    rank = Case(*(When(severity=one, then=Value(place)) for place, one in enumerate(URGENT_FIRST)), output_field=IntegerField())
    rows = _feedback(actor).filter(~Q(state=Feedback.State.ANSWERED)).select_related("client").order_by(rank, "answer_by", "pk")[:LIST]
    return {
        "rows": [
            {
                "_key": "console.feedback",
                "id": row.pk,
                "label": row.title,
                "sub": " · ".join(filter(None, (row.number, row.client.name if row.client else ""))),
                "date": row.answer_by.astimezone(clock.now().tzinfo).strftime("%m-%d %H:%M") if row.answer_by else "",
                "tag": {"label": row.get_severity_display(), "color": COLOURS[Feedback.Severity(row.severity)]},
            }
            for row in rows
        ]
    }
