"""What follows from changes of policies, authorities and rates: every process reads them anew."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel import config
from kernel.access import Actor
from kernel.events import follows
from kernel.models import Event


@follows("pricing.pricepolicy.*", "pricing.authorityband.*", "pricing.exchangerate.*")
def settings_changed(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    config.changed()
