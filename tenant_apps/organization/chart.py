"""The organisation as it stands on a day: who leads whom, who holds which post, what belongs to which company.

Read in a few statements, kept until somebody changes it, worked out per day: no SQL when warm.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db.models import F

from kernel import clock, config, trees
from tenant_apps.organization.models import Assignment, Member, Position, Unit, UnitChange

DAYS_KEPT = 8


class Place(NamedTuple):
    """A department: below which, led by whom, of which company, from when to when."""

    parent: int | None
    head: int | None
    company: int
    since: date | None
    until: date | None


class Post(NamedTuple):
    """A position: its department, the one it reports to, the roles that come with it."""

    department: int
    reports_to: int | None
    roles: tuple[int, ...]


class Person(NamedTuple):
    """A colleague: whether they are here, where, and their own roles."""

    present: bool
    department: int | None
    position: int | None
    roles: tuple[int, ...]
    hired: date | None
    left: date | None


class Held(NamedTuple):
    """A post somebody holds."""

    member: int
    position: int
    main: bool
    since: date | None
    until: date | None


class Move(NamedTuple):
    """Where a department stands from a day on."""

    since: date | None
    parent: int | None
    head: int | None


@dataclass
class Book:
    """Everything that is known of the organisation, of all days."""

    units: dict[int, Place]
    moves: dict[int, list[Move]]
    posts: dict[int, Post]
    people: dict[int, Person]
    held: dict[int, list[Held]]
    days: dict[date, Chart] = field(default_factory=dict)

    def on(self, day: date) -> Chart:
        if day not in self.days:
            while len(self.days) >= DAYS_KEPT:
                self.days.pop(next(iter(self.days)))
            self.days[day] = Chart(self, day)
        return self.days[day]


def _load() -> Book:
    units = Unit.objects.values_list("pk", "parent_id", "head", "company_id", "valid_from", "valid_to")
    posts = Position.objects.values_list("pk", "department_id", "reports_to_id", "roles")
    people = Member.objects.order_by("pk").values_list("pk", "state", "department_id", "position_id", "roles", "hired_on", "left_on")
    book = Book(
        units={row[0]: Place(*row[1:]) for row in units},
        moves={},
        posts={key: Post(unit, above, tuple(roles)) for key, unit, above, roles in posts},
        people={
            key: Person(state != Member.State.DISABLED, unit, post, tuple(roles), *days) for key, state, unit, post, roles, *days in people
        },
        held={},
    )
    for unit, since, above, head in UnitChange.objects.order_by(F("since").asc(nulls_first=True)).values_list(
        "unit_id", "since", "above_id", "head"
    ):
        book.moves.setdefault(unit, []).append(Move(since, above, head))
    for one in Assignment.objects.order_by("-main", "id").values_list("member_id", "position_id", "main", "since", "until"):
        book.held.setdefault(one[0], []).append(Held(*one))
    return book


def book() -> Book:
    return config.cached("organisation", _load)


def chart(on: date | None = None) -> Chart:
    """The organisation of a day, of today unless said otherwise."""
    return book().on(on or clock.now().date())


class Chart:
    """One day's organisation. Leavers hold no posts on days after their last."""

    def __init__(self, book: Book, day: date) -> None:
        self.book, self.day = book, day
        self.today = day >= clock.now().date()
        self.places = {key: self._place(key, place) for key, place in book.units.items() if _within(place.since, place.until, day)}
        self.parents = {key: place.parent for key, place in self.places.items()}

    def _place(self, key: int, place: Place) -> Place:
        begun = [move for move in self.book.moves.get(key, ()) if move.since is None or move.since <= self.day]
        return place._replace(parent=begun[-1].parent, head=begun[-1].head) if begun else place

    @cached_property
    def people(self) -> dict[int, Person]:
        """Who is here on the day."""
        return {key: one for key, one in self.book.people.items() if self._here(one)}

    def _here(self, one: Person) -> bool:
        if self.today or one.left is None:
            return one.present
        return _within(one.hired, one.left, self.day)

    @cached_property
    def posts_of(self) -> dict[int, list[int]]:
        """{colleague: the posts they hold, the main one first}."""
        return {key: self._posts(key, one) for key, one in self.people.items()}

    def _posts(self, key: int, one: Person) -> list[int]:
        known = self.book.held.get(key, ())
        found = [held.position for held in known if _within(held.since, held.until, self.day)]
        if one.position is not None and not any(held.main for held in known):
            found.insert(0, one.position)
        return list(dict.fromkeys(found))

    @cached_property
    def holders(self) -> dict[int, list[int]]:
        """{post: who holds it, those first for whom it is the main one}."""
        found: dict[int, list[tuple[int, int]]] = {}
        for member, posts in self.posts_of.items():
            for rank, post in enumerate(posts):
                found.setdefault(post, []).append((rank, member))
        return {post: [member for _rank, member in sorted(who, key=lambda one: (one[0] > 0, one[1]))] for post, who in found.items()}

    @cached_property
    def unit_of(self) -> dict[int, int | None]:
        """{colleague: the department of their main post, else the one they were put into}."""
        return {
            key: self.book.posts[posts[0]].department if (posts := self.posts_of[key]) else one.department
            for key, one in self.people.items()
        }

    @cached_property
    def roles_of(self) -> dict[int, tuple[int, ...]]:
        """{colleague: their own roles and those of the posts they hold}."""
        return {
            key: tuple(dict.fromkeys([*one.roles, *(role for post in self.posts_of[key] for role in self.book.posts[post].roles)]))
            for key, one in self.people.items()
        }

    @cached_property
    def superiors(self) -> dict[int, list[int]]:
        """{colleague: those above them, nearest first}."""
        return {key: self._superiors(key) for key in self.people}

    @cached_property
    def lines(self) -> dict[int, int | None]:
        """{post: the one it reports to}."""
        return {key: post.reports_to for key, post in self.book.posts.items()}

    def _superiors(self, member: int) -> list[int]:
        """Along the lines of their posts, the main one first; then the heads of their department and of those above it."""
        above = [one for post in self.posts_of[member] for one in trees.above(post, self.lines)[1:]]
        found = [one for post in above for one in self.holders.get(post, [])]
        for unit in trees.above(self.unit_of[member], self.parents):
            head = self.places[unit].head if unit in self.places else None
            if head in self.people and head not in found and not self._leads(member, head):
                found.append(head)
        return [one for one in dict.fromkeys(found) if one != member]

    def _leads(self, member: int, other: int) -> bool:
        """Whether somebody's post is above another's."""
        mine = set(self.posts_of[member])
        return any(mine & set(trees.above(post, self.lines)[1:]) for post in self.posts_of[other])

    @cached_property
    def subordinates(self) -> dict[int, frozenset[int]]:
        """{colleague: everybody who has them above}."""
        found: dict[int, set[int]] = {}
        for member, above in self.superiors.items():
            for one in above:
                found.setdefault(one, set()).add(member)
        return {key: frozenset(below) for key, below in found.items()}

    def in_role(self, role: int, unit: int | None = None) -> list[int]:
        units = None if unit is None else set(trees.below(unit, self.parents))
        return [key for key, roles in self.roles_of.items() if role in roles and (units is None or self.unit_of[key] in units)]


def _within(since: date | None, until: date | None, day: date) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


def superiors(member: int, on: date | None = None) -> list[int]:
    """Who is above a colleague, nearest first: holders of the posts theirs reports to, then heads of the departments they are in."""
    return chart(on).superiors.get(member, [])


def subordinates(member: int) -> frozenset[int]:
    """Everybody below a colleague, near and far."""
    return chart().subordinates.get(member, frozenset())


def head_of(unit: int) -> int | None:
    """Who leads a department; nobody if they have left."""
    now = chart()
    place = now.places.get(unit)
    return place.head if place is not None and place.head in now.people else None


def holders(position: int) -> list[int]:
    """Who holds a post now, those first for whom it is the main one."""
    return chart().holders.get(position, [])


def in_role(role: int, unit: int | None = None) -> list[int]:
    """Who has a role, by themselves or by a post; with a department only those in it or below it."""
    return chart().in_role(role, unit)


def roles_of(member: int) -> tuple[int, ...]:
    """A colleague's own roles and those of the posts they hold."""
    return chart().roles_of.get(member, ())


def unit_of(member: int, on: date | None = None) -> int | None:
    """The department of a colleague's main post."""
    return chart(on).unit_of.get(member)


def units_above(unit: int | None) -> tuple[int, ...]:
    """A department and those it stands below, nearest first."""
    return trees.above(unit, chart().parents)


def units_below(unit: int | None) -> tuple[int, ...]:
    """A department and all departments under it."""
    return trees.below(unit, chart().parents)


def company_of(unit: int | None) -> int | None:
    """The legal entity a department belongs to; it is that of the documents made there."""
    place = book().units.get(unit or 0)
    return None if place is None else place.company


def units_of_companies(companies: Iterable[int]) -> frozenset[int]:
    """All departments of some legal entities."""
    wanted = set(companies)
    return frozenset(key for key, place in book().units.items() if place.company in wanted)
