"""What follows from changes of people, roles and settings: every process reads them anew."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel import config, messages, people
from kernel.access import Actor
from kernel.events import after, follows
from kernel.models import Event
from kernel.printing.letterhead import port
from tenant_apps.organization import people as ours
from tenant_apps.organization.letterhead import letterhead_of


@follows("organization.member.*", "organization.role.*", "organization.unit.*", "organization.company.*", "kernel.numberrule.*", "kernel.customfield.*")
def settings_changed(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    config.changed()


@after("*.note")
def tell_mentioned(event: Event) -> None:
    """Who is named in a note finds it in their inbox."""
    author = people.members().get(event.actor or 0, "")
    title = f"{author}: {event.data.get('label', '')}"
    link = {"_key": event.subject, "id": event.subject_id}
    messages.send(event.data.get("mentions") or [], title, text=event.data.get("text", ""), origin=f"event:{event.pk}", link=link)


port.letterhead_of = letterhead_of
people.directory.load_members = ours.load_members
people.directory.load_units = ours.load_units
people.directory.load_actor = ours.load_actor
people.directory.load_token = ours.load_token
