"""Cache keys carry the company, so that no company reads what another has kept."""

from __future__ import annotations

from typing import Any

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache, RedisCacheClient

from tenants.context import PUBLIC, current_schema

SHARED = "shared:"
SHARED_PREFIXES = (SHARED, "django.contrib.sessions.", "allauth:")


def make_key(key: Any, key_prefix: str, version: int) -> str:
    """`<prefix>:<version>:<schema>:<key>`.

    Log-ins and their limits belong to people, who live in the public schema: a session ended anywhere is ended, and
    guessing a password counts once for all companies. Whether a person may enter is asked of the company each time.
    """
    text = str(key)
    schema = PUBLIC if text.startswith(SHARED_PREFIXES) else current_schema()
    return f"{key_prefix}:{version}:{schema}:{text}"


class Client(RedisCacheClient):
    """Django's cache client, with one connection object a pool instead of a new one at every call."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._made: dict[bool, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        found = self._made.get(write)
        if found is None:
            found = self._made[write] = super().get_client(key, write=write)
        return found


class Cache(RedisCache):
    """The shared cache."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = Client

    def validate_key(self, key: str) -> None:
        """Any text is a key here; Django asks for what another kind of cache could take."""


def forget(schema: str) -> None:
    """Nothing that was kept for a company is true any more: all its tables have been replaced."""
    client = caches["default"]._cache.get_client(write=True)  # type: ignore[attr-defined]
    kept = list(client.scan_iter(match=f"*:{schema}:*", count=1000))
    if kept:
        client.delete(*kept)
