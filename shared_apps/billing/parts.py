"""The parts of the product as a list to choose from: what a plan holds, by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.utils.functional import lazy

from kernel import registry
from kernel.limits import ALWAYS

Choice = tuple[str, Any]


def name_of(app: str) -> str:
    return registry.titled(registry.apps_here().get(app, []))


@cache
def _known() -> list[Choice]:
    """In the order in which they stand in the menu; those that every plan holds are left out."""
    order = {menu.key: menu.order for menu in registry.MENUS}
    apps = {app: min(order.get(one.menu, 99) for one in found) for app, found in registry.apps_here().items() if app not in ALWAYS}
    return [(app, lazy(name_of, str)(app)) for app in sorted(apps, key=lambda app: apps[app])]


class PartChoices(Sequence[Choice]):
    """App and name of every part that can be bought; asked when all apps have been read."""

    def __getitem__(self, index: Any) -> Any:
        return _known()[index]

    def __len__(self) -> int:
        return len(_known())


PARTS = PartChoices()


def complete(apps: Iterable[str]) -> list[str]:
    """These apps and those without which their documents cannot be made."""
    found, left = set[str](), list(apps)
    while left:
        app = left.pop()
        if app not in found:
            found.add(app)
            left += registry.needed_by(app) - ALWAYS
    return [app for app, _name in _known() if app in found]


def names(apps: Iterable[str]) -> list[str]:
    chosen = set(apps)
    return [str(name) for app, name in _known() if app in chosen]
