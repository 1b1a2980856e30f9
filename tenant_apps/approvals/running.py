"""One step of an approval: the engine's state becomes rows, and rows the engine's state. The approval is locked meanwhile."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

from kernel import calls, config, events, formulas, registry, saving, statements
from kernel.access import SYSTEM, Actor
from kernel.actions import move
from kernel.api.wire import dump
from kernel.differences import QUIET, snapshot
from kernel.lines import line_model
from tenant_apps.approvals import approvers, deadlines, effects, refusing, standing_in
from tenant_apps.approvals.drawing import Drawing, Node
from tenant_apps.approvals.engine import Engine, Found
from tenant_apps.approvals.engine.flowing import fresh
from tenant_apps.approvals.models import Approval, Flow, Task
from tenant_apps.approvals.vocabulary import Names
from tenant_apps.organization import chart


def drawing_of(flow: int) -> Drawing:
    """The pinned edition of a flow, with its sub-flows written out."""
    return config.cached(f"approval-plan:{flow}", lambda: Drawing.of(Flow.objects.values_list("plan", flat=True).get(pk=flow)))


def document_of(approval: Approval) -> Any:
    """The document that is decided about, as it is now; one that is yet to be made as it was asked for."""
    resource = registry.get(approval.resource)
    if approval.subject_id is None:
        return effects.drafted(resource, approval)
    return statements.by_keys(resource.model, [approval.subject_id]).get(approval.subject_id)


def begun(approval: Approval) -> dict[str, Any]:
    """The state of an approval that begins. Its lots are drawn from what is decided about: asking again draws nobody else."""
    about = approval.subject_id or hashlib.sha256(dump(approval.call.get("values") or {})).hexdigest()
    return {**fresh(), "seed": f"{approval.resource}:{approval.verb}:{about}"}


class Real:
    """People, formulas and effects of the company."""

    def __init__(self, approval: Approval, document: Any, at: datetime) -> None:
        self.approval, self.document, self.at = approval, document, at
        self.initiator = approval.owner or 0
        self.copies: list[tuple[Node, Sequence[int]]] = []
        self.hooks: list[Node] = []

    @property
    def names(self) -> Names:
        return Names(self.document, self.initiator, self.approval.call.get("values") or {})

    def people(self, node: Node) -> Found:
        case = approvers.Case(self.approval.resource, self.document, self.initiator, self.names, self.approval.chosen, node.id)
        return approvers.find(case, list(node.given.get("who") or ()))

    def holds(self, node: Node, formula: str) -> bool:
        with refusing.at_node(node):
            return formulas.parse(formula).holds(self.names)

    def superior(self, member: int) -> int | None:
        return next(iter(chart.superiors(member)), None)

    def admins(self) -> Sequence[int]:
        return approvers.admins()

    def agent(self, member: int) -> int:
        return standing_in.agent(member, f"{self.approval.resource}.{self.approval.verb}", self.at.date())

    def effect(self, node: Node) -> None:
        if node.kind == "copy":
            self.copies.append((node, self.people(node).members))
        elif node.kind == "set":
            self.document = effects.set_fields(self.approval, self.document, node, self.names, self.at)
        else:
            self.hooks.append(node)


class Step:
    """The engine on one locked approval. What is done with `engine` is written by `keep`."""

    def __init__(self, approval: Approval, *, by: Actor, at: datetime, document: Any = None) -> None:
        self.approval, self.by, self.at = approval, by, at
        self.drawing = drawing_of(approval.flow_id)
        self.world = Real(approval, document if document is not None else document_of(approval), at)
        self.engine = Engine(self.drawing, deepcopy(approval.progress), self.world)
        self.known = {seat["id"] for seat in self.engine.seats.rows}

    def keep(self, own: Task | None = None, state: str = "", *, conclude: bool = True) -> None:
        """Write what changed; `own` is the task being acted on, whose state (`state`) its action sets, as one that ends the approval does."""
        touched = {seat["id"]: seat for seat in self.engine.seats.rows if seat["id"] in self.engine.seats.touched}
        rows = {task.place: task for task in self._there(touched, own)}
        for place, task in sorted(rows.items()):
            seat = touched[place]
            task.owner, task.above = seat["who"], seat["of"]
            if seat["state"] == "active" and task.since is None:
                deadlines.begin(task, self.drawing.nodes[task.node], self.at)
            elif seat["state"] not in ("active", "waiting", "delegated"):
                task.next_at = None
            if task is own and seat["state"] == state:
                continue  # its action writes it
            if task.state != seat["state"]:
                move(task, state_of(seat["state"]), by=self.by, at=self.at)
            else:
                saving.store(task, by=self.by, at=self.at)
        new = [self._row(seat) for place, seat in sorted(touched.items()) if place not in rows]
        saving.create_many(Task, [(row, {}) for row in [*new, *self._copies()]], by=SYSTEM, at=self.at)
        for node in self.world.hooks:
            note("webhook", self.approval, self.at, {"webhook": node.given["webhook"], "text": node.title})
        self.approval.progress = self.engine.state
        if conclude and self.approval.pk is not None:
            self._conclude()

    def _there(self, touched: dict[int, Any], own: Task | None) -> list[Task]:
        mine = [own] if own is not None and own.place in touched else []
        others = [place for place in touched if place in self.known and (own is None or place != own.place)]
        if not others:
            return mine
        keys = Task.objects.filter(approval=self.approval, place__in=others).values_list("pk", flat=True)
        return mine + saving.lock_many(Task, list(keys))

    def _row(self, seat: dict[str, Any]) -> dict[str, Any]:
        node = self.drawing.nodes[self.engine.state["acts"][str(seat["act"])]["node"]]
        task = Task(approval=self.approval, owner=seat["who"])
        values: dict[str, Any] = {
            "approval": self.approval, "owner": seat["who"], "place": seat["id"], "round": seat["act"], "node": node.id, "node_name": node.title[:80],
            "kind": Task.Kind.RESUBMIT if node.kind == "start" else node.kind, "behalf": seat.get("behalf"), "above": seat["of"],
            "unit": self.approval.unit, "state": seat["state"],
        }  # fmt: skip
        if seat["state"] == "active":
            deadlines.begin(task, node, self.at)
            values |= {"since": task.since, "due_at": task.due_at, "next_at": task.next_at}
        return values

    def _copies(self) -> list[dict[str, Any]]:
        return [copy_row(self.approval, member, node.title, node.id, self.at) for node, members in self.world.copies for member in members]

    def _conclude(self) -> None:
        approval, engine = self.approval, self.engine
        if not engine.outcome or approval.state != Approval.State.RUNNING:
            saving.store(approval, by=self.by, at=self.at)
            return
        approval.ended_at = self.at
        approval.open = engine.outcome == "approved"  # until it is carried out
        if approval.open:
            approval.hash = digest(self.world.document)
        move(approval, outcome_of(engine.outcome), by=self.by, at=self.at)


def state_of(seat: str) -> str:
    """The state of a task by what the engine says of its seat."""
    return {
        "waiting": Task.State.WAITING, "active": Task.State.ACTIVE, "approved": Task.State.APPROVED, "rejected": Task.State.REJECTED, "returned": Task.State.RETURNED,
        "transferred": Task.State.TRANSFERRED, "delegated": Task.State.DELEGATED, "skipped": Task.State.SKIPPED, "cancelled": Task.State.CANCELLED,
        "timed_out": Task.State.TIMED_OUT, "read": Task.State.READ,
    }[seat]  # fmt: skip


def outcome_of(end: str) -> str:
    """The state of an approval by how the engine ended."""
    return {"approved": Approval.State.APPROVED, "rejected": Approval.State.REJECTED}[end]


def note(verb: str, approval: Approval, at: datetime, data: dict[str, Any], by: Actor = SYSTEM) -> None:
    """An entry in the history of an approval that changes nothing of it."""
    calls.current().events.append(events.make(verb, approval, by=by, at=at, changes={}, data=data))


def copy_row(approval: Approval, member: int, name: str, node: str, at: datetime) -> dict[str, Any]:
    """A copy of it for somebody to read."""
    return {
        "approval": approval, "owner": member, "node": node, "node_name": name[:80], "kind": Task.Kind.COPY, "since": at, "unit": approval.unit,
        "state": Task.State.ACTIVE,
    }  # fmt: skip


def digest(document: Any) -> str:
    """What the document said, as a hash: whoever decided can prove what they decided about."""
    if document is None:
        return ""
    told: dict[str, Any] = {name: value for name, value in snapshot(document).items() if name not in QUIET}
    for name in document.line_kinds if document.pk else ():
        told[name] = [snapshot(line) for line in statements.lines(line_model(type(document), name))(document.pk)]  # type: ignore[arg-type]
    return hashlib.sha256(dump(told)).hexdigest()


def step(approval: Approval, *, by: Actor, at: datetime) -> Step:
    """A step of an approval, which is locked first."""
    return Step(saving.lock(approval), by=by, at=at)
