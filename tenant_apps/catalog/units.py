"""Further units of an item (W-1.6.4): bought in bars, stocked in metres. `count` of a unit are `base` of the item's own, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import statements, words
from kernel.refusals import FieldError, Invalid
from kernel.rows import Column, rows_of
from tenant_apps.catalog.models.basics import Measure

UNITS = (
    Column("count", pgettext_lazy("further unit", "This many"), "decimal"),
    Column("measure", _("Unit"), "ref", required=True, target=Measure),
    Column("base", _("Are so many of the item's own unit"), "decimal", required=True),
    Column("buy", _("Bought in it"), "bool"),
    Column("sell", _("Sold in it"), "bool"),
)
MILLIONTH = Decimal("0.000001")
Rows = list[dict[str, Any]]


def settled(given: Any, own: int | None) -> Rows:
    """Further units as they are kept, named as they are called now; one query. `own`: the unit that the item is counted in."""
    rows = rows_of("units", given, UNITS)
    names = {one.pk: one.name for one in Measure.objects.filter(pk__in={_key(row) for row in rows})} if rows else {}
    errors, seen = [], {own}
    for at, row in enumerate(rows):
        key, place = _key(row), f"units.{at}."
        row["count"] = row["count"] or "1"
        row["measure"] = {"id": key, "label": names.get(key, "")}
        if key not in names:
            errors.append(FieldError(place + "measure", "not_found", _t("It is not known here. Please choose it from the list.")))
        elif key in seen:
            errors.append(FieldError(place + "measure", "twice", _t("The item is counted in %(unit)s already.") % {"unit": names[key]}))
        seen.add(key)
        errors += [
            FieldError(place + name, "positive", _t("The quantity must be more than 0."))
            for name in ("count", "base")
            if Decimal(row[name]) <= 0
        ]
    errors += [
        FieldError(f"units.{at}.{use}", "twice", _t("An item is bought in one unit, and sold in one."))
        for use in ("buy", "sell")
        for at in [at for at, row in enumerate(rows) if row[use]][1:]
    ]
    if errors:
        raise Invalid(errors)
    return rows


def _key(row: dict[str, Any]) -> int:
    return int(row["measure"]["id"] if isinstance(row["measure"], dict) else row["measure"])


def in_base(quantity: Decimal, row: dict[str, Any]) -> Decimal:
    """A quantity of a further unit in the item's own, to six decimals."""
    return (quantity * Decimal(row["base"]) / Decimal(row["count"])).quantize(MILLIONTH, rounding=ROUND_HALF_UP)


def from_base(quantity: Decimal, row: dict[str, Any]) -> Decimal:
    """A quantity of the item's own unit in a further one, to six decimals; a price goes the way of `in_base` when it goes this one."""
    return (quantity * Decimal(row["count"]) / Decimal(row["base"])).quantize(MILLIONTH, rounding=ROUND_HALF_UP)


def told(item: Any, quantity: Decimal) -> list[dict[str, str]]:
    """The same quantity in each further unit, and what that unit is for."""
    return [
        {"unit": row["measure"]["label"], "quantity": f"{from_base(quantity, row).normalize():f}", "use": _use(row), "of": _of(row)}
        for row in item.units
    ]


def _use(row: dict[str, Any]) -> str:
    return "both" if row["buy"] and row["sell"] else next((use for use in ("buy", "sell") if row[use]), "")


def _of(row: dict[str, Any]) -> str:
    return f"{Decimal(row['base']) / Decimal(row['count']):.6f}".rstrip("0").rstrip(".")


def settle(lines: Sequence[Any]) -> None:
    """Turn lines that were just given in a further unit of their item into its own unit, quantity and price; another unit is refused."""
    field = "measure"
    named = [(at, line) for at, line in enumerate(lines) if line.item_id and line.measure_id and _just_named(line, field)]
    statements.attach([line for _at, line in named], "item")
    errors = []
    for at, line in named:
        if not line.item.units or line.measure_id == line.item.measure_id:
            continue
        row = next((row for row in line.item.units if row[field]["id"] == line.measure_id), None)
        if row is None:
            errors.append(FieldError(f"lines.{at}.{field}", "other_unit", _other(line.item)))
        elif line.quantity is not None:
            line.quantity = in_base(line.quantity, row)
            line.unit_price = None if line.unit_price is None else from_base(line.unit_price, row)
            line.measure_id = line.item.measure_id
    if errors:
        raise Invalid(errors)


def _just_named(line: Any, field: str) -> bool:
    """Whether somebody has sent it: of what is stored only the key is known."""
    return bool(type(line)._meta.get_field(field).is_cached(line))


def _other(item: Any) -> str:
    names: Iterable[str] = (item.measure.name, *(row["measure"]["label"] for row in item.units))
    return _t("%(item)s is counted in %(units)s. Choose one of these, or add the unit to the item.") % {
        "item": item.name,
        "units": words.listed(names),
    }
