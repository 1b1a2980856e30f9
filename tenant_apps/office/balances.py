"""Everybody's accounts of a year, as far as the reader may see the entries they are made of."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from kernel import clock, people
from kernel.access import Actor
from tenant_apps.office import accounts, forms
from tenant_apps.office.allowance import Standing, standing
from tenant_apps.office.forms import Published
from tenant_apps.office.models import kind_of
from tenant_apps.organization import chart

PARTS = ("due", "kept", "given", "taken", "waiting", "left")


def books(actor: Actor) -> dict[str, Published]:
    """The forms with accounts that a reader may open."""
    return {key: found for key, found in forms.published().items() if accounts.rules(key) and actor.may(f"office.{key}", "read")}


def of_year(book: str, found: Published, year: int, actor: Actor) -> dict[str, Any]:
    """A row for each colleague, with each of their accounts."""
    account = found.design.account
    labels = dict(found.design.fields[account.kind].spec.choices) if account and account.kind else {}
    rules = accounts.rules(book)
    day = _day(year)
    written = {kind: accounts.written(book, rule) for kind, rule in rules.items()}
    rows = []
    for member in _members(book, actor):
        hired = accounts.hired(member)
        shown = {
            kind: _told(standing(rule, hired, written[kind].get(accounts.name(book, member, kind), {}), accounts.begun(book), day))
            for kind, rule in rules.items()
        }
        unit = people.named("unit", chart.unit_of(member))
        rows.append(
            {"member": people.named("member", member), "unit": unit, "hired": hired.isoformat() if hired else None, "accounts": shown}
        )
    kinds = [{"value": kind, "label": str(labels.get(kind, kind))} for kind in rules]
    return {"year": year, "kinds": kinds, "rows": rows}


def _day(year: int) -> date:
    """Today; of another year its last day."""
    today = clock.now().date()
    return today if year == today.year else date(year, 12, 31)


def _members(book: str, actor: Actor) -> list[int]:
    """The colleagues whose entries the reader may see."""
    condition = actor.condition(f"office.{book}", "read", kind_of(book))
    present = chart.chart().people
    if condition is None:
        return list(present)
    return [
        member for member in present
        if condition.holds(SimpleNamespace(owner=member, created_by=None, unit=chart.unit_of(member)))
    ]  # fmt: skip


def _told(found: Standing) -> dict[str, str]:
    return {part: accounts.plain(getattr(found, part)) for part in PARTS}
