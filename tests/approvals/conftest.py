"""A sales department with its head and the general manager above them, and flows on its quotes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest

from tests import trade
from tests.api import Api, Json

SEND = ("quoting.quote", "send")


@dataclass
class Office:
    """Who works there; each at their own screen."""

    admin: Api
    seller: Api
    head: Api
    boss: Api
    other: Api

    def flow(self, nodes: list[Json], edges: list[tuple[str, ...]] | None = None, on: tuple[str, str] = SEND, **more: Any) -> Json:
        """A published flow on an action, alone there."""
        self.off(on)
        made = self.admin.create(
            "approvals.flow", {"name": trade.some("Flow"), "resource": on[0], "verb": on[1], "drawing": drawing(nodes, edges), **more}
        )
        return self.admin.act(made, "publish")["document"]

    def off(self, on: tuple[str, str] = SEND) -> None:
        for row in self.admin.rows("approvals.flow", f"resource={on[0]}&verb={on[1]}&state=published"):
            self.admin.act(row, "retire")

    def offer(self, by: Api | None = None) -> Json:
        """A quote of the seller's."""
        who = by or self.seller
        return trade.quote(who, {"item": trade.machine(self.admin)["id"]})

    def held(self, by: Api | None = None, **values: Any) -> tuple[Json, int]:
        """A quote whose sending waits: the quote and its approval."""
        offer = self.offer(by)
        told = (by or self.seller).act(offer, "send", 202, **values)
        return offer, told["held"]["approval"]

    def task(self, who: Api, approval: int) -> Json:
        """The one task of somebody that waits for them."""
        (card,) = [one for one in who.get("/approvals/inbox/")["rows"] if one["approval"] == approval]
        return who.read("approvals.task", card["id"])

    def agree(self, who: Api, approval: int, **values: Any) -> Json:
        return who.act(self.task(who, approval), "agree", **values)["document"]

    def state(self, approval: int) -> str:
        return str(self.admin.read("approvals.approval", approval)["state"])

    def turn(self, approval: int) -> list[int]:
        """Whose turn it is."""
        told = self.admin.get(f"/approvals/story/{approval}/")
        return [task["who"]["id"] for step in told["steps"] for task in step["tasks"] if task["state"] == "active"]


def drawing(nodes: list[Json], edges: list[tuple[str, ...]] | None = None) -> Json:
    """Steps between a start and an end, one after the other unless ways are given."""
    every = [{"id": "start", "kind": "start"}, *nodes, {"id": "end", "kind": "end"}]
    if edges is None:
        ids = [node["id"] for node in every]
        edges = list(pairwise(ids))
    return {"nodes": every, "edges": [dict(zip(("from", "to", "when"), edge, strict=False)) for edge in edges]}


def ask(name: str, *members: Api, **more: Any) -> Json:
    """A step at which these people decide."""
    return {
        "id": name,
        "kind": "approve",
        "name": name.title(),
        "who": [{"source": "person", "members": [one.member for one in members]}],
        **more,
    }


@pytest.fixture(scope="module")
def office(api: Api, as_role: Callable[..., Api]) -> Office:
    seller, head = trade.join(api, "Sales engineer"), trade.join(api, "Sales manager")
    boss, other = trade.join(api, "General manager", department="Management"), trade.join(api, "Finance", department="Finance")
    for name, who in (("Sales", head), ("Test Works", boss), ("Finance", boss)):
        row = next(one for one in api.rows("organization.unit") if one["name"] == name)
        api.change(api.again(row), {"head": who.member})
    return Office(api, seller, head, boss, other)
