"""Projects and contracts follow their parts in the same transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kernel.access import Actor
from kernel.events import follows
from kernel.models import Event
from shared_apps.console.people import let_guests
from shared_apps.implementation.actions import contract, project

ALL = "all"
let_guests(
    everybody={"implementation.acceptancescript": {"read": ALL, "change": ALL, "finish": ALL}},
    administrator={
        "implementation.project": {"read": ALL},
        "implementation.requirement": dict.fromkeys(("read", "create", "change", "agree", "discuss", "drop"), ALL),
        "implementation.servicecontract": {"read": ALL, "sign": ALL},
        "implementation.milestone": {"read": ALL, "accept": ALL, "send_back": ALL},
        "implementation.changeorder": {"read": ALL, "agree_change": ALL, "reject_change": ALL},
        "implementation.confirmation": {"read": ALL, "sign": ALL, "reject": ALL},
    },
)


@follows("implementation.requirement.*")
def requirement_changed(requirement: Any, event: Event, *, by: Actor, at: datetime) -> None:
    project.count(requirement, by=by, at=at)


@follows("implementation.milestone.pay")
def milestone_paid(milestone: Any, event: Event, *, by: Actor, at: datetime) -> None:
    contract.recompute(milestone.contract_id, by=by, at=at)
