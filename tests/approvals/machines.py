"""Random flows, random people and a naive witness for the model checker of the token engine."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from tenant_apps.approvals.drawing import Drawing, Edge, Node
from tenant_apps.approvals.engine import Engine, Found, Wrong
from tenant_apps.approvals.engine.flowing import fresh

INITIATOR, STAFF, ADMINS = 1, tuple(range(1, 9)), (8,)
NAMES = ("agree",) * 8 + ("happen",) * 2 + ("refuse", "return", "add", "remove", "hand_over", "delegate", "take_back", "rescue", "replace")
MODES = ("all", "ratio", "any", "first_approval", "sequence")


class Draw:
    """A flow that keeps to the rules of drawing, made at random."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.nodes, self.edges = chance, [Node("start", "start")], []

    def whole(self) -> Drawing:
        last = self.block("start", "", depth=3)
        self.nodes.append(Node("end", "end"))
        self.edges.append(Edge(last, "end"))
        return Drawing(self.nodes, self.edges)

    def add(self, kind: str, **given: Any) -> str:
        key = f"{kind}{len(self.nodes)}"
        self.nodes.append(Node(key, kind, given=given))
        return key

    def block(self, before: str, when: str, depth: int) -> str:
        """One to three steps after each other; where they end."""
        for _step in range(self.chance.randint(1, 3)):
            kind = self.chance.choice(("approve", "approve", "approve", "handle", "copy", "wait", "set", "split", "split"))
            if kind == "split":
                if depth:
                    before, when = self.split(before, when, depth), ""
                continue
            key = self.human(kind) if kind in ("approve", "handle") else self.add(kind, event="x")
            self.edges.append(Edge(before, key, when))
            before, when = key, ""
        if when or before == "start":
            key = self.human("approve")
            self.edges.append(Edge(before, key, when))
            return key
        return before

    def after(self, before: str) -> str:
        key = self.human("approve")
        self.edges.append(Edge(before, key))
        return key

    def human(self, kind: str) -> str:
        pick = self.chance
        given = {
            "members": [pick.choice(STAFF) for _ in range(pick.choice((0, 1, 1, 2, 3, 4)))], "mode": pick.choice(MODES), "ratio": pick.randint(1, 100),
            "veto": pick.random() < 0.2, "weights": {str(member): pick.randint(1, 3) for member in STAFF},
            "empty": pick.choice(("pass", "pass", "admin", "admin", "refuse", 3)), "same_as_initiator": pick.choice(("self", "skip", "head")),
            "repeated": pick.choice(("none", "once", "consecutive")),
        }  # fmt: skip
        before = [node.id for node in self.nodes if node.kind in ("approve", "handle")]
        if before and pick.random() < 0.3:
            given["rejected"] = {"then": "return", "to": pick.choice(before)}
        return self.add(kind, **given)

    def split(self, before: str, when: str, depth: int) -> str:
        kind = self.chance.choice(("parallel", "inclusive", "condition"))
        key = self.add(kind)
        self.edges.append(Edge(before, key, when))
        count = self.chance.randint(2, 3)
        ends = [self.block(key, "" if kind == "parallel" or branch == count - 1 else f"c{branch}", depth - 1) for branch in range(count)]
        if ends.count(key) > 1:
            ends = [self.after(key) if end == key else end for end in ends]
        join = self.add("join")
        self.edges += [Edge(end, join) for end in dict.fromkeys(ends)]
        return join


class Folk:
    """People without a company: everybody's superior is the one before, some have a stand-in."""

    initiator = INITIATOR

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.effects = chance, 0
        self.away = {member: chance.choice(STAFF) for member in STAFF if chance.random() < 0.2}
        self.truth: dict[str, bool] = {}

    def people(self, node: Node) -> Found:
        return Found(node.given.get("members", ()), "drawn")

    def holds(self, node: Node, formula: str) -> bool:
        return self.truth.setdefault(f"{node.id}.{formula}", self.chance.random() < 0.5)

    def superior(self, member: int) -> int | None:
        return member + 1 if member < len(STAFF) else None

    def admins(self) -> Sequence[int]:
        return ADMINS

    def agent(self, member: int) -> int:
        return self.away.get(member, member)

    def effect(self, node: Node) -> None:
        self.effects += 1


class Person:
    """Does at random what may be done, and much that may not."""

    def __init__(self, engine: Engine, chance: random.Random) -> None:
        self.engine, self.chance = engine, chance

    @property
    def active(self) -> list[dict[str, Any]]:
        return [seat for seat in self.engine.seats.rows if seat["state"] == "active"]

    def anything(self) -> str:
        """One action, possible or not; what came of it."""
        name = self.chance.choice(NAMES)
        try:
            getattr(self, f"_{name}")()
        except Wrong as wrong:
            return wrong.code
        return name

    @property
    def seat(self) -> int:
        """Mostly one whose turn it is, at times any, or none there is."""
        active = self.active
        return self.chance.choice(active)["id"] if active and self.chance.random() < 0.9 else self.chance.randint(0, self.engine.state["n"])

    @property
    def any_seat(self) -> int:
        seats = self.engine.seats.rows
        return self.chance.choice(seats)["id"] if seats else 0

    @property
    def member(self) -> int:
        return self.chance.choice(STAFF)

    @property
    def node(self) -> str:
        return self.chance.choice([*self.engine.state["path"], *self.engine.drawing.nodes])

    def _agree(self) -> None:
        self.engine.decide(self.seat, True)

    def _refuse(self) -> None:
        self.engine.decide(self.seat, False)

    def _return(self) -> None:
        self.engine.send_back(self.seat, self.node, again=self.chance.random() < 0.5)

    def _add(self) -> None:
        self.engine.add(self.seat, self.chance.choice(("before", "after", "beside")), [self.member, self.member])

    def _remove(self) -> None:
        self.engine.remove(self.any_seat, [self.member])

    def _hand_over(self) -> None:
        self.engine.hand_over(self.seat, self.member)

    def _delegate(self) -> None:
        self.engine.delegate(self.seat, self.member)

    def _take_back(self) -> None:
        self.engine.take_back(self.any_seat)

    def _happen(self) -> None:
        self.engine.happened("x")

    def _rescue(self) -> None:
        if self.chance.random() < 0.2:
            self.engine.jump(self.node)
        elif self.chance.random() < 0.2:
            self.engine.rerun()

    def _replace(self) -> None:
        self.engine.replace(self.member, self.member)


def begun(seed: int) -> tuple[Engine, Person]:
    chance = random.Random(seed)
    drawing = Draw(chance).whole()
    assert drawing.faults() == [], (seed, drawing.faults())
    engine = Engine(drawing, fresh(), Folk(chance))
    return engine, Person(engine, chance)
