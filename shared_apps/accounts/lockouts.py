"""Who is locked out after too many wrong passwords, and lifting it before its time."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import UTC, datetime

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import Rate
from django.core.cache import cache
from django.http import HttpRequest

APP, ACTION = "allauth.account", "login_failed"


def until(emails: Iterable[str]) -> dict[str, datetime]:
    """{address: when the lock ends} of those that are locked out now."""
    now, slots = time.time(), {(email, rate): _slot(email, rate) for email in emails for rate in _rates()}
    known = cache.get_many(slots.values())
    found: dict[str, datetime] = {}
    for (email, rate), slot in slots.items():
        history = [hit for hit in known.get(slot, ()) if hit > now - rate.duration]
        if len(history) >= rate.amount:
            ends = datetime.fromtimestamp(history[rate.amount - 1] + rate.duration, UTC)
            found[email] = max(found.get(email, ends), ends)
    return found


def lift(request: HttpRequest, email: str) -> None:
    """They may try again at once."""
    get_adapter(request)._delete_login_attempts_cached_email(request, email=email)


def _rates() -> list[Rate]:
    """Those that count for a person, wherever the attempts come from."""
    return [rate for rate in ratelimit.get_rates(app=APP, action=ACTION) if rate.per == "key"]


def _slot(email: str, rate: Rate) -> str:
    key = get_adapter()._get_login_attempts_cache_key(None, email=email)
    return str(ratelimit.get_cache_key(None, app=APP, action=ACTION, rate=rate, key=key))
