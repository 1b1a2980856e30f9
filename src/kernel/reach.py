"""How far a grant reaches over rows, as conditions that are asked of the database and, where they can be, of a row at hand.

A grant names one reach or several; several add up. A list asks `Condition.q`, a document at hand `Condition.holds`: both read
the same clauses, so that they cannot disagree. What needs other rows (teams, regions, rules, shares) is asked of the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Any, cast

from django.db.models import ForeignKey, Model, Q

from kernel import clock, config, formulas, scopes
from kernel.refusals import Refused
from kernel.shares import let_in
from kernel.specs import key_of

if TYPE_CHECKING:
    from kernel.access import Actor

REACHES = ("none", "own", "subordinates", "team", "unit", "below", "regions", "companies", "all")
"""Nothing; own rows; those of the people below one's position; those on whose team one is; those of one's department; of the
departments below it too; of one's regions; of one's companies; all. `rule:` and a formula: the rows for which it holds;
`company:` and a name: those of that legal entity of the group."""
RULE = "rule:"
COMPANY = "company:"
ALL = frozenset({"all"})
Reach = frozenset[str]


def parts(value: Any) -> Reach:
    """The reaches that a grant names; what is not known is nothing."""
    named = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    found = frozenset(one for one in named if _known(one) and one != "none")
    return ALL if "all" in found else found


def well_formed(value: Any) -> bool:
    """Whether a grant names reaches and nothing else."""
    named = value if isinstance(value, list) else [value]
    return bool(named) and all(map(_known, named))


def _known(one: Any) -> bool:
    return isinstance(one, str) and (one in REACHES or one.startswith((RULE, COMPANY)))


@dataclass(frozen=True)
class Among:
    """Rows whose column holds one of some values; a row at hand tells it by itself."""

    name: str
    values: frozenset[Any]

    def q(self) -> Q:
        return Q(**{f"{self.name}__in": sorted(self.values)})

    def holds(self, row: Any) -> bool:
        return getattr(row, self.name) in self.values


@dataclass(frozen=True)
class Condition:
    """The rows that a reach covers: those of any clause, and those that only the database finds."""

    here: tuple[Among, ...] = ()
    there: tuple[Q, ...] = ()

    def q(self) -> Q:
        found = [clause.q() for clause in self.here if clause.values] + list(self.there)
        return reduce(or_, found) if found else Q(pk__in=[])

    def holds(self, row: Any) -> bool | None:
        """Whether a row at hand is covered; None when the database has to say."""
        if any(clause.holds(row) for clause in self.here):
            return True
        return None if self.there else False


def condition(model: type[Model], reach: Reach, verb: str, actor: Actor) -> Condition | None:
    """The rows of a model that a member reaches for a verb; None when these are all."""
    if "all" in reach:
        return None
    rules = tuple(one for one in sorted(reach) if one.startswith(RULE))
    if not getattr(model, "row_scoped", True):
        if len(rules) < len(reach):
            return None
        return Condition((), (*_rules(model, rules, actor), *_shares(model, reach, verb, actor)))
    here = _persons_and_units(reach, actor) if len(rules) < len(reach) else ()
    there = [*_rules(model, rules, actor), *_shares(model, reach, verb, actor)]
    if "team" in reach:
        own = (
            () if verb in scopes.READING else let_in("pk", key_of(model), actor, "team")
        )  # for reading every share is as good as the team's
        there += [*own, *(q for path, key in led_by(model) for q in let_in(path, key, actor, "team"))]
    if "regions" in reach and actor.regions:
        there += [Q(**{f"{path}__in": sorted(actor.regions)}) for path in region_paths(model)]
    return Condition(here, tuple(there))


def _persons_and_units(reach: Reach, actor: Actor) -> tuple[Among, ...]:
    people = frozenset({actor.id} - {None}) | (actor.subordinates if "subordinates" in reach else frozenset())
    units: frozenset[int] = frozenset()
    if "unit" in reach and actor.unit_id is not None:
        units |= {actor.unit_id}
    if "below" in reach:
        units |= frozenset(actor.units_below)
    units = units.union(*(found for one, found in actor.company_units.items() if one in reach))
    return Among("owner", people), Among("created_by", people), Among("unit", units)


def _rules(model: type[Model], rules: Iterable[str], actor: Actor) -> list[Q]:
    return [found for rule in rules if (found := rows_of(rule, key_of(model), actor.id)) is not None]


def rows_of(rule: str, key: str, me: int | None) -> Q | None:
    """The rows for which a rule holds; None for a rule that can no longer be read, because its field is gone: it covers nothing."""
    from kernel import registry

    def read() -> Q | None:
        try:
            return formulas.parse(rule.removeprefix(RULE)).condition(registry.get(key), {"me": me})
        except Refused:
            return None

    return config.cached(f"rule:{key}:{me}:{clock.now().date()}:{rule}", read)  # a rule may speak of today


def _shares(model: type[Model], reach: Reach, verb: str, actor: Actor) -> list[Q]:
    only = "" if verb in scopes.READING or verb in getattr(model, "uses", ()) else "may_change"
    return let_in("pk", key_of(model), actor, only) if reach else []


@cache
def led_by(model: Any) -> tuple[tuple[str, str], ...]:
    """Whose team is a row's team too: that of the customer it names, as (path, document type)."""
    return tuple((field.name, key_of(field.related_model)) for field in _leading(model))


@cache
def region_paths(model: Any) -> tuple[str, ...]:
    """Where a row's region stands: in a field of its own, or in one of the customer it names."""
    own = (model.region_field,) if getattr(model, "region_field", "") else ()
    return (*own, *(f"{field.name}__{field.related_model.region_field}" for field in _leading(model)))


def _leading(model: Any) -> list[Any]:
    fields = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    return [field for field in fields if getattr(cast("Any", field.related_model), "region_field", "")]
