"""The port through which an action waits until people have agreed to it.

Whether an action is under approval is the company's own configuration. The call is kept as it was sent and carried out later,
in the name of whoever asked, with state and permission checked again; until then its document is locked. The app whose action
is held knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _

from kernel import calls, people
from kernel.access import Actor
from kernel.refusals import Refused
from kernel.specs import Spec, key_of

if TYPE_CHECKING:
    from kernel.documents import Document
    from kernel.resources import Resource


CHOSEN, CHECKED = "_chosen", "_checked"


@dataclass(frozen=True)
class Wish:
    """What somebody wants done, in wire form. `document` is one in memory when the wish is to create it."""

    key: str
    verb: str
    document: Any
    values: Mapping[str, Any]
    by: Actor
    at: datetime

    @property
    def kind(self) -> str:
        return f"{self.key}.{self.verb}"


@dataclass(frozen=True)
class Lock:
    """Who has a document, and which of its fields this reader may change all the same."""

    approval: int
    waiting_for: Sequence[int]
    sentence: str
    editable: frozenset[str] = frozenset()

    def told(self) -> dict[str, Any]:
        waiting = [people.named("member", one) for one in self.waiting_for]
        return {"id": self.approval, "waiting_for": waiting, "reason": self.sentence, "editable": sorted(self.editable)}


class Port:
    """Filled in by the app that keeps approvals. None of the answers takes a statement where a company has no flow."""

    kinds: Callable[[], frozenset[str]] = frozenset
    """Actions under approval, `app.document.verb`."""
    locking: Callable[[], frozenset[str]] = frozenset
    """Document types of which one may be locked by an approval."""
    hold: Callable[[Wish], dict[str, Any] | None] = staticmethod(lambda wish: None)
    """Keep a wish and tell who is waited for; None when no flow applies to this very document."""
    lock_of: Callable[[str, int, Actor], Lock | None] = staticmethod(lambda key, pk, by: None)

    hiding: Callable[[], frozenset[str]] = frozenset
    """Document types of which those who decide may be shown less while they do."""
    veils: Callable[[str, Actor], Mapping[int, frozenset[str]]] = staticmethod(lambda key, by: {})
    """{document: fields hidden from this reader as long as it is being decided}."""

    go_on_with: Callable[[int, Sequence[str]], None] = staticmethod(lambda approval, verbs: None)
    """Keep the verbs that were to follow with the wish."""


port = Port()
_through: ContextVar[frozenset[tuple[str, int | None]]] = ContextVar("through", default=frozenset())


@contextmanager
def let_through(key: str, pk: int | None) -> Iterator[None]:
    """Within it this document is neither locked nor held: what has been agreed to is carried out."""
    token = _through.set(_through.get() | {(key, pk)})
    try:
        yield
    finally:
        _through.reset(token)


def replays() -> bool:
    """Whether what people have agreed to is being carried out, with nobody there who could be asked."""
    return bool(_through.get())


def agreed(document: Document) -> bool:
    """Whether people have agreed to what is happening to it just now."""
    return (key_of(type(document)), document.pk) in _through.get()


def wire(params: Mapping[str, Spec], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a call as they could have been sent."""
    return {
        name: value.pk if isinstance(value, models.Model) else params[name].render_value(value)
        for name, value in values.items()
        if name in params
    }


def wired(resource: Resource, values: Mapping[str, Any], lines: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Any]:
    """A document's values and lines as a form could have sent them."""
    own = wire(resource.own, values) | ({"custom": values["custom"]} if "custom" in values else {})
    kept = {}
    for name, given in lines.items():
        kept[name] = [wire(resource.line_specs[name], line) | ({"id": line["id"]} if "id" in line else {}) for line in given]
    return own | kept


def held(
    key: str, verb: str, document: Any, values: Callable[[], Mapping[str, Any]], *, by: Actor, at: datetime, part: bool = False
) -> bool:
    """Whether the call now waits for people; its answer says for whom. A part of another action cannot wait."""
    if by.id is None and not by.visitor:
        return False  # the product itself
    if f"{key}.{verb}" not in port.kinds() or (key, document.pk) in _through.get():
        return False
    if part or by.visitor:
        raise _needed(document)
    fields = frozenset(given) if verb == "change" and (given := values()) else None
    check_free(document, by, fields)
    if fields is not None and lock_of(key, document.pk, by) is not None:
        return False  # a change that whoever decides just now may make
    told = port.hold(Wish(key, verb, document, values(), by, at))
    if told is None:
        return False
    calls.current().held.append(told)
    return True


def _needed(document: Any) -> Refused:
    return Refused(
        "needs_approval",
        _("%(document)s needs an approval for this, and this step cannot wait for it. Ask for it on the document itself; then go on here.")
        % {"document": document},
    )


def choose(data: Mapping[str, Any]) -> dict[str, Any]:
    """A call without what its sender says beside it: whom they want asked, {node: [members]}, and what they have checked, {kind: [items]}."""
    call, chosen, checked = calls.current(), data.get(CHOSEN), data.get(CHECKED)
    call.chosen, call.checked = chosen if isinstance(chosen, dict) else {}, checked if isinstance(checked, dict) else {}
    return {name: value for name, value in data.items() if name not in (CHOSEN, CHECKED)}


def go_on_with(verbs: Sequence[str]) -> None:
    """What was to follow upon a held call in the same request follows upon it when it is carried out."""
    port.go_on_with(calls.current().held[-1]["approval"], verbs)


def check_free(document: Document, by: Actor, fields: frozenset[str] | None = None) -> None:
    """Refuse a change of a document that is being decided about, except of `fields` that its present node lets this person change."""
    lock = lock_of(key_of(type(document)), document.pk, by)
    if lock is None or (fields is not None and fields <= lock.editable):
        return
    raise Refused("in_approval", lock.sentence, extra={"approval": lock.approval})


def lock_of(key: str, pk: int | None, by: Actor) -> Lock | None:
    """Who has this document; asked only of document types that can be locked at all."""
    if pk is None or key not in port.locking() or (key, pk) in _through.get():
        return None
    return port.lock_of(key, pk, by)


# what those who decide do not see ----------------------------------------------------------------------------------
def veils(key: str, by: Actor) -> Mapping[int, frozenset[str]]:
    """{document: fields hidden from this reader while it is being decided}; asked only of document types with such a flow."""
    return port.veils(key, by) if by.id is not None and key in port.hiding() else {}


def beholder(key: str, pk: int | None, by: Actor) -> Actor:
    """The reader as they see this very document: whoever decides about it may be shown less of it."""
    names = veils(key, by).get(pk or 0)
    return by.veiled(key, names) if names else by
