"""The port through which one app says when another app's action may not happen.

    @gate("logistics.delivery.ship")
    def paid(delivery, *, by, at): ...      # returns, or raises Refused with the reason

The app whose action is gated knows nothing of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from kernel import calls

Gate = Callable[..., None]
F = TypeVar("F", bound=Gate)

_gates: dict[str, list[Gate]] = defaultdict(list)
_of_all: list[Gate] = []


def gate(*kinds: str) -> Callable[[F], F]:
    """Ask this function before each of the named actions (`app.document.verb`)."""

    def register(function: F) -> F:
        for kind in kinds:
            _gates[kind].append(function)
        return function

    return register


def gate_of_all(function: F) -> F:
    """Ask this function before every action there is: `function(kind, document, by=, at=)`."""
    _of_all.append(function)
    return function


def ask(kind: str, document: Any, *, by: Any, at: datetime) -> None:
    """Let every gate of an action speak; the first refusal ends it."""
    for asked in _of_all:
        asked(kind, document, by=by, at=at)
    for function in _gates.get(kind, ()):
        function(document, by=by, at=at)


def kinds() -> list[str]:
    return sorted(_gates)


def unchecked(slot: str, items: Sequence[str]) -> list[str]:
    """What whoever acts has not yet said they have looked at; the rest goes into the history. `slot` is the action, `app.document.verb`,
    and a word after `#` where something else is asked than a work standard."""
    call = calls.current()
    told = call.checked.get(slot)
    missing = [item for item in items if not isinstance(told, list) or item not in told]
    if items and not missing:
        call.confirmed.setdefault(slot.partition("#")[0], []).extend(items)
    return missing


def checklist(slot: str, title: str, items: Sequence[str], text: str = "") -> dict[str, Any]:
    """What a refusal carries, so that the items are put to the person at the screen and the call is sent again with `_checked: {slot: items}`."""
    return {"checklist": {"kind": slot, "title": title, "items": list(items), **({"text": text} if text else {})}}
