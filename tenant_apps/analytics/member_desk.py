"""One colleague on one page: what is theirs, what they signed, what they planned and did (WF-4.S5, P-E.3)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncWeek

from kernel import reading, registry
from kernel.access import Actor, visible
from kernel.money import ZERO, cents
from tenant_apps.analytics.seeing import part_only, sees
from tenant_apps.contracts import selling
from tenant_apps.contracts.selling import worth
from tenant_apps.crm import field_work
from tenant_apps.crm.models import Activity
from tenant_apps.organization.models import Member

ACTIVITY, CONTRACT = "crm.activity", "contracts.contract"
WEEKS, SHOWN = 8, 10
S = Activity.State


class Owned(NamedTuple):
    """A kind of business that is somebody's: its filters as a list is asked for them, and the amount it comes to."""

    key: str
    where: dict[str, list[str]]
    amount: str = ""
    rated: bool = False
    """Whether its amount is in a currency of its own."""


OWNED = (
    Owned("partners.partner", {"kind": ["customer", "dealer"]}),
    Owned("crm.lead", {"state": ["assigned", "working", "qualified"]}),
    Owned("crm.opportunity", {"state": ["open"]}, "amount"),
    Owned("quoting.quote", {"state": ["draft", "submitted", "approved", "sent"]}, "total", rated=True),
    Owned("contracts.contract", {"state": ["signed", "executing"]}, "total", rated=True),
    Owned(
        "sales.order", {"state": ["confirmed", "released", "ready", "partly_shipped", "shipped", "accepted", "held"]}, "total", rated=True
    ),
)


def desk(member: Member, actor: Actor, today: date) -> dict[str, Any]:
    """Everything about a colleague's business that the reader may see."""
    return {
        "document": reading.render_document(registry.get("organization.member"), member.pk, actor),
        "owns": [told for one in OWNED if (told := owned(one, member.pk, actor)) is not None],
        "signed": signed(member.pk, actor, today),
        **activities(member.pk, actor, today),
        "gaps": [gap for gap in field_work.gaps_of(actor, today) if gap["owner"] == member.pk][:SHOWN],
        "notes": part_only(actor, (*(one.key for one in OWNED), ACTIVITY)),
    }


def owned(what: Owned, member: int, actor: Actor) -> dict[str, Any] | None:
    """How many of a kind are theirs now and what they come to in CNY, with the list that shows them; None where not granted."""
    if not actor.may(what.key, "read"):
        return None
    resource = registry.get(what.key)
    rows: QuerySet[Any] = visible(actor, resource.queryset(), what.key)
    rows = rows.filter(owner=member, **{f"{name}__in": values for name, values in what.where.items()})
    shown = bool(what.amount) and sees(actor, what.key, what.amount)
    found = rows.aggregate(count=Count("pk"), **({"sum": Sum(worth(what.amount) if what.rated else what.amount)} if shown else {}))
    query = "&".join([f"owner={member}", *(f"{name}={value}" for name, values in what.where.items() for value in values)])
    return {
        "_key": what.key, "label": str(resource.plural), "count": found["count"], "amount": str(cents(found["sum"] or ZERO)) if shown else None, "query": query,
    }  # fmt: skip


def signed(member: int, actor: Actor, today: date) -> dict[str, str] | None:
    """What they have signed this year and signed last year up to the same day, CNY incl. VAT; None where not granted."""
    if not sees(actor, CONTRACT, "total"):
        return None
    start, then = today.replace(month=1, day=1), today - timedelta(days=365)
    spans = {"now": (start, today), "before": (then.replace(month=1, day=1), then)}
    sold = visible(actor, selling.sold().filter(owner=member), CONTRACT)
    sums = sold.aggregate(**{name: Sum(worth(), filter=Q(signed_on__range=span)) for name, span in spans.items()})
    return {name: str(cents(value or ZERO)) for name, value in sums.items()}


def activities(member: int, actor: Actor, today: date) -> dict[str, Any]:
    """Week by week what was planned for it, what of that was done, and what was done at all; and what is planned next, overdue first."""
    if not actor.may(ACTIVITY, "read"):
        return {"weeks": [], "next": []}
    rows = visible(actor, Activity.objects.filter(owner=member).exclude(state=S.CANCELLED), ACTIVITY)
    this = field_work.monday(today)
    first, last = this - timedelta(weeks=WEEKS - 1), this + timedelta(days=6)
    planned = _by_week(rows.filter(day__range=(first, last)), "day", planned=Count("pk"), kept=Count("pk", filter=Q(state=S.DONE)))
    done = _by_week(rows.filter(state=S.DONE, done_on__range=(first, last)), "done_on", done=Count("pk"))
    none = {"planned": 0, "kept": 0, "done": 0}
    weeks = [first + timedelta(weeks=step) for step in range(WEEKS)]
    coming = rows.filter(state=S.PLANNED).select_related("partner").order_by("day", "pk")[:SHOWN]
    return {
        "weeks": [{"from": start, **none, **planned.get(start, {}), **done.get(start, {})} for start in weeks],
        "next": [
            {
                "_key": ACTIVITY,
                "id": row.pk,
                "title": row.subject,
                "text": str(row.partner or ""),
                "date": row.day,
                "late": bool(row.day and row.day < today),
            }
            for row in coming
        ],
    }


def _by_week(rows: QuerySet[Any], day: str, **counts: Count) -> dict[date, dict[str, int]]:
    found = rows.annotate(week=TruncWeek(day)).order_by().values("week").annotate(**counts)
    return {row.pop("week"): row for row in found}
