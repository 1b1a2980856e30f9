"""Log-in sessions that are worth something in one company only."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import cached_db, db
from redis.exceptions import RedisError

from tenants.context import current_schema, here

PLACE = "_company"


def _place() -> str:
    """The schema asked, or the operators' console, which has none of its own."""
    return "console" if getattr(here().tenant, "console", False) else current_schema()


class SessionStore(cached_db.SessionStore):
    """Remembers where it was begun; carried to another company's address it is empty there."""

    def load(self) -> dict[str, Any]:
        try:
            data: dict[str, Any] = super().load()
        except RedisError:  # without the cache the session is still in the database
            data = db.SessionStore.load(self)
        if data and data.get(PLACE) != _place():
            self._session_key = None
            return {}
        return data

    def save(self, must_create: bool = False) -> None:
        self._get_session(no_load=must_create)[PLACE] = _place()  # type: ignore[attr-defined]
        super().save(must_create)
