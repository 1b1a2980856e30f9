"""Lines of the scheduler's timetable."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tenants.context import PUBLIC
from tenants.schema_task import HEADER


def for_every_company(task: str, every: float, **kwargs: Any) -> dict[str, Any]:
    """A line of the timetable: `task` for every company each `every` seconds; one that waited a whole round is dropped."""
    options = {"task": task, "spread": every / 2, "expires": every, **kwargs}
    return {"task": "tenants.fan_out", "schedule": timedelta(seconds=every), "kwargs": options, "options": {"headers": {HEADER: PUBLIC}}}


def for_nobody(task: str, every: float) -> dict[str, Any]:
    """A line of the timetable: a task of the public schema."""
    return {"task": task, "schedule": timedelta(seconds=every), "options": {"headers": {HEADER: PUBLIC}}}
