"""Layouts of papers by product series: which one a document calls for by its goods (record 0187)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from kernel import config, statements
from tenant_apps.catalog.models import Series

Goods = QuerySet[Any] | Sequence[Any]
"""Lines as they are saved, or as somebody types them."""


def named() -> dict[int, frozenset[int]]:
    """{layout: the series that name it}"""

    def load() -> dict[int, frozenset[int]]:
        found: dict[int, set[int]] = {}
        for series, layouts in Series.objects.exclude(layouts=[]).values_list("pk", "layouts"):
            for layout in layouts:
                found.setdefault(layout, set()).add(series)
        return {layout: frozenset(series) for layout, series in found.items()}

    return config.cached("series-layouts", load)


def chosen(lines: Goods, among: Sequence[int]) -> int | None:
    """The first layout that the main series of the lines names, else the first that no series names. The main series is that of the line with
    the largest amount among those whose item has one."""
    series, by = main_series(lines), named()
    own = next((one for one in among if series in by.get(one, ())), None)
    return own or next((one for one in among if one not in by), None)


def main_series(lines: Goods) -> int | None:
    if isinstance(lines, QuerySet):
        rows = lines.filter(item__series__isnull=False).order_by("-amount", "seq", "pk")
        found: int | None = rows.values_list("item__series_id", flat=True).first()
        return found
    having = [line for line in lines if line.item_id]
    statements.attach(having, "item")
    known = [line for line in having if line.item.series_id]
    return max(known, key=lambda line: line.amount).item.series_id if known else None


def fitting(rows: QuerySet[Any], layout: int) -> QuerySet[Any]:
    """The documents with goods of the series that name a layout; all where none does."""
    series = named().get(layout)
    return rows.filter(Q(lines__item__series__in=sorted(series))).distinct() if series else rows
