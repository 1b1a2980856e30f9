"""Whether answers came when they were promised (P-M.2)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from shared_apps.console.models import Feedback
from shared_apps.console.uptime import DAYS, percent

IN_TIME = Q(answered_at__lte=F("answer_by"))


def due(rows: QuerySet[Feedback], until: datetime, days: float = DAYS) -> QuerySet[Feedback]:
    """Those that were answered, or had to be, within the last days; one that is not due yet breaks no promise."""
    return rows.filter(Q(answered_at__isnull=False) | Q(answer_by__lte=until), answer_by__gt=until - timedelta(days=days))


def kept(until: datetime) -> dict[str, Any]:
    """Of all companies' feedback of the last 90 days: how many answers were promised by now, and how many percent of them came in time."""
    told = due(Feedback.objects.all(), until).aggregate(all=Count("pk"), good=Count("pk", filter=IN_TIME))
    share = percent(told["good"], told["all"])
    return {"count": told["all"], "percent": None if share is None else str(share)}
