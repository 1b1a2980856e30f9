"""Excel files we make: one look, nothing in them is ever a formula, numbers and dates are real ones."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.refusals import Refused

FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter"}
MAX_TEXT = 32_767
MAX_DIGITS = 15
LAST_ROW = 1_048_576
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


class Page:
    """One sheet: rows below frozen headings."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self.book, self.sheet = book, sheet

    def write(self, row: int, column: int, value: Any, look: Any = None) -> None:
        """A value as what it is; text stays text even when it looks like a formula."""
        if value is None or value == "":
            if look is not None:
                self.sheet.write_blank(row, column, None, look)
        elif isinstance(value, bool):
            self.sheet.write_boolean(row, column, value, look or self.book.text)
        elif isinstance(value, datetime):
            plain = timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
            self.sheet.write_datetime(row, column, plain, look or self.book.instant)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, look or self.book.day)
        elif isinstance(value, Decimal | int | float) and _exact(value):
            self.sheet.write_number(row, column, value, look or self.book.number)
        else:
            text = str(value)
            if len(text) > MAX_TEXT:
                raise Refused(
                    "too_long",
                    _("A cell of Excel holds %(n)d characters, and a text here is longer. Use CSV instead.") % {"n": MAX_TEXT},
                    status=422,
                )
            self.sheet.write_string(row, column, text, look or self.book.text)

    def comment(self, row: int, column: int, text: str) -> None:
        self.sheet.write_comment(row, column, text, {"x_scale": 2, "font_size": 9})


def _exact(value: Decimal | int | float) -> bool:
    """Whether Excel, which keeps 15 digits, can keep this number as it is."""
    if isinstance(value, float):
        return math.isfinite(value)
    return Decimal(value).is_finite() and len(Decimal(value).normalize().as_tuple().digits) <= MAX_DIGITS


class Book:
    """An Excel file being written, row by row when `rows_in_order` keeps memory small."""

    def __init__(self, *, rows_in_order: bool = False) -> None:
        self.stream = BytesIO()
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": rows_in_order}
        self.file = xlsxwriter.Workbook(self.stream, options)
        self.text = self.look()
        self.number = self.look()
        self.day = self.look(num_format="yyyy-mm-dd", align="left")
        self.instant = self.look(num_format="yyyy-mm-dd hh:mm", align="left")
        self.heading = self.look(bold=True, bg_color="#EEF2F7", bottom=1, bottom_color="#B8C4D4", text_wrap=True)
        self.needed = self.look(bold=True, bg_color="#EEF2F7", bottom=1, bottom_color="#B8C4D4", font_color="#C62828", text_wrap=True)
        self.bad = self.look(bg_color="#FFD6D6", font_color="#B00020")

    def look(self, **more: Any) -> Any:
        return self.file.add_format({**FONT, **more})

    def page(self, name: str, headings: Sequence[tuple[str, int]], needed: Sequence[int] = ()) -> Page:
        """A new sheet with headings (text, width), frozen and filterable."""
        sheet = self.file.add_worksheet(FORBIDDEN.sub(" ", name)[:31].strip())
        sheet.set_row(0, 22)
        for column, (_text, width) in enumerate(headings):
            sheet.set_column(column, column, width, self.text)
        for column, (text, _width) in enumerate(headings):
            sheet.write_string(0, column, text, self.needed if column in needed else self.heading)
        sheet.freeze_panes(1, 0)
        if headings:
            sheet.autofilter(0, 0, 0, len(headings) - 1)
        return Page(self, sheet)

    def content(self) -> bytes:
        self.file.close()
        return self.stream.getvalue()
