"""Whether somebody has registered the same project already: end user, scope and series (spec 2.1, W-6.1.1)."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Q

from kernel.words import encode
from tenant_apps.crm.models.registration import Registration
from tenant_apps.partners.alike import ENOUGH, key_of, similarity

CLAIMED = (Registration.State.SUBMITTED, Registration.State.PROTECTED)
ALIKE = ENOUGH
"""From here on two names, or two scopes, mean the same (spec 2.1)."""


class Conflict(NamedTuple):
    """Another claim: `same` project, or `near` enough to be asked about."""

    registration: Registration
    same: bool


def conflicts(mine: Registration) -> list[Conflict]:
    """Claims of others for the same end user: the same when series and scope agree, near when one of them does. Protected ones first."""
    user, scope = key_of(mine.end_user), _letters(mine.plain_scope)
    rows = Registration.objects.filter(state__in=CLAIMED).exclude(pk=mine.pk).select_related("series")
    if mine.series_id is not None:
        series = Q(series_id=mine.series_id) | Q(series_id=None)
        rows = rows.filter(Q(plain_user=mine.plain_user) | series | Q(bid_no=mine.bid_no, bid_no__gt=""))
    found = []
    for row in rows.order_by("pk")[:2000]:
        tender = bool(mine.bid_no) and row.bid_no == mine.bid_no
        if not tender and row.plain_user != mine.plain_user and similarity(key_of(row.end_user), user) < ALIKE:
            continue
        line = row.series_id is None or mine.series_id is None or row.series_id == mine.series_id
        alike = row.plain_scope == mine.plain_scope or similarity(_letters(row.plain_scope), scope) >= ALIKE
        if tender or line or alike:
            found.append(Conflict(row, tender or (line and alike)))
    return sorted(found, key=lambda one: (not one.same, one.registration.state != Registration.State.PROTECTED, one.registration.pk))


def _letters(text: str) -> str:
    """A scope as letters that trigrams know."""
    return "".join(letter for letter in encode(text).lower() if letter.isalnum())


def told(conflict: Conflict, name_of: Any) -> dict[str, Any]:
    """What a competitor in the own house may know of a claim: that it is there, whose it is and until when; nothing of its contents."""
    row = conflict.registration
    return {
        "number": row.number,
        "same": conflict.same,
        "state": row.state,
        "state_label": row.get_state_display(),
        "owner": name_of(row.owner),
        "dealer": row.dealer_id is not None,
        "series": str(row.series) if row.series else "",
        "protected_until": row.protected_until,
    }
