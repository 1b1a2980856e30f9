"""What is handed over with an account of a pool (spec 2.1): its source, what it wanted, what was done with it; numbers stay veiled until it is claimed."""

from __future__ import annotations

from datetime import date
from typing import Any

from kernel import codes, divisions, people, river
from kernel.access import SYSTEM, Actor
from kernel.models import Event
from tenant_apps.organization.code_tables import GRADE
from tenant_apps.partners import masking, pools, ports
from tenant_apps.partners.code_tables import INDUSTRY, SOURCE
from tenant_apps.partners.models import Partner

EVENTS = 20


def brief(partner: Partner, actor: Actor, on: date) -> dict[str, Any]:
    """An account in the list of a pool."""
    tables = {"grade": GRADE, "industry": INDUSTRY, "source": SOURCE}
    told: dict[str, Any] = {name: str(codes.labels(table).get(code := getattr(partner, name), code)) for name, table in tables.items()}
    free = pools.free_on(partner, partner.pool, actor) if partner.pool else None
    place = divisions.name_of(partner.division) if partner.division else ""
    return {
        "id": partner.pk, "number": partner.number, "name": partner.name, "phone": partner.phone, "region": partner.region, "place": place,
        "active_on": _day(partner.active_on), "dealt_on": _day(partner.dealt_on), "free_on": _day(free), "waits": bool(free and free > on), **told,
    }  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def pack(partner: Partner, actor: Actor, on: date) -> dict[str, Any]:
    """All of it."""
    contacts = [
        {"id": one.pk, "name": one.name, "job": one.job, "part": one.get_part_display(), "phone": one.phone, "email": one.email}
        for one in partner.contacts.order_by("-main", "seq", "id")
        if one.left_on is None
    ]
    formers = [{"label": people.members().get(int(who), f"#{who}"), "until": day} for who, day in partner.let_go.items()]
    events = Event.objects.filter(
        subject="partners.partner", subject_id=partner.pk, refs__contains=[f"partners.partner:{partner.pk}"]
    ).order_by("-pk")
    history = [_veiled({name: row[name] for name in ("at", "by", "title", "text")}) for row in map(_told, events[:EVENTS])]
    panels = [{**panel, "rows": [_veiled(row) for row in panel["rows"]]} for panel in ports.panels(partner, SYSTEM, packed=True)]
    return {
        **brief(partner, actor, on), "contacts": contacts, "formers": formers, "panels": panels, "history": history,
    }  # fmt: skip


def _veiled(row: dict[str, Any]) -> dict[str, Any]:
    """With the numbers that somebody has noted in a sentence veiled as well."""
    return {**row, **{name: masking.without_numbers(row[name]) for name in ("title", "text")}}


def _told(event: Event) -> dict[str, Any]:
    return river.told(event, SYSTEM)
