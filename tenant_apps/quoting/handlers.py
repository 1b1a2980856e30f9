"""What quotes hear of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel import config
from kernel.access import Actor
from kernel.events import follows
from kernel.models import Event


@follows("contracts.scheme.*")
def schemes_changed(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """The authority that a quote needs is judged by the usual scheme, which every process keeps."""
    config.changed()
