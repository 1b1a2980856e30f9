"""What is waiting for somebody's decision goes to a colleague with the rest of their business (spec 2.23)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import handing
from kernel.access import Actor
from tenant_apps.approvals.actions import approvals
from tenant_apps.approvals.models import Approval, Task
from tenant_apps.organization.models import Member

OPEN = (Task.State.WAITING, Task.State.ACTIVE)


class Deciding(handing.Kind):
    """Approvals in which somebody still has to decide."""

    key = "approvals.approval"
    label = _("Approvals to decide")

    def held(self, member: int) -> list[int]:
        open_tasks = Task.objects.filter(owner=member, state__in=OPEN, approval__state=Approval.State.RUNNING)
        return list(open_tasks.order_by("approval").values_list("approval", flat=True).distinct())

    def move(self, ids: Sequence[int], giver: int, to: int, unit: int | None, *, by: Actor, at: datetime) -> None:
        old, new = Member.objects.get(pk=giver), Member.objects.get(pk=to)
        for approval in Approval.objects.filter(pk__in=ids).order_by("pk"):
            approvals.replace(approval, by=by, at=at, old=old, new=new, reason=_t("Business handover"))
