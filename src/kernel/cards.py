"""Cards of the home page: figures, lists and charts that apps offer and a member's roles let them see.

@card("overdue", _("Overdue receivables"), kind="figure", needs="finance.due")
def overdue(by, on): return {"value": "1268400.00", "unit": "money"}
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

from kernel import registry
from kernel.access import Actor

Reader = Callable[[Actor, date], dict[str, Any]]
SIZES = {"figure": (3, 2), "list": (4, 6), "chart": (8, 6)}


@dataclass(frozen=True)
class Card:
    name: str
    title: str | Promise
    kind: str
    needs: str
    order: int
    read: Reader
    size: tuple[int, int]
    sums: tuple[str, ...] = ()

    def offered(self, actor: Actor) -> bool:
        """Whether a member may read what the card is about, and every amount that is summed on it."""
        return (
            self.needs in registry.here() and actor.may(self.needs, "read") and not actor.profile.hidden(self.needs).intersection(self.sums)
        )

    def told(self) -> dict[str, Any]:
        return {"name": self.name, "title": str(self.title), "kind": self.kind, "size": list(self.size), "theme": self.theme}

    @property
    def theme(self) -> str:
        """What it is about: the part of the menu in which its documents stand, else one's own desk."""
        menu = registry.get(self.needs).menu
        return next((str(one.label) for one in registry.MENUS if one.key == menu), str(registry.MENUS[0].label))


_cards: dict[str, Card] = {}


def card(
    name: str,
    title: str | Promise,
    *,
    kind: str,
    needs: str,
    order: int = 50,
    size: tuple[int, int] | None = None,
    sums: tuple[str, ...] = (),
) -> Callable[[Reader], Reader]:
    """Offer a card to everybody who may read the resource `needs` and to whom none of the amounts `sums` is hidden there."""

    def register(function: Reader) -> Reader:
        _cards[name] = Card(name, title, kind, needs, order, function, size or SIZES[kind], sums)
        return function

    return register


def of(actor: Actor) -> list[Card]:
    return sorted((one for one in _cards.values() if one.offered(actor)), key=lambda one: one.order)


def get(name: str, actor: Actor) -> Card | None:
    found = _cards.get(name)
    return found if found is not None and found.offered(actor) else None
