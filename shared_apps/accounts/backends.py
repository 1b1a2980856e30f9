"""Finding the person of a session without asking the database at every request."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.core.cache import cache
from redis.exceptions import RedisError

KEPT = 300


def slot(pk: Any) -> str:
    return f"shared:account:{pk}"


class CachedBackend(AuthenticationBackend):
    """allauth's log-in; accounts are kept for five minutes and forgotten the moment they change.

    Django still compares the session with the account's password hash, so a changed password ends all other sessions.
    """

    def get_user(self, user_id: Any) -> Any:
        try:
            found = cache.get(slot(user_id))
        except (OSError, RedisError):  # without the cache, ask the database
            return super().get_user(user_id)
        if found is None:
            found = super().get_user(user_id)
            if found is not None:
                cache.set(slot(user_id), found, KEPT)
        return found


def forget(pk: Any) -> None:
    """The account has changed."""
    with suppress(OSError, RedisError):  # without the cache nothing is kept
        cache.delete(slot(pk))
