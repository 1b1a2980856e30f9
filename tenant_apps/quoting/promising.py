"""By when a quote promises to deliver: by the longest lead time of its lines, until somebody says otherwise (spec 2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _t

from kernel import clock
from tenant_apps.pricing import configured
from tenant_apps.quoting.parameters import DELIVERY_DAYS

if TYPE_CHECKING:
    from tenant_apps.quoting.models import Quote, QuoteLine

Json = dict[str, Any]
LATEST = 36_500
"""Days after which no delivery is told."""


def typed(quote: Quote) -> int | None:
    """The days that somebody has promised by hand; None while they follow the lines."""
    return None if quote.delivery_days == quote.facts.get("followed") else quote.delivery_days


def follow(quote: Quote, placed: Mapping[int, QuoteLine]) -> None:
    """Note the line that takes longest, by its place on the quote, and promise its days unless others were typed."""
    at, slowest = max(placed.items(), key=lambda one: configured.lead_days(one[1]), default=(0, None))
    days = configured.lead_days(slowest) if slowest is not None else 0
    lead = {"line": at, "days": days, "of": configured.lead_of(slowest)} if days else None
    followed = None
    if typed(quote) is None:
        quote.delivery_days = followed = days or DELIVERY_DAYS.value()
    quote.facts = {**quote.facts, "lead": lead, "followed": followed}


def told(row: Mapping[str, Any], facts: Mapping[str, Any]) -> Json | None:
    """The line that takes longest, what its days come from, and the day that is promised to who accepts today."""
    days, lead = row.get("delivery_days"), facts.get("lead")
    if not lead or not isinstance(days, int):
        return lead
    promised = clock.now().date() + timedelta(days=min(days, LATEST))
    return {**lead, "promised": promised.isoformat(), "followed": facts.get("followed") == days}


def warnings(row: Mapping[str, Any], facts: Mapping[str, Any]) -> list[Json]:
    """A promise that is shorter than the lead time, in words; who may decide so is the authority's business."""
    days, lead = row.get("delivery_days"), facts.get("lead")
    if not lead or not isinstance(days, int) or days >= lead["days"]:
        return []
    sentence = _t(
        "%(days)s days are promised, line %(line)s takes %(lead)s. Promise %(lead)s days, or leave the field empty and it follows the lines."
    )
    told = {"days": days, "line": str(lead["line"] + 1), "lead": lead["days"]}
    return [{"code": "early_delivery", "detail": sentence % told}]
