"""Tables are read anew when one of them, or a bill of materials they build on, has changed; files of a configuration are hung on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel import config
from kernel.access import Actor
from kernel.events import follows
from tenant_apps.selection import drawings


@follows("selection.ruleset.*", "catalog.bom.*")
def tables_are_read_anew(document: Any, event: Any, *, by: Actor, at: datetime) -> None:
    config.changed()


@follows("selection.configuration.create", "selection.configuration.change")
def drawings_belong_to_it(document: Any, event: Any, *, by: Actor, at: datetime) -> None:
    drawings.keep(document, by=by, at=at)
