"""Tables are read anew when one of them, or a bill of materials they build on, has changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel import config
from kernel.access import Actor
from kernel.events import follows


@follows("selection.ruleset.*", "catalog.bom.*")
def tables_are_read_anew(document: Any, event: Any, *, by: Actor, at: datetime) -> None:
    config.changed()
