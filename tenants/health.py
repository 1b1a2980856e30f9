"""Is this process alive, and can it serve?"""

from __future__ import annotations

from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpResponse, JsonResponse
from redis.exceptions import RedisError

from tenants import directory
from tenants.cache import SHARED
from tenants.context import public_context


def answer(path: str, domain: str = "") -> HttpResponse:
    if path.rstrip("/") == "/health/domain":  # a proxy asks before it gets a certificate
        return HttpResponse(status=200 if directory.company_at(domain.lower()) is not None else 404)
    if path.rstrip("/") == "/health/live":
        return JsonResponse({"live": True})
    if path.rstrip("/") != "/health/ready":
        return HttpResponse(status=404)
    parts = {"database": database(), "cache": kept()}
    return JsonResponse({"ready": all(parts.values()), **parts}, status=200 if all(parts.values()) else 503)


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
