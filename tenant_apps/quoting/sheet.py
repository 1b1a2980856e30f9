"""A quote as an Excel sheet, for customers who paste it into their own papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _t

from kernel.printing.content import text
from kernel.resources import Resource
from kernel.specs import MASK, Spec

FACTS = (
    "number",
    "customer",
    "contact",
    "title",
    "quote_date",
    "valid_until",
    "delivery_days",
    "warranty_months",
    "scheme",
    "currency",
    "remark",
)
COLUMNS = ("description", "spec", "measure", "quantity", "unit_price", "discount", "tax_rate", "amount", "kind", "remark")
WIDTHS = {"description": 36, "spec": 32, "remark": 24}
SUMS = ("net_total", "tax_total", "total")
FIGURES = {"money": "#,##0.00", "price": "#,##0.00####", "decimal": "0.######", "percent": "0.######"}
NARROW, FIRST = 13, 2


def workbook(resource: Resource, document: Mapping[str, Any], company: str) -> bytes:
    """The quote as its reader sees it: what is masked stays masked, figures are numbers."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(str(document["number"])[:31] or _t("Quote"))
    bold, head = book.add_format({"bold": True}), book.add_format({"bold": True, "bg_color": "#f3f5f8", "bottom": 1})
    formats = {kind: book.add_format({"num_format": form}) for kind, form in FIGURES.items()}
    sheet.write(0, 0, company, bold)
    row = FIRST
    for name in FACTS:
        said = text(resource.own[name], document.get(name))
        if said:
            sheet.write(row, 0, str(resource.own[name].label), bold)
            sheet.write_string(row, 1, said)
            row += 1
    specs = resource.line_specs["lines"]
    row += 1
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, WIDTHS.get(name, NARROW))
        sheet.write(row, column, str(specs[name].label), head)
    for at, line in enumerate(document["lines"], row + 1):
        _row(sheet, at, [(specs[name], line.get(name)) for name in COLUMNS], formats)
    row += len(document["lines"]) + 2
    for name in SUMS:
        sheet.write(row, COLUMNS.index("amount") - 1, str(resource.own[name].label), bold)
        _cell(sheet, row, COLUMNS.index("amount"), resource.own[name], document.get(name), formats)
        row += 1
    book.close()
    return stream.getvalue()


def _row(sheet: Any, at: int, cells: Sequence[tuple[Spec, Any]], formats: Mapping[str, Any]) -> None:
    for column, (spec, value) in enumerate(cells):
        _cell(sheet, at, column, spec, value, formats)


def _cell(sheet: Any, row: int, column: int, spec: Spec, value: Any, formats: Mapping[str, Any]) -> None:
    if spec.type in formats and isinstance(value, str) and value not in ("", MASK):
        sheet.write_number(row, column, Decimal(value), formats[spec.type])
    else:
        sheet.write_string(row, column, text(spec, value))
