"""The running call: one transaction, one person, one instant, and all that happens in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction

from kernel import events
from kernel.models import Event


class Call:
    """What a transaction has locked, written and made so far."""

    def __init__(self) -> None:
        self.locked: dict[tuple[type, Any], Any] = {}
        self.events: list[Event] = []
        self.created: list[Any] = []


_current: ContextVar[Call | None] = ContextVar("call", default=None)


def current() -> Call:
    call = _current.get()
    if call is None:
        raise RuntimeError("Only inside calls.call().")
    return call


@contextmanager
def call() -> Iterator[Call]:
    """Join the running call, or start one: a transaction whose events are written together at its end."""
    running = _current.get()
    if running is not None:
        yield running
        return
    started = Call()
    with transaction.atomic():
        token = _current.set(started)
        try:
            yield started
            events.write(started.events)
        finally:
            _current.reset(token)  # before the commit: what runs after it is another call
