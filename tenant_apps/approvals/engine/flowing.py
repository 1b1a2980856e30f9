"""How tokens move through a drawing: from step to step, through splits and joins, back when somebody sends it back, to one end."""

from __future__ import annotations

import hashlib
from typing import Any

from tenant_apps.approvals.drawing import HUMAN, SPLITS, Drawing, Edge, Node
from tenant_apps.approvals.engine.seats import Seats
from tenant_apps.approvals.engine.world import World, Wrong

State = dict[str, Any]
Token = dict[str, Any]


def fresh() -> State:
    return {
        "n": 0,
        "tokens": [],
        "tasks": [],
        "acts": {},
        "path": [],
        "why": {},
        "sprung": {},
        "fresh": 0,
        "begun": False,
        "seed": "",
        "outcome": "",
        "end": "",
    }


class Flowing:
    """The tokens of one approval."""

    def __init__(self, drawing: Drawing, state: State, world: World) -> None:
        self.drawing, self.state, self.world = drawing, state, world
        self.seats = Seats(state)

    @property
    def tokens(self) -> list[Token]:
        return self.state["tokens"]

    @property
    def outcome(self) -> str:
        return str(self.state["outcome"])

    def start(self) -> None:
        """Let the first token in."""
        self._put(self.drawing.start, [])
        self._run()
        self.state["begun"] = True

    def _put(self, key: str, forks: list[int], **more: Any) -> Token:
        token: Token = {
            "id": self.seats.number(),
            "node": key,
            "forks": forks,
            "moving": True,
            "act": None,
            "src": None,
            "prev": [],
            "back": None,
            **more,
        }
        self.tokens.append(token)
        return token

    def _node(self, token: Token) -> Node:
        return self.drawing.nodes[token["node"]]

    # moving ----------------------------------------------------------------------------------------------------------
    def _run(self) -> None:
        while not self.outcome:
            token = next((one for one in self.tokens if one["moving"]), None)
            if token is not None:
                self._enter(token)
            elif not self._join():
                return

    def _enter(self, token: Token) -> None:
        node = self._node(token)
        self.state["path"].append(node.id)
        if node.kind in HUMAN or (node.kind == "start" and self.state["begun"]):
            token["moving"] = False
            self._ask(token, node)
        elif node.kind in SPLITS:
            self._split(token, node)
        elif node.kind == "end":
            self.tokens.remove(token)
            self._finish("rejected" if node.given.get("result") == "rejected" else "approved", node.id)
        elif node.kind == "wait" or node.id in self.drawing.closes:
            token["moving"] = False
        else:
            if node.kind in ("copy", "set", "webhook"):
                self.world.effect(node)
            if node.kind in ("set", "webhook"):
                token["src"] = None
            self._go(token, self.chosen_of(node)[0])

    def _go(self, token: Token, edge: Edge) -> None:
        token |= {"node": edge.target, "moving": True, "act": None}

    def chosen_of(self, node: Node) -> list[Edge]:
        """The ways that are taken out of a node."""
        ways = self.drawing.out[node.id]
        if node.kind == "condition":
            return [
                next(
                    (edge for edge in ways if edge.when and self.world.holds(node, edge.when)), next(edge for edge in ways if not edge.when)
                )
            ]
        if node.kind == "inclusive":
            found = [edge for edge in ways if edge.when and self.world.holds(node, edge.when)]
            return found or [edge for edge in ways if not edge.when]
        return ways

    def _split(self, token: Token, node: Node) -> None:
        self.tokens.remove(token)
        fork = self.seats.number()
        for edge in self.chosen_of(node):
            self._put(edge.target, [*token["forks"], fork], src=token["src"], prev=token["prev"])

    def _join(self) -> bool:
        """Make one token of those of a split that have all arrived; whether there were any."""
        for key in self.drawing.closes:
            for fork in {token["forks"][-1] for token in self.tokens if token["node"] == key and not token["moving"]}:
                all_of = [token for token in self.tokens if fork in token["forks"]]
                if all(token["node"] == key for token in all_of):
                    forks = all_of[0]["forks"][:-1]
                    for token in all_of:
                        self.tokens.remove(token)
                    self._put(self.drawing.out[key][0].target, forks)
                    return True
        return False

    def _finish(self, outcome: str, where: str = "") -> None:
        self.state.update(outcome=outcome, end=where)
        self.tokens.clear()
        self.seats.cancel(self.seats.rows)

    # asking ----------------------------------------------------------------------------------------------------------
    def _ask(self, token: Token, node: Node) -> None:
        act = token["act"] = self.seats.number()
        self.state["acts"][str(act)] = {name: token[name] for name in ("node", "forks", "src", "prev", "back")}
        members = self._members(node)
        if members is None:
            self._finish("rejected", node.id)
            return
        agreed = self._agreed(node, token)
        weights = node.given.get("weights") or {}
        for member in members:
            seated = (
                self._in_place_of(member, {*members, *(seat["who"] for seat in self.seats.of(act))})
                if node.kind != "start"
                else {"who": member}
            )
            known = member in agreed or seated["who"] in agreed
            told: dict[str, Any] = {"state": "skipped", "verdict": "agree"} if known else {}
            self.seats.add(act, **seated, weight=int(weights.get(str(member)) or 1), **told)
        self._queue(act, node)
        self._settle(token)

    def _queue(self, act: int, node: Node) -> None:
        if node.given.get("mode") == "sequence":
            for seat in self.seats.voting(act):
                if seat["state"] == "active":
                    self.seats.move(seat, "waiting", queue=True)

    def _members(self, node: Node) -> list[int] | None:
        """Whom to ask, by the guards of the node; None when nobody can be asked and that is a refusal."""
        if node.kind == "start":
            return [self.world.initiator]
        found = self.world.people(node)
        self.state["why"][node.id] = found.why
        members = list(dict.fromkeys(found.members))
        if node.kind == "approve" and self.world.initiator in members:
            members, skipped = self._without_initiator(node, members)
            if not members and skipped:
                return []
        if members:
            return [self._drawn(node, members)] if node.given.get("mode") == "random" else members
        empty = node.given.get("empty") or "admin"
        if empty in ("pass", "refuse"):
            return [] if empty == "pass" else None
        if isinstance(empty, int):
            return [empty]
        admins = list(self.world.admins())
        return [admin for admin in admins if admin != self.world.initiator] or admins

    def _drawn(self, node: Node, members: list[int]) -> int:
        """One of several by lot. The lot hangs on what is decided about, so that whoever asks again is given the same one."""
        others = [member for member in members if node.kind == "handle" or member != self.world.initiator] or members
        return min(others, key=lambda member: hashlib.sha256(f"{self.state.get('seed', '')}:{node.id}:{member}".encode()).digest())

    def _without_initiator(self, node: Node, members: list[int]) -> tuple[list[int], bool]:
        """Whoever asks does not decide alone: they keep a seat among others at most, if the node says so."""
        initiator, how = self.world.initiator, node.given.get("same_as_initiator") or "head"
        others = [member for member in members if member != initiator]
        if how == "self" and others:
            return members, False
        if how == "skip":
            return others, True
        above = self.world.superior(initiator)
        return list(dict.fromkeys([*others, *([above] if above is not None else [])])), False

    def _in_place_of(self, member: int, asked: set[int]) -> dict[str, Any]:
        """The stand-in of somebody away, unless they are asked themselves or have asked for it."""
        agent = self.world.agent(member)
        if agent == self.world.initiator or agent in asked:
            return {"who": member}
        return {"who": agent, "behalf": member}

    def _agreed(self, node: Node, token: Token) -> set[int]:
        """Who need not be asked again, because they have agreed before."""
        how = node.given.get("repeated")
        if node.kind != "approve" or how not in ("once", "consecutive"):
            return set()
        if how == "consecutive":
            return set(token["prev"])
        said = [
            seat
            for seat in self.seats.rows
            if seat["verdict"] == "agree" and seat["role"] == "seat" and seat.get("at", 0) > self.state["fresh"]
        ]
        return {seat["who"] for seat in said} | {seat["behalf"] for seat in said if seat.get("behalf")}

    # deciding --------------------------------------------------------------------------------------------------------
    def _settle(self, token: Token) -> None:
        """Go on when the people of a step have decided it."""
        act, node = token["act"], self._node(token)
        self.seats.take_turns(act)
        result = self.seats.result(act, node)
        if result is None:
            return
        seats = self.seats.voting(act)
        self.seats.close(act)
        if result:
            self._leave(token, [seat["who"] for seat in seats if seat["verdict"] == "agree"])
            return
        rule = node.given.get("rejected") or {}
        if rule.get("then") == "return" and rule.get("to") in self.returnable(token):
            self._return(token, rule["to"], again=True)
        else:
            self._finish("rejected", node.id)

    def _leave(self, token: Token, agreed: list[int]) -> None:
        back = token["back"]
        if back and not back["again"]:
            self.tokens.remove(token)
            for saved in back["tokens"]:
                asked = self.drawing.nodes[saved["node"]].kind in (*HUMAN, "start")
                self.tokens.append({**saved, "id": self.seats.number(), "moving": asked, "act": None, "src": None})
            return
        token |= {"src": token["act"], "prev": agreed, "back": None}
        self._go(token, self.drawing.out[token["node"]][0])

    def returnable(self, token: Token) -> list[str]:
        """The steps already passed to which it can be sent back from here, the first one first."""
        before, seen = self.drawing.before(token["node"]), dict.fromkeys(self.state["path"])
        return [key for key in seen if key in before and self.drawing.nodes[key].kind in (*HUMAN, "start")]

    def _return(self, token: Token, key: str, *, again: bool) -> None:
        """Take it back to a step; where that lies outside of a branch, the branch's siblings are called off with it."""
        there, here = self.drawing.stacks[key], self.drawing.stacks[token["node"]]
        common = next((at for at, (one, other) in enumerate(zip(there, here, strict=False)) if one != other), min(len(there), len(here)))
        fork = token["forks"][common] if len(here) > common else None
        dropped = [one for one in self.tokens if one is token or (fork is not None and fork in one["forks"])]
        for one in dropped:
            self.tokens.remove(one)
            if one["act"] is not None:
                self.seats.close(one["act"])
        self.state["fresh"] = self.seats.number()
        forks = [*token["forks"][:common], *(self.seats.number() for _split in there[common:])]
        self._put(key, forks, back={"again": again, "tokens": dropped})

    def token_of(self, act: int) -> Token:
        found = next((token for token in self.tokens if token["act"] == act), None)
        if found is None:
            raise Wrong("went_on")
        return found
