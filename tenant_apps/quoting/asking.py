"""Who is asked to agree to a quote that was submitted (spec 2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kernel import people
from kernel.access import Actor
from tenant_apps.contracts import asking
from tenant_apps.organization.people import who_sees
from tenant_apps.pricing import authority
from tenant_apps.quoting.models import Quote

KEY = authority.KEY


def deciders(quote: Quote) -> list[int]:
    """Colleagues who see it and may agree to it; below the floor also those who do so two by two. Nobody is asked about their own."""
    together = (authority.BELOW, authority.COUNTERSIGN) if quote.level >= authority.BELOW_FLOOR else ()
    able = authority.deciders(quote.level, KEY, "approve", together=together)
    return who_sees(KEY, quote.pk, [one for one in able if one != quote.owner])


def ask(quote: Quote, by: Actor, at: datetime) -> None:
    """Tell all of them, and note whom."""
    able = deciders(quote)
    quote.facts = {**quote.facts, "asked": able}
    asking.tell(quote, able, by, at)


def told(row: Mapping[str, Any]) -> list[str] | None:
    """Of a quote as it was read: who was asked about it, none where there was nobody; None while nobody need be asked."""
    if row.get("state") != Quote.State.SUBMITTED:
        return None
    names = people.members()
    return [names[one] for one in (row.get("facts") or {}).get("asked", []) if one in names]
