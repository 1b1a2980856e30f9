"""Who may do what to which rows and see which fields (spec 2.15): app, screen, method, row, and masks over all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from kernel import scopes
from kernel.refusals import Refused

SCOPES = ("none", "own", "unit", "below", "all")
"""How far a grant reaches: nothing, own rows, own unit's, own unit's and those below it, all."""

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Profile:
    """The grants of a member's roles put together. `grants` is {resource pattern: {verb or *: scope}}; patterns are
    `app.name`, `app.*` and `*`. Roles add up to the widest scope; masks of any role win over every grant."""

    grants: tuple[Mapping[str, Mapping[str, str]], ...] = ()
    masks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    limits: tuple[str, ...] | None = None
    """What a program's token is for (`scopes`); None: everything the member may do."""

    def scope(self, key: str, verb: str) -> str:
        if self.limits is not None and not scopes.allow(self.limits, key, verb):
            return "none"
        return max((_scope_in(grants, key, verb) for grants in self.grants), key=SCOPES.index, default="none")

    def masked(self, key: str) -> Mapping[str, str]:
        """Fields of a resource this member sees masked: {field: hide | middle | readonly}."""
        return self.masks.get(key, {})

    def hidden(self, key: str) -> frozenset[str]:
        """Fields of a resource whose values this member does not get to see, at most their ends."""
        return frozenset(name for name, how in self.masked(key).items() if how != "readonly")

    @property
    def hidden_names(self) -> frozenset[str]:
        """The names of all fields and columns hidden on any resource, for values that are told away from their document."""
        return frozenset(name.rpartition(".")[2] for key in self.masks for name in self.hidden(key))

    def masked_lines(self, key: str, kind: str) -> Mapping[str, str]:
        """The same for the columns of a kind of lines, named `lines.amount` in a role."""
        return {name.partition(".")[2]: how for name, how in self.masked(key).items() if name.startswith(f"{kind}.")}

    def within(self, told: str) -> Profile:
        """The same, held to the scopes of a token."""
        return replace(self, limits=tuple(told.split()))

    @staticmethod
    def of(roles: Iterable[Any]) -> Profile:
        """Put roles together; each has `grants` and `masks`."""
        roles = list(roles)
        masks: dict[str, dict[str, str]] = {}
        for role in roles:
            for key, fields in role.masks.items():
                masks.setdefault(key, {}).update(fields)
        return Profile(tuple(role.grants for role in roles), masks)


def _scope_in(grants: Mapping[str, Mapping[str, str]], key: str, verb: str) -> str:
    for pattern in (key, f"{key.partition('.')[0]}.*", "*"):
        verbs = grants.get(pattern)
        if verbs is not None:
            found = verbs.get(verb) or verbs.get("*")
            if found is not None:
                return found if found in SCOPES else "none"
    return "none"


@dataclass(frozen=True)
class Actor:
    """The person, or the product itself, in whose name something is done."""

    id: int | None
    name: str
    profile: Profile = field(default_factory=Profile)
    unit_id: int | None = None
    units_below: tuple[int, ...] = ()
    email: str = ""
    language: str = "zh-hans"
    is_admin: bool = False
    roles: tuple[tuple[int, str], ...] = ()
    account: int | None = None
    """The global account behind the member."""
    visitor: bool = False
    """An operator with support access: no member, but known by name in every history."""
    company: int | None = None
    """Somebody from a company who looks at the platform's documents: only those of this company are there for them."""

    is_authenticated = True

    def scope(self, key: str, verb: str) -> str:
        return self.profile.scope(key, verb)

    def may(self, key: str, verb: str) -> bool:
        return self.scope(key, verb) != "none"

    def rows(self, key: str, verb: str, shared: bool = False) -> Q | None:
        """The condition on rows for a verb; None when there is none to make (all rows)."""
        scope = self.scope(key, verb)
        if scope == "all" or (shared and scope != "none"):
            return None
        own = Q(owner=self.id) | Q(created_by=self.id)
        if scope == "own":
            return own
        if scope in ("unit", "below"):
            units = (self.unit_id,) if scope == "unit" else self.units_below
            return own | Q(unit__in=[unit for unit in units if unit is not None])
        return Q(pk__in=[])

    def covers(self, key: str, verb: str, document: Any) -> bool:
        """Whether a verb is granted for this very document."""
        scope = self.scope(key, verb)
        if scope == "none" or not self.concerned(document):
            return False
        if scope == "all" or not document.row_scoped:
            return True
        if self.id is not None and self.id in (document.owner, document.created_by):
            return True
        units = {"unit": (self.unit_id,), "below": self.units_below}.get(scope, ())
        return document.unit is not None and document.unit in units

    def concerned(self, document: Any) -> bool:
        """Whether a document of the platform is for this member's company to see; all are for an operator."""
        return (
            self.company is None
            or document.company_field == "*"
            or (document.company_field != "" and getattr(document, document.company_field) == self.company)
        )

    def require(self, key: str, verb: str, document: Any = None, label: str = "") -> None:
        """Refuse with 403 unless granted."""
        if not (self.may(key, verb) if document is None else self.covers(key, verb, document)):
            raise forbidden(label or verb)


SYSTEM = Actor(id=None, name="", profile=Profile(({"*": {"*": "all"}},)), is_admin=True)
"""The product itself: set-up, imports of demo data, the scheduler."""


def forbidden(what: str) -> Refused:
    return Refused(
        "forbidden",
        _("You have no permission for “%(what)s” here. Your administrator can grant it in a role.") % {"what": what},
        status=403,
    )


def visible(actor: Actor, queryset: QuerySet[M], key: str, verb: str = "read") -> QuerySet[M]:
    """The rows of a query that the member may see. Lists, searches, exports, references and reports all go through here."""
    condition = actor.rows(key, verb, shared=not getattr(queryset.model, "row_scoped", True))
    if actor.company is not None:
        queryset = _of_company(queryset, actor.company)
    return queryset if condition is None else queryset.filter(condition)


def _of_company(queryset: QuerySet[M], company: int) -> QuerySet[M]:
    name = getattr(queryset.model, "company_field", "")
    if name == "*":
        return queryset
    return queryset.filter(**{name: company}) if name else queryset.none()
