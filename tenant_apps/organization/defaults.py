"""The company, its first departments, the usual roles, and its first member."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import pgettext

from kernel import saving
from kernel.access import Actor
from tenant_apps.organization.models import Company, Member, Role, Unit

SALES = {
    "quoting.*": "read create change delete send accept lose revise print export import",
    "contracts.contract": "read create change sign order print export",
}
COSTS = {"catalog.item": {"standard_cost": "hide"}, "sales.order": {"cost": "hide", "margin": "hide"}, "inventory.serial": {"cost": "hide"}, "inventory.balance": {"value": "hide"},
         "inventory.move": {"value": "hide", "lines.value": "hide", "lines.unit_cost": "hide"}, "logistics.delivery": {"cost": "hide"}}  # fmt: skip
READ_ONLY = {"read": "all", "*": "none"}
SEEN = {"catalog.*": {"read": "all"}, "organization.*": {"read": "all"}, "contracts.scheme": {"read": "all"}}


def _grant(scope: str, table: dict[str, str]) -> dict[str, dict[str, str]]:
    return {key: dict.fromkeys(verbs.split(), scope) for key, verbs in table.items()}


def roles() -> list[dict[str, Any]]:
    """The usual roles of a machine builder; the administrator changes them freely."""
    orders = {
        "sales.order": "read",
        "logistics.delivery": "read",
        "finance.due": "read",
        "finance.invoice": "read",
        "finance.receipt": "read",
    }
    selling = {**SALES, "partners.*": "read create change export import", **orders}
    stock = {"inventory.*": "*", "logistics.*": "*", "sales.order": "read stock_in ready deliver"}
    money = {
        "finance.*": "*",
        "contracts.contract": "read receive print export",
        "sales.order": "read invoice close export",
        "partners.*": "read change export",
        "logistics.*": "read",
        "quoting.*": "read",
    }
    return [
        {"name": pgettext("role", "Administrator"), "grants": {"*": {"*": "all"}}, "masks": {}},
        {
            "name": pgettext("role", "General manager"),
            "grants": {"*": {"*": "all"}, "organization.*": READ_ONLY, "kernel.*": READ_ONLY},
            "masks": {},
        },
        {
            "name": pgettext("role", "Sales engineer"),
            "grants": {**_grant("own", selling), **SEEN, "inventory.balance": {"read": "all"}},
            "masks": COSTS,
        },
        {
            "name": pgettext("role", "Sales manager"),
            "grants": {**_grant("below", selling | {"sales.order": "read confirm release hold resume cancel accept"}), **SEEN},
            "masks": COSTS,
        },
        {
            "name": pgettext("role", "Production"),
            "grants": {
                "sales.order": {"read": "all", "release": "all", "stock_in": "all", "ready": "all"},
                "inventory.*": {"read": "all"},
                **SEEN,
            },
            "masks": {},
        },
        {"name": pgettext("role", "Warehouse"), "grants": {**_grant("all", stock), **SEEN, "partners.*": {"read": "all"}}, "masks": {}},
        {"name": pgettext("role", "Finance"), "grants": {**_grant("all", money), **SEEN, "inventory.*": {"read": "all"}}, "masks": {}},
    ]


def install(tenant: Any, owner: Any, *, by: Actor, at: datetime) -> None:
    company = saving.create(Company, {"name": tenant.name, "currency": tenant.currency}, by=by, at=at)
    names = (
        pgettext("department", "Management"), pgettext("department", "Sales"), pgettext("department", "Engineering"), pgettext("department", "Production"),
        pgettext("department", "Warehouse"), pgettext("department", "Service"), pgettext("department", "Finance"),
    )  # fmt: skip
    head = saving.create(Unit, {"name": tenant.name, "company": company}, by=by, at=at)
    units = saving.create_many(Unit, [({"name": name, "company": company, "parent": head}, {}) for name in names], by=by, at=at)
    made = saving.create_many(Role, [(role, {}) for role in roles()], by=by, at=at)
    member = {
        "name": owner.name,
        "email": owner.email,
        "account": owner.user_id,
        "department": units[0],
        "roles": [made[0].pk],
        "state": Member.State.ACTIVE,
    }
    saving.create(Member, member, by=by, at=at)
