"""The error workbook: the user's own rows, the wrong cells red, the reasons beside them. Corrected, it can be imported as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kernel.exchange.book import Book
from kernel.exchange.entries import Entry
from kernel.exchange.sheets import Sheet

COMMENTS = 500


def marked(sheet: Sheet, columns: Mapping[str, int], failed: Sequence[Entry], *, only_failed: bool) -> bytes:
    """All rows of the sheet, or only those of failed documents when the others have been imported."""
    reasons: dict[int, list[tuple[int | None, str]]] = defaultdict(list)
    for entry in failed:
        for error in entry.errors:
            row, column = entry.place(error.path, columns)
            reasons[row].append((column, str(error.detail)))
    shown = sorted(row for entry in failed for row in entry.rows) if only_failed else range(len(sheet.rows))
    book = Book()
    page = book.page(_("Rows"), [(_("What is wrong"), 60), *((heading, 18) for heading in sheet.headings)])
    comments = 0
    for place, position in enumerate(shown, 1):
        wrong = dict(reasons.get(position, []))
        page.write(place, 0, "; ".join(dict.fromkeys(text for _column, text in reasons.get(position, []))), book.bad if wrong else None)
        for column, value in enumerate(sheet.rows[position]):
            page.write(place, column + 1, _shown(sheet, position, column, value), book.bad if column in wrong else None)
            if column in wrong and comments < COMMENTS:
                page.comment(place, column + 1, wrong[column])
                comments += 1
    return book.content()


def _shown(sheet: Sheet, row: int, column: int, value: Any) -> Any:
    return "" if value is None and (row, column) in sheet.formulas else value
