"""What whoever is asked can do (spec 2.14): agree, refuse, send back, ask others, hand on, take back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import saving
from kernel.access import SYSTEM, Actor
from kernel.actions import action, set_state
from tenant_apps.approvals import deciding, editing, naming
from tenant_apps.approvals.deciding import begin, told
from tenant_apps.approvals.models import Approval, Task
from tenant_apps.approvals.refusing import telling
from tenant_apps.approvals.running import Step, copy_row
from tenant_apps.organization.models import Member

S = Task.State
COMMENT = {"label": _("Comment"), "max_length": 1000}
SIGNATURE = {"label": _("Signature"), "max_length": 300_000}
WHOM = {"label": _("Colleague"), "type": "ref", "target": Member}
MEMBERS = {"label": _("Colleagues"), "type": "refs", "target": Member}
OPTIONAL = {**MEMBERS, "label": _("Whom to ask next"), "required": False}
SAID = {"comment": COMMENT, "signature": SIGNATURE}


@action(
    label=pgettext_lazy("task", "Agree"),
    when=S.ACTIVE,
    then=S.APPROVED,
    style="primary",
    bulk=True,
    says=pgettext_lazy("task", "agreed"),
    params={**SAID, "chosen": OPTIONAL},
)
def agree(task: Task, *, by: Actor, at: datetime, comment: str = "", signature: str = "", chosen: list[int] | None = None) -> None:
    """Agree to it; in a resubmission: send it on its way again."""
    deciding.decide(task, True, by=by, at=at, comment=comment, signature=signature, chosen=chosen or [])


@action(
    label=pgettext_lazy("task", "Refuse"),
    when=S.ACTIVE,
    then=S.REJECTED,
    style="danger",
    bulk=True,
    says=pgettext_lazy("task", "refused"),
    params=SAID,
)
def refuse(task: Task, *, by: Actor, at: datetime, comment: str, signature: str = "") -> None:
    """Vote against it; whether that ends it depends on how the step is decided."""
    deciding.decide(task, False, by=by, at=at, comment=comment, signature=signature)


@action(
    label=_("Send back"), when=S.ACTIVE, then=S.RETURNED, says=_("sent back"),
    params={"node": {"label": _("To step"), "max_length": 120}, "again": {"label": _("Then run all again")}, "comment": COMMENT},
)  # fmt: skip
def return_(task: Task, *, by: Actor, at: datetime, node: str, comment: str, again: bool | None = None) -> None:
    """Send it back to a step that it has passed, alone and at once; afterwards it comes straight back here, or runs all again."""
    step = begin(task, "return", by=by, at=at)
    deciding.may_return(step, task, node)
    deciding.remark(task, step, comment, at, unsigned=True)
    with telling():
        step.engine.send_back(task.place, node, again=deciding.runs_again(step, task) if again is None else again)
    step.keep(task, S.RETURNED)


def _add(task: Task, how: str, members: list[int], comment: str, by: Actor, at: datetime) -> Step:
    step = begin(task, f"add_{how}", by=by, at=at)
    with telling():
        step.engine.add(task.place, how, deciding.known(members))
    task.comment = comment[:1000] or task.comment
    step.keep(task, S.ACTIVE if how == "beside" else S.WAITING)
    told(step, "asked", comment, members=members)
    naming.tell(task, step.approval, comment, by, at)
    return step


@action(
    label=_("Ask others first"),
    when=S.ACTIVE,
    then=S.WAITING,
    says=_("asked others first"),
    params={"members": MEMBERS, "comment": COMMENT},
)
def add_before(task: Task, *, by: Actor, at: datetime, members: list[int], comment: str = "") -> None:
    """Others decide first; when all have agreed it is your turn again."""
    _add(task, "before", members, comment, by, at)


@action(
    label=_("Agree and ask others"),
    when=S.ACTIVE,
    then=S.WAITING,
    says=_("agreed and asked others"),
    params={"members": MEMBERS, "comment": COMMENT},
)
def add_after(task: Task, *, by: Actor, at: datetime, members: list[int], comment: str = "") -> None:
    """You agree, and your agreement counts when those you name have agreed too."""
    _add(task, "after", members, comment, by, at)


@action(label=_("Ask others too"), when=S.ACTIVE, says=_("asked others too"), params={"members": MEMBERS, "comment": COMMENT})
def add_beside(task: Task, *, by: Actor, at: datetime, members: list[int], comment: str = "") -> None:
    """Others decide beside you, each with a vote of their own."""
    _add(task, "beside", members, comment, by, at)


@action(label=_("Take away"), when=(S.ACTIVE, S.WAITING, S.DELEGATED), says=_("took others away"), params={"members": MEMBERS})
def remove(task: Task, *, by: Actor, at: datetime, members: list[int]) -> None:
    """Take away those whom you have added and who have not answered."""
    step = begin(task, "remove", by=by, at=at)
    with telling():
        step.engine.remove(task.place, members)
    step.keep(task)
    told(step, "removed", "", members=members)


@action(label=_("Hand over"), when=S.ACTIVE, then=S.TRANSFERRED, says=_("handed over"), params={"to": WHOM, "comment": COMMENT})
def hand_over(task: Task, *, by: Actor, at: datetime, to: Member, comment: str = "") -> None:
    """Somebody else decides in your place from now on."""
    step = begin(task, "hand_over", by=by, at=at)
    deciding.remark(task, step, comment, at, unsigned=True)
    with telling():
        step.engine.hand_over(task.place, deciding.known([to.pk])[0])
    step.keep(task, S.TRANSFERRED)


@action(label=_("Delegate"), when=S.ACTIVE, then=S.DELEGATED, says=_("delegated"), params={"to": WHOM, "comment": COMMENT})
def delegate(task: Task, *, by: Actor, at: datetime, to: Member, comment: str = "") -> None:
    """Somebody else looks at it and says what they think; then it comes back to you."""
    step = begin(task, "delegate", by=by, at=at)
    with telling():
        step.engine.delegate(task.place, deciding.known([to.pk])[0])
    step.keep(task, S.DELEGATED)
    told(step, "asked", comment, members=[to.pk])
    naming.tell(task, step.approval, comment, by, at)


@action(label=_("Take back"), when=S.APPROVED, then=S.ACTIVE, says=_("took back"))
def take_back(task: Task, *, by: Actor, at: datetime) -> None:
    """Take your agreement back, as long as nobody after you has done anything."""
    step = begin(task, "take_back", by=by, at=at)
    with telling():
        step.engine.take_back(task.place)
    task.decided_at, task.comment = None, ""
    step.keep(task, S.ACTIVE)


@action(label=_("Send a copy"), when=S.ACTIVE, says=_("sent a copy"), params={"members": MEMBERS})
def copy(task: Task, *, by: Actor, at: datetime, members: list[int]) -> None:
    """Let colleagues know of it."""
    step = begin(task, "copy", by=by, at=at)
    rows = [copy_row(step.approval, member, str(_("Copy")), task.node, at) for member in deciding.known(members)]
    saving.create_many(Task, [(row, {}) for row in rows], by=SYSTEM, at=at)


@action(label=_("Edit"), when=S.ACTIVE, says=_("changed the document"), params={"values": {"label": _("Values")}})
def edit(task: Task, *, by: Actor, at: datetime, values: dict[str, Any]) -> None:
    """Change those fields of the document that your step may change; whoever decides later sees what."""
    step = begin(task, "edit", by=by, at=at)
    editing.edit(step, task, values)


@action(label=_("Read"), when=S.ACTIVE, then=S.READ, bulk=True, says=_("read"))
def read(task: Task, *, by: Actor, at: datetime) -> None:
    """You have seen the copy."""
    deciding.mine(task, "read", by)
    task.decided_at = at


@action(label=_("Time out"), when=S.ACTIVE, says=_("timed out"))
def time_out(task: Task, *, by: Actor, at: datetime, then: str, to: int | None = None) -> None:
    """The time is over: what the step says for that happens by itself."""
    step = Step(saving.lock(Approval(pk=task.approval_id)), by=by, at=at)
    with telling():
        if then in ("approve", "reject"):
            step.engine.decide(task.place, then == "approve", state="timed_out")
        elif to is not None:
            step.engine.hand_over(task.place, to, state="timed_out")
    task.decided_at = at
    set_state(task, "timed_out")
    step.keep(task, S.TIMED_OUT)
