"""A sheet of rows under headings, out of an Excel or CSV file of whatever encoding people have."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass, field
from io import StringIO
from typing import Any, NoReturn

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from kernel.exchange import xlsx
from kernel.exchange.columns import distinct
from kernel.exchange.xlsx import Raw, bad, too_many

MAX_BYTES = 20 * 2**20
MAX_ROWS = 100_000
MAX_COLUMNS = 300
MAX_HEADING = 200
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
STRANGE = {"Cc", "Cn", "Co", "Cs"}


@dataclass
class Sheet:
    """Headings and rows; `numbers` are the rows as the user's program counts them."""

    headings: list[str]
    rows: list[list[Any]]
    numbers: list[int]
    formulas: set[tuple[int, int]] = field(default_factory=set)
    percents: set[tuple[int, int]] = field(default_factory=set)


def read(content: bytes) -> Sheet:
    """Read a file; refuses what is neither Excel nor CSV with a way to go on."""
    kind = kind_of(content)
    return _sheet(xlsx.read(content, MAX_ROWS + 10, MAX_COLUMNS) if kind == "xlsx" else Raw(_csv(_text(content))))


def read_each(content: bytes) -> dict[str, Sheet]:
    """All visible sheets of an Excel file that have rows below their headings, by name; CSV is one sheet without a name."""
    if kind_of(content) == "csv":
        return {"": read(content)}
    found = xlsx.read_each(content, MAX_ROWS + 10, MAX_COLUMNS)
    return {name: _sheet(raw) for name, raw in found.items() if sum(bool(_width(row)) for row in raw.cells) > 1}


def kind_of(content: bytes) -> str:
    """`xlsx` or `csv`; a quick look before the file is taken in."""
    if not content:
        raise bad(_("The file is empty."))
    if len(content) > MAX_BYTES:
        refuse_size()
    if content.startswith(b"PK"):
        xlsx.guard(content)
        return "xlsx"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise bad(_("This is an old .xls file or one with a password. Save it as .xlsx without a password and try again."))
    _text(content)
    return "csv"


def refuse_size() -> NoReturn:
    raise bad(_("An import file may have up to %(n)d MB. Please split it.") % {"n": MAX_BYTES // 2**20}, "too_large")


def _text(content: bytes) -> str:
    """CSV text in UTF-8, UTF-16 with a mark, or GB18030."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], encoding) or _refuse_encoding()
    return _decoded(content, "utf-8") or _decoded(content, "gb18030") or _refuse_encoding()


def _decoded(content: bytes, encoding: str) -> str:
    """The text, or nothing when these bytes are something else."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return "" if any(unicodedata.category(one) in STRANGE for one in set(text) - set("\t\r\n\f")) else text


def _refuse_encoding() -> NoReturn:
    raise bad(_("This is neither an Excel file (.xlsx) nor CSV text in UTF-8 or GB18030. Save it as .xlsx and try again."), "bad_encoding")


def _csv(text: str) -> list[list[Any]]:
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    cells: list[list[Any]] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            if len(cells) > MAX_ROWS + 10 or len(row) > MAX_COLUMNS:
                raise too_many(MAX_ROWS, MAX_COLUMNS)
            cells.append(list(row))
    except csv.Error as error:
        raise bad(_("This text has no columns that can be read as CSV. Save it as .xlsx and try again.")) from error
    return cells


def blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _sheet(raw: Raw) -> Sheet:
    """Headings are the first row that is about as wide as the table; a title above it is passed over, and so are empty rows."""
    filled = [sum(not blank(cell) for cell in row) for row in raw.cells[:10]]
    if not any(filled):
        raise bad(_("The file is empty."))
    top = next(index for index, count in enumerate(filled) if count * 2 >= max(filled))
    if any(len(str(cell)) > MAX_HEADING for cell in raw.cells[top]):
        raise bad(_("The first row must hold the headings of the columns. Start from the template."))
    width = max(_width(row) for row in raw.cells[top:])
    sheet = Sheet(distinct(_heading(raw.cells[top], column) for column in range(width)), [], [])
    for index in range(top + 1, len(raw.cells)):
        if _width(raw.cells[index]) or (raw.formulas and any((index, column) in raw.formulas for column in range(width))):
            _add(sheet, raw, index, width)
    if not sheet.rows:
        raise bad(_("There are headings but no rows below them."))
    return sheet


def _width(row: list[Any]) -> int:
    return next((column + 1 for column in range(len(row) - 1, -1, -1) if not blank(row[column])), 0)


def _heading(row: list[Any], column: int) -> str:
    """A column without a heading is known by its letter."""
    return xl_col_to_name(column) if column >= len(row) or blank(row[column]) else str(row[column]).strip()


def _add(sheet: Sheet, raw: Raw, index: int, width: int) -> None:
    position, row = len(sheet.rows), raw.cells[index]
    sheet.rows.append([*row[:width], *[None] * (width - len(row))])
    sheet.numbers.append(index + 1)
    for marks, kept in ((raw.formulas, sheet.formulas), (raw.percents, sheet.percents)):
        if marks:
            kept.update((position, column) for column in range(width) if (index, column) in marks)
