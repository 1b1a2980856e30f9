"""What the console gives the kernel."""

from __future__ import annotations

from kernel import config, messages
from kernel.events import after
from kernel.models import Event
from kernel.people import platform
from shared_apps.console import copying, people, recording, visits
from shared_apps.console.models import Person
from tenants.context import PUBLIC, tenant_context
from tenants.models import Tenant

platform.load_members = people.load_members
platform.load_actor = people.load_actor
platform.guest = people.guest
platform.enter = people.enter
platform.needed = people.needed
platform.idle = people.idle
platform.visitor = visits.visitor
platform.nameable = people.nameable
platform.member_key = "console.person"


@after("*.note")
def tell_guests(event: Event) -> None:
    """Who of a company is named in a note on the platform finds it in the inbox of their own workspace."""
    if config.schema() != PUBLIC:
        return
    guests = list(Person.objects.filter(pk__in=event.data.get("mentions") or []).exclude(client=None).select_related("client"))
    title = f"{people.load_members().get(event.actor or 0, '')}: {event.data.get('label', '')}"
    link = {"_key": event.subject, "id": event.subject_id}
    for tenant in Tenant.objects.filter(pk__in=[guest.client.tenant for guest in guests if guest.client]):
        own = [guest.member for guest in guests if guest.client and guest.client.tenant == tenant.pk and guest.member]
        with tenant_context(tenant):
            messages.send(own, title, text=event.data.get("text", ""), origin=f"platform:{event.pk}", link=link)


__all__ = ["copying", "recording"]
