"""The menu and the lists as a role arranges them (界面组, 界面). What is arranged is still only what its reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kernel.access import Actor
from kernel.resources import Resource

Group = dict[str, Any]


def menu(groups: list[Group], actor: Actor) -> list[Group]:
    """The product's menu in the order, under the names and without the entries that the first arranging role says."""
    screens = next((one for one in actor.profile.screens if one.get("menu") or one.get("hidden")), None)
    if screens is None:
        return groups
    hidden = set(screens.get("hidden", ()))
    usual = {group["key"]: group for group in groups}
    entries = {item["key"]: item for group in groups for item in group["items"] if item["key"] not in hidden}
    placed = {name for group in screens.get("menu", ()) for name in group.get("items", ())}
    found = []
    for told in [*screens.get("menu", ()), *({"key": key} for key in usual if key not in _keys(screens))]:
        own = usual.get(told["key"], {"key": told["key"], "label": told["key"], "icon": "file", "items": []})
        rest = [item for item in own["items"] if item["key"] in entries and item["key"] not in placed]
        items = [entries[name] for name in told.get("items", ()) if name in entries] + rest
        if items:
            found.append({**own, "label": told.get("label") or own["label"], "icon": told.get("icon") or own["icon"], "items": items})
    return found


def _keys(screens: Any) -> set[str]:
    return {group["key"] for group in screens.get("menu", ())}


def _list(key: str, actor: Actor) -> dict[str, Any]:
    """How the first role that says something about a list has it begin."""
    return next((one["lists"][key] for one in actor.profile.screens if key in one.get("lists", {})), {})


def columns(resource: Resource, actor: Actor) -> Sequence[str]:
    chosen = [name for name in _list(resource.key, actor).get("columns", ()) if name in resource.fields]
    return chosen or resource.listed


def sort(resource: Resource, actor: Actor) -> str:
    """In what order it begins, as far as the reader may sort by that."""
    told = _list(resource.key, actor).get("sort", "")
    return told if told and _known(told.lstrip("-"), resource, actor) else resource.sort


def filters(resource: Resource, actor: Actor) -> dict[str, Any]:
    """The filters with which the menu opens it."""
    told = {name: value for name, value in _list(resource.key, actor).get("filters", {}).items() if _known(name, resource, actor)}
    return {"filters": told} if told else {}


def _known(name: str, resource: Resource, actor: Actor) -> bool:
    base = name.partition("__")[0]
    return base in resource.own and base not in actor.profile.hidden(resource.key)
