"""The versions of one selection table: in which state each is since when, and who put it into use."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from kernel import people
from kernel.models import Event
from tenant_apps.selection.models import RuleSet

KEY = "selection.ruleset"
MOST = 100


def of(pk: int) -> list[dict[str, Any]]:
    """All versions of the table that this one is of, the latest first; two statements."""
    family = RuleSet.objects.filter(name__in=RuleSet.objects.filter(pk=pk).values("name")).defer("table").order_by("-edition")
    rows = list(family[:MOST])
    moved = Event.objects.filter(refs__overlap=[f"{KEY}:{row.pk}" for row in rows], subject=KEY, changes__has_key="state").order_by("pk")
    last, released = {}, {}
    for event in moved.only("kind", "subject_id", "at", "actor"):
        last[event.subject_id] = event.at
        if event.kind == f"{KEY}.publish":
            released[event.subject_id] = event.actor
    return [
        {
            "id": row.pk, "edition": row.edition, "state": row.state, "remark": row.remark,
            "since": timezone.localdate(last.get(row.pk, row.created_at)).isoformat(),
            "published_on": row.published_on and row.published_on.isoformat(), "published_by": people.named("member", released.get(row.pk)),
        }
        for row in rows
    ]  # fmt: skip
