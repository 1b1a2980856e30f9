"""Carrying configuration from a sandbox to the live company: first what differs, then, when that is what somebody wants, the same there.

A resource is configuration when it says by which fields its rows are known (`configuration`). Rows are told apart by
these, never by id; references point to what is called the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from kernel import calls, config, registry, saving
from kernel.access import Actor
from kernel.api.wire import dump
from kernel.refusals import Refused
from kernel.resources import Resource
from tenants.context import HasSchema, tenant_context

Key = tuple[str, ...]
NEW, CHANGED, ONLY_LIVE = "new", "changed", "only_live"


@dataclass(frozen=True)
class Named:
    """A reference, by the name of what it points to."""

    model: type[models.Model]
    name: str

    def __str__(self) -> str:
        return self.name


@dataclass
class Row:
    """A piece of configuration without its id."""

    label: str
    values: dict[str, Any]
    lines: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def resources() -> list[Resource]:
    """What is configuration, in an order in which references find what they point to."""
    return [resource for resource in registry.everything().values() if resource.configuration and not resource.platform]


def picture(resource: Resource) -> dict[Key, Row]:
    """All rows of a resource in the company at hand."""
    found: dict[Key, Row] = {}
    names = [name for name in sorted(resource.writable) if resource.own[name].type not in ("member", "unit")]
    for document in resource.queryset().order_by("pk"):
        lines = {kind: [_plain(line, resource.line_specs[kind]) for line in getattr(document, kind).all()] for kind in resource.line_parts}
        found[tuple(str(getattr(document, name)) for name in resource.configuration)] = Row(str(document), _plain(document, names), lines)
    return found


def _plain(row: models.Model, names: Any) -> dict[str, Any]:
    return {name: _value(row, name) for name in names}


def _value(row: models.Model, name: str) -> Any:
    value = getattr(row, name)
    return Named(type(value), str(value)) if isinstance(value, models.Model) else value


def diff(live: HasSchema, sandbox: HasSchema) -> dict[str, Any]:
    """What would change in the live company, for people to look at, and the hash of it."""
    rows = [told for resource, mine, theirs in _both(live, sandbox) for told in _rows(resource, mine, theirs)]
    return {"rows": rows, "digest": hashlib.sha256(dump(rows)).hexdigest()}


def _both(live: HasSchema, sandbox: HasSchema) -> Iterator[tuple[Resource, dict[Key, Row], dict[Key, Row]]]:
    for resource in resources():
        with tenant_context(sandbox):
            theirs = picture(resource)
        with tenant_context(live):
            mine = picture(resource)
        yield resource, mine, theirs


def _rows(resource: Resource, mine: dict[Key, Row], theirs: dict[Key, Row]) -> Iterator[dict[str, Any]]:
    for key, row in theirs.items():
        changes = _changes(resource, mine.get(key), row)
        if changes:
            yield _told(resource, key, row, CHANGED if key in mine else NEW, changes)
    for key in mine.keys() - theirs.keys():
        yield _told(resource, key, mine[key], ONLY_LIVE, [])


def _told(resource: Resource, key: Key, row: Row, kind: str, changes: list[dict[str, Any]]) -> dict[str, Any]:
    return {"resource": resource.key, "title": resource.label, "key": list(key), "label": row.label, "kind": kind, "changes": changes}


def _changes(resource: Resource, before: Row | None, now: Row) -> list[dict[str, Any]]:
    old = before.values if before else {}
    found = [
        {"field": name, "label": str(resource.own[name].label), "old": _text(old.get(name)), "new": _text(value)}
        for name, value in now.values.items()
        if _text(old.get(name)) != _text(value)
    ]
    for kind, lines in now.lines.items():
        was = before.lines.get(kind, []) if before else []
        if _lines(was) != _lines(lines):
            found.append({"field": kind, "label": str(resource.line_parts[kind].title), "old": _lines(was), "new": _lines(lines)})
    return found


def _text(value: Any) -> str:
    if value is None or value == "":
        return ""
    return dump(value).decode() if isinstance(value, dict | list) else str(value)


def _lines(lines: list[dict[str, Any]]) -> str:
    return "\n".join(" · ".join(text for text in map(_text, line.values()) if text) for line in lines)


def promote(live: HasSchema, sandbox: HasSchema, digest: str, *, by: Actor, at: datetime) -> int:
    """Make the live company's configuration that of the sandbox; only when it is still what was shown. Nothing is deleted."""
    if diff(live, sandbox)["digest"] != digest:
        raise Refused("stale", _("The configuration has changed since you looked at it. Look at the differences again."))
    count = 0
    with tenant_context(live), calls.call():
        for resource in resources():
            with tenant_context(sandbox):
                theirs = picture(resource)
            mine = picture(resource)
            for key, row in theirs.items():
                if _changes(resource, mine.get(key), row):
                    _carry(resource, key, row, by=by, at=at)
                    count += 1
        config.changed()
    return count


def _carry(resource: Resource, key: Key, row: Row, *, by: Actor, at: datetime) -> None:
    values = {name: _found(value, row) for name, value in row.values.items()}
    lines = {kind: [{name: _found(value, row) for name, value in line.items()} for line in lines] for kind, lines in row.lines.items()}
    there = resource.queryset().filter(**dict(zip(resource.configuration, key, strict=True))).order_by("pk").first()
    if there is None:
        saving.create(resource.model, values, lines, by=by, at=at)
    else:
        saving.change(there, values, lines, by=by, at=at)


def _found(value: Any, row: Row) -> Any:
    """What a reference means here."""
    if not isinstance(value, Named):
        return value
    label: str = getattr(value.model, "label_field", "pk")
    found = value.model._default_manager.filter(**{label: value.name}).order_by("pk").first()
    if found is None:
        told = {"row": row.label, "name": value.name}
        raise Refused("reference_missing", _("“%(row)s” needs “%(name)s”, which this company does not have. Make it here first.") % told)
    return found
