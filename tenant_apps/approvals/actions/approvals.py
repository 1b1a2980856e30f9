"""What the initiator can do with an approval, and an administrator to rescue it. All of it stands in its history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import messages, saving
from kernel.access import SYSTEM, Actor
from kernel.actions import action
from tenant_apps.approvals import deciding, entitled
from tenant_apps.approvals.models import Approval, Task
from tenant_apps.approvals.refusing import telling
from tenant_apps.approvals.running import Step, copy_row, note
from tenant_apps.organization.models import Member

S = Approval.State
REASON = {"reason": {"label": _("Reason"), "max_length": 500}}


@action(
    label=_("Withdraw"),
    when=(S.RUNNING, S.FAILED),
    then=S.WITHDRAWN,
    says=_("withdrawn"),
    confirm=_("Nothing is carried out then. Continue?"),
)
def withdraw(approval: Approval, *, by: Actor, at: datetime) -> None:
    """Take back what you asked for; the document can be changed again."""
    entitled.check(approval, "withdraw", by, at)
    _call_off(approval, "withdrawn", by, at)


def _call_off(approval: Approval, outcome: str, by: Actor, at: datetime) -> None:
    if approval.state == S.RUNNING:
        step = Step(approval, by=by, at=at)
        with telling():
            step.engine.end(outcome)
        step.keep(conclude=False)
    approval.open, approval.ended_at = False, at


@action(label=_("Call off"), when=(S.RUNNING, S.FAILED), then=S.CANCELLED, style="danger", says=_("called off"), params=REASON)
def cancel(approval: Approval, *, by: Actor, at: datetime, reason: str) -> None:
    """Rescue: end it without an outcome; nothing is carried out."""
    entitled.check(approval, "cancel", by, at)
    _call_off(approval, "cancelled", by, at)
    approval.outcome = reason


@action(label=_("Try again"), when=S.FAILED, then=S.APPROVED, style="primary", says=_("to be carried out again"))
def retry(approval: Approval, *, by: Actor, at: datetime) -> None:
    """It was agreed to but could not be carried out: try once more now that the cause is mended."""
    entitled.check(approval, "retry", by, at)
    approval.outcome = ""


@action(label=_("Urge"), when=S.RUNNING, says=_("urged"))
def urge(approval: Approval, *, by: Actor, at: datetime) -> None:
    """Remind those whose turn it is; once an hour at most."""
    entitled.check(approval, "urge", by, at)
    approval.urged_at = at
    rows = Task.objects.filter(approval=approval, state=Task.State.ACTIVE).exclude(kind=Task.Kind.COPY)
    for pk, owner in rows.values_list("pk", "owner"):
        title = _t("%(name)s asks you to decide: %(document)s") % {"name": by.name, "document": approval.subject}
        link = {"_key": "approvals.task", "id": pk}
        messages.send([owner or 0], title, origin=f"urge:{pk}:{at.isoformat()}", link=link, kind="approval")


@action(label=_("Send a copy"), says=_("sent a copy"), params={"members": {"label": _("Colleagues"), "type": "refs", "target": Member}})
def copy(approval: Approval, *, by: Actor, at: datetime, members: list[int]) -> None:
    """Let colleagues know of it."""
    rows = [copy_row(approval, member, _t("Copy"), "", at) for member in deciding.known(members)]
    saving.create_many(Task, [(row, {}) for row in rows], by=SYSTEM, at=at)


def _rescue(approval: Approval, verb: str, by: Actor, at: datetime, reason: str, **told: Any) -> Step:
    entitled.check(approval, verb, by, at)
    note("rescue", approval, at, {"text": reason, **told}, by)
    return Step(approval, by=by, at=at)


@action(
    label=_("Jump"), when=S.RUNNING, says=_("led on to another step"), params={"node": {"label": _("To step"), "max_length": 120}, **REASON}
)
def jump(approval: Approval, *, by: Actor, at: datetime, node: str, reason: str) -> None:
    """Rescue: go on from a step, whatever stood open before."""
    step = _rescue(approval, "jump", by, at, reason, node=node)
    with telling():
        step.engine.jump(node)
    step.keep()


@action(label=_("Run again"), when=S.RUNNING, says=_("run again from the start"), params=REASON)
def rerun(approval: Approval, *, by: Actor, at: datetime, reason: str) -> None:
    """Rescue: ask everybody again, from the start."""
    step = _rescue(approval, "rerun", by, at, reason)
    with telling():
        step.engine.rerun()
    step.keep()


@action(
    label=_("Replace a colleague"), when=S.RUNNING, says=_("given to somebody else"),
    params={"old": {"label": _("Instead of"), "type": "ref", "target": Member}, "new": {"label": _("Colleague"), "type": "ref", "target": Member}, **REASON},
)  # fmt: skip
def replace(approval: Approval, *, by: Actor, at: datetime, old: Member, new: Member, reason: str) -> None:
    """Rescue: what is open with somebody who has left goes to a colleague."""
    step = _rescue(approval, "replace", by, at, reason, old=old.pk, new=new.pk)
    with telling():
        step.engine.replace(old.pk, deciding.known([new.pk])[0])
    step.keep()
