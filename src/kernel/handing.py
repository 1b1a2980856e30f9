"""Everything that is in somebody's hands, and putting it into another's (spec 2.23). Apps add what is no owned document: waiting tasks, departments led.

What belongs to somebody are the documents they own that still wait for something; what is finished stays theirs, as history.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from django.db.models import Q

from kernel import bulk, calls, events, registry, saving
from kernel.access import Actor
from kernel.differences import snapshot
from kernel.resources import Resource, Text

CHANGED = ("owner", "unit", "version", "updated_at", "updated_by")


class Kind:
    """A kind of thing that is in somebody's hands."""

    key: ClassVar[str]
    label: ClassVar[Text]

    def held(self, member: int) -> list[int]:
        """The ids of what they have."""
        raise NotImplementedError

    def move(self, ids: Sequence[int], giver: int, to: int, unit: int | None, *, by: Actor, at: datetime) -> None:
        """Put these into somebody else's hands."""
        raise NotImplementedError

    def still(self, ids: Sequence[int], member: int) -> list[int]:
        """Which of these they still have."""
        mine = set(self.held(member))
        return [one for one in ids if one in mine]


@dataclass
class Documents(Kind):
    """Documents of a type that somebody owns."""

    resource: Resource

    @property
    def key(self) -> str:  # type: ignore[override]
        return self.resource.key

    @property
    def label(self) -> Text:  # type: ignore[override]
        return self.resource.plural

    def held(self, member: int, where: Q | None = None) -> list[int]:
        rows = self.resource.queryset().filter(owner=member)
        if self.resource.has_state:
            rows = rows.filter(state__in=going_on(self.resource))
        return list((rows.filter(where) if where is not None else rows).order_by("pk").values_list("pk", flat=True))

    def still(self, ids: Sequence[int], member: int) -> list[int]:
        return list(self.resource.queryset().filter(pk__in=ids, owner=member).order_by("pk").values_list("pk", flat=True))

    def move(self, ids: Sequence[int], giver: int, to: int, unit: int | None, *, by: Actor, at: datetime) -> None:
        call: Any = calls.current()
        documents = saving.lock_many(self.resource.model, ids)
        for document in documents:
            before = document.owner
            document.owner, document.unit = to, unit if unit is not None else document.unit
            document.version += 1
            document.updated_at, document.updated_by = at, by.id
            document.__dict__["_stored"] = snapshot(document)
            event = events.make("hand_over", document, by=by, at=at, changes={"owner": [before, to]})
            call.events.append(event)
            events.follow(document, event, by=by, at=at)
        bulk.update(documents, CHANGED)


def going_on(resource: Resource) -> list[str]:
    """The states in which something can still happen to a document."""
    states: Any = resource.own["state"].choices
    happening = [action for action in resource.actions if action.verb not in resource.model.uses] or resource.actions
    return [state for state, _label in states if any(not action.when or state in action.when for action in happening)]


class Contact(NamedTuple):
    """Somebody at a customer, to whom a new colleague is introduced."""

    email: str
    name: str
    customer: str


_others: dict[str, Kind] = {}
_contacts: dict[str, Callable[[Sequence[int]], list[Contact]]] = {}
_personal: set[str] = set()


def add(kind: Kind) -> None:
    """An app's own kind of thing in somebody's hands; instead of owned documents when it has their key."""
    _others[kind.key] = kind


def has_contacts(key: str, function: Callable[[Sequence[int]], list[Contact]]) -> None:
    """Behind documents of this type stand people who are told who is there for them."""
    _contacts[key] = function


def contacts(key: str, ids: Sequence[int]) -> list[Contact]:
    """Whom to tell that these documents have somebody else behind them."""
    return _contacts[key](ids) if key in _contacts and ids else []


def keep_personal(*keys: str) -> None:
    """Kinds of documents that stay with their owner whatever happens: how somebody is represented, what they asked for themselves."""
    _personal.update(keys)


def kinds() -> dict[str, Kind]:
    """All kinds, the documents first."""
    owned = (
        resource for resource in registry.here().values() if resource.model.row_scoped and resource.menu and resource.key not in _personal
    )
    return {**{resource.key: Documents(resource) for resource in owned}, **_others}
