"""What follows from changes of pools and of papers; whom customers that change hands are told by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from kernel import config, handing, registry
from kernel.access import Actor
from kernel.events import follows
from kernel.models import Event
from kernel.returned import when_lost
from kernel.specs import key_of
from tenant_apps.partners import bounces
from tenant_apps.partners.models import Contact, Partner

BLACKLIST = tuple(f"{key}.{verb}" for key in ("partners.partner", "partners.supplier") for verb in ("blacklist", "readmit", "merge"))

registry.add_page(
    registry.Page("crm", "possible-duplicates", _("Possible duplicates"), lambda actor: actor.may("partners.partner", "merge"))
)


@follows("partners.pool.*", *BLACKLIST)
def kept_in_mind(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """Pools, and who is on the blacklist, are what every process keeps."""
    config.changed()


def contacts(customers: Sequence[int]) -> list[handing.Contact]:
    """Everybody still there with an address at these customers, the main contact first."""
    rows = Contact.objects.filter(partner__in=customers, left_on=None).exclude(email="").order_by("partner", "-main", "seq", "pk")
    return [handing.Contact(*row) for row in rows.values_list("email", "name", "partner__name")]


handing.has_contacts(key_of(Partner), contacts)
when_lost(bounces.mark_wherever)
