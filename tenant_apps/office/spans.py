"""Working time between two fields, by the company's calendar: days off and public holidays do not count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from kernel.refusals import Refused
from tenant_apps.organization import hours

DAYS, HOURS = "days", "hours"
UNITS = (DAYS, HOURS)
MORNING, AFTERNOON = "am", "pm"
HALF = Decimal("0.5")
LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True)
class Span:
    """From one field to another, in working days or hours; days may begin in the afternoon and end at noon. Read like a formula."""

    since: str
    until: str
    unit: str = DAYS
    since_half: str = ""
    until_half: str = ""

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset({self.since, self.until, self.since_half, self.until_half} - {""})

    def value(self, values: Mapping[str, Any]) -> Decimal | None:
        """How much of it is worked; nothing as long as an end is open, none when it ends before it begins."""
        first, last = values.get(self.since), values.get(self.until)
        if first is None or last is None:
            return None
        if last - first > LONGEST:
            raise Refused(
                "too_long", _("From %(first)s to %(last)s is more than three years. Please check the two.") % {"first": first, "last": last}
            )
        if isinstance(first, datetime):
            return self._of_instants(first, last)
        days = self._of_days(first, last, values)
        return days if self.unit == DAYS else days * _hours(hours.day_length())

    def _of_instants(self, first: datetime, last: datetime) -> Decimal:
        worked = hours.working_between(first, last)
        return _hours(worked) if self.unit == HOURS else _hours(worked) / (_hours(hours.day_length()) or 1)

    def _of_days(self, first: date, last: date, values: Mapping[str, Any]) -> Decimal:
        if last < first:
            return Decimal(0)
        found = Decimal(hours.working_days(first, last))
        if values.get(self.since_half) == AFTERNOON and hours.works_on(first):
            found -= HALF
        if values.get(self.until_half) == MORNING and hours.works_on(last):
            found -= HALF
        return max(found, Decimal(0))


def _hours(time: timedelta) -> Decimal:
    return Decimal(time // timedelta(seconds=1)) / 3600
