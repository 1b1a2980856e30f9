"""All resources of the product, by key. Filled when Django has loaded the apps; fixed afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.utils.translation import pgettext_lazy

from kernel import config
from kernel.resources import Menu, Resource
from kernel.specs import key_of
from tenants.context import PUBLIC

if TYPE_CHECKING:
    from kernel.access import Actor
    from kernel.resources import Text

_resources: dict[str, Resource] = {}
_by_address: dict[tuple[str, str], Resource] = {}

MENUS = (
    Menu("crm", pgettext_lazy("menu", "Customers"), "team", 1),
    Menu("sales", pgettext_lazy("menu", "Sales"), "sales", 2),
    Menu("logistics", pgettext_lazy("menu", "Delivery"), "truck", 3),
    Menu("stock", pgettext_lazy("menu", "Stock"), "stock", 4),
    Menu("finance", pgettext_lazy("menu", "Finance"), "finance", 5),
    Menu("catalog", pgettext_lazy("menu", "Products"), "catalog", 6),
    Menu("platform", pgettext_lazy("menu", "Platform"), "bank", 7),
    Menu("services", pgettext_lazy("menu", "Services"), "services", 8),
    Menu("settings", pgettext_lazy("menu", "Administration"), "settings", 9),
)


@dataclass(frozen=True)
class Page:
    """A screen of its own in the menu, beside the lists: `page.<name>`."""

    menu: str
    name: str
    label: Text
    may: Callable[[Actor], bool]


_pages: list[Page] = []


def add_page(page: Page) -> None:
    _pages.append(page)


def pages() -> list[Page]:
    return _pages


def load() -> None:
    """Read resources, handlers and gates of every installed app of ours."""
    for app in apps.get_app_configs():
        if not getattr(app, "business", False):
            continue
        for part in ("resources", "handlers", "gates", "cards"):
            if find_spec(f"{app.name}.{part}"):
                module = import_module(f"{app.name}.{part}")
                if part == "resources":
                    _add(module, getattr(app, "platform", False))


def _add(module: Any, platform: bool) -> None:
    for found in vars(module).values():
        if isinstance(found, type) and issubclass(found, Resource) and found is not Resource and found.__module__ == module.__name__:
            resource = found()
            resource.platform = platform
            _resources[resource.key] = resource
            _by_address[(resource.app, resource.path)] = resource


@cache
def everything() -> dict[str, Resource]:
    """What a company has."""
    return {key: resource for key, resource in _resources.items() if not resource.platform}


@cache
def of_platform() -> dict[str, Resource]:
    """What the operators of the platform have; companies see of it what concerns them."""
    return {key: resource for key, resource in _resources.items() if resource.platform}


def here() -> dict[str, Resource]:
    """What there is where the running code works: a company's, or the platform's at the operators' console."""
    return of_platform() if config.schema() == PUBLIC else everything()


def find(key: str) -> Resource | None:
    return _resources.get(key)


def get(key: str) -> Resource:
    return _resources[key]


def at(app: str, path: str) -> Resource | None:
    return _by_address.get((app, path))


def of(model: type[models.Model]) -> Resource | None:
    return _resources.get(key_of(model))


def label(key: str) -> Text:
    return _resources[key].label if key in _resources else key
