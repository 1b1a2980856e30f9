"""What the engine asks of those who run it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tenant_apps.approvals.drawing import Node


@dataclass(frozen=True)
class Found:
    """Who decides at a node, and why they."""

    members: Sequence[int]
    why: str = ""


class World(Protocol):
    """People, formulas and effects as they are outside of the engine."""

    initiator: int

    def people(self, node: Node) -> Found: ...

    def holds(self, node: Node, formula: str) -> bool: ...

    def superior(self, member: int) -> int | None: ...

    def admins(self) -> Sequence[int]: ...

    def agent(self, member: int) -> int: ...

    def effect(self, node: Node) -> None: ...


class Wrong(Exception):
    """What was asked is not possible as things stand; the code says why."""

    def __init__(self, code: str, place: str = "") -> None:
        super().__init__(code, place)
        self.code, self.place = code, place
