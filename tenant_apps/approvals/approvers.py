"""Who decides at a step: each source of approvers, and why it names whom it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kernel import config, formulas, people
from kernel.documents import Document
from kernel.formulas.reading import value_of
from tenant_apps.approvals.engine import Found
from tenant_apps.approvals.vocabulary import Names
from tenant_apps.organization import chart

MEASURES = {
    "amount": ("total", "amount"),
    "discount": ("discount_rate", "discount"),
    "margin": ("margin_rate", "margin"),
    "overdue": ("overdue",),
}
"""What a signing limit is about, and the fields of a document in which it is looked for."""
MOST = 50


@dataclass(frozen=True)
class Case:
    """What the question who decides is asked about."""

    resource: str
    document: Any
    initiator: int
    names: Names
    chosen: Mapping[str, Any]
    node: str = ""


def find(case: Case, sources: list[Mapping[str, Any]]) -> Found:
    """Everybody whom the sources of a step name and who is here, in their order, with the reason."""
    found: list[int] = []
    whys = []
    for told in sources:
        members, why = SOURCES[told["source"]](case, told)
        found += members
        whys.append(why)
    here = chart.chart().people
    return Found([member for member in dict.fromkeys(found) if member in here][:MOST], "; ".join(dict.fromkeys(whys)))


Answer = tuple[list[int], str]


def _ints(value: Any) -> list[int]:
    values = value if isinstance(value, list) else [value]
    return [int(one) for one in values if isinstance(one, int | Decimal) and not isinstance(one, bool)]


def person(case: Case, told: Mapping[str, Any]) -> Answer:
    return _ints(told.get("members") or []), _("named in the flow")


def role(case: Case, told: Mapping[str, Any]) -> Answer:
    unit = chart.unit_of(case.initiator) if told.get("scope") == "unit" else None
    return chart.in_role(told["role"], unit), _("has the role")


def position(case: Case, told: Mapping[str, Any]) -> Answer:
    return chart.holders(told["position"]), _("holds the position")


def superior(case: Case, told: Mapping[str, Any]) -> Answer:
    level = told.get("level") or 1
    return chart.superiors(case.initiator)[level - 1 : level], _("superior of the initiator, level %(n)d") % {"n": level}


def superiors(case: Case, told: Mapping[str, Any]) -> Answer:
    level = told.get("level") or MOST
    return chart.superiors(case.initiator)[:level], _("superiors of the initiator up to level %(n)d") % {"n": level}


def top(case: Case, told: Mapping[str, Any]) -> Answer:
    """The last in the line of superiors; at the top, the initiator: the guards then say who decides."""
    found = chart.superiors(case.initiator)
    return found[-1:] or [case.initiator], _("at the top of the organisation")


def head(case: Case, told: Mapping[str, Any]) -> Answer:
    field = told.get("field")
    unit = value_of(case.names, field) if field else chart.unit_of(case.initiator)
    found = chart.head_of(int(unit)) if unit else None
    return [] if found is None else [found], _("head of the department")


def linked_owner(case: Case, told: Mapping[str, Any]) -> Answer:
    linked = getattr(case.document, told["field"], None)
    owner = linked.owner if isinstance(linked, Document) else None
    return [] if owner is None else [owner], _("owner of what the document refers to")


def field(case: Case, told: Mapping[str, Any]) -> Answer:
    return _ints(value_of(case.names, told["field"])), _("named in the document")


def chosen(case: Case, told: Mapping[str, Any]) -> Answer:
    return _ints(case.chosen.get(case.node) or []), _("chosen by the initiator")


def chosen_by_previous(case: Case, told: Mapping[str, Any]) -> Answer:
    return _ints(case.chosen.get("") or []), _("chosen by whoever decided before")


def expression(case: Case, told: Mapping[str, Any]) -> Answer:
    return _ints(formulas.parse(told["formula"]).value(case.names)), _("by the formula of the flow")


def initiator(case: Case, told: Mapping[str, Any]) -> Answer:
    return [case.initiator], _("initiator")


def limit(case: Case, told: Mapping[str, Any]) -> Answer:
    """The nearest superior who may sign for so much."""
    rows = config.cached("signing-limits", _limits).get(case.resource, {})
    what = [told["what"]] if isinstance(told.get("what"), str) else told.get("what") or ["amount"]
    for member in chart.superiors(case.initiator):
        held = [rows[post] for post in chart.chart().posts_of.get(member, []) if post in rows]
        if any(all(_enough(case, row, measure) for measure in what) for row in held):
            return [member], _("nearest superior whose signing limit is enough")
    return [], _("no superior's signing limit is enough")


def _limits() -> dict[str, dict[int, dict[str, Decimal | None]]]:
    from tenant_apps.approvals.models import Limit

    found: dict[str, dict[int, dict[str, Decimal | None]]] = {}
    for row in Limit.objects.values("resource", "position_id", *MEASURES):
        found.setdefault(row["resource"], {})[row["position_id"]] = {name: row[name] for name in MEASURES}
    return found


def measured(document: Any, measure: str) -> Decimal | None:
    """How much of a measure a document has; None when it knows none."""
    return next((value for name in MEASURES[measure] if (value := getattr(document, name, None)) is not None), None)


def _enough(case: Case, row: Mapping[str, Decimal | None], measure: str) -> bool:
    most, value = row[measure], measured(case.document, measure)
    if most is None or value is None:
        return value is None
    return value >= most if measure == "margin" else value <= most


SOURCES: dict[str, Callable[[Case, Mapping[str, Any]], Answer]] = {
    source.__name__: source
    for source in (
        person, role, position, superior, superiors, top, head, linked_owner, field, chosen, chosen_by_previous, expression, limit, initiator,
    )
}  # fmt: skip


def admins() -> list[int]:
    """The company's administrators."""
    return config.cached("approval-admins", lambda: [one.id for one in people.directory.load_admins() if one.id is not None])
