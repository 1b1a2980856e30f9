"""Alert rules that an app brings along for its own documents; the company takes them over and changes them as it likes.

Declared in `<app>/alerts.py`:

    ready(Ready("order-late", "sales.order", _("Order late"), 'state in ("confirmed", "released")', field="promised_date",
                steps=(step(-3, OWNER), step(1, OWNER, superior()))))
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kernel.resources import Text

Person = dict[str, Any]
OWNER: Person = {"who": "owner"}
HEAD: Person = {"who": "head"}
MANAGEMENT: Person = {"who": "administrators"}


def superior(level: int = 1) -> Person:
    """The owner's n-th superior."""
    return {"who": "superior", "level": level}


def field(path: str) -> Person:
    """The colleague whom a field of the document names (`warehouse.keeper`)."""
    return {"who": "field", "field": path}


def step(days: int, *to: Person) -> dict[str, Any]:
    """One rung of the ladder: so many days before (negative) or after, and who is told."""
    return {"days": days, "to": list(to)}


@dataclass(frozen=True)
class Ready:
    """A rule as it is shipped. `anchor`: a `date` field, `silent` since the last event, or `holds` since it became true."""

    key: str
    resource: str
    name: Text
    condition: str
    steps: Sequence[dict[str, Any]]
    anchor: str = "date"
    field: str = ""
    level: str = "warning"
    facts: Sequence[str] = ()
    per: str = ""
    repeat: int = 0


_ready: dict[str, Ready] = {}


def ready(*rules: Ready) -> None:
    """Bring rules along."""
    _ready.update({rule.key: rule for rule in rules})


def everything() -> dict[str, Ready]:
    return _ready
