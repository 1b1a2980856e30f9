"""How far the sales process can be seen (WF-4.P3): open opportunities that can be trusted, and what is missing of the others."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _t

from kernel.access import Actor
from tenant_apps.crm.forecasting import S, rows
from tenant_apps.crm.parameters import GAP_DAYS


def clarity(actor: Actor, today: date) -> dict[str, Any]:
    """How many open opportunities have a day still to come and were spoken about lately, as a ratio too; each shortfall with its list."""
    silent = today - timedelta(days=GAP_DAYS.value(actor) + 1)
    asked: list[tuple[str, str, dict[str, Any]]] = [
        ("undated", _t("Without a day on which the order is expected"), {"expected_on__isnull": True}),
        ("overdue", _t("The day has passed"), {"expected_on__lte": today - timedelta(days=1)}),
        ("never", _t("Never spoken about with the customer"), {"last_contact_on__isnull": True}),
        ("silent", _t("Not spoken about for %(n)d days") % {"n": GAP_DAYS.value(actor)}, {"last_contact_on__lte": silent}),
    ]
    lacking = {name: Q(**where) for name, _label, where in asked}
    sums = {name: Count("pk", filter=where) for name, where in lacking.items()}
    whole = Count("pk", filter=~lacking["undated"] & ~lacking["overdue"] & ~lacking["never"] & ~lacking["silent"])
    found = rows(actor, state=S.OPEN).aggregate(open=Count("pk"), clear=whole, **sums)
    shortfalls = [
        {"name": name, "label": label, "count": found[name], "query": f"state=open&{_query(where)}"} for name, label, where in asked
    ]
    rate = f"{Decimal(found['clear']) / found['open']:.3f}" if found["open"] else None
    return {"open": found["open"], "clear": found["clear"], "rate": rate, "shortfalls": shortfalls}


def _query(where: dict[str, Any]) -> str:
    return "&".join(f"{name}={str(value).lower()}" for name, value in where.items())
