"""Charge items every machine builder needs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import pgettext

from kernel import saving
from kernel.access import Actor
from tenant_apps.finance.models import ChargeItem

RECEIVABLE, BOTH = ChargeItem.Direction.RECEIVABLE, ChargeItem.Direction.BOTH


def items() -> list[tuple[str, str, str, bool, bool, bool]]:
    """Code, name, direction; whether it counts for credit, commission, ageing."""
    return [
        ("goods", pgettext("charge", "Goods"), BOTH, True, True, True),
        ("deposit", pgettext("charge", "Deposit"), BOTH, False, True, True),
        ("progress", pgettext("charge", "Progress payment"), BOTH, True, True, True),
        ("retention", pgettext("charge", "Retention"), BOTH, True, True, True),
        ("freight", pgettext("charge", "Freight"), BOTH, True, False, True),
        ("install", pgettext("charge", "Installation"), RECEIVABLE, True, True, True),
        ("service", pgettext("charge", "Service"), BOTH, True, True, True),
        ("deduction", pgettext("charge", "Deduction"), BOTH, True, True, False),
        ("interest", pgettext("charge", "Interest"), BOTH, False, False, False),
        ("rebate", pgettext("charge", "Rebate"), BOTH, False, True, False),
    ]


def install(tenant: Any, owner: Any, *, by: Actor, at: datetime) -> None:
    names = ("code", "name", "direction", "in_credit", "in_commission", "in_ageing")
    rows: list[tuple[dict[str, Any], dict[str, Any]]] = [({**dict(zip(names, item, strict=True)), "system": True}, {}) for item in items()]
    saving.create_many(ChargeItem, rows, by=by, at=at)
