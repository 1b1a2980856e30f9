"""What apps above know of a partner and this one asks for: why it may not be recycled, its contracts' ends, what a page about it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kernel.resources import Text

if TYPE_CHECKING:
    from kernel.access import Actor
    from tenant_apps.partners.models import Partner

Ids = Sequence[int]


@dataclass(frozen=True)
class Panel:
    """A part of the page of a partner (客户全景) and of the pack that is handed over with it: rows of `title`, `text`, `date`, `_key`, `id`."""

    name: str
    label: Text
    rows: Callable[[Partner, Actor], list[dict[str, Any]]]
    packed: bool = False
    """Whether whoever claims the account out of a pool sees it too, without telephone numbers."""
    adds: tuple[str, str] | None = None
    """The document type of which a new one begins here, and its field that names the partner."""


_stops: list[tuple[Text, Callable[[Ids], set[int]]]] = []
_ends: list[Callable[[Ids], Mapping[int, date]]] = []
_panels: list[Panel] = []


def stops(why: Text) -> Callable[[Callable[[Ids], set[int]]], Callable[[Ids], set[int]]]:
    """Register which of some partners have business that keeps them out of the pool (an open quote), in one statement for all."""

    def register(function: Callable[[Ids], set[int]]) -> Callable[[Ids], set[int]]:
        _stops.append((why, function))
        return function

    return register


def contract_ends(function: Callable[[Ids], Mapping[int, date]]) -> Callable[[Ids], Mapping[int, date]]:
    """Register when the last approved contracts of some partners end."""
    _ends.append(function)
    return function


def add_panel(panel: Panel) -> None:
    _panels.append(panel)


def stopped(ids: Ids) -> dict[int, list[str]]:
    """{partner: why it is not recycled}."""
    found: dict[int, list[str]] = {}
    for why, function in _stops if ids else ():
        for pk in function(ids):
            found.setdefault(pk, []).append(str(why))
    return found


def last_ends(ids: Ids) -> dict[int, date]:
    """{partner: the last day of its last approved contract}."""
    found: dict[int, date] = {}
    for function in _ends if ids else ():
        for pk, day in function(ids).items():
            found[pk] = max(found.get(pk, day), day)
    return found


def panels(partner: Partner, actor: Actor, *, packed: bool = False) -> list[dict[str, Any]]:
    """What apps above show of a partner, as far as the reader may see it; empty parts to which nothing can be added are left out."""
    shown = [one for one in _panels if one.packed or not packed]
    told = [(one, one.rows(partner, actor), one.adds if one.adds and actor.may(one.adds[0], "create") else None) for one in shown]
    return [
        {"name": one.name, "label": str(one.label), "rows": rows, "adds": adds and {"key": adds[0], "field": adds[1]}}
        for one, rows, adds in told
        if rows or adds
    ]
