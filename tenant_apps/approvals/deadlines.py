"""Until when something is to be decided, in working hours: when to remind, and what happens at the end (spec 2.14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from tenant_apps.approvals.drawing import Node
from tenant_apps.approvals.models import Task
from tenant_apps.organization import hours

HUNDRED = 100
USUAL = (50, 80)
"""Where a step says nothing of it."""


def rule_of(node: Node) -> Mapping[str, Any]:
    found = node.given.get("deadline")
    return found if isinstance(found, Mapping) and found.get("hours") else {}


def begin(task: Task, node: Node, at: datetime) -> None:
    """It is somebody's turn: the clock runs from now."""
    task.since = at
    rule = rule_of(node)
    if rule:
        task.due_at = hours.add_working(at, Decimal(str(rule["hours"])))
        task.reminded = 0
        task.next_at = following(task, rule)


def marks(rule: Mapping[str, Any]) -> list[int]:
    """At which parts of the time, in percent, somebody is reminded."""
    given = rule.get("remind") or USUAL
    return sorted({int(one) for one in given if 0 < int(one) <= HUNDRED} | {HUNDRED})


def following(task: Task, rule: Mapping[str, Any]) -> datetime | None:
    """When to look at it next."""
    left = marks(rule)[task.reminded :]
    if not left or task.since is None:
        return None
    if left[0] == HUNDRED:
        return task.due_at
    return hours.add_working(task.since, Decimal(str(rule["hours"])) * left[0] / HUNDRED)
