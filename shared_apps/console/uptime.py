"""The measured uptime against the promise (P-C.1)."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any

import requests
from django.conf import settings
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from shared_apps.console.models import Announcement, Probe

PROMISED = Decimal("99.50")
"""Percent of all minutes."""
DAYS = 90
MINUTE = timedelta(minutes=1)
SECONDS = 10


def probe(at: datetime) -> Probe:
    """Ask the web server over the network, as a visitor would, and note the answer of this minute; a second time in it changes nothing."""
    started = time.monotonic()
    try:
        answer = requests.get(settings.PROBE_URL, timeout=SECONDS)
        trouble = "" if answer.ok else f"HTTP {answer.status_code}"
    except requests.RequestException as error:
        trouble = type(error).__name__
    minute = at.replace(second=0, microsecond=0)
    spent = int((time.monotonic() - started) * 1000)
    return Probe.objects.get_or_create(minute=minute, defaults={"ok": not trouble, "milliseconds": spent, "trouble": trouble})[0]


def percent(good: int, all_: int) -> Decimal | None:
    """Good minutes of all, two decimals, rounded down so that no promise is kept by rounding; None where nothing was measured."""
    return (Decimal(100) * good / all_).quantize(Decimal("0.01"), ROUND_FLOOR) if all_ else None


def measured(until: datetime, days: float = DAYS) -> dict[str, Any]:
    """Uptime of the last days, by day and in all. A minute in which nobody asked counts as down: then the platform did not work either."""
    first = Probe.objects.order_by("minute").values_list("minute", flat=True).first()
    zone = timezone.get_default_timezone()
    start = max(first or until, until - timedelta(days=days))
    answered = Probe.objects.filter(ok=True, minute__gte=start, minute__lt=until).annotate(day=TruncDate("minute", tzinfo=zone))
    good: Counter[date] = Counter(dict(answered.values_list("day").annotate(Count("pk")).order_by()))
    total: Counter[date] = Counter()
    day_start = start
    while day_start < until:
        local = day_start.astimezone(zone)
        midnight = timezone.make_aware(datetime.combine(local.date() + timedelta(days=1), datetime.min.time()), zone)
        end = min(midnight, until)
        total[local.date()] += round((end - day_start) / MINUTE)
        day_start = end
    by_day = [{"day": day.isoformat(), "percent": _text(percent(min(good[day], count), count))} for day, count in sorted(total.items())]
    found = percent(min(good.total(), total.total()), total.total())
    return {"promised": str(PROMISED), "percent": _text(found), "kept": found is None or found >= PROMISED, "days": by_day}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def status(at: datetime) -> dict[str, Any]:
    """What the status page tells everybody: whether it works now, how well it has worked, and what maintenance is planned."""
    last = Probe.objects.order_by("-minute").first()
    works = last is not None and last.ok and at - last.minute < 3 * MINUTE
    planned = Announcement.objects.filter(
        kind=Announcement.Kind.MAINTENANCE, state=Announcement.State.PUBLISHED, clients=[], ends_at__gt=at
    ).order_by("starts_at")
    windows = [{"title": row.title, "text": row.text, "starts_at": row.starts_at, "ends_at": row.ends_at} for row in planned[:5]]
    return {
        "works": works,
        "measured": last is not None,
        **measured(at.replace(second=0, microsecond=0)),
        "maintenance": windows,
        "place": settings.DATA_PLACE,
    }
