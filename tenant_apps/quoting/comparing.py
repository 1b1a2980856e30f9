"""What differs between two revisions of a quote: lines, chosen options, prices, terms (spec 2.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from kernel import statements
from tenant_apps.pricing import configured
from tenant_apps.pricing.waterfall import plain
from tenant_apps.quoting.models import Quote, QuoteLine

TERMS = (
    "contact", "title", "valid_until", "delivery_days", "scheme", "warranty_months", "currency", "rate", "discount_rate", "remark",
)  # fmt: skip
DETAILS = ("description", "spec", "quantity", "unit_price", "discount", "tax_rate", "kind", "remark")
ALIKE: tuple[Callable[[QuoteLine], tuple[Any, ...]], ...] = (
    lambda line: (line.item_id, line.configuration_id, line.description),
    lambda line: (line.item_id, line.spec, line.description),
    lambda line: (line.item_id, line.description),
    lambda line: (line.item_id,),
)
"""By what lines are the same one, the closest first."""


def compared(before: Quote, after: Quote) -> dict[str, Any]:
    """Terms and lines that differ; lines in the order of the later revision, then those that are gone."""
    old, new = (statements.lines(QuoteLine)(one.pk) for one in (before, after))
    return {
        **{
            name: {"id": one.pk, "number": one.number, "total": f"{one.total:.2f}", "currency": one.currency}
            for name, one in (("before", before), ("after", after))
        },
        "terms": _changes(before, after, TERMS),
        "lines": list(_lines(old, new)),
    }


def _lines(old: Sequence[QuoteLine], new: Sequence[QuoteLine]) -> Iterable[dict[str, Any]]:
    twins = paired(old, new)
    different = configured.chosen_differently([(twins[line.pk], line) for line in new if line.pk in twins])
    for line in new:
        twin = twins.get(line.pk)
        if twin is None:
            yield {"description": line.description, "before": None, "after": _figures(line), "changes": []}
        elif changes := _changes(twin, line, DETAILS) + different[line.pk]:
            yield {"description": line.description, "before": _figures(twin), "after": _figures(line), "changes": changes}
    kept = {line.pk for line in twins.values()}
    for line in old:
        if line.pk not in kept:
            yield {"description": line.description, "before": _figures(line), "after": None, "changes": []}


def paired(old: Sequence[QuoteLine], new: Sequence[QuoteLine]) -> dict[int, QuoteLine]:
    """Which line of the old revision each new one was; every line at most once, the closest kin first."""
    twins: dict[int, QuoteLine] = {}
    left = list(old)
    for key in ALIKE:
        for line in new:
            twin = None if line.pk in twins else next((one for one in left if key(one) == key(line)), None)
            if twin is not None:
                twins[line.pk] = twin
                left.remove(twin)
    return twins


def _changes(before: Any, after: Any, names: Sequence[str]) -> list[dict[str, str]]:
    found = []
    for name in names:
        was, now = _said(before, name), _said(after, name)
        if was != now:
            found.append({"name": name, "label": str(type(after)._meta.get_field(name).verbose_name), "from": was, "to": now})
    return found


def _said(document: Any, name: str) -> str:
    show = getattr(document, f"get_{name}_display", None)
    value = show() if show is not None else getattr(document, name)
    return "" if value is None else plain(value) if isinstance(value, Decimal) else str(value)


def _figures(line: QuoteLine) -> dict[str, str]:
    told = {name: plain(getattr(line, name) or Decimal(0)) for name in ("quantity", "unit_price", "discount")}
    return told | {"amount": f"{line.amount:.2f}"}
