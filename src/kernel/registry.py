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
from kernel.lines import line_model
from kernel.resources import Menu, Resource
from kernel.specs import key_of
from tenants.context import PUBLIC

if TYPE_CHECKING:
    from kernel.access import Actor
    from kernel.resources import Text

_resources: dict[str, Resource] = {}
_by_address: dict[tuple[str, str], Resource] = {}

MENUS = (
    Menu("desk", pgettext_lazy("menu", "My desk"), "desk", 0),
    Menu("crm", pgettext_lazy("menu", "Customers"), "team", 1),
    Menu("market", pgettext_lazy("menu", "Market"), "sound", 2),
    Menu("sales", pgettext_lazy("menu", "Sales"), "sales", 2),
    Menu("buying", pgettext_lazy("menu", "Suppliers"), "shop", 3),
    Menu("logistics", pgettext_lazy("menu", "Delivery"), "truck", 3),
    Menu("stock", pgettext_lazy("menu", "Stock"), "stock", 4),
    Menu("finance", pgettext_lazy("menu", "Finance"), "finance", 5),
    Menu("catalog", pgettext_lazy("menu", "Products"), "catalog", 6),
    Menu("platform", pgettext_lazy("menu", "Platform"), "bank", 7),
    Menu("office", pgettext_lazy("menu", "Office"), "office", 7),
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
        for part in ("parameters", "resources", "handlers", "gates", "cards", "alerts"):
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


NAMED = 3


def apps_here() -> dict[str, list[Resource]]:
    """A company's document types by app."""
    found: dict[str, list[Resource]] = {}
    for resource in everything().values():
        found.setdefault(resource.app, []).append(resource)
    return found


def titled(resources: list[Resource]) -> str:
    """An app is called by its first screens."""
    names = [str(resource.plural) for resource in resources if resource.menu] or [str(resource.plural) for resource in resources]
    return " · ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")


@cache
def needed_by(app: str) -> frozenset[str]:
    """The apps without which documents of this one cannot be made: those whose documents they have to name."""
    owns = apps_here().get(app, [])
    asked = [
        spec for one in owns for specs in (one.own, *one.line_specs.values()) for spec in specs.values() if spec.required and spec.target
    ]
    return frozenset(key_of(spec.target).partition(".")[0] for spec in asked if spec.target) - {app}


_sources: dict[str, Callable[[], dict[str, Resource]]] = {}


def add_source(app: str, source: Callable[[], dict[str, Resource]]) -> None:
    """Document types that a company makes itself (its own forms), by key; they all belong to this app."""
    _sources[app] = source


def here() -> dict[str, Resource]:
    """What there is where the running code works: a company's, its own forms among them, or the platform's at the operators' console."""
    if config.schema() == PUBLIC:
        return of_platform()
    return {**everything(), **{key: found for source in _sources.values() for key, found in source().items()}}


def find(key: str) -> Resource | None:
    found = _resources.get(key)
    if found is None and (source := _sources.get(key.partition(".")[0])):
        found = source().get(key)
    return found


def get(key: str) -> Resource:
    found = find(key)
    if found is None:
        raise KeyError(key)
    return found


def at(app: str, path: str) -> Resource | None:
    return _by_address.get((app, path)) or find(f"{app}.{path}")


@cache
def standing_in() -> dict[str, tuple[tuple[str, str], ...]]:
    """{document type: (document type, kind of lines)} where documents with a page of their own are lines of others as well: the people of a customer."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for resource in everything().values():
        for name in resource.line_parts if not resource.in_custom else ():
            key = key_of(line_model(resource.model, name))
            if key in _resources:
                found[key] = (*found.get(key, ()), (resource.key, name))
    return found


def of(model: type[models.Model]) -> Resource | None:
    return find(key_of(model))


def label(key: str) -> Text:
    found = find(key)
    return found.label if found else key
