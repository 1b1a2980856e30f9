"""Lines that begin with the choices of others: each with a configuration of its own, so that changing one quote changes no other (record 0188)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kernel import saving
from kernel.access import Actor
from tenant_apps.quoting.models import QuoteLine
from tenant_apps.selection.models import Configuration

TAKEN = ("rule_set_id", "title", "standard", "choices", "hash", "reviewed")
"""Engineering has agreed to choices, whoever makes them again."""


def apart(lines: Sequence[QuoteLine], by: Actor, at: datetime) -> list[QuoteLine]:
    """The lines, each configured for itself; one that stands on its own item is fixed and stays. Statements do not grow with the lines."""
    there = Configuration.objects.in_bulk({line.configuration_id for line in lines if line.configuration_id})
    having = [line for line in lines if line.configuration_id and there[line.configuration_id].item_id != line.item_id]
    rows: list[dict[str, Any]] = [{name: getattr(there[line.configuration_id], name) for name in TAKEN} for line in having]
    made = saving.create_many(Configuration, [(row, {}) for row in rows], by=by, at=at) if rows else []
    for line, one in zip(having, made, strict=True):
        line.configuration = one
    return list(lines)
