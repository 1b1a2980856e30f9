"""Short tables kept within a document: costs of a campaign, products of an opportunity, factors of an evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kernel.parsers import Bad
from kernel.refusals import FieldError, Invalid
from kernel.resources import Text
from kernel.specs import Spec

MOST = 200


@dataclass(frozen=True)
class Column:
    """A column: what it is called and what its values may be."""

    name: str
    label: Text
    type: str
    required: bool = False
    choices: Sequence[tuple[str, Any]] = field(default=())
    target: Any = None

    @property
    def spec(self) -> Spec:
        kind = "choice" if self.choices else self.type
        length = 2000 if self.type == "long" else 200
        scale = {"money": 2, "decimal": 6, "price": 6, "percent": 6}.get(self.type, 0)
        return Spec(
            self.name, self.label, kind, required=self.required, choices=self.choices, max_length=length, scale=scale, target=self.target
        )


def shown(columns: Sequence[Column]) -> dict[str, Any]:
    """What a resource says of a field that holds such rows."""
    return {"columns": tuple(column.spec for column in columns)}


def rows_of(name: str, given: Any, columns: Sequence[Column]) -> list[dict[str, Any]]:
    """The rows as they are kept: values checked like fields, empty rows left out. What is wrong is told with its place."""
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise Invalid([FieldError(name, "not_rows", _("Please send a list of rows."))])
    if len(given) > MOST:
        raise Invalid([FieldError(name, "too_many", _("%(n)d rows at most.") % {"n": MOST})])
    known, errors, found = {column.name: column.spec for column in columns}, [], []
    for position, row in enumerate(given):
        unknown = sorted(set(row) - set(known))
        errors += [
            FieldError(f"{name}.{position}.{one[:40]}", "unknown_field", _("There is no field “%(name)s” here.") % {"name": one[:40]})
            for one in unknown
        ]
        if not any(value not in (None, "", False) for value in row.values()):
            continue
        kept: dict[str, Any] = {}
        for column, spec in known.items():
            try:
                kept[column] = _stored(spec, row.get(column))
            except Bad as bad:
                errors.append(FieldError(f"{name}.{position}.{column}", bad.code, str(bad.detail)))
        found.append(kept)
    if errors:
        raise Invalid(errors)
    return found


def _stored(spec: Spec, raw: Any) -> Any:
    if spec.type == "ref" and isinstance(raw, dict) and raw.get("id"):
        return {"id": spec.parse(raw), "label": str(raw.get("label") or f"#{raw['id']}")[:120]}
    value = spec.parse(raw)
    return value if isinstance(value, bool) or value is None else spec.render_value(value)
