"""Sums over the rows of a list. What is in several currencies is never added up: each has its own sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from kernel import own
from kernel.reading import CURRENCY
from kernel.resources import Resource

COUNT = "_n"


def found(
    resource: Resource, rows: QuerySet[Any], names: Sequence[str], by: Sequence[str] = (), most: int | None = None
) -> list[Mapping[str, Any]]:
    """Count and sums of the rows by these columns, and by their currency where something is added up; the largest first."""
    sums = {f"sum_{name}": Sum(own.expression(spec) if (spec := resource.fields[name]).custom else name) for name in names}
    split = [CURRENCY] if names and CURRENCY in resource.own and CURRENCY not in by else []
    columns = [*by, *split]
    if not columns:
        return [rows.order_by().aggregate(**sums)]
    return list(rows.order_by().values(*columns).annotate(**{COUNT: Count("pk")}, **sums).order_by(f"-{COUNT}", *columns)[:most])


def told(resource: Resource, rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> dict[str, Any]:
    """The sums of the currency that most rows are in, and which one that is; amounts of the others under `others`. What is in no
    currency or in the company's own is the sum of all rows."""
    first, others = rows[0] if rows else {}, rows[1:]
    amounts = [name for name in names if (spec := resource.fields[name]).type == "money" and not spec.home]
    figures = {name: sum(_of(row, name) for row in rows) for name in names if name not in amounts}
    shown: dict[str, Any] = {"sums": _rendered(resource, {name: figures.get(name, _of(first, name)) for name in names})}
    if CURRENCY in first:
        shown[CURRENCY] = first[CURRENCY]
    if others and amounts:
        shown["others"] = {row[CURRENCY]: _rendered(resource, {name: _of(row, name) for name in amounts}) for row in others}
    return shown


def _of(row: Mapping[str, Any], name: str) -> Decimal:
    return row.get(f"sum_{name}") or Decimal(0)


def _rendered(resource: Resource, figures: Mapping[str, Any]) -> dict[str, Any]:
    return {name: resource.fields[name].render_value(Decimal(value)) for name, value in figures.items()}
