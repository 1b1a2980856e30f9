"""Files that are the value of a field: whoever uploaded one may put it in, and it then belongs to the entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from kernel import files
from kernel.access import Actor
from kernel.models import File
from kernel.refusals import FieldError, Invalid
from kernel.specs import key_of

if TYPE_CHECKING:
    from tenant_apps.office.models import Entry


def settle(entry: Entry, by: Actor) -> None:
    """Ids of files just sent become what they are called; only one's own, or one that hangs on this entry already."""
    sent = {
        name: value
        for name, one in entry.design.fields.items()
        if one.spec.type == "file" and isinstance(value := entry.custom.get(name), int)
    }
    if not sent:
        return
    found = File.objects.in_bulk(set(sent.values()))
    for name, pk in sent.items():
        file = found.get(pk)
        mine = file is not None and not file.subject and file.created_by == by.id
        if file is None or not (mine or (file.subject == key_of(type(entry)) and file.subject_id == entry.pk)):
            raise Invalid([FieldError(f"custom.{name}", "not_found", _("Please upload the file again."))])
        entry.custom[name] = {"id": file.pk, "label": file.name}
    entry.__dict__["_sent"] = [file for file in found.values() if not file.subject]


def keep(entry: Entry, *, by: Actor, at: datetime) -> None:
    """Hang the files just sent on the entry that is now there."""
    held = {value["id"] for value in entry.custom.values() if isinstance(value, Mapping) and "id" in value}
    for file in entry.__dict__.pop("_sent", ()):
        if file.pk in held:
            files.attach(entry, file, by=by, at=at)
