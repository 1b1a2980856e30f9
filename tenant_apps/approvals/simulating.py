"""What would happen: a flow led through with everybody agreeing, on a real document, without a trace."""

from __future__ import annotations

from copy import copy, deepcopy
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel import formulas, people, registry
from kernel.refusals import Refused
from tenant_apps.approvals import refusing
from tenant_apps.approvals.drawing import HUMAN, Drawing, Node
from tenant_apps.approvals.engine import Engine, Wrong
from tenant_apps.approvals.models import Approval, Flow
from tenant_apps.approvals.running import Real, begun, drawing_of

MOST = 500


class Imagined(Real):
    """The company as it is, but nothing is written: a step that sets fields sets them on a copy."""

    def __init__(self, approval: Approval, document: Any, at: datetime) -> None:
        super().__init__(approval, copy(document), at)
        self.noted: list[tuple[Node, list[int], str]] = []

    def effect(self, node: Node) -> None:
        if node.kind == "copy":
            found = self.people(node)
            self.noted.append((node, list(found.members), found.why))
            return
        self.noted.append((node, [], ""))
        if node.kind == "set":
            with refusing.at_node(node):
                for field, text in (node.given.get("values") or {}).items():
                    value = formulas.parse(text).value(self.names)
                    spec = registry.get(self.approval.resource).own.get(field)
                    if spec is not None and spec.type not in ("ref", "refs"):
                        setattr(self.document, field, value)


def lead(engine: Engine) -> None:
    """Everybody agrees and everything that is waited for happens, until it ends."""
    for _turn in range(MOST):
        if engine.outcome:
            return
        seat = next((one for one in engine.seats.rows if one["state"] == "active"), None)
        if seat is not None:
            engine.decide(seat["id"], True)
            continue
        waiting = next((token for token in engine.tokens if engine.drawing.nodes[token["node"]].kind == "wait"), None)
        if waiting is None:
            raise Wrong("went_on")
        engine.happened(engine.drawing.nodes[waiting["node"]].given.get("event", ""))


def led(engine: Engine) -> str:
    """Lead a flow through from its start; what stops it on the way, in words."""
    try:
        engine.start()
        lead(engine)
    except Refused as refused:
        return str(refused.sentence)
    return ""


def simulate(flow: Flow, drawing: Drawing, document: Any, initiator: int, *, asked: dict[str, Any], at: datetime) -> dict[str, Any]:
    """The way of one document through a flow: which steps, who decides there and why, and how it ends."""
    approval = Approval(
        flow=flow, resource=flow.resource, verb=flow.verb, subject=str(document)[:120], subject_id=document.pk, owner=initiator,
        call={"values": asked}, created_at=at,
    )  # fmt: skip
    world = Imagined(approval, document, at)
    engine = Engine(drawing, begun(approval), world)
    trouble = led(engine)
    return {"nodes": _path(engine), "edges": _edges(engine), "steps": _steps(engine, world), "outcome": trouble or _outcome(engine)}


def _path(engine: Engine) -> list[str]:
    return list(dict.fromkeys(engine.state["path"]))


def _edges(engine: Engine) -> list[list[str]]:
    """The ways between steps that were gone; of a choice only those whose condition held."""
    gone = set(engine.state["path"])
    taken = []
    for edge in engine.drawing.edges:
        node = engine.drawing.nodes[edge.source]
        if edge.source in gone and edge.target in gone and (node.kind not in ("condition", "inclusive") or edge in engine.chosen_of(node)):
            taken.append([edge.source, edge.target])
    return taken


def _steps(engine: Engine, world: Imagined) -> list[dict[str, Any]]:
    found = []
    for key in _path(engine):
        node = engine.drawing.nodes[key]
        noted = next(((members, why) for one, members, why in world.noted if one.id == key), ([], ""))
        acts = [int(act) for act, told in engine.state["acts"].items() if told["node"] == key]
        seats = [seat for act in acts for seat in engine.seats.of(act)]
        who = [seat["who"] for seat in seats] if node.kind in HUMAN else noted[0]
        why = engine.state["why"].get(key, "") if node.kind in HUMAN else noted[1]
        skipped = bool(seats) and all(seat["state"] == "skipped" for seat in seats)
        then = _("decided already") if skipped else _("nobody: goes on") if node.kind in HUMAN and not seats else ""
        shown = {
            "node": key,
            "name": node.title,
            "kind": node.kind,
            "who": [people.named("member", one) for one in who],
            "why": why,
            "then": then,
        }
        found.append(shown)
    return found


def _outcome(engine: Engine) -> str:
    if engine.outcome == "approved":
        return _("When all agree it is approved and carried out.")
    return _("It ends refused at “%(step)s”.") % {"step": engine.drawing.nodes[engine.state["end"]].title}


def ahead(approval: Approval, document: Any, at: datetime) -> list[tuple[str, list[int]]]:
    """The steps that are still to come if all agree, each with who decides there."""
    engine = Engine(drawing_of(approval.flow_id), deepcopy(approval.progress), Imagined(approval, document, at))
    known = set(engine.state["acts"])
    try:
        lead(engine)
    except (Refused, Wrong):
        return []
    new: list[tuple[str, list[int]]] = []
    for act, told in engine.state["acts"].items():
        if act not in known:
            new.append((told["node"], [seat["who"] for seat in engine.seats.of(int(act))]))
    return new
