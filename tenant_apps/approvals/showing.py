"""An approval as its parties see it: who decided what, whose turn it is, what is still to come."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from kernel import holding as kernel_holding
from kernel import people, registry, river
from kernel.access import Actor
from kernel.models import Event
from kernel.resources import COLORS
from tenant_apps.approvals import buttons, entitled, holding, simulating, vocabulary
from tenant_apps.approvals.drawing import Node
from tenant_apps.approvals.models import Approval, Flow, Task
from tenant_apps.approvals.running import document_of, drawing_of

TASKS = {
    "waiting": "default", "active": "blue", "approved": "green", "rejected": "red", "returned": "orange", "transferred": "default",
    "delegated": "default", "skipped": "default", "cancelled": "default", "timed_out": "red", "read": "default",
}  # fmt: skip
VERBS = {"running": ("cancel", "copy", "jump", "replace", "rerun", "urge", "withdraw"), "failed": ("cancel", "retry", "withdraw")}
S = Task.State


def stamp(at: datetime | None) -> str | None:
    return None if at is None else timezone.localtime(at).isoformat(timespec="seconds")


def verb_label(approval: Approval) -> str:
    return vocabulary.verbs(registry.get(approval.resource)).get(approval.verb, approval.verb)


def state_of(approval: Approval) -> dict[str, str]:
    return {
        "state": approval.state,
        "state_label": str(Approval.State(approval.state).label),
        "color": COLORS.get(approval.state, "default"),
    }


def whole(approval: Approval, by: Actor, at: datetime) -> dict[str, Any]:
    """All of it."""
    by = kernel_holding.beholder(approval.resource, approval.subject_id, by)
    drawing = drawing_of(approval.flow_id)
    tasks = list(Task.objects.filter(approval=approval).order_by("place", "id"))
    for task in tasks:
        task.approval = approval
    mine = next((task for task in tasks if task.owner == by.id and task.state == S.ACTIVE and task.kind != Task.Kind.COPY), None)
    mine = mine or next((task for task in tasks if task.owner == by.id and task.state in (S.WAITING, S.DELEGATED)), None)
    node = drawing.nodes.get(mine.node) if mine else None
    turns = [(task.owner or 0, task.node) for task in tasks if task.state == S.ACTIVE and task.kind != Task.Kind.COPY]
    lock = holding.sentence(approval, turns) if approval.open else ""
    return {
        "id": approval.pk, "version": approval.version, "number": approval.number, **state_of(approval), "resource": approval.resource,
        "document": None if approval.subject_id is None else {"_key": approval.resource, "id": approval.subject_id, "label": approval.subject},
        "subject": approval.subject, "verb": approval.verb, "verb_label": verb_label(approval), "by": people.named("member", approval.owner),
        "at": stamp(approval.created_at), "ended_at": stamp(approval.ended_at), "done_at": stamp(approval.done_at), "outcome": approval.outcome,
        "flow": _flow(approval.flow_id), "reason": lock, "task": mine.pk if mine else None, "task_version": mine.version if mine else None,
        "task_actions": sorted(buttons.offered(node, mine)) if mine and node else [], **actions(approval, by, at),
        "editable": sorted(holding.editable(approval, turns, by)), "signature": bool(node and node.given.get("signature")),
        "choose": mine is not None and buttons.chooses(drawing, mine.node),
        "returns": returns(approval, mine), "asked": asked(approval), "steps": _steps(approval, tasks, by, at),
    }  # fmt: skip


def _flow(pk: int) -> dict[str, Any]:
    name, edition = Flow.objects.values_list("name", "edition").get(pk=pk)
    return {"id": pk, "label": name, "edition": edition}


def actions(approval: Approval, by: Actor, at: datetime, fixed: Collection[int] | None = None) -> dict[str, Any]:
    """The verbs of the approval that this reader may use, and those of theirs that they may not use just now, with the reason."""
    found = VERBS.get(approval.state, ())
    refused = entitled.refusals(approval, found, by, at, fixed)
    told = {verb: str(one) for verb, one in refused.items() if one.code != entitled.NOT_YOURS}
    mine = approval.owner == by.id or by.may("approvals.approval", "jump")
    return {"actions": sorted(verb for verb in found if verb not in refused and (verb != "copy" or mine)), "blocked": told}


def returns(approval: Approval, task: Task | None) -> list[dict[str, Any]]:
    """The steps to which it can be sent back from here."""
    if task is None or task.kind == Task.Kind.RESUBMIT or approval.state != "running":
        return []
    drawing = drawing_of(approval.flow_id)
    before, allowed = drawing.before(task.node), drawing.nodes[task.node].given.get("return_to")
    seen = [
        key
        for key in dict.fromkeys(approval.progress["path"])
        if key in before and drawing.nodes[key].kind in ("start", "approve", "handle")
    ]
    return [
        {"id": key, "label": drawing.nodes[key].title} for key in seen if not isinstance(allowed, list) or not allowed or key in allowed
    ]


def asked(approval: Approval) -> list[dict[str, str]]:
    """What the action was given, in words."""
    action = registry.get(approval.resource).verbs.get(approval.verb)
    values = approval.call.get("values") or {}
    return [
        {"label": str(spec.label), "text": str(values[name])}
        for name, spec in (action.params if action else {}).items()
        if values.get(name) not in (None, "")
    ]


def _steps(approval: Approval, tasks: list[Task], by: Actor, at: datetime) -> list[dict[str, Any]]:
    drawing = drawing_of(approval.flow_id)
    rounds: dict[tuple[int, str], list[Task]] = {}
    for task in tasks:
        if task.kind != Task.Kind.COPY:
            rounds.setdefault((task.round, task.node), []).append(task)
    shown = [_step(drawing.nodes[node], some, by, at) for (_act, node), some in sorted(rounds.items())]
    if approval.state == "running":
        shown += [_coming(drawing.nodes[node], who) for node, who in simulating.ahead(approval, document_of(approval), at)]
    copies = [task for task in tasks if task.kind == Task.Kind.COPY]
    if copies:
        shown.append({**_bare("copies", str(Task.Kind.COPY.label), "copy", "done"), "tasks": [_task(task, by) for task in copies]})
    return shown


def _bare(node: str, name: str, kind: str, state: str) -> dict[str, Any]:
    return {"node": node, "name": name, "kind": kind, "state": state, "mode": "", "since": None, "due": None, "late": False, "tasks": []}


def _coming(node: Node, who: Iterable[int]) -> dict[str, Any]:
    tasks: list[dict[str, Any]] = [
        {
            "id": None, "who": people.named("member", one), "instead_of": None, "state": S.WAITING, "decision": "", "decision_label": "",
            "color": "default", "comment": "", "signature": None, "at": None, "actions": [], "changes": [],
        }
        for one in who
    ]  # fmt: skip
    return {**_bare(node.id, node.title, node.kind, "next"), "mode": node.given.get("mode") or "all", "tasks": tasks}


def _how(states: set[str]) -> str:
    """How a step stands, by the states of its tasks."""
    if states & {S.ACTIVE, S.WAITING, S.DELEGATED}:
        return "now"
    if S.RETURNED in states:
        return "returned"
    return next((state for state in ("skipped", "cancelled") if states == {state}), "done")


def _step(node: Node, tasks: list[Task], by: Actor, at: datetime) -> dict[str, Any]:
    states = {task.state for task in tasks}
    due = max((task.due_at for task in tasks if task.due_at), default=None)
    now = bool(states & {S.ACTIVE, S.WAITING, S.DELEGATED})
    return {
        **_bare(node.id, node.title, node.kind, _how(states)), "mode": node.given.get("mode") or "all",
        "since": stamp(min((task.since for task in tasks if task.since), default=None)), "due": stamp(due),
        "late": now and due is not None and due < at, "tasks": [_task(task, by) for task in tasks],
    }  # fmt: skip


def _task(task: Task, by: Actor) -> dict[str, Any]:
    decided = task.state not in (S.WAITING, S.ACTIVE, S.DELEGATED)
    return {
        "id": task.pk, "who": people.named("member", task.owner), "instead_of": people.named("member", task.behalf), "state": task.state,
        "decision": task.state if decided else "", "decision_label": str(S(task.state).label), "color": TASKS[task.state],
        "comment": task.comment, "signature": task.signature, "at": stamp(task.decided_at), "actions": own_actions(task, by),
        "changes": [line for edit in task.edits for line in river.changes(_event(task, edit), by)],
    }  # fmt: skip


def own_actions(task: Task, by: Actor) -> list[str]:
    return sorted(buttons.of_kind(task)) if task.owner == by.id and task.state == S.APPROVED else []


def _event(task: Task, edit: dict[str, Any]) -> Event:
    key = task.approval.resource
    return Event(kind=f"{key}.change", subject=key, changes=edit["changes"])
