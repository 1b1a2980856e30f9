"""How flows, approvals, tasks, stand-ins and signing limits are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kernel import clock
from kernel.access import Actor
from kernel.resources import Resource, Section
from tenant_apps.approvals import entitled
from tenant_apps.approvals.actions import approvals, flows, tasks
from tenant_apps.approvals.models import Approval, Delegation, Flow, Limit, Task


class FlowResource(Resource):
    model = Flow
    icon = "apartment"
    menu = "settings"
    place = 60
    columns = ("name", "resource", "company", "priority", "edition", "state")
    filters = ("resource", "verb", "state", "company")
    sort = "-id"
    form = (
        Section(_("Approval flow"), "name", "resource", "verb", "company", "priority", "withdrawal", "condition"),
        Section(_("Drawing"), "drawing"),
    )
    actions = (flows.publish, flows.revise, flows.retire)
    editable_when = {Flow.State.DRAFT}
    importable = False


class ApprovalResource(Resource):
    model = Approval
    icon = "safety"
    menu = "settings"
    place = 61
    columns = ("number", "subject", "resource", "flow", "amount", "owner", "created_at", "ended_at", "state")
    filters = ("state", "resource", "flow", "owner")
    groups = ("state", "resource")
    form = (Section(_("Approval"), "subject", "resource", "flow", "amount", "outcome", "created_at", "ended_at", "done_at"),)
    actions = (
        approvals.withdraw, approvals.urge, approvals.copy, approvals.retry, approvals.jump, approvals.replace, approvals.rerun, approvals.cancel,
    )  # fmt: skip
    editable_when = frozenset()
    creatable = False
    deletable = False
    importable = False
    unshown = ("urged_at",)

    def against(self, row: Mapping[str, Any], verbs: Iterable[str], actor: Actor) -> Mapping[str, str]:
        """What is for whoever asked for it or for an administrator, and what is too late or too soon."""
        approval = Approval(pk=row["id"], owner=row["owner"], state=row["state"], urged_at=row["urged_at"])
        return {verb: str(one) for verb, one in entitled.refusals(approval, verbs, actor, clock.now()).items()}


class TaskResource(Resource):
    model = Task
    icon = "idcard"
    columns = ("approval", "node_name", "kind", "owner", "since", "due_at", "decided_at", "state")
    filters = ("state", "kind", "owner", "approval")
    groups = ("state",)
    form = (Section(_("Approval task"), "approval", "node_name", "kind", "behalf", "since", "due_at", "decided_at", "comment"),)
    actions = (
        tasks.agree, tasks.refuse, tasks.return_, tasks.add_before, tasks.add_after, tasks.add_beside, tasks.remove, tasks.hand_over, tasks.delegate,
        tasks.take_back, tasks.copy, tasks.edit, tasks.read,
    )  # fmt: skip
    editable_when = frozenset()
    creatable = False
    deletable = False
    importable = False


class DelegationResource(Resource):
    model = Delegation
    icon = "user"
    menu = "settings"
    place = 62
    columns = ("owner", "agent", "begins_on", "ends_on", "kinds", "reason")
    filters = ("owner", "agent")
    form = (Section(_("Stand-in"), "owner", "agent", "begins_on", "ends_on", "kinds", "reason"),)


class LimitResource(Resource):
    model = Limit
    icon = "number"
    configuration = ("position", "resource")
    columns = ("position", "resource", "amount", "discount", "margin", "overdue")
    filters = ("position", "resource")
    form = (Section(_("Signing limit"), "position", "resource", "amount", "discount", "margin", "overdue"),)
