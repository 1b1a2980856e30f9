"""What happened, written once in the transaction in which it happens, and told to those who want to know.

`@follows(kind)` runs in the same transaction: projections such as an order's delivered quantity, which must never be seen
wrong. `@after(kind)` runs after the commit in a worker, and again when the worker died: such a handler may run twice and
must come to the same end. Kinds are `app.document.verb`; `app.document.*` matches every verb, `*.verb` every document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection, transaction

from kernel import bulk
from kernel.specs import key_of

if TYPE_CHECKING:
    from kernel.access import Actor
    from kernel.documents import Document
    from kernel.models import Event

F = TypeVar("F", bound=Callable[..., None])

_following: dict[str, list[Callable[..., None]]] = defaultdict(list)
_after: dict[str, list[Callable[..., None]]] = defaultdict(list)
_asked: list[tuple[Callable[[str], bool], Callable[..., None]]] = []


def follows(*kinds: str) -> Callable[[F], F]:
    """Run `function(document, event, by=, at=)` in the transaction of each such event."""
    return _register(_following, kinds)


def after(*kinds: str) -> Callable[[F], F]:
    """Run `function(event)` after the commit, at least once."""
    return _register(_after, kinds)


def after_those(wanted: Callable[[str], bool]) -> Callable[[F], F]:
    """Run `function(event)` after the commit of events whose kind is wanted just then: the company decides, not the code."""

    def register(function: F) -> F:
        _asked.append((wanted, function))
        return function

    return register


def _later(kind: str) -> list[Callable[..., None]]:
    return [*_matching(_after, kind), *(function for wanted, function in _asked if wanted(kind))]


def _register(table: dict[str, list[Callable[..., None]]], kinds: tuple[str, ...]) -> Callable[[F], F]:
    def register(function: F) -> F:
        for kind in kinds:
            table[kind].append(function)
        return function

    return register


def _matching(table: dict[str, list[Callable[..., None]]], kind: str) -> list[Callable[..., None]]:
    base, _sep, verb = kind.rpartition(".")
    created = table.get(f"{base}.create", ()) if verb == "import" else ()  # an imported document is created like any other
    return [*table.get(kind, ()), *created, *table.get(f"{base}.*", ()), *table.get(f"*.{verb}", ())]


def refs_of(document: Document) -> list[str]:
    """The histories in which an event of this document appears: its own and those of its river."""
    found = [f"{key_of(type(document))}:{document.pk}"]
    for name in document.river:
        relation: Any = document._meta.get_field(name)
        key = getattr(document, relation.attname)
        if key is not None:
            found.append(f"{key_of(relation.related_model)}:{key}")
    return list(dict.fromkeys([*found, *getattr(document, "chain", ())]))


def make(verb: str, document: Document, *, by: Actor, at: datetime, changes: dict[str, Any], data: dict[str, Any] | None = None) -> Event:
    """An event, not yet written."""
    from kernel.models import Event

    key = key_of(type(document))
    kind = f"{key}.{verb}"
    told = {"label": str(document)}
    if by.visitor:
        told["by"] = by.name
    total = getattr(document, "total", None)
    if total is not None:
        told["amount"] = str(total)
    return Event(
        at=at,
        actor=by.id,
        kind=kind,
        subject=key,
        subject_id=document.pk,
        refs=refs_of(document),
        changes=changes,
        data={**told, **(data or {})},
        pending=bool(_later(kind)),
    )


def write(events: Iterable[Event]) -> None:
    """Write events in one go and have the pending ones delivered once the transaction is committed."""
    from kernel.models import Event

    written = list(events)
    bulk.insert(Event, written)
    pending = [event.pk for event in written if event.pending]
    if pending:
        schema = getattr(connection, "schema_name", "public")
        transaction.on_commit(lambda: _send(schema, pending), robust=True)


def _send(schema: str, keys: list[int]) -> None:
    from kernel.tasks import deliver

    deliver.apply_async(args=[keys], headers={"_schema_name": schema})


def follow(document: Document, event: Event, *, by: Actor, at: datetime) -> None:
    """Run what belongs in the same transaction as an event."""
    for function in _matching(_following, event.kind):
        function(document, event, by=by, at=at)


def deliver_pending(keys: Iterable[int]) -> int:
    """Run the after-commit handlers of events still pending; returns how many were delivered.

    Each event is locked while its handlers run and marked in the same transaction: two workers never deliver one event at
    once, and one that dies leaves it pending for the sweeper.
    """
    from kernel.models import Event

    done = 0
    for key in keys:
        with transaction.atomic():
            event = Event.objects.select_for_update(skip_locked=True).filter(pk=key, pending=True).first()
            if event is None:
                continue
            for function in _later(event.kind):
                function(event)
            Event.objects.filter(pk=key).update(pending=False)
            done += 1
    return done


def forget_pending() -> None:
    """In a copy of a company the original's news are not told again."""
    from kernel.models import Event

    Event.objects.filter(pending=True).update(pending=False)
