"""Accounts among those that are there which may be one company: looked through from the newest on, some at a time (W-4.1.1, spec 2.1)."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import QuerySet

from kernel.access import Actor, visible
from tenant_apps.partners import duplicates
from tenant_apps.partners.models import Partner

KEY = "partners.partner"
CHUNK, STEPS, ENOUGH = 200, 10, 20
"""Accounts that are compared in one statement, statements for one answer, and pairs that are enough for one."""


class Pair(NamedTuple):
    """An account, an older one that it may be, and why."""

    one: int
    other: int
    why: list[str]
    sure: bool


class Found(NamedTuple):
    """Pairs, the newest first; how many accounts were looked at for them, and where to go on, None at the end."""

    pairs: list[Pair]
    looked: int
    following: int | None


def look(actor: Actor, before: int | None = None) -> Found:
    """Pairs of which the reader sees both sides, and nobody has said yet that they are two companies."""
    pairs: list[Pair] = []
    looked, mine = 0, visible(actor, Partner.objects.all(), KEY)
    for _step in range(STEPS):
        rows = list(_some(mine, before))
        if not rows:
            return Found(pairs, looked, None)
        looked, before = looked + len(rows), rows[-1].pk
        pairs += _apart(_near(rows), mine)
        if len(pairs) >= ENOUGH:
            break
    return Found(pairs, looked, before)


def _some(mine: QuerySet[Partner], before: int | None) -> QuerySet[Partner]:
    rows = mine if before is None else mine.filter(pk__lt=before)
    return rows.order_by("-pk").only(*duplicates.COLUMNS)[:CHUNK]


def _near(rows: list[Partner]) -> list[Pair]:
    found = duplicates.twins([duplicates.Known.of(row) for row in rows])
    return [
        Pair(rows[at].pk, twin.known.pk, twin.why, twin.blocks)
        for at, others in sorted(found.items())
        for twin in others
        if twin.known.pk is not None and twin.known.pk < rows[at].pk
    ]


def _apart(pairs: list[Pair], mine: QuerySet[Partner]) -> list[Pair]:
    """Without those of which the reader does not see a side, or of which one was told to be another company than the other."""
    keys = {key for pair in pairs for key in (pair.one, pair.other)}
    seen = {row.pk: row for row in mine.filter(pk__in=keys).only("number", "different_from")}
    return [
        pair
        for pair in pairs
        if {pair.one, pair.other} <= seen.keys()
        and not _told_apart(seen[pair.one], seen[pair.other])
        and not _told_apart(seen[pair.other], seen[pair.one])
    ]


def _told_apart(one: Partner, other: Partner) -> bool:
    return not {duplicates.ANY, other.number}.isdisjoint(duplicates.told_apart(one.different_from))


def told(found: Found, shown: dict[int, dict[str, Any]]) -> dict[str, Any]:
    """For an answer; `shown`: the accounts as their reader sees them."""
    rows = [{"one": shown[pair.one], "other": shown[pair.other], "why": pair.why, "sure": pair.sure} for pair in found.pairs]
    return {"rows": rows, "looked": found.looked, "next": found.following}
