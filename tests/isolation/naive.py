"""Who sees what, said as plainly as possible: a second telling of the rules, for the test that compares it with the product."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

UNITS: dict[str, str | None] = {"top": None, "east": "top", "east one": "east", "west": "top", "other": None}
"""{department: the one above it}; the last belongs to another company of the group."""
POSTS: dict[str, str | None] = {"chief": None, "lead east": "chief", "rep east": "lead east", "lead west": "chief", "rep west": "lead west"}
WORKERS = {
    "chief": ("top", "chief"), "anna": ("east", "lead east"), "ben": ("east one", "rep east"), "cara": ("west", "lead west"),
    "dan": ("west", "rep west"), "eve": ("other", None),
}  # fmt: skip
SERVED = {"east": "Huadong", "west": "Xibei"}
REGIONS = ("Huadong", "Xibei", "Huanan", "")
REACHES = (
    "none",
    "own",
    "subordinates",
    "team",
    "unit",
    "below",
    "regions",
    "companies",
    "company:Other Works",
    "all",
    "rule: delivery_days > 60",
    "rule: owner = me",
)
VERBS = ("read", "change", "delete", "export", "send", "lose")


@dataclass
class Row:
    """A quote, or the customer it is for."""

    id: int
    owner: str
    created_by: str
    unit: str
    region: str = ""
    days: int = 0
    customer: Row | None = None
    shares: list[tuple[str, bool, bool]] = field(default_factory=list)
    """(with whom, may change, on the team)."""


@dataclass
class Role:
    grants: dict[str, dict[str, list[str]]]
    off: list[str]
    hidden: list[str]

    def reaches(self, key: str, verb: str) -> list[str]:
        if key in self.off or key.partition(".")[0] in self.off:
            return []
        return self.grants.get(key, {}).get(verb, [])


def above(unit: str) -> list[str]:
    parent = UNITS[unit]
    return [unit, *(above(parent) if parent else [])]


def below_me(who: str) -> set[str]:
    mine, found = WORKERS[who][1], set()
    for other, (_unit, post) in WORKERS.items():
        while post is not None and (post := POSTS[post]) is not None:
            if post == mine:
                found.add(other)
    return found


def covered(reach: str, who: str, row: Row) -> bool:
    """Whether one reach covers one row."""
    unit = WORKERS[who][0]
    if reach.startswith("rule:"):
        return row.days > 60 if "days" in reach else row.owner == who
    if who in (row.owner, row.created_by):
        return reach != "none"
    team = [name for one in (row, row.customer) if one is not None for name, _change, on_team in one.shares if on_team]
    region = row.customer.region if row.customer is not None else row.region
    if reach.startswith("company:"):
        return row.unit == "other"
    return {
        "none": False, "own": False, "all": True, "unit": row.unit == unit, "below": unit in above(row.unit), "team": who in team,
        "subordinates": bool({row.owner, row.created_by} & below_me(who)), "companies": (row.unit == "other") == (unit == "other"),
        "regions": region != "" and region == SERVED.get(unit),
    }[reach]  # fmt: skip


def may(roles: list[Role], who: str, key: str, verb: str, row: Row) -> bool:
    """App, screen, method, and any row scope of any role that grants the method, or a share."""
    reaches = [reach for role in roles for reach in role.reaches(key, verb) if reach != "none"]
    shared = any(name == who and (change or verb in ("read", "export")) for name, change, _team in row.shares)
    return bool(reaches) and (shared or any(covered(reach, who, row) for reach in reaches))


def some_role(chance: random.Random) -> Role:
    def some() -> list[str]:
        return chance.sample(REACHES, chance.choice((1, 1, 2, 3)))

    customers = [one for one in some() if not one.startswith("rule: d")] or ["own"]
    grants = {
        "quoting.quote": {verb: some() for verb in VERBS if verb == "read" or chance.random() < 0.7},
        "partners.partner": {"read": customers},
    }
    off = [name for name in ("quoting", "partners.partner") if chance.random() < 0.08]
    return Role(grants, off, [name for name in ("total", "title") if chance.random() < 0.2])


def told(role: Role) -> dict[str, Any]:
    """The role as the product takes it."""
    masks = {"quoting.quote": dict.fromkeys(role.hidden, "hide")} if role.hidden else {}
    return {"grants": role.grants, "masks": masks, "screens": {"off": role.off}}
