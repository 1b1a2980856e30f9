"""What follows from entries of the company's own forms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel import config
from kernel.access import Actor
from kernel.events import follows
from tenant_apps.office import attached
from tenant_apps.office.models import Entry


@follows("office.form.*")
def forms_are_read_anew(document: Any, event: Any, *, by: Actor, at: datetime) -> None:
    config.changed()


@follows("*.create", "*.change", "*.import")
def files_belong_to_their_entry(document: Any, event: Any, *, by: Actor, at: datetime) -> None:
    if isinstance(document, Entry):
        attached.keep(document, by=by, at=at)
