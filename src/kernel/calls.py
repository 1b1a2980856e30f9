"""The running call: one transaction, one person, one instant, and all that happens in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import OperationalError, transaction

from kernel import events
from kernel.models import Event

P = ParamSpec("P")
T = TypeVar("T")
CHOSEN_OUT = {"40P01", "40001"}
ATTEMPTS = 3


class Call:
    """What a transaction has locked, written and made so far."""

    def __init__(self) -> None:
        self.locked: dict[tuple[type, Any], Any] = {}
        self.events: list[Event] = []
        self.created: list[Any] = []
        self.held: list[dict[str, Any]] = []
        self.chosen: dict[str, Any] = {}
        self.checked: dict[str, Any] = {}
        """{kind of action: items} that the sender says they have checked."""
        self.confirmed: dict[str, list[str]] = {}
        """Of these what a standard asks for: it is kept with the event."""
        self.imports = False
        """Whether what is written comes from a sheet: business that ran elsewhere stands where it stood."""
        self.kept: dict[str, Any] = {}
        """What an app has read for many steps of it, by a name of its own."""


_current: ContextVar[Call | None] = ContextVar("call", default=None)


def current() -> Call:
    call = _current.get()
    if call is None:
        raise RuntimeError("Only inside calls.call().")
    return call


def importing() -> bool:
    """Whether the running call brings in a sheet."""
    running = _current.get()
    return running is not None and running.imports


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


def anew(work: Callable[P, T]) -> Callable[P, T]:
    """Work of one transaction is done again from its start when the database chose it to break a deadlock."""

    @wraps(work)
    def insisting(*args: P.args, **kwargs: P.kwargs) -> T:
        for _attempt in range(1, ATTEMPTS):
            try:
                return work(*args, **kwargs)
            except OperationalError as error:
                if _current.get() is not None or getattr(error.__cause__, "sqlstate", "") not in CHOSEN_OUT:
                    raise
        return work(*args, **kwargs)

    return insisting
