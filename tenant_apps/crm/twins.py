"""What is known already of a company or a telephone number, before a lead is entered."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from kernel import people
from kernel.access import Actor, visible
from tenant_apps.crm.models import Lead
from tenant_apps.partners import duplicates
from tenant_apps.partners.alike import plain_name
from tenant_apps.partners.models import Partner
from tenant_apps.partners.models.partner import phone_key

SHOWN = 5
LEAD, PARTNER = "crm.lead", "partners.partner"


def known(actor: Actor, name: str, phone: str, but: int | None) -> list[dict[str, Any]]:
    """Leads and customers alike by name or number, the surest first: what they are called, whose they are and why; more only to whoever may see them."""
    return [*_leads(actor, plain_name(name) if name else "", phone_key(phone), but), *_customers(actor, name, phone)]


def _leads(actor: Actor, plain: str, digits: str, but: int | None) -> list[dict[str, Any]]:
    marks = {"name": ("plain_name", plain), "phone": ("plain_phone", digits)}
    same = [Q(**{column: value}) for column, value in marks.values() if value]
    if not same:
        return []
    others = Lead.objects.exclude(pk=but) if but else Lead.objects.all()
    rows = others.filter(same[0] | same[-1]).exclude(state__in=(Lead.State.CONVERTED, Lead.State.INVALID))
    found = list(rows.order_by("pk")[:SHOWN])
    mine = _mine(actor, Lead.objects.filter(pk__in=[row.pk for row in found]), LEAD)
    return [_told(LEAD, row, row.pk in mine, [why for why, (column, value) in marks.items() if value and getattr(row, column) == value]) for row in found]  # fmt: skip


def _customers(actor: Actor, name: str, phone: str) -> list[dict[str, Any]]:
    if len(name.strip()) < 2:
        return []
    asked = {"name": name, "phone": phone, "tax_no": "", "website": "", "id": ""}
    twins = duplicates.twins([duplicates.typed(asked)]).get(0, [])[:SHOWN]
    why = {twin.known.pk: twin.why for twin in twins if twin.known.pk}
    rows = {row.pk: row for row in Partner.objects.filter(pk__in=why)}
    mine = _mine(actor, Partner.objects.filter(pk__in=why), PARTNER)
    return [_told(PARTNER, rows[pk], pk in mine, marks) for pk, marks in why.items() if pk in rows]


def _mine(actor: Actor, rows: QuerySet[Any], key: str) -> set[int]:
    return set(visible(actor, rows, key).values_list("pk", flat=True)) if actor.may(key, "read") else set()


def _told(key: str, row: Any, mine: bool, why: Any) -> dict[str, Any]:
    return {
        "_key": key, "id": row.pk, "seen": mine, "number": row.number, "name": row.name, "owner": people.named("member", row.owner), "why": list(why),
        "state": row.get_state_display(),
    }  # fmt: skip
