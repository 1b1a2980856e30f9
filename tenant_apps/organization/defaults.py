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
    "quoting.quote": "read create change delete submit withdraw send mail accept confirm convert lose revise copy keep reprice print export import",
    "contracts.contract": "read create change sign ask relock mail countersign order amend reach bill print export",
    "contracts.change": "read create change delete apply ask reject print export",
    "selection.configuration": "read create change delete print export",
}
COSTS = {"catalog.item": {"standard_cost": "hide"}, "selection.configuration": {"cost": "hide"}, "quoting.quote": dict.fromkeys(("cost_total", "estimate_cost", "margin_rate", "lines.cost", "lines.margin_rate"), "hide"), "sales.order": {"cost": "hide", "margin": "hide"}, "inventory.serial": {"cost": "hide"}, "inventory.balance": {"value": "hide"},
         "inventory.move": {"value": "hide", "lines.value": "hide", "lines.unit_cost": "hide"}, "logistics.delivery": {"cost": "hide"}}  # fmt: skip
READ_ONLY = {"read": "all", "*": "none"}
SEEN = {
    "catalog.*": {"read": "all"},
    "organization.*": {"read": "all"},
    "contracts.scheme": {"read": "all"},
    "contracts.clause": {"read": "all"},
}


def _grant(scope: str, table: dict[str, str]) -> dict[str, dict[str, str]]:
    return {key: dict.fromkeys(verbs.split(), scope) for key, verbs in table.items()}


ORDERS = {"sales.order": "read", "logistics.delivery": "read", "finance.due": "read", "finance.invoice": "read", "finance.receipt": "read"}
CRM = {
    "crm.activity": "read create change finish check_in amend cancel export",
    "crm.lead": "read create change route log qualify convert release dismiss revive join import export",
    "crm.opportunity": "read create change advance to_stage tick log quote win lose hold reopen import export",
    "crm.registration": "read create change submit to_phase release lose export",
    "crm.evaluation": "read export",
}
KEPT = dict.fromkeys(("read", "create", "change"), "all")
MARKET = {
    "crm.campaign": {"read": "all"},
    "crm.stage": {"read": "all"},
    "crm.rival": KEPT,
    "crm.industrycompany": KEPT,
    "crm.industryperson": KEPT,
}
POOL = 'rule:state = "pool"'
"""Whoever sells sees the leads that nobody has, and may take them."""
SELLING = {**SALES, **CRM, "partners.*": "read create change export import claim release change_company", **ORDERS}
PRICING = {"pricing.*": "read create change delete print export import"}
TEMPLATES = {
    "quoting.quotetemplate": {
        **{verb: ["own", "unit"] for verb in ("read", "offer", "print", "export")}, **dict.fromkeys(("create", "change", "delete"), "own"),
    }
}  # fmt: skip
"""Quote templates belong to the department of whoever made them; others get them shared."""
MAINTAINED = {"quoting.quotetemplate": "read offer create change delete print export"}
STOCK = {"inventory.*": "*", "logistics.*": "*", "sales.order": "read stock_in ready deliver"}
MAKING = {"sales.order": "read release stock_in ready", "inventory.*": "read"}
MONEY = {
    "finance.*": "*",
    "contracts.contract": "read receive print export",
    "sales.order": "read invoice close export",
    "partners.*": "read change export",
    "logistics.*": "read",
    "quoting.quote": "read approve reject countersign estimate",
    "quoting.estimate": "*",
    "pricing.*": "read",
}


def _with_pool(grants: dict[str, dict[str, Any]], *verbs: str) -> dict[str, dict[str, Any]]:
    lead = grants["crm.lead"]
    return {**grants, "crm.lead": {**lead, "claim": POOL, **{verb: [lead[verb], POOL] for verb in verbs}}}


def roles() -> list[dict[str, Any]]:
    """The usual roles of a machine builder; the administrator changes them freely."""
    leading = SELLING | {"partners.*": "read create change export import claim release assign merge part change_company", "sales.order": "read confirm release hold resume cancel accept",
        "quoting.quote": f"{SALES['quoting.quote']} approve reject level_2", **PRICING,
        "contracts.contract": f"{SALES['contracts.contract']} unsign file_original install complete terminate buy",
        "crm.lead": f"{CRM['crm.lead']} assign", "crm.registration": f"{CRM['crm.registration']} protect refuse prolong win",
        "crm.evaluation": "read export adopt set_aside", "crm.campaign": "*"}  # fmt: skip
    directing = leading | {"quoting.quote": f"{leading['quoting.quote']} level_3"}
    table: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
        ("administrator", pgettext("role", "Administrator"), {"*": {"*": "all"}}, {}),
        (
            "general_manager",
            pgettext("role", "General manager"),
            {"*": {"*": "all"}, "organization.*": READ_ONLY, "kernel.*": READ_ONLY, "process.channel": READ_ONLY},
            {},
        ),
        (
            "sales_engineer",
            pgettext("role", "Sales engineer"),
            {**_with_pool(_grant("own", SELLING), "read"), **TEMPLATES, **SEEN, **MARKET, "inventory.balance": {"read": "all"}},
            COSTS,
        ),
        (
            "sales_manager",
            pgettext("role", "Sales manager"),
            {**MARKET, **_with_pool(_grant("below", leading | MAINTAINED), "read", "assign"), **SEEN},
            COSTS,
        ),
        (
            "sales_director",
            pgettext("role", "Sales director"),
            {**MARKET, **_with_pool(_grant("below", directing | MAINTAINED), "read", "assign"), **SEEN},
            COSTS,
        ),
        ("production", pgettext("role", "Production"), {**_grant("all", MAKING), **SEEN}, {}),
        ("warehouse", pgettext("role", "Warehouse"), {**_grant("all", STOCK), **SEEN, "partners.*": {"read": "all"}}, {}),
        ("finance", pgettext("role", "Finance"), {**_grant("all", MONEY), **SEEN, "inventory.*": {"read": "all"}}, {}),
    ]
    return [
        {"name": name, "grants": grants, "masks": masks, "usual": {"key": key, "grants": grants, "masks": masks}}
        for key, name, grants, masks in table
    ]


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
