"""The usual roles move on with the product: what is new in them is told in the roles made from them, and taken over when the
administrator wants it, never by itself (W-1.3.1)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from kernel import registry, saving, words
from kernel.access import Actor, reach_in
from kernel.actions import action
from kernel.reach import ALL, RULE, Reach
from kernel.refusals import FieldError, Invalid, Refused
from kernel.resources import Resource
from kernel.specs import key_of
from tenant_apps.organization import catalogue, defaults
from tenant_apps.organization.explaining import called
from tenant_apps.organization.roles import Role

NAME = Role._meta.get_field("name")
Table = Mapping[str, Mapping[str, Any]]
Said = Mapping[str, Table]
"""`grants` and `masks` as a role has them."""
PARTS = ("grants", "masks")
Point = tuple[str, str, str]
"""One thing that a role says: part, document type, verb or field."""


@dataclass(frozen=True)
class Update:
    """What a usual role says otherwise by now, of some methods or fields of a document type, than a role made from it."""

    part: str
    resource: Resource
    names: tuple[str, ...]
    here: Reach
    now: Reach
    own: bool
    """The administrator has changed it, too."""

    @property
    def name(self) -> str:
        return f"{self.part} {self.resource.key} {self.names[0]}"

    @property
    def points(self) -> list[Point]:
        return [(self.part, self.resource.key, name) for name in self.names]

    @property
    def sign(self) -> str:
        """`+` for more rights than now, `-` for less, empty for others."""
        more, less = _within(self.here, self.now), _within(self.now, self.here)
        if self.part == "masks":
            more, less = not self.now, not self.here
        return "+" if more else "-" if less else ""

    def told(self) -> dict[str, Any]:
        known = catalogue.verbs(self.resource) if self.part == "grants" else _fields(self.resource)
        what = words.listed(known.get(name, name) for name in self.names)
        here, now = (_words(self.part, said) for said in (self.here, self.now))
        return {
            "name": self.name, "label": str(self.resource.plural), "what": what, "from": here, "to": now, "sign": self.sign, "own": self.own,
        }  # fmt: skip


def _within(small: Reach, large: Reach) -> bool:
    """Whether a reach covers no row that the other does not; what is one's own is in every reach over people."""
    people = any(not one.startswith(RULE) for one in large)
    return large == ALL or small <= (large | {"own"} if people else large)


def _words(part: str, said: Reach) -> str:
    if part == "masks":
        return words.listed(catalogue.masks().get(one, one) for one in said) or _t("Shown")
    names = catalogue.reaches()
    return words.listed(called(one, names) for one in sorted(said)) or names["none"]


def _fields(resource: Resource) -> dict[str, str]:
    return {field["name"]: field["label"] for field in catalogue.fields(resource)}


@cache
def standards() -> dict[str, Said]:
    """What each usual role grants and masks in this release of the product."""
    return {role["usual"]["key"]: {part: role[part] for part in PARTS} for role in defaults.roles()}


def updates(role: Mapping[str, Any]) -> list[Update]:
    """What is new in the usual role for a role made from it (`grants`, `masks`, `usual`). Where the administrator has changed the same, theirs
    stands beside it; where only such is left, there is nothing to tell."""
    now = standards().get(role["usual"].get("key", ""))
    then = compared(role)
    if now is None or all(then[part] == now[part] for part in PARTS):
        return []
    found = [one for resource in _resources() for one in _updates(resource, then, now, role)]
    return found if any(not one.own for one in found) else []


def known(role: Mapping[str, Any]) -> bool:
    """Whether it is remembered what the usual role said when the role was made or last compared."""
    return "grants" in role["usual"]


def compared(role: Mapping[str, Any]) -> Said:
    """What the usual role said then; where nobody knows, the role as it stands."""
    return role["usual"] if known(role) else role


def _resources() -> Iterator[Resource]:
    for resources in registry.apps_here().values():
        yield from resources


def _updates(resource: Resource, then: Said, now: Said, here: Said) -> Iterator[Update]:
    key = resource.key
    fields = {name: None for said in (then, now, here) for name in said["masks"].get(key, {})}
    for part, names in (("grants", [*catalogue.verbs(resource)]), ("masks", [*fields])):
        alike: dict[tuple[Reach, Reach, bool], list[str]] = {}
        for name in names:
            was, wanted, mine = (READERS[part](said[part], key, name) for said in (then, now, here))
            if was != wanted != mine:
                alike.setdefault((mine, wanted, mine != was), []).append(name)
        for (mine, wanted, own), those in alike.items():
            yield Update(part, resource, tuple(those), mine, wanted, own)


def _mask(masks: Table, key: str, field: str) -> Reach:
    how = masks.get(key, {}).get(field)
    return frozenset({how} if how else ())


READERS: dict[str, Callable[[Table, str, str], Reach]] = {"grants": reach_in, "masks": _mask}


def joined(role: Mapping[str, Any], chosen: Collection[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """Grants and masks of a role with the chosen updates. Everything else reaches as far as before, whatever wider or narrower grants came along."""
    now, then, found = standards()[role["usual"]["key"]], compared(role), updates(role)
    wanted = {point: one.now for one in found if one.name in chosen for point in one.points}
    left = {point: one.own for one in found for point in one.points if point not in wanted}
    result = {part: _merged(part, role[part], then[part], now[part], left) for part in PARTS}
    for resource in _resources():
        _settle(result["grants"], role["grants"], resource, wanted)
    for (part, key, field), said in wanted.items():
        if part == "masks":
            _put(result[part], key, field, next(iter(said), None))
    return result


def _merged(part: str, here: Table, then: Table, now: Table, left: Mapping[Point, bool]) -> dict[str, dict[str, Any]]:
    """What is written otherwise in the usual role than then is written so here, unless the administrator wrote something of their own there."""
    result = {key: dict(row) for key, row in here.items()}
    for key in dict.fromkeys((*then, *now)):
        for name in dict.fromkeys((*then.get(key, ()), *now.get(key, ()))):
            was, wanted = then.get(key, {}).get(name), now.get(key, {}).get(name)
            if was != wanted and here.get(key, {}).get(name) == was and not _left(part, key, name, left):
                _put(result, key, name, wanted)
    return result


def _left(part: str, key: str, name: str, left: Mapping[Point, bool]) -> bool:
    """Whether it is not to be taken over, or would take along by its width what is not; an own change stays in front of it anyway."""
    return (part, key, name) in left or any(
        not own and one == part and key in (f"{kind.partition('.')[0]}.*", "*") and name in (verb, "*")
        for (one, kind, verb), own in left.items()
    )


def _settle(grants: dict[str, dict[str, Any]], before: Table, resource: Resource, wanted: Mapping[Point, Reach]) -> None:
    """Write down each method that would reach otherwise than wanted, because a wider grant came or went."""
    for verb in catalogue.verbs(resource):
        due = wanted.get(("grants", resource.key, verb))
        due = reach_in(before, resource.key, verb) if due is None else due
        if reach_in(grants, resource.key, verb) != due:
            _put(grants, resource.key, verb, sorted(due) if len(due) > 1 else next(iter(due), "none"))


def _put(table: dict[str, dict[str, Any]], key: str, name: str, value: Any) -> None:
    row = {known: said for known, said in table.pop(key, {}).items() if known != name} | ({} if value is None else {name: value})
    if row:
        table[key] = row


def told(role: Mapping[str, Any]) -> dict[str, Any] | None:
    """The updates in words, and how many grant more or less; None without any."""
    found = updates(role)
    if not found:
        return None
    fresh = [one.sign for one in found if not one.own]
    key = role["usual"]["key"]
    name = next(one["name"] for one in defaults.roles() if one["usual"]["key"] == key)
    return {
        "role": name, "known": known(role), "count": len(fresh), "more": fresh.count("+"), "less": fresh.count("-"),
        "updates": [one.told() for one in found],
    }  # fmt: skip


def mark(role: Mapping[str, Any]) -> str:
    """How many updates there are, for lists; empty without any."""
    n = sum(not one.own for one in updates(role))
    return ngettext("%(n)d update", "%(n)d updates", n) % {"n": n} if n else ""


@action(label=_("Take over updates"), says=_("updates of the usual role taken over"),
        params={"chosen": {"label": _("Updates (empty: all that touch no change of your own)")}})  # fmt: skip
def take_over(role: Role, *, by: Actor, at: datetime, chosen: list[Any] | None = None) -> None:
    """Change the role as the usual one has changed since; what the administrator made of it stays."""
    said = _said(role)
    found = _found(said)
    if not all(one in [update.name for update in found] for one in chosen or ()):
        raise Invalid([FieldError("chosen", "not_found", _t("Some of these updates are not there any more. Look at them again."))])
    if not chosen and not known(said):
        raise Refused("choose", _t("Nobody knows which of these differences you made yourself. Say which you want to take over."))
    changed = joined(said, chosen or [one.name for one in found if not one.own])
    role.grants, role.masks = changed["grants"], changed["masks"]
    _remember(role)


@action(label=_("Keep as it is"), says=_("kept as it is"))
def leave(role: Role, *, by: Actor, at: datetime) -> None:
    """Leave the role as it is; nothing is told until the usual role changes anew."""
    _found(_said(role))
    _remember(role)


@action(label=pgettext_lazy("verb", "Copy"), opens=True, says=_("copied"))
def copy(role: Role, *, by: Actor, at: datetime) -> None:
    """A second role that says the same and is told the same."""
    by.require(key_of(Role), "create", label=str(Role._meta.verbose_name))
    values = {name: getattr(role, name) for name in ("remark", "grants", "masks", "screens", "entry", "usual")}
    name = _t("%(name)s (copy)") % {"name": role.name}
    saving.create(Role, {**values, "name": name[: NAME.max_length]}, by=by, at=at)


def _said(role: Role) -> dict[str, Any]:
    return {"grants": role.grants, "masks": role.masks, "usual": role.usual}


def _found(said: Mapping[str, Any]) -> list[Update]:
    found = updates(said)
    if not found:
        raise Refused("nothing_new", _t("The usual role has nothing new for this one. Change it as you like."))
    return found


def _remember(role: Role) -> None:
    role.usual = {"key": role.usual["key"], **standards()[role.usual["key"]]}
