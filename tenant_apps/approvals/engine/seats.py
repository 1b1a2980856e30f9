"""The people of one step: who was asked, what each answered, and what follows from it by the step's rule of voting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tenant_apps.approvals.drawing import Node

Seat = dict[str, Any]
OPEN = ("waiting", "active", "delegated")
HUNDRED = 100


class Seats:
    """The seats in a state, and which of them were touched since."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.state, self.rows = state, state["tasks"]
        self.touched: set[int] = set()

    def number(self) -> int:
        self.state["n"] += 1
        return int(self.state["n"])

    def find(self, key: int) -> Seat | None:
        return next((seat for seat in self.rows if seat["id"] == key), None)

    def of(self, act: int) -> list[Seat]:
        return [seat for seat in self.rows if seat["act"] == act]

    def voting(self, act: int) -> list[Seat]:
        return [seat for seat in self.of(act) if seat["role"] == "seat" and not seat.get("gone")]

    def below(self, seat: Seat) -> list[Seat]:
        """Those who were added before or after it, or answer in its place."""
        return [one for one in self.rows if one["of"] == seat["id"] and not one.get("gone")]

    def add(self, act: int, who: int, **more: Any) -> Seat:
        basis = {
            "id": self.number(),
            "act": act,
            "who": who,
            "state": "active",
            "verdict": None,
            "role": "seat",
            "of": None,
            "by": None,
            "weight": 1,
        }
        seat: Seat = {**basis, **more}
        self.rows.append(seat)
        self.touched.add(seat["id"])
        return seat

    def move(self, seat: Seat, state: str, **more: Any) -> None:
        seat |= {"state": state, **more}
        self.touched.add(seat["id"])

    def answer(self, seat: Seat, agree: bool, state: str = "") -> None:
        """Note an answer, and what it means for the seat above it."""
        verdict = "agree" if agree else "refuse"
        self.move(seat, state or ("approved" if agree else "rejected"), verdict=verdict, at=self.number())
        above = self.find(seat["of"]) if seat["of"] else None
        if above is None or above["state"] not in OPEN:
            return
        if seat["role"] == "help":
            self.move(above, "active")
        elif not agree:
            self.cancel(self.below(above))
            self.answer(above, False)
        else:
            self.resume(above, seat["role"])

    def resume(self, above: Seat, role: str) -> None:
        """Those added to a seat have all answered, or were taken away again: it goes on, or is through."""
        if any(one["state"] in OPEN for one in self.below(above)):
            return
        if role == "after":
            self.answer(above, True)
        else:
            self.move(above, "active")

    def cancel(self, seats: Iterable[Seat]) -> None:
        for seat in list(seats):
            if seat["state"] in OPEN:
                self.move(seat, "cancelled", was=seat["state"], gone=True)
                self.cancel(self.below(seat))

    def close(self, act: int) -> None:
        """Nobody needs to answer any more."""
        self.cancel(self.of(act))

    def revive(self, act: int) -> None:
        """As it was before the step was closed."""
        for seat in self.of(act):
            if seat["state"] == "cancelled" and "was" in seat:
                self.move(seat, seat.pop("was"))
                seat.pop("gone")

    def untouched(self, act: int | None) -> bool:
        """Whether nobody has answered or handed on anything."""
        rows = self.of(act) if act is not None else []
        return all(
            not seat["of"] and not seat["by"] and not seat.get("gone") and (not seat["verdict"] or seat["state"] == "skipped")
            for seat in rows
        )

    def take_turns(self, act: int) -> None:
        """Of those who answer one after the other the next one's turn has come."""
        seats = self.voting(act)
        if any(seat["state"] in OPEN and not seat.get("queue") for seat in seats):
            return
        following = next((seat for seat in seats if seat.get("queue")), None)
        if following is not None:
            following.pop("queue")
            self.move(following, "active")

    def result(self, act: int, node: Node) -> bool | None:
        """Whether the step is agreed to or refused; None while that is open."""
        seats = self.voting(act)
        agreed = [seat for seat in seats if seat["verdict"] == "agree"]
        refused = [seat for seat in seats if seat["verdict"] == "refuse"]
        mode = node.given.get("mode") or "all"
        if refused and (node.given.get("veto") or mode in ("all", "sequence")):
            return False
        if mode == "any" and (agreed or refused):
            first = min((*agreed, *refused), key=lambda seat: seat.get("at", 0))
            return bool(first["verdict"] == "agree")
        if mode == "first_approval" and agreed:
            return True
        if mode == "ratio":
            return _weighed(seats, agreed, refused, node.given.get("ratio") or HUNDRED)
        if len(agreed) + len(refused) < len(seats):
            return None
        return not refused


def _weighed(seats: list[Seat], agreed: list[Seat], refused: list[Seat], ratio: int) -> bool | None:
    whole, yes, no = (sum(seat["weight"] for seat in some) for some in (seats, agreed, refused))
    if yes * HUNDRED >= ratio * whole:
        return True
    return False if (whole - no) * HUNDRED < ratio * whole else None
