"""What differs between a row as it was and as it is, and how a history tells it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.db import models

from kernel.specs import of_model

QUIET = {"version", "updated_at", "updated_by", "search_text"}


def snapshot(row: models.Model) -> dict[str, Any]:
    return {field.attname: row.__dict__[field.attname] for field in row._meta.concrete_fields if field.attname in row.__dict__}


def differences(row: models.Model, before: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """{field: (old, new)} of what differs."""
    now = snapshot(row)
    return {name: (before.get(name), value) for name, value in now.items() if before.get(name) != value}


@cache
def _public(model: type[models.Model]) -> frozenset[str]:
    """Columns that have a name for people; secrets and the kernel's own columns have none and stay out of every history."""
    return frozenset({spec.attname for spec in of_model(model).values()} | {"custom"}) - QUIET


def told(row: models.Model, changes: Mapping[str, tuple[Any, Any]]) -> dict[str, list[str | None]]:
    """Changes as an event keeps them: {field: [old, new]} in text."""
    public = _public(type(row)).difference(row.untold(changes) if hasattr(row, "untold") else ())
    shown = {
        name: [", ".join(value) if _words(value) else None if value is None else str(value) for value in pair]
        for name, pair in changes.items()
        if name in public and name != "custom"
    }
    return shown | _own(*changes["custom"]) if "custom" in changes else shown


def _words(value: Any) -> bool:
    """Several of a list's options."""
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _own(old: Any, now: Any) -> dict[str, list[str | None]]:
    """Own fields one by one; of lines how many there are."""
    old, now = old or {}, now or {}
    return {
        f"custom.{name}": [_text(old.get(name)), _text(now.get(name))] for name in sorted({*old, *now}) if old.get(name) != now.get(name)
    }


def _text(value: Any) -> str | None:
    if isinstance(value, Mapping):
        return str(value.get("label", ""))
    if isinstance(value, list):
        return str(len(value)) if any(isinstance(one, Mapping) for one in value) else ", ".join(map(str, value))
    return None if value is None else str(value)
