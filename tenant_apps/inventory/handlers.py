"""What follows from changes of warehouses and of the categories kept in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel import config
from kernel.access import Actor
from kernel.events import follows
from kernel.models import Event


@follows("inventory.warehouse.*", "catalog.category.*")
def places_changed(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    config.changed()
