"""The idle connections of a process. A company gets the one that has served it before: there PostgreSQL knows its tables already.

Reading the catalog for a company that a connection has not met costs more than its query, and what has been read stays in the
server's memory. So companies are spread over few connections instead of every thread's connection meeting all of them.
"""

from __future__ import annotations

import os
import select
import threading
import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from weakref import WeakSet

from django.conf import settings

from tenants.context import PUBLIC


@dataclass(slots=True, eq=False)
class Kept:
    """A connection with what is known of its session: whose it is and which companies it has met."""

    raw: Any
    until: float | None = None
    session: tuple[str, bool] | None = None
    met: set[str] = field(default_factory=set)

    def suits(self, schema: str) -> bool:
        """Whether its server's memory is to take this schema in, or has done so."""
        return schema == PUBLIC or schema in self.met or len(self.met) < settings.COMPANIES_PER_CONNECTION

    def alive(self) -> bool:
        """Asks the socket, not the server: an idle connection with something to read has been closed from the other side."""
        if self.raw.closed or (self.until is not None and time.monotonic() >= self.until):
            return False
        poll = select.poll()
        poll.register(self.raw.fileno(), select.POLLIN)
        return not poll.poll(0)


class Shelf:
    """Lends each connection to one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[Kept] = []
        self._made: WeakSet[Any] = WeakSet()

    def made(self, raw: Any) -> None:
        """A connection begins its life."""
        with self._lock:
            self._made.add(raw)

    def take(self, schema: str) -> Kept | None:
        """A living connection for work in this schema; None where a new one is to be made.

        Where all have met too many companies the youngest ends: the others know those who come all the time.
        """
        while (found := self._choose(schema)) is not None:
            if found.alive() and found.suits(schema):
                return found
            found.raw.close()
        return None

    def _choose(self, schema: str) -> Kept | None:
        with self._lock:
            suited = [kept for kept in self._idle if kept.suits(schema)]
            if not suited and self._open() < settings.DATABASE_CONNECTIONS:
                return None
            best = min(suited, key=lambda kept: (schema not in kept.met, len(kept.met)), default=None)
            found = best or max(self._idle, key=lambda kept: kept.until or 0, default=None)
            if found is not None:
                self._idle.remove(found)
            return found

    def _open(self) -> int:
        return sum(not raw.closed for raw in self._made)

    def give(self, kept: Kept) -> None:
        """Back from a thread that has done its work; ended when that has led it through too many companies."""
        if len(kept.met) > settings.COMPANIES_PER_CONNECTION:
            kept.raw.close()
            return
        with self._lock:
            self._idle.append(kept)

    def clear(self) -> None:
        """End the idle connections."""
        with self._lock:
            idle, self._idle = self._idle, []
        for kept in idle:
            kept.raw.close()

    def forget(self) -> None:
        """In a forked process: the connections belong to the one it came from."""
        self.__init__()  # type: ignore[misc]


@cache
def shelf_of(database: str, host: str, port: str, user: str) -> Shelf:
    """The idle connections to this database with this log-in."""
    shelf = Shelf()
    os.register_at_fork(after_in_child=shelf.forget)
    return shelf
