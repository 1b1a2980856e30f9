"""A flow as it was drawn: nodes and the ways between them. Pure: it knows no database and no person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

HUMAN = ("approve", "handle")
SPLITS = ("parallel", "inclusive")
CHOOSING = ("condition", "inclusive")
KINDS = ("start", *HUMAN, "copy", "condition", *SPLITS, "join", "subflow", "wait", "set", "webhook", "end")
Stack = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Node:
    """A step. `given` are its settings as the designer writes them."""

    id: str
    kind: str
    name: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return self.name or self.id


@dataclass(frozen=True)
class Edge:
    """The way from one step to another, and when it is taken; an empty condition is the otherwise."""

    source: str
    target: str
    when: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a drawing, and where."""

    code: str
    place: str
    told: Mapping[str, Any] = field(default_factory=dict)


class Drawing:
    """Nodes by id and the edges out of and into each, in the order in which they were drawn."""

    def __init__(self, nodes: Iterable[Node], edges: Iterable[Edge]) -> None:
        self.nodes = {node.id: node for node in nodes}
        self.edges = [edge for edge in edges if edge.source in self.nodes and edge.target in self.nodes]

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Drawing:
        """Read a drawing whose form has been checked."""
        own = ("id", "kind", "name")
        nodes = [
            Node(one["id"], one["kind"], one.get("name") or "", {name: value for name, value in one.items() if name not in own})
            for one in told.get("nodes", ())
        ]
        return cls(nodes, [Edge(one["from"], one["to"], one.get("when") or "") for one in told.get("edges", ())])

    @cached_property
    def out(self) -> dict[str, list[Edge]]:
        return {key: [edge for edge in self.edges if edge.source == key] for key in self.nodes}

    @cached_property
    def into(self) -> dict[str, list[Edge]]:
        return {key: [edge for edge in self.edges if edge.target == key] for key in self.nodes}

    @cached_property
    def start(self) -> str:
        return next(key for key, node in self.nodes.items() if node.kind == "start")

    def before(self, key: str) -> set[str]:
        """All nodes from which a way leads to this one."""
        found: set[str] = set()
        open_ = [key]
        while open_:
            for edge in self.into[open_.pop()]:
                if edge.source not in found:
                    found.add(edge.source)
                    open_.append(edge.source)
        return found

    def asked_next(self, key: str) -> list[Node]:
        """The steps at which people may be asked next after this one."""
        found: list[Node] = []
        open_, seen = [key], set()
        while open_:
            for edge in self.out[open_.pop()]:
                if edge.target not in seen:
                    seen.add(edge.target)
                    node = self.nodes[edge.target]
                    if node.kind in HUMAN:
                        found.append(node)
                    else:
                        open_.append(node.id)
        return found

    @cached_property
    def order(self) -> list[str]:
        """The nodes such that every way leads forward; shorter than the drawing when ways lead in a circle."""
        waiting = {key: len(edges) for key, edges in self.into.items()}
        ready = [key for key, count in waiting.items() if not count]
        found: list[str] = []
        while ready:
            key = ready.pop(0)
            found.append(key)
            for edge in self.out[key]:
                waiting[edge.target] -= 1
                if not waiting[edge.target]:
                    ready.append(edge.target)
        return found

    # branches --------------------------------------------------------------------------------------------------------
    @cached_property
    def _regions(self) -> tuple[dict[str, Stack], dict[str, str], list[Fault]]:
        """In which branches of which splits each node stands, which split each join closes, and where they do not match."""
        stacks: dict[str, Stack] = {}
        closes: dict[str, str] = {}
        faults: list[Fault] = []
        for key in self.order:
            coming = [self._along(edge, stacks) for edge in self.into[key]]
            if len(set(coming)) <= 1:
                stacks[key] = coming[0] if coming else ()
                continue
            tops = {stack[-1] for stack in coming if stack}
            closed = self.nodes[key].kind == "join" and all(coming) and len({(stack[:-1], stack[-1][0]) for stack in coming}) == 1
            if closed:
                split = next(iter(tops))[0]
                closes[key] = split
                if len(tops) < len(self.out[split]):
                    faults.append(Fault("join_incomplete", key, {"split": self.nodes[split].title}))
            else:
                faults.append(Fault("join_mismatch" if self.nodes[key].kind == "join" else "meets_without_join", key))
            stacks[key] = min(coming, key=len)[:-1] if closed else min(coming, key=len)
        faults += [Fault("ends_in_branch", key) for key, stack in stacks.items() if stack and self.nodes[key].kind == "end"]
        return stacks, closes, faults

    def _along(self, edge: Edge, stacks: Mapping[str, Stack]) -> Stack:
        stack = stacks.get(edge.source, ())
        if self.nodes[edge.source].kind in SPLITS:
            return (*stack, (edge.source, self.out[edge.source].index(edge)))
        return stack

    @property
    def stacks(self) -> dict[str, Stack]:
        return self._regions[0]

    @property
    def closes(self) -> dict[str, str]:
        return self._regions[1]

    def faults(self) -> list[Fault]:
        """What is wrong with the shape of it, each with the node it is about."""
        found = [
            Fault("no_start" if not starts else "two_starts", starts[1] if starts else "")
            for starts in [self._of("start")]
            if len(starts) != 1
        ]
        if not self._of("end"):
            found.append(Fault("no_end", ""))
        if found:
            return found
        reached = self._reached()
        found += [Fault("unreachable", key) for key in self.nodes if key not in reached]
        circle = [key for key in self.nodes if key not in self.order and key in reached]
        found += [Fault("loop", key) for key in circle[:1]]
        found += [Fault("leads_nowhere", key) for key, node in self.nodes.items() if node.kind != "end" and not self.out[key]]
        found += [Fault("after_end", key) for key in self._of("end") if self.out[key]]
        found += [fault for key in self.nodes for fault in self._ways(key)]
        return found or self._regions[2]

    def _of(self, kind: str) -> list[str]:
        return [key for key, node in self.nodes.items() if node.kind == kind]

    def _reached(self) -> set[str]:
        found, open_ = {self.start}, [self.start]
        while open_:
            for edge in self.out[open_.pop()]:
                if edge.target not in found:
                    found.add(edge.target)
                    open_.append(edge.target)
        return found

    def _ways(self, key: str) -> list[Fault]:
        """Whether the ways out of a node suit its kind."""
        kind, ways = self.nodes[key].kind, self.out[key]
        if len({edge.target for edge in ways}) < len(ways):
            return [Fault("twice_the_same_way", key)]
        if kind in CHOOSING:
            otherwise = sum(not edge.when for edge in ways)
            return [Fault("one_otherwise", key)] if otherwise != 1 or len(ways) < 2 else []
        if kind == "parallel":
            return [Fault("two_branches", key)] if len(ways) < 2 else []
        return [Fault("one_way", key)] if len(ways) > 1 else []
