"""What follows from decisions: people hear of their turn, what was agreed to is carried out, waiting flows go on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from kernel import access, config, handing, messages, people, registry
from kernel.access import Actor
from kernel.events import after, after_those, follows
from kernel.models import Event
from kernel.webhooks import sending
from tenant_apps.approvals import editing, holding, inbox, replaying, vocabulary, waiting
from tenant_apps.approvals.approvers import admins
from tenant_apps.approvals.handing import Deciding
from tenant_apps.approvals.models import Approval, Task
from tenants.context import PUBLIC

S = Approval.State
TASK, APPROVAL = "approvals.task", "approvals.approval"

handing.add(Deciding())
handing.keep_personal("approvals.delegation")

access.EVERYBODY |= {
    TASK: dict.fromkeys(
        (
            "read",
            "agree",
            "refuse",
            "return",
            "add_before",
            "add_after",
            "add_beside",
            "remove",
            "hand_over",
            "delegate",
            "take_back",
            "copy",
            "edit",
        ),
        "own",
    ),
    APPROVAL: dict.fromkeys(("read", "withdraw", "urge", "copy", "retry"), "own"),
    "approvals.delegation": dict.fromkeys(("read", "create", "change", "delete"), "own"),
}
holding.connect()
messages.counters["deciding"] = lambda member: 0 if config.schema() == PUBLIC else inbox.waiting(member)


@follows("approvals.flow.*", "approvals.delegation.*", "approvals.limit.*")
def settings_changed(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    config.changed()


@follows("approvals.task.*")
def count_anew(task: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """What waits for somebody has changed: their open browsers are told."""
    if task.owner is not None:
        owner = task.owner
        transaction.on_commit(lambda: messages.renew([owner]), robust=True)


@follows("*.change")
def note_edits(document: Any, event: Event, *, by: Actor, at: datetime) -> None:
    """What is changed while it is being decided stands with the decision."""
    editing.record(document, event, by)


@after("approvals.task.create", "approvals.task.state", "approvals.task.take_back")
def tell_whose_turn(event: Event) -> None:
    """Whoever is to decide, or to read a copy, finds it in their inbox."""
    task = Task.objects.select_related("approval").filter(pk=event.subject_id, state=Task.State.ACTIVE).first()
    if task is None or task.owner is None:
        return
    approval = task.approval
    with override(connection.tenant.language):  # type: ignore[attr-defined]
        verb = vocabulary.verbs(registry.get(approval.resource)).get(approval.verb, approval.verb)
        told = {"name": people.members().get(approval.owner or 0, ""), "action": verb, "document": approval.subject}
        if task.kind == Task.Kind.COPY:
            title = _("For your information: %(action)s %(document)s (%(name)s)") % told
        else:
            title = _("Please decide: %(action)s %(document)s (%(name)s)") % told
    link = {"_key": TASK, "id": task.pk}
    messages.send([task.owner], title, origin=f"approval-task:{event.pk}", text=task.node_name, link=link, kind="approval")


@after("approvals.approval.state", "approvals.approval.retry")
def go_on(event: Event) -> None:
    """Carry out what was agreed to, and tell whoever asked how it ended."""
    state = (event.changes.get("state") or ["", ""])[1]
    if state == S.APPROVED:
        replaying.replay(event.subject_id)
    approval = Approval.objects.filter(pk=event.subject_id).first()
    if approval is None or (state == S.APPROVED and approval.done_at is None):
        return
    with override(connection.tenant.language):  # type: ignore[attr-defined]
        title = f"{approval.subject}: {S(state).label}"
    told = [approval.owner, *(admins() if state == S.FAILED else ())]
    link = {"_key": APPROVAL, "id": approval.pk}
    members = [one for one in told if one is not None]
    messages.send(members, title, text=approval.outcome, origin=f"approval:{event.pk}", link=link, kind="approval")


@after("approvals.approval.webhook")
def call_webhook(event: Event) -> None:
    """A step of a flow tells one other program."""
    sending.announce_to(event.data["webhook"], event)


@after_those(waiting.awaited)
def resume(event: Event) -> None:
    """Flows that wait for such an event on their document go on."""
    waiting.resume(event)
