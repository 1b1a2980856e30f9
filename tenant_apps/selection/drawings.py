"""Files chosen in a configuration (a customer's drawing): sent when they are chosen, hung on the configuration when it is saved."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kernel import files
from kernel.access import Actor
from kernel.models import File
from kernel.refusals import FieldError, Invalid
from kernel.specs import key_of
from tenant_apps.selection import engine

if TYPE_CHECKING:
    from tenant_apps.selection.models import Configuration


def settle(configuration: Configuration, table: engine.Table, raw: engine.Raw, by: Actor) -> None:
    """Look up the files chosen: one's own that were just sent, or those of configurations that were saved before."""
    chosen = {name: int(str(raw[name]).partition(" ")[0]) for name, one in table.options.items() if one.kind == "file" and raw[name]}
    if not chosen:
        return
    found = File.objects.in_bulk(set(chosen.values()))
    key = key_of(type(configuration))
    for name, pk in chosen.items():
        file = found.get(pk)
        if file is None or not (file.subject == key or (not file.subject and file.created_by == by.id)):
            raise Invalid([FieldError(f"choices.{name}", "not_found", _("Please upload the file again."))])
    configuration.__dict__["_sent"] = [file for file in found.values() if not file.subject]


def keep(configuration: Configuration, *, by: Actor, at: datetime) -> None:
    """Hang the files just sent on the configuration that is now there."""
    for file in configuration.__dict__.pop("_sent", ()):
        files.attach(configuration, file, by=by, at=at)
