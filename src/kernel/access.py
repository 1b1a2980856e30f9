"""Who may do what to which rows and see which fields (spec 2.15): app, screen, method, row, and masks over all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.db.models import Case, Model, QuerySet, When
from django.utils.translation import gettext as _

from kernel import scopes
from kernel.entry import ANYWHERE, Entry
from kernel.reach import ALL, Condition, Reach, condition, parts
from kernel.refusals import Refused
from kernel.specs import key_of

EVERYBODY: dict[str, dict[str, str]] = {}
"""What every member may do with what is their own, whatever their roles: their approvals, for example. Filled in by apps."""

M = TypeVar("M", bound=Model)
Grants = Mapping[str, Mapping[str, Any]]
TO_SOME: list[Callable[[Collection[int], Collection[int]], Grants]] = []
"""What members get besides, by their roles and their departments with those above: what a company's own forms say. Filled in by apps."""
NOTHING: Reach = frozenset()


@dataclass(frozen=True)
class Profile:
    """The grants of a member's roles put together. `grants` is {resource pattern: {verb or *: reach or reaches}}; patterns are
    `app.name`, `app.*` and `*`. The reaches of all roles that grant a verb add up; masks of any role win over every grant."""

    grants: tuple[Grants, ...] = ()
    masks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    limits: tuple[str, ...] | None = None
    """What a program's token is for (`scopes`); None: everything the member may do."""
    screens: tuple[Mapping[str, Any], ...] = ()
    """How each role arranges the menu and the lists; the first that says something about a thing decides."""

    def reach(self, key: str, verb: str) -> Reach:
        """Which rows a verb reaches: nothing, all, or those that any of these reaches covers."""
        if self.limits is not None and not scopes.allow(self.limits, key, verb):
            return NOTHING
        found = NOTHING.union(*(reach_in(grants, key, verb) for grants in self.grants))
        return ALL if "all" in found else found

    def everywhere(self, key: str, verb: str) -> bool:
        """Whether a verb reaches all rows there are."""
        return "all" in self.reach(key, verb)

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
    def of(roles: Iterable[Any], units: Collection[int] = ()) -> Profile:
        """Put roles together; each has `grants` and `masks`. `units` are the member's department and those above it."""
        roles = list(roles)
        masks: dict[str, dict[str, str]] = {}
        for role in roles:
            for key, fields in role.masks.items():
                masks.setdefault(key, {}).update(fields)
        _mask_lines(masks)
        grants = tuple(without(role.grants, role.screens.get("off", ())) for role in roles)
        besides: dict[str, Mapping[str, Any]] = dict(EVERYBODY)
        for source in TO_SOME:
            besides |= source([role.pk for role in roles], units)
        return Profile((*grants, besides), masks, screens=tuple(role.screens for role in roles if role.screens))


STRICT = ("", "readonly", "middle", "hide")


def _mask_lines(masks: dict[str, dict[str, str]]) -> None:
    """What is masked of a document is so where it stands as a line of another, too: the telephone number of a contact in the customer's form."""
    from kernel import registry

    for key, fields in [*masks.items()]:
        for above, kind in registry.standing_in().get(key, ()):
            lines = masks.setdefault(above, {})
            for name, how in fields.items():
                lines[f"{kind}.{name}"] = max(how, lines.get(f"{kind}.{name}", ""), key=STRICT.index)


def reach_in(grants: Grants, key: str, verb: str) -> Reach:
    """How far one role lets a verb reach: what it says of the document type, else of the app, else of all."""
    for pattern in (key, f"{key.partition('.')[0]}.*", "*"):
        verbs = grants.get(pattern)
        if verbs is not None:
            found = verbs.get(verb) or verbs.get("*")
            if found is not None:
                return parts(found)
    return NOTHING


def without(grants: Grants, off: Iterable[str]) -> Grants:
    """Grants with apps (`sales`) and screens (`sales.order`) switched off, whatever is granted below them."""
    found = dict(grants)
    for name in off:
        if "." not in name:
            found = {key: verbs for key, verbs in found.items() if not key.startswith(f"{name}.")}
        found[name if "." in name else f"{name}.*"] = {"*": "none"}
    return found


@dataclass(frozen=True)
class Actor:
    """The person, or the product itself, in whose name something is done."""

    id: int | None
    name: str
    profile: Profile = field(default_factory=Profile)
    unit_id: int | None = None
    units_below: tuple[int, ...] = ()
    subordinates: frozenset[int] = frozenset()
    """Everybody below this member's positions."""
    company_units: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """The departments that each reach over legal entities leads to: those of one's own (`companies`), those of one named."""
    regions: frozenset[str] = frozenset()
    """The regions of this member's departments, with all that lies in them."""
    email: str = ""
    language: str = "zh-hans"
    is_admin: bool = False
    roles: tuple[tuple[int, str], ...] = ()
    entry: Entry = ANYWHERE
    """From where and when they may work."""
    account: int | None = None
    """The global account behind the member."""
    visitor: bool = False
    """An operator with support access: no member, but known by name in every history."""
    seen_as: str = ""
    """The role through whose eyes an administrator looks; nothing can be changed meanwhile."""
    company: int | None = None
    """Somebody from a company who looks at the platform's documents: only those of this company are there for them."""

    is_authenticated = True

    def may(self, key: str, verb: str) -> bool:
        return bool(self.profile.reach(key, verb))

    def everywhere(self, key: str, verb: str) -> bool:
        """Whether a verb reaches all rows there are."""
        return self.profile.everywhere(key, verb)

    def condition(self, key: str, verb: str, model: type[Model]) -> Condition | None:
        """The one condition on rows for a verb, for lists and for documents at hand; None when there is none to make (all rows)."""
        reach = self.profile.reach(key, verb)
        return condition(model, reach, verb, self) if reach else Condition()

    def covers(self, key: str, verb: str, document: Any) -> bool:
        """Whether a verb is granted for this very document."""
        return bool(self.concerned(document) and self.allowed(type(document), [verb], document))

    def allowed(self, model: type[Model], verbs: Iterable[str], row: Any) -> set[str]:
        """Those verbs that are granted for a row at hand; what it does not tell by itself is asked of the database, at once for all."""
        covered = {verb: self.condition(key_of(model), verb, model) for verb in verbs}
        told = {verb: one is None or one.holds(row) for verb, one in covered.items()}
        asked = {verb: one for verb, one in covered.items() if one is not None and told[verb] is None}
        return {verb for verb, holds in told.items() if holds} | (_asked(model, asked, row.pk) if asked else set())

    def concerned(self, document: Any) -> bool:
        """Whether a document of the platform is for this member's company to see; all are for an operator."""
        return (
            self.company is None
            or document.company_field == "*"
            or (document.company_field != "" and getattr(document, document.company_field) == self.company)
        )

    def veiled(self, key: str, names: Iterable[str]) -> Actor:
        """The same, to whom some more fields of a document type are hidden."""
        masks = {**self.profile.masks, key: {**self.profile.masked(key), **dict.fromkeys(names, "hide")}}
        return replace(self, profile=replace(self.profile, masks=masks))

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
    covered = actor.condition(key, verb, queryset.model)
    if actor.company is not None:
        queryset = _of_company(queryset, actor.company)
    return queryset if covered is None else queryset.filter(covered.q())


def _asked(model: Any, asked: Mapping[str, Condition], pk: int) -> set[str]:
    """The verbs whose conditions hold for a row, in one statement."""
    wanted = {f"may_{verb}": Case(When(one.q(), then=True), default=False) for verb, one in asked.items()}
    row = model._default_manager.filter(pk=pk).values(**wanted).first() or {}
    return {verb for verb in asked if row.get(f"may_{verb}")}


def _of_company(queryset: QuerySet[M], company: int) -> QuerySet[M]:
    name = getattr(queryset.model, "company_field", "")
    if name == "*":
        return queryset
    return queryset.filter(**{name: company}) if name else queryset.none()
