"""What the printed forms of a quote are made of besides its fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernel.printing.content import told
from kernel.resources import Resource
from tenant_apps.catalog.models import Item, Series
from tenant_apps.quoting.models import QuoteLine

NORMAL = QuoteLine.Kind.NORMAL.value


def parts(resource: Resource, document: Mapping[str, Any]) -> dict[str, Any]:
    """Its lines in two tables, and the texts of the series that its items belong to, each once."""
    lines = document["lines"]
    included = [line for line in lines if line["kind"] == NORMAL]
    besides = [line for line in lines if line["kind"] != NORMAL]
    return {
        "lines": {
            "lines": told(resource, {**document, "lines": included})["lines"]["lines"],
            "besides": told(resource, {**document, "lines": besides})["lines"]["lines"],
        },
        "series": _series({line["item"]["id"] for line in lines if line["item"]}),
    }


def _series(items: set[int]) -> list[dict[str, Any]]:
    named = Item.objects.filter(pk__in=items, series__isnull=False).values("series")
    rows = Series.objects.filter(pk__in=named).order_by("name").values_list("name", "warranty_months", "documents")
    return [
        {"name": name, "warranty": months, "documents": [one for one in text.splitlines() if one.strip()]} for name, months, text in rows
    ]
