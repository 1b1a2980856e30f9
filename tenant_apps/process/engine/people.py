"""Whom a rung of the ladder means for a document, and which of them may see that document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from kernel import config, people, registry
from kernel.access import Actor, visible
from tenant_apps.organization import chart
from tenant_apps.organization.models import Member

Row = Mapping[str, Any]


def fields(steps: Iterable[dict[str, Any]]) -> set[str]:
    """What has to be read of a document to know whom a rule means."""
    return {"owner", "created_by", "unit", *(column(one["field"]) for step in steps for one in step["to"] if one["who"] == "field")}


def column(path: str) -> str:
    return path.replace(".", "__")


def meant(step: dict[str, Any], row: Row) -> list[int]:
    """The colleagues a rung names for a document, those who have left excepted."""
    present = accounts()
    return [member for member in dict.fromkeys(one for person in step["to"] for one in _one(person, row)) if member in present]


def _one(person: dict[str, Any], row: Row) -> list[int]:
    who, owner = person["who"], row["owner"] or row["created_by"]
    if who == "superior":
        above = chart.superiors(owner) if owner else []
        return above[person.get("level", 1) - 1 :][:1]
    if who == "head":
        head = chart.head_of(row["unit"]) if row["unit"] else None
        return [head] if head else []
    if who == "role":
        return chart.in_role(person["id"])
    if who == "administrators":
        return administrators()
    single = {"owner": owner, "creator": row["created_by"], "member": person.get("id"), "field": row.get(column(person.get("field", "")))}[
        who
    ]
    return [single] if single else []


def accounts() -> Mapping[int, int]:
    """{member: account} of everybody who is here and has a log-in; no SQL when warm."""

    def load() -> dict[int, int]:
        here = Member.objects.filter(state=Member.State.ACTIVE, account__isnull=False)
        return {member: account for member, account in here.values_list("pk", "account") if account is not None}

    return config.cached("present-accounts", load)


def administrators() -> list[int]:
    return config.cached("administrators", lambda: [one.id for one in people.directory.load_admins() if one.id])


def actor(member: int) -> Actor | None:
    account = accounts().get(member)
    return people.actor_of(account) if account is not None else None


def seen_by(who: Actor, key: str, rows: Mapping[int, Row]) -> set[int]:
    """Those of some documents a colleague may read; the database is asked once, for what the rows do not tell."""
    resource = registry.get(key)
    if not who.may(key, "read"):
        return set()
    condition = who.condition(key, "read", resource.model)
    if condition is None:
        return set(rows)
    told = {
        pk: condition.holds(SimpleNamespace(pk=pk, **{name: row[name] for name in ("owner", "created_by", "unit")}))
        for pk, row in rows.items()
    }
    asked = [pk for pk, holds in told.items() if holds is None]
    found = set(visible(who, resource.queryset(), key).filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()
    return {pk for pk, holds in told.items() if holds} | found
