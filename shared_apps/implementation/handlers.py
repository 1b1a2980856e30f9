"""Projects and contracts follow their parts in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from kernel.access import Actor
from kernel.events import follows
from kernel.models import Event
from kernel.printing.letterhead import Letterhead, port
from shared_apps.console.people import let_guests
from shared_apps.implementation.actions import contract, project
from tenants.context import Console

ALL = "all"
let_guests(
    everybody={"implementation.acceptancescript": {"read": ALL, "change": ALL, "finish": ALL, "print": ALL}},
    administrator={
        "implementation.project": {"read": ALL},
        "implementation.requirement": dict.fromkeys(("read", "create", "change", "agree", "discuss", "decide", "reopen", "drop"), ALL),
        "implementation.servicecontract": {"read": ALL, "sign": ALL, "print": ALL},
        "implementation.milestone": {"read": ALL, "accept": ALL, "send_back": ALL},
        "implementation.changeorder": {"read": ALL, "agree_change": ALL, "reject_change": ALL},
        "implementation.confirmation": {"read": ALL, "sign": ALL, "reject": ALL, "print": ALL},
    },
)


def operator_of(document: Mapping[str, Any]) -> Letterhead:
    """Who runs the platform, as it stands on its transfer forms."""
    bank = settings.BILLING_BANK
    return Letterhead(name=bank["name"] or Console.name, bank_name=bank["bank"], bank_account=bank["account"])


port.operator_of = operator_of


@follows("implementation.requirement.*")
def requirement_changed(requirement: Any, event: Event, *, by: Actor, at: datetime) -> None:
    project.count(requirement, by=by, at=at)


@follows("implementation.milestone.state")
def milestone_paid(milestone: Any, event: Event, *, by: Actor, at: datetime) -> None:
    contract.recompute(milestone.contract_id, by=by, at=at)
