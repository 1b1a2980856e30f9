"""What sales people planned and did in a week, and which customers nobody has spoken to (P-E.3)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q

from kernel import people
from kernel.access import Actor, visible
from tenant_apps.crm.models import Activity
from tenant_apps.crm.parameters import GAP_DAYS
from tenant_apps.partners.models import Partner

KEY, PARTNER = "crm.activity", "partners.partner"
S = Activity.State
Row = dict[str, Any]
WEEK = timedelta(days=7)
SHOWN = 200
PATIENCE = {"A": 1, "B": 2}
"""How many times the days of a gap a customer of a grade may be without contact; others are not watched."""


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week(actor: Actor, start: date, today: date) -> Row:
    """Planned against done in the seven days from a Monday, how well it is written up, and the gaps of today, for each colleague whose activities the reader may see."""
    last = start + timedelta(days=6)
    seen = visible(actor, Activity.objects.exclude(state=S.CANCELLED), KEY)
    well = Q(state=S.DONE, done_on__range=(start, last))
    sums = {
        "planned": Count("pk", filter=Q(day__range=(start, last))),
        "done": Count("pk", filter=well),
        "kept": Count("pk", filter=Q(state=S.DONE, day__range=(start, last))),
        "late": Count("pk", filter=Q(state=S.PLANNED, day__lt=today, day__range=(start, last))),
        "visits": Count("pk", filter=well & Q(kind="visit")),
        "calls": Count("pk", filter=well & Q(kind="call")),
        "check_ins": Count("pk", filter=Q(kind="visit", checked_in_at__isnull=False, day__range=(start, last))),
        "customers": Count("partner", distinct=True, filter=well),
        "told": Count("pk", filter=well & ~Q(text="")),
        "rated": Count("pk", filter=well & ~Q(result="")),
        "led_on": Count("pk", filter=well & Q(next_on__isnull=False)),
        "good": Count("pk", filter=well & ~Q(text="") & ~Q(result="") & Q(next_on__isnull=False)),
    }
    near = seen.filter(Q(day__range=(start, last)) | Q(done_on__range=(start, last)))
    found = {row["owner"]: row for row in near.order_by().values("owner").annotate(**sums)}
    gaps = gaps_of(actor, today)
    counted: dict[int | None, int] = {}
    for gap in gaps:
        counted[gap["owner"]] = counted.get(gap["owner"], 0) + 1
    names = people.members()
    table: list[Row] = [
        {
            **dict.fromkeys(sums, 0),
            **found.get(owner, {}),
            "owner": owner,
            "label": names.get(owner or 0, "—"),
            "gaps": counted.get(owner, 0),
        }
        for owner in {*found, *counted}
    ]
    table.sort(key=lambda row: (-row["done"], row["label"]))
    return {"from": start, "to": last, "rows": table, "gaps": gaps[:SHOWN], "gaps_in_all": len(gaps)}


def gaps_of(actor: Actor, today: date) -> list[Row]:
    """Customers of grade A (and B, with twice the patience) whose last activity is too long ago, the longest first."""
    if not actor.may(PARTNER, "read"):
        return []
    days = GAP_DAYS.value(actor)
    late = Q()
    for grade, times in PATIENCE.items():
        since = today - timedelta(days=days * times)
        late |= Q(grade=grade) & (Q(active_on__lt=since) | Q(active_on=None, created_at__date__lt=since))
    rows = visible(actor, Partner.objects.filter(late, active=True, kind__in=(Partner.Kind.CUSTOMER, Partner.Kind.DEALER)), PARTNER)
    found = rows.order_by(F("active_on").asc(nulls_first=True), "pk").values("pk", "name", "grade", "owner", "active_on")
    names = people.members()
    return [
        {
            "id": row["pk"], "label": row["name"], "grade": row["grade"], "owner": row["owner"], "owner_label": names.get(row["owner"] or 0, "—"),
            "last": row["active_on"], "days": (today - row["active_on"]).days if row["active_on"] else None,
        }
        for row in found
    ]  # fmt: skip
