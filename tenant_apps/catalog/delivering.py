"""The delivery plan of priced lines: which quantity of which line is promised for which day (spec 2.5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel.money import ZERO
from kernel.refusals import FieldError, Invalid
from kernel.rows import Column, rows_of

DELIVERIES = (
    Column("line", _("Line no."), "int", required=True),
    Column("quantity", _("Quantity"), "decimal", required=True),
    Column("on", _("Promised for"), "date", required=True),
    Column("remark", _("Remark"), "text"),
)
Rows = list[dict[str, Any]]


def planned(given: Any, lines: Sequence[Any]) -> Rows:
    """A delivery plan as it is kept, by line and day; refused where it names no line of the document, or more than is sold of one."""
    rows = rows_of("deliveries", given, DELIVERIES)
    errors, sums = [], dict.fromkeys(range(1, len(lines) + 1), ZERO)
    for position, row in enumerate(rows):
        quantity, at = Decimal(row["quantity"]), f"deliveries.{position}."
        if row["line"] not in sums:
            errors.append(FieldError(at + "line", "no_line", _t("There is no line %(n)d.") % {"n": row["line"]}))
            continue
        sums[row["line"]] += quantity
        if quantity <= 0:
            errors.append(FieldError(at + "quantity", "positive", _t("The quantity must be more than 0.")))
        elif sums[row["line"]] > lines[row["line"] - 1].quantity:
            told = {"quantity": f"{lines[row['line'] - 1].quantity.normalize():f}", "n": row["line"]}
            errors.append(FieldError(at + "quantity", "too_much", _t("Of line %(n)d only %(quantity)s are sold.") % told))
    if errors:
        raise Invalid(errors)
    return sorted(rows, key=lambda row: (row["line"], row["on"]))


def left(rows: Rows, gone: dict[int, Decimal], places: dict[int, int]) -> Rows:
    """What of a plan is still to come when some of its lines has gone, the earliest first; lines by the numbers they have elsewhere."""
    rest, found = dict(gone), []
    for row in rows:
        line, quantity = row["line"], Decimal(row["quantity"])
        past = min(rest.get(line, ZERO), quantity)
        rest[line] = rest.get(line, ZERO) - past
        if quantity > past and line in places:
            found.append({**row, "line": places[line], "quantity": f"{(quantity - past).normalize():f}"})
    return found


def until(rows: Rows, line: int, day: date, whole: Decimal) -> Decimal:
    """How much of a line is promised up to a day; all of it where nothing is planned."""
    mine = [row for row in rows if row["line"] == line]
    return sum((Decimal(row["quantity"]) for row in mine if row["on"] <= day.isoformat()), ZERO) if mine else whole
