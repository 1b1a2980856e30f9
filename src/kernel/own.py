"""Values that stand in a document's `custom`: a company's own fields, and all fields of its own forms. How a list asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import DecimalField, Expression, F, Func, Model, Q, TextField, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from kernel.specs import NUMERIC, Spec

UNSORTED = {"json", "refs", "choices", "long", "ref", "member", "unit", "file"}
ALIAS = "own_"
GROUPED = {"choice", "choices", "bool", "ref", "member", "unit"}
"""What a list is grouped by: fields with few values, of which each sorts the documents another way."""
BOUNDS = {"gte": GreaterThanOrEqual, "lte": LessThanOrEqual}


def value_of(spec: Spec, row: Mapping[str, Any]) -> Any:
    return (row.get("custom") or {}).get(spec.name)


def stored(specs: Mapping[str, Spec], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as they are kept: in the form of the API, references with what they were called."""
    return {name: _plain(specs[name], value) for name, value in values.items()}


def _plain(spec: Spec, value: Any) -> Any:
    return {"id": value.pk, "label": str(value)} if isinstance(value, Model) else spec.render_value(value)


def put(document: Any, values: Mapping[str, Any]) -> None:
    """Values into a document. Of its own fields what was not sent stays, what was emptied goes."""
    for name, value in values.items():
        setattr(document, name, _joined(document.custom, value) if name == "custom" else value)


def _joined(there: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**there, **given}.items() if value not in (None, [])}


class Each(Func):
    """Every value of a list that has several, for as many rows; a row without any counts once, with none."""

    template = "jsonb_array_elements_text(COALESCE(NULLIF(%(expressions)s, '[]'), '[null]'))"
    output_field = TextField()


def expression(spec: Spec) -> Expression | F:
    """What a list is sorted, grouped and added up by."""
    if spec.type == "ref":
        return KeyTextTransform("id", KeyTransform(spec.name, "custom"))
    if spec.type == "choices":
        return Each(KeyTransform(spec.name, "custom"))
    text = KeyTextTransform(spec.name, "custom")
    return Cast(text, DecimalField(max_digits=40, decimal_places=12)) if spec.type in NUMERIC else text


def condition(spec: Spec, operator: str, values: Sequence[Any]) -> Q:
    """Equal to any of the values, which an index on `custom` finds; or at least, at most."""
    if operator:
        bound: Any = (
            values[-1] if spec.type not in NUMERIC else Cast(Value(str(values[-1])), DecimalField(max_digits=40, decimal_places=12))
        )
        return Q(BOUNDS[operator](expression(spec), bound))
    found = Q()
    for value in values:
        found |= Q(custom__contains={spec.name: {"id": value} if spec.type == "ref" else [value] if spec.type == "choices" else value})
    return found
