"""A flow as a picture: a lane for each department, a row for each step, and lines that never cross a step.

Places are hundredths of a lane (across) and of a row (down), so that a screen, a phone and a sheet of paper each give them their own size.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

UNIT, HALF = 100, 50
REACH, RISE = 38, 32
"""Half the width and half the height of a step."""
ENTRY, SLANT = 14, 4
"""How far above its middle a step is entered from the side, and how far a decision's edge leans in there."""
TRACK = 5
Point = list[int]


class StepLike(Protocol):
    """A row of a flow."""

    no: int | None
    lane: str
    kind: str
    what: str
    then: int | None
    otherwise: int | None


@dataclass(frozen=True)
class Place:
    """Where a step stands."""

    row: int
    lane: int
    kind: str

    @property
    def middle(self) -> Point:
        return [UNIT * self.lane + HALF, UNIT * self.row + HALF]

    def side(self, right: bool) -> Point:
        x, y = self.middle
        return [x + (REACH if right else -REACH), y]

    def entry(self, right: bool) -> Point:
        x, y = self.side(right)
        lean = SLANT if self.kind == "decision" else 0
        return [x - lean if right else x + lean, y - ENTRY]


def draw(steps: Sequence[StepLike]) -> dict[str, Any]:
    """The picture of a flow whose references are sound (`flow.check`); empty without steps."""
    lanes = list(dict.fromkeys(step.lane for step in steps))
    places = {step.no: Place(row, lanes.index(step.lane), step.kind) for row, step in enumerate(steps)}
    router = _Router(len(lanes))
    edges = []
    for row, step in enumerate(steps):
        following = steps[row + 1].no if row + 1 < len(steps) else None
        target = step.then or (following if step.kind != "end" else None)
        decides = step.kind == "decision"
        if target in places:
            edges.append(router.edge(places[step.no], places[target], "yes" if decides else ""))
        if decides and step.otherwise in places:
            edges.append(router.edge(places[step.no], places[step.otherwise], "no"))
    nodes = [{"no": step.no, "lane": places[step.no].lane, "kind": step.kind, "text": step.what} for step in steps]
    return {"lanes": lanes, "nodes": nodes, "edges": edges} if nodes else {}


class _Router:
    """Finds the way of each line: sideways in a row, which holds one step only, and up or down between the lanes."""

    def __init__(self, lanes: int) -> None:
        self.lanes = lanes
        self.left: dict[int, set[bool]] = defaultdict(set)
        self.runs: dict[int, list[tuple[int, int, int]]] = defaultdict(list)

    def edge(self, start: Place, end: Place, label: str) -> dict[str, Any]:
        """A line as points from one step to another, with the place of its label."""
        if end.row == start.row + 1 and end.lane == start.lane:
            x, y = start.middle
            points = [[x, y + RISE], [x, y + UNIT - RISE]]
        else:
            points = self._around(start, end)
        (x, y), (next_x, _y) = points[0], points[1]
        at = [x + 3, y + 13] if next_x == x else [x + (3 if next_x > x else -3), y + 12]
        return {"path": points, "label": label, "at": at, "before": next_x < x}

    def _around(self, start: Place, end: Place) -> list[Point]:
        right = end.lane > start.lane or (end.lane == start.lane and end.row > start.row)
        if right in self.left[start.row]:
            right = not right
        self.left[start.row].add(right)
        first = start.side(right)
        if end.row == start.row + 1 and (end.lane > start.lane) == right:
            x, y = end.middle
            return [first, [x, first[1]], [x, y - RISE]]
        into = end.entry(right=False)
        x = self._track(start.lane + (1 if right else 0), *sorted((first[1], into[1])))
        if x > end.middle[0]:
            into = end.entry(right=True)
        return [first, [x, first[1]], [x, into[1]], into]

    def _track(self, gutter: int, top: int, bottom: int) -> int:
        """A place between two lanes, beside the lines that already run there."""
        taken = {track for track, begins, ends in self.runs[gutter] if begins <= bottom and top <= ends}
        track = next(number for number in range(len(taken) + 1) if number not in taken)
        self.runs[gutter].append((track, top, bottom))
        inward = {0: 1, self.lanes: -1}.get(gutter)
        if inward:
            return UNIT * gutter + inward * min(3 + 4 * track, 11)
        aside = (track + 1) // 2 * TRACK * (1 if track % 2 else -1)
        return UNIT * gutter + max(-2 * TRACK, min(aside, 2 * TRACK))
