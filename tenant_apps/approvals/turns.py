"""Deciding from a mail or a chat, without logging in: by a signed word that names one turn of one person.

It is worth something until that turn is taken, by whatever way, and for a week at most. Steps that ask for more than a yes or no
(a signature, whom to ask next), people who must show a second factor, and people who work from certain networks only log in.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kernel import calls, config, entry, people, saving
from kernel.access import Actor
from kernel.actions import perform
from kernel.refusals import Refused
from tenant_apps.approvals import buttons
from tenant_apps.approvals.actions import tasks
from tenant_apps.approvals.models import Task
from tenant_apps.approvals.parameters import BY_LINK
from tenant_apps.approvals.running import drawing_of
from tenant_apps.organization.models import Member

SALT = "approvals.turn"
AGE = 7 * 24 * 3600
VERBS = {"agree": tasks.agree, "refuse": tasks.refuse}


def number(task: Task) -> int:
    """Which turn it is: every change of a task makes another one of it, except that it was reminded of."""
    return task.version - task.reminded


def word(task: Task) -> str:
    """What a link carries: good at this company, for this person, for this turn."""
    return signing.dumps([config.schema(), task.pk, task.owner, number(task)], salt=SALT)


def over() -> Refused:
    return Refused(
        "turn_over",
        _("There is nothing more to decide by this link: it was decided, or it is too old. Log in to see how it stands."),
        status=410,
    )


def of_word(told: Any) -> tuple[Task, int]:
    """The task and the turn that a link means."""
    try:
        schema, pk, owner, turn = signing.loads(str(told), salt=SALT, max_age=AGE)
    except (signing.BadSignature, ValueError) as bad:
        raise over() from bad
    task = Task.objects.select_related("approval").filter(pk=pk, owner=owner).first() if schema == config.schema() else None
    if task is None:
        raise over()
    return task, turn


def whose(task: Task) -> Actor:
    """Whoever has the task, with all they may do now."""
    account = Member.objects.filter(pk=task.owner, state=Member.State.ACTIVE).values_list("account", flat=True).first()
    found = people.actor_of(account) if account else None
    if found is None:
        raise over()
    return found


def is_on(task: Task, turn: int) -> bool:
    return task.state == Task.State.ACTIVE and number(task) == turn and task.kind in (Task.Kind.APPROVE, Task.Kind.HANDLE)


def verbs(task: Task, by: Actor) -> list[str]:
    """What this person may answer without logging in."""
    drawing = drawing_of(task.approval.flow_id)
    node = drawing.nodes[task.node]
    more = node.given.get("signature") or buttons.chooses(drawing, node.id) or people.directory.needed(by.account or 0)
    if more or by.entry.networks or not BY_LINK.value(by):
        return []
    return [verb for verb in VERBS if verb in buttons.offered(node, task)]


def decide(task: Task, turn: int, verb: str, comment: str, by: Actor, at: datetime, request: HttpRequest | None = None) -> str:
    """Agree or refuse as that person, once; what the task is then, in words."""
    refused = entry.kept_out(request, by) if request is not None else by.entry.refusal(None, at)
    if refused is not None:
        raise refused
    with calls.call():
        locked = saving.lock(Task(pk=task.pk))
        if not is_on(locked, turn):
            raise over()
        if verb not in verbs(locked, by):
            raise Refused("log_in", _("This step asks for more than a yes or no. Log in to decide."), status=403)
        perform(VERBS[verb], locked, by=by, at=at, values={"comment": comment})
        return str(locked.get_state_display())


def of_message(link: dict[str, Any] | None, member: int) -> tuple[Task, list[str]] | None:
    """The task that a message to somebody is about, and what they may answer from there; None when nothing is to be decided."""
    if not link or link.get("_key") != "approvals.task":
        return None
    task = Task.objects.select_related("approval").filter(pk=link.get("id") or 0, owner=member).first()
    if task is None or not is_on(task, number(task)):
        return None
    try:
        return task, verbs(task, whose(task))
    except Refused:
        return None
