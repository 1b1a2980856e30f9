"""What a company of a trade starts with beyond the usual: its categories, warehouses, payment schemes and roles, as data.

A value is a text, or {language: text}, or {"table": …} of the selection library. A reference is what the other row is called.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import models

from kernel import registry, saving
from kernel.access import Actor
from kernel.lines import line_model
from tenant_apps.selection import library

FOLDER = Path(__file__).parent


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def install(trade: str, language: str, *, by: Actor, at: datetime) -> None:
    """Make the trade's rows; nothing for a blank company."""
    if trade not in names():
        return
    for part in json.loads((FOLDER / f"{trade}.json").read_text(encoding="utf-8")):
        model: Any = registry.get(part["resource"]).model
        for told in part["rows"]:  # one by one: a row may refer to the one before
            lines = {
                kind: [_values(line_model(model, kind), row, language) for row in rows] for kind, rows in told.get("lines", {}).items()
            }
            made = saving.create(model, _values(model, told["values"], language), lines, by=by, at=at)
            for verb in told.get("verbs", ()):
                registry.get(part["resource"]).verbs[verb](made, by=by, at=at)


def _values(model: Any, told: dict[str, Any], language: str) -> dict[str, Any]:
    return {name: _value(model._meta.get_field(name), value, language) for name, value in told.items()}


def _value(field: Any, value: Any, language: str) -> Any:
    if isinstance(value, dict) and language in value:
        value = value[language]
    elif isinstance(value, dict) and "table" in value:
        value = library.table(value["table"])
    if isinstance(field, models.ForeignKey):
        target: Any = field.related_model
        return target._default_manager.get(**{target.label_field: value})
    return field.to_python(value)
