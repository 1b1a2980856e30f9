"""What people do at the door, written to the platform's log."""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from redis.exceptions import RedisError

from kernel import entry
from shared_apps.console.models import PlatformLog
from tenants.cache import SHARED
from tenants.context import public_context

ONCE = 300
HOUR = 3600
MOST_REFUSALS = 60


def record(kind: str, request: HttpRequest | None, account: int | None = None, **data: Any) -> None:
    """One line: what, who, at which company, from where. Nothing that was typed goes into it but a name for a thing."""
    with public_context():
        PlatformLog.objects.create(
            at=timezone.now(),
            account=account,
            company=getattr(getattr(request, "tenant", None), "pk", None),
            kind=kind,
            ip=address_of(request),
            agent=agent_of(request),
            data=data,
        )


def first(kind: str, account: int) -> bool:
    """Whether this has not happened to the account in the last five minutes."""
    return bool(cache.add(f"{SHARED}log:{kind}:{account}", 1, ONCE))


def refused(request: Any, code: str) -> None:
    """Somebody was told that they may not do this: written once an hour for each person and thing, and not without end."""
    who = request.user
    account = getattr(who, "account", None) or getattr(who, "pk", None)
    found = request.resolver_match
    what = f"{request.method} /{found.route if found else ''}"
    person = account or address_of(request)
    place = getattr(getattr(request, "tenant", None), "schema_name", "")
    slot = hashlib.sha256(f"{person} {place} {what}".encode()).hexdigest()
    try:
        if not cache.add(f"{SHARED}refused:{slot}", 1, HOUR) or _count(f"{SHARED}refusals:{person}") > MOST_REFUSALS:
            return
    except (OSError, RedisError):  # without the cache nothing tells one from a thousand
        return
    record(
        "refused",
        request,
        account,
        what=what[:200],
        code=code,
        **{name: pk for name, pk in found.kwargs.items() if name == "pk"} if found else {},
    )


def _count(slot: str) -> int:
    cache.add(slot, 0, HOUR)
    return int(cache.incr(slot))


def address_of(request: HttpRequest | None) -> str | None:
    """Where the request came from, as far as trusted proxies tell."""
    if request is None:
        return None
    try:
        return str(get_adapter(request).get_client_ip(request)) or None
    except PermissionDenied:
        return None


entry.port.address_of = address_of


def agent_of(request: HttpRequest | None) -> str:
    return "" if request is None else request.META.get("HTTP_USER_AGENT", "").replace("\x00", "")[:200]
