"""The training library as people of companies use it: what there is, what they have ticked off, and how far their company is (P-M.4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet

from kernel.models import File
from kernel.registry import MENUS
from kernel.specs import key_of
from shared_apps.console.models import Material, Person, Reading

MODULES = tuple((menu.key, menu.label) for menu in MENUS if menu.key not in ("platform", "services"))
"""Of which part of the menu material can be."""
KEY = key_of(Material)


def published() -> QuerySet[Material]:
    return Material.objects.filter(state=Material.State.PUBLISHED)


def in_order() -> list[Material]:
    """As the menu stands."""
    order = {key: number for number, (key, _label) in enumerate(MODULES)}
    return sorted(published(), key=lambda one: (order.get(one.module, len(order)), one.place, one.pk))


def files_of(materials: Iterable[Material]) -> dict[int, list[File]]:
    found: dict[int, list[File]] = {}
    for file in File.objects.filter(subject=KEY, subject_id__in=[one.pk for one in materials], stored=True).order_by("pk"):
        found.setdefault(file.subject_id or 0, []).append(file)
    return found


def done_by(client: int, member: int) -> dict[int, datetime]:
    """{material: when} that this person has ticked off."""
    rows = Reading.objects.filter(client=client, member=member).exclude(material=None)
    return {pk: at for pk, at in rows.values_list("material_id", "at") if pk is not None}


def tick(material: Material, client: int, member: int, at: datetime) -> None:
    """Ticked off; a second time changes nothing."""
    with transaction.atomic():
        _row, first = Reading.objects.get_or_create(material=material, client=client, member=member, defaults={"at": at})
        if first:
            Material.objects.filter(pk=material.pk).update(readers=F("readers") + 1)


def untick(material: Material, client: int, member: int) -> None:
    """Not done after all."""
    with transaction.atomic():
        gone, _each = Reading.objects.filter(material=material, client=client, member=member).delete()
        if gone:
            Material.objects.filter(pk=material.pk).update(readers=F("readers") - 1)


def progress(client: int, language: str) -> dict[str, Any]:
    """How far a company is with the material in its language: who has ticked off how much, and when last."""
    wanted = published().filter(language=language)
    rows = Reading.objects.filter(client=client, material__in=wanted).values("member").annotate(done=Count("pk"), last=Max("at"))
    told = {row["member"]: row for row in rows}
    people = Person.objects.filter(Q(pk__in=told), client=client).values("pk", "name", "member")
    found = [
        {"member": one["member"], "name": one["name"], "done": told[one["pk"]]["done"], "last": told[one["pk"]]["last"]} for one in people
    ]
    return {"materials": wanted.count(), "people": sorted(found, key=lambda one: (-one["done"], one["name"]))}
