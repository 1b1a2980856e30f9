"""What is known already of a company or a telephone number, before a lead is entered."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q

from kernel import people
from kernel.access import Actor, visible
from tenant_apps.crm.models import Lead
from tenant_apps.partners.alike import plain_name
from tenant_apps.partners.models import Partner

SHOWN = 5


def known(actor: Actor, name: str, phone: str, but: int | None) -> dict[str, list[dict[str, Any]]]:
    """Leads and customers of this name or number: name and whose they are; more only to whoever may see them."""
    plain, digits = plain_name(name) if name else "", re.sub(r"\D", "", phone)[-11:]
    same = Q(plain_name=plain) if plain else Q(pk__in=[])
    others = Lead.objects.exclude(pk=but) if but else Lead.objects.all()
    leads = others.filter(same | (Q(plain_phone=digits) if len(digits) > 5 else Q(pk__in=[])))
    return {
        "leads": _told(actor, leads.exclude(state__in=(Lead.State.CONVERTED, Lead.State.INVALID)), "crm.lead"),
        "customers": _told(actor, Partner.objects.filter(same), "partners.partner"),
    }


def _told(actor: Actor, rows: Any, key: str) -> list[dict[str, Any]]:
    found = list(rows.order_by("pk")[:SHOWN])
    mine = set(visible(actor, rows, key).values_list("pk", flat=True)) if actor.may(key, "read") else set()
    names = people.members()
    return [
        {"_key": key, "id": row.pk if row.pk in mine else None, "label": row.name, "owner": names.get(row.owner or 0, ""), "state": row.get_state_display()}
        for row in found
    ]  # fmt: skip
