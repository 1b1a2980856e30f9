"""Is this process alive, and can it serve?"""

from __future__ import annotations

from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpResponse, JsonResponse
from redis.exceptions import RedisError

from tenants import directory
from tenants.cache import SHARED
from tenants.context import public_context

ASKED_A_MINUTE = 300


def answer(path: str, domain: str = "") -> HttpResponse:
    if path.rstrip("/") == "/health/domain":
        return HttpResponse(status=certified(domain.lower()))
    if path.rstrip("/") == "/health/live":
        return JsonResponse({"live": True})
    if path.rstrip("/") != "/health/ready":
        return HttpResponse(status=404)
    parts = {"database": database(), "cache": kept()}
    return JsonResponse({"ready": all(parts.values()), **parts}, status=200 if all(parts.values()) else 503)


def certified(domain: str) -> int:
    """What a proxy is told that asks before it gets a certificate: 200 for addresses of companies, 404 for all others, and no more.
    Whoever calls the proxy by invented names makes it ask: beyond so many questions a minute nothing is looked up."""
    if too_many():
        return 429
    return 200 if directory.company_at(domain) is not None else 404


def too_many() -> bool:
    key = f"{SHARED}domains-asked"
    try:
        cache.add(key, 0, 60)
        return cache.incr(key) > ASKED_A_MINUTE
    except (OSError, RedisError, ValueError):  # without a cache, or when the minute has ended in between
        return False


def database() -> bool:
    try:
        with public_context(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM tenants_schemarelease LIMIT 1")
            return cursor.fetchone() is not None
    except (DatabaseError, InterfaceError):
        return False


def kept() -> bool:
    try:
        cache.set(f"{SHARED}health", 1, 5)
    except (OSError, RedisError):
        return False
    return True
