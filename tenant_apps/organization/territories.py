"""Which sales region a place belongs to, and who serves it (W-1.2.6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kernel import config, divisions, trees
from tenant_apps.organization import chart
from tenant_apps.organization.models import Position, Region, Unit


class Map(NamedTuple):
    """The company's regions as they are asked for: by division, by name, and by who serves them."""

    by_division: dict[str, str]
    names: dict[int, str]
    parents: dict[int, int | None]
    managers: dict[int, int]
    units: dict[int, list[int]]
    positions: dict[int, list[int]]


def _load() -> Map:
    rows = list(Region.objects.values_list("pk", "name", "parent_id", "divisions", "manager"))
    return Map(
        by_division={divisions.prefix(code): name for _pk, name, _parent, codes, _manager in rows for code in codes},
        names={pk: name for pk, name, *_more in rows},
        parents={pk: parent for pk, _name, parent, *_more in rows},
        managers={pk: manager for pk, *_more, manager in rows if manager is not None},
        units=dict(Unit.objects.exclude(regions=[]).values_list("pk", "regions")) if rows else {},
        positions=dict(Position.objects.exclude(regions=[]).values_list("pk", "regions")) if rows else {},
    )


def known() -> Map:
    return config.cached("territories", _load)


def region_of(division: str) -> str:
    """The name of the sales region a division belongs to, the one that names it most closely; empty when none does."""
    if not division:
        return ""
    here = known().by_division
    return next((here[start] for code in reversed(divisions.levels(division)) if (start := divisions.prefix(code)) in here), "")


def around(region: str) -> tuple[int, ...]:
    """A sales region by its name and those it lies in, the nearest first; none for one that is not known."""
    here = known()
    key = next((pk for pk, name in here.names.items() if name == region), None)
    return trees.above(key, here.parents)


def serving(region: str) -> tuple[list[int], list[int]]:
    """The departments and the posts that serve a region, or one that it lies in: whom a lead from there goes to."""
    here, mine = known(), set(around(region))
    return (
        [unit for unit, regions in here.units.items() if mine & set(regions)],
        [position for position, regions in here.positions.items() if mine & set(regions)],
    )


def member_for(place: str) -> int | None:
    """Whom a lead or customer from a sales region, or from an administrative division, goes to; None when nobody serves it.

    The nearest region counts: whoever holds a post that serves it, else its manager, else the head of a department that serves it.
    """
    here = known()
    region = place if place in here.names.values() else region_of(place)
    present = chart.chart().people
    return next((member for one in around(region) for member in _responsible(one, here) if member in present), None)


def _responsible(region: int, here: Map) -> Iterator[int]:
    for post in sorted(post for post, served in here.positions.items() if region in served):
        yield from chart.holders(post)
    if region in here.managers:
        yield here.managers[region]
    for unit in sorted(unit for unit, served in here.units.items() if region in served):
        head = chart.head_of(unit)
        if head is not None:
            yield head
