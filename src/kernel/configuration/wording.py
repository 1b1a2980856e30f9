"""Nested values of a configuration (grants, masks, layouts, drawings) as lines that people read: `Orders › Change: Own department`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from kernel import registry
from kernel.api.wire import dump
from kernel.resources import Resource

STEP = " › "


def lines(value: Any, words: Mapping[str, str]) -> list[str]:
    """One line for each value in it. `words`: what the names and texts in it are called (`own` → Own)."""
    return list(_told(value, (), None, words))


def differing(old: Any, now: Any, words: Mapping[str, str]) -> tuple[str, str]:
    """The lines of either that the other has not."""
    was, new = lines(old, words), lines(now, words)
    told = "\n".join(line for line in was if line not in new), "\n".join(line for line in new if line not in was)
    return told if any(told) else (_raw(old), _raw(now))


def _raw(value: Any) -> str:
    return dump(value).decode() if value else ""


def _told(value: Any, path: tuple[str, ...], resource: Resource | None, words: Mapping[str, str]) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, one in value.items():
            known = registry.find(name) or resource
            yield from _told(one, (*path, _named(name, resource, words)), known, words)
    elif isinstance(value, list) and any(isinstance(one, Mapping | list) for one in value):
        for number, one in enumerate(value, 1):
            yield from _told(one, (*path, str(number)), resource, words)
    elif value not in (None, "", []):
        text = ", ".join(_text(one, resource, words) for one in (value if isinstance(value, list) else [value]))
        yield f"{STEP.join(path)}: {text}" if path else text


def _named(name: str, resource: Resource | None, words: Mapping[str, str]) -> str:
    """A document type, an app, a verb or a field by its label; anything else as it is written."""
    if found := registry.find(name):
        return str(found.plural)
    app, _dot, rest = name.partition(".")
    if rest == "*" and app in registry.apps_here():
        return registry.titled(registry.apps_here()[app])
    if resource is not None and name in resource.verbs:
        return str(resource.verbs[name].label)
    if resource is not None and name in resource.fields:
        return str(resource.fields[name].label)
    return str(words.get(name, name))


def _text(value: Any, resource: Resource | None, words: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    text = str(value)
    return str(words[text]) if text in words else _named(text, resource, words)
