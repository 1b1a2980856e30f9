"""The selection table of a demo company, and what its people selected with it."""

from __future__ import annotations

from datetime import datetime

from kernel import saving
from kernel.access import SYSTEM
from tenant_apps.catalog.models import Series
from tenant_apps.selection import actions, library
from tenant_apps.selection.models import Configuration, RuleSet


def tables(at: datetime) -> None:
    """The tables of its series, published, and their templates as configurations."""
    for series in Series.objects.filter(code__in=library.SERIES).order_by("pk"):
        name, edition, english = library.SERIES[series.code]
        source = library.table(name)
        values = {"name": series.name, "edition": edition, "series": series, "table": source}
        made = saving.create(RuleSet, values, by=SYSTEM, at=at)
        for verb in (actions.test, actions.publish):
            verb(made, by=SYSTEM, at=at)
        assert made.item is not None
        saving.change(made.item, {"name_en": english}, by=SYSTEM, at=at)
        for case in (case for case in source["cases"] if case["expect"].get("valid")):
            saving.create(Configuration, {"rule_set": made, "title": case["name"], "choices": case["choices"]}, by=SYSTEM, at=at)
