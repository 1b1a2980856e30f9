"""What would change where configuration is carried to, for people to look at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from kernel.api.wire import dump
from kernel.configuration import wording
from kernel.configuration.pictures import NAMED, Key, Pictures, Row, fields, resources
from kernel.resources import Resource

NEW, CHANGED, ONLY_HERE = "new", "changed", "only_live"


def diff(here: Pictures, theirs: Pictures) -> dict[str, Any]:
    """The rows that differ, and the hash of it."""
    rows = [told for resource in resources() for told in _rows(resource, here.get(resource.key, {}), theirs.get(resource.key, {}))]
    return {"rows": rows, "digest": hashlib.sha256(dump(rows)).hexdigest()}


def _rows(resource: Resource, mine: dict[Key, Row], theirs: dict[Key, Row]) -> Iterator[dict[str, Any]]:
    for key, row in theirs.items():
        changes = changes_of(resource, mine.get(key), row)
        if changes:
            yield _told(resource, key, row, CHANGED if key in mine else NEW, changes)
    for key in mine.keys() - theirs.keys():
        yield _told(resource, key, mine[key], ONLY_HERE, [])


def _told(resource: Resource, key: Key, row: Row, kind: str, changes: list[dict[str, Any]]) -> dict[str, Any]:
    return {"resource": resource.key, "title": resource.label, "key": list(key), "label": row.label, "kind": kind, "changes": changes}


def changes_of(resource: Resource, before: Row | None, now: Row) -> list[dict[str, Any]]:
    old, specs = before.values if before else {}, fields(resource)
    found = [
        {"field": name, "label": str(specs[name].label), **_pair(resource, name, old.get(name), value)}
        for name, value in now.values.items()
        if _text(old.get(name)) != _text(value)
    ]
    for kind, lines in now.lines.items():
        was = before.lines.get(kind, []) if before else []
        if _lines(was) != _lines(lines):
            found.append({"field": kind, "label": str(resource.line_parts[kind].title), "old": _lines(was), "new": _lines(lines)})
    return found


def _pair(resource: Resource, name: str, old: Any, now: Any) -> dict[str, str]:
    """A value before and after; of nested ones the parts that differ, in words."""
    if isinstance(now, dict | list) and not _is_named(now):
        was, new = wording.differing(old, now, resource.vocabulary.get(name, dict)())
        return {"old": was, "new": new}
    return {"old": _text(old), "new": _text(now)}


def _is_named(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {NAMED}


def _text(value: Any) -> str:
    if value is None or value == "":
        return ""
    if _is_named(value):
        named = value[NAMED]
        return ", ".join(named) if isinstance(named, list) else str(named)
    return dump(value).decode() if isinstance(value, dict | list) else str(value)


def _lines(lines: list[dict[str, Any]]) -> str:
    return "\n".join(" · ".join(text for text in map(_text, line.values()) if text) for line in lines)
