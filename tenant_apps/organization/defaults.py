"""The company, its first departments, the usual roles, and its first member."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import pgettext

from kernel import saving
from kernel.access import Actor
from tenant_apps.organization.locks import DAYS_OF_GRACE
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


ORDERS = {"sales.order": "read", "logistics.delivery": "read", "finance.due": "read", "finance.invoice": "read", "finance.receipt": "read"}
SELLING = {**SALES, "partners.*": "read create change export import", **ORDERS}
STOCK = {"inventory.*": "*", "logistics.*": "*", "sales.order": "read stock_in ready deliver"}
MAKING = {"sales.order": "read release stock_in ready", "inventory.*": "read"}
MONEY = {
    "finance.*": "*",
    "contracts.contract": "read receive print export",
    "sales.order": "read invoice close export",
    "partners.*": "read change export",
    "logistics.*": "read",
    "quoting.*": "read",
}


def roles() -> list[dict[str, Any]]:
    """The usual roles of a machine builder; the administrator changes them freely."""
    leading = SELLING | {"sales.order": "read confirm release hold resume cancel accept"}
    table: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
        (pgettext("role", "Administrator"), {"*": {"*": "all"}}, {}),
        (
            pgettext("role", "General manager"),
            {"*": {"*": "all"}, "organization.*": READ_ONLY, "kernel.*": READ_ONLY, "process.channel": READ_ONLY},
            {},
        ),
        (pgettext("role", "Sales engineer"), {**_grant("own", SELLING), **SEEN, "inventory.balance": {"read": "all"}}, COSTS),
        (pgettext("role", "Sales manager"), {**_grant("below", leading), **SEEN}, COSTS),
        (pgettext("role", "Production"), {**_grant("all", MAKING), **SEEN}, {}),
        (pgettext("role", "Warehouse"), {**_grant("all", STOCK), **SEEN, "partners.*": {"read": "all"}}, {}),
        (pgettext("role", "Finance"), {**_grant("all", MONEY), **SEEN, "inventory.*": {"read": "all"}}, {}),
    ]
    return [{"name": name, "grants": grants, "masks": masks} for name, grants, masks in table]


def install(tenant: Any, owner: Any, *, by: Actor, at: datetime) -> None:
    since = timezone.localdate() + timedelta(days=DAYS_OF_GRACE)
    company = saving.create(Company, {"name": tenant.name, "currency": tenant.currency, "admin_factor_from": since}, by=by, at=at)
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
