"""Colleagues named with @ in what somebody says when deciding hear of it (spec 2.14)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from kernel import messages, people
from kernel.access import Actor
from tenant_apps.approvals.models import Approval, Task
from tenant_apps.organization.people import who_sees

SIGN = "@"


def tell(task: Task, approval: Approval, comment: str, by: Actor, at: datetime) -> None:
    """Tell those who may read what is decided about; whoever may not is not told that it exists."""
    if SIGN not in comment or approval.subject_id is None:
        return
    named = [key for key, name in people.members().items() if f"{SIGN}{name}" in comment and key != by.id]
    seeing = who_sees(approval.resource, approval.subject_id, named) if named else []
    if seeing:
        title = _("%(name)s mentioned you: %(document)s") % {"name": by.name, "document": approval.subject}
        link = {"_key": approval.resource, "id": approval.subject_id}
        messages.send(seeing, title, text=comment, origin=f"approval-comment:{task.pk}:{at.isoformat()}", link=link, kind="mention")
