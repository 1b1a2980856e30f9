"""Days and instants that a query names: `from=2026-11-21`, `to=2026-11-21T18:00+08:00`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from kernel.refusals import FieldError, Invalid

Params = Mapping[str, str]


def since(params: Params, name: str = "from") -> datetime | None:
    """The instant named, or the beginning of the day named; None when nothing is."""
    return _named(params, name, 0)


def until(params: Params, name: str = "to") -> datetime | None:
    """The instant named, or the end of the day named."""
    return _named(params, name, 1)


def _named(params: Params, name: str, days: int) -> datetime | None:
    text = params.get(name, "")
    if not text:
        return None
    try:
        day = parse_date(text)
        found = _midnight(day + timedelta(days=days)) if day else parse_datetime(text)
    except (ValueError, OverflowError):
        found = None
    if found is None or timezone.is_naive(found):
        raise Invalid([FieldError(name, "bad_date", _("Please give a day such as 2026-11-21."))])
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
