"""The operators' row of a company, made when it is first needed and brought in line with what the company is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from kernel import clock, saving
from kernel.access import SYSTEM
from shared_apps.console import standing
from shared_apps.console.models import Client

AT_ONCE = 500


def client_of(tenant: Any) -> Client:
    """The row of a company; in the public schema only."""
    found = Client.objects.filter(tenant=tenant.pk).first()
    if found is None:
        keep_in_line(clock.now(), only=[tenant.pk])
        found = Client.objects.get(tenant=tenant.pk)
    return found


def keep_in_line(at: datetime, only: Iterable[int] | None = None) -> int:
    """Bring the rows of all companies, or of these, in line; returns how many changed. Runs every few minutes, twice does no harm."""
    tenants = list(standing.companies() if only is None else standing.companies().filter(pk__in=only))
    known = standing.learn(at, None if only is None else [tenant.pk for tenant in tenants])
    rows = {row.tenant: row for row in Client.objects.filter(tenant__in=[tenant.pk for tenant in tenants])}
    told = {tenant.pk: standing.facts(tenant, known, rows.get(tenant.pk)) for tenant in tenants}
    made = _make([{"tenant": pk, **facts} for pk, facts in told.items() if pk not in rows], at)
    rows |= {row.tenant: row for row in made}
    copies = {tenant.pk: tenant.sandbox_of_id for tenant in tenants}
    originals = _keys({pk for pk in copies.values() if pk is not None}, rows)
    changed = [row for pk, row in rows.items() if _settle(row, {**told[pk], "copy_of_id": originals.get(copies[pk] or 0)})]
    if changed:
        Client.objects.bulk_update(changed, [*next(iter(told.values())), "copy_of", "search_text"], batch_size=AT_ONCE)
    return len(made) + len(changed)


def _make(rows: list[dict[str, Any]], at: datetime) -> list[Client]:
    """New rows; another process may have made the same ones at this moment."""
    try:
        with transaction.atomic():
            return saving.create_many(Client, [(values, {}) for values in rows], by=SYSTEM, at=at) if rows else []
    except IntegrityError:
        return list(Client.objects.filter(tenant__in=[values["tenant"] for values in rows]))


def _keys(tenants: set[int], rows: dict[int, Client]) -> dict[int, int]:
    """The keys of these companies' rows."""
    found = {pk: rows[pk].pk for pk in tenants if pk in rows}
    missing = tenants - found.keys()
    return found | dict(Client.objects.filter(tenant__in=missing).values_list("tenant", "pk")) if missing else found


def _settle(row: Client, facts: dict[str, Any]) -> bool:
    """Write the facts into the row; tells whether that changed anything. The state follows the company's, without an event of its own."""
    differs = any(getattr(row, name) != value for name, value in facts.items())
    if differs:
        row.__dict__.update(facts)
        row.search_text = row.index_text()
    return differs
