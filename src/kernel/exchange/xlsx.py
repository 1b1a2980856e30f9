"""Excel files from strangers: looked over before they are unpacked, never calculated."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from kernel.refusals import Refused

MAX_UNPACKED = 150 * 2**20
SMALL = 8 * 2**20
MAX_RATIO = 150
MAX_PARTS = 2000
CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*(?<!/)>(\s*<(?:\w+:)?f[\s>/])?")
STYLE = re.compile(rb"\bs=[\"'](\d+)[\"']")
SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
RELATION_ID = re.compile(r"\br:id=[\"']([^\"']+)[\"']")
RELATIONSHIP = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
FORMAT = re.compile(r"<(?:\w+:)?numFmt\s[^>]*>")
XF = re.compile(r"<(?:\w+:)?xf\s[^>]*>")
PERCENT_FORMATS = {9, 10}


def bad(detail: str, code: str = "bad_file") -> Refused:
    return Refused(code, detail, status=422)


@dataclass
class Raw:
    """A visible sheet: its cells from A1 on, and where formulas and percentages stand ((row, column) from 0)."""

    cells: list[list[Any]]
    formulas: set[tuple[int, int]] = field(default_factory=set)
    percents: set[tuple[int, int]] = field(default_factory=set)


def guard(content: bytes) -> zipfile.ZipFile:
    """Open the container; refuse one that would unpack to far more than it says or than anybody types."""
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise bad(_("This is not a readable Excel file. Open it in Excel, save it as .xlsx and try again.")) from error
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or (unpacked > SMALL and unpacked > MAX_RATIO * len(content)):
        raise bad(_("This file would unpack to %(n)d MB, which no sheet needs. It was not opened.") % {"n": unpacked // 2**20}, "zip_bomb")
    if "xl/workbook.xml" not in archive.namelist():
        raise bad(_("This is a ZIP archive but not an Excel file. Save the sheet as .xlsx and try again."))
    return archive


def read(content: bytes, max_rows: int, max_columns: int) -> Raw:
    """The cells of the first visible sheet."""
    (found,) = read_each(content, max_rows, max_columns, 1).values()
    return found


def read_each(content: bytes, max_rows: int, max_columns: int, most: int | None = None) -> dict[str, Raw]:
    """The cells of the visible sheets by their names; of the first `most` only."""
    archive = guard(content)
    try:
        _unpack(archive)
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        styles = archive.read("xl/styles.xml").decode("utf-8", "replace") if "xl/styles.xml" in archive.namelist() else ""
        shares = _percent_styles(styles)
        return {book.sheet_names[at]: _sheet(archive, book, at, (max_rows, max_columns), shares) for at in _visible(book)[:most]}
    except Refused:
        raise
    except (CalamineError, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise bad(_("This Excel file is damaged. Open it in Excel, save it as .xlsx and try again.")) from error


def _sheet(archive: zipfile.ZipFile, book: CalamineWorkbook, index: int, most: tuple[int, int], shares: set[int]) -> Raw:
    formulas, styled = _scan(archive.read(_part_name(archive, index)), *most)
    cells = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
    return Raw(cells, formulas, {place for place, style in styled.items() if style in shares})


def _unpack(archive: zipfile.ZipFile) -> None:
    """Unpack every part once, no further than it says: one that is larger than it says breaks its checksum here."""
    for part in archive.infolist():
        if part.filename.lower().endswith((".xml", ".rels")):
            archive.read(part)


def _visible(book: CalamineWorkbook) -> list[int]:
    shown = [one.visible == SheetVisibleEnum.Visible and one.typ == SheetTypeEnum.WorkSheet for one in book.sheets_metadata]
    if not any(shown):
        raise bad(_("There is no visible sheet in this file."))
    return [index for index, one in enumerate(shown) if one]


def _part_name(archive: zipfile.ZipFile, index: int) -> str:
    """The part of the container that holds the sheet at a position."""
    sheets = SHEET.findall(archive.read("xl/workbook.xml").decode("utf-8", "replace"))
    wanted = RELATION_ID.search(sheets[index])
    for relation in RELATIONSHIP.findall(archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")):
        attributes = dict(re.findall(r"(\w+)=[\"']([^\"']*)[\"']", relation))
        if wanted and attributes.get("Id") == wanted[1]:
            target = attributes["Target"]
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(index)


def _scan(part: bytes, max_rows: int, max_columns: int) -> tuple[set[tuple[int, int]], dict[tuple[int, int], int]]:
    """Where formulas stand and how cells are styled; refuses a sheet whose far corner would fill the memory."""
    formulas: set[tuple[int, int]] = set()
    styled: dict[tuple[int, int], int] = {}
    columns: dict[bytes, int] = {}
    for match in CELL.finditer(part):
        letters, row = match[1], int(match[2]) - 1
        column = columns.get(letters)
        if column is None:
            column = columns[letters] = _column(letters)
        if row > max_rows or column >= max_columns:
            raise too_many(max_rows, max_columns)
        if match[3]:
            formulas.add((row, column))
        style = STYLE.search(match[0])
        if style:
            styled[row, column] = int(style[1])
    return formulas, styled


def too_many(max_rows: int, max_columns: int) -> Refused:
    return bad(
        _("A file may have up to %(rows)d rows and %(columns)d columns. Please split it.") % {"rows": max_rows, "columns": max_columns},
        "too_large",
    )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _percent_styles(styles: str) -> set[int]:
    """Styles that show 0.13 as 13 %."""
    shares = set(PERCENT_FORMATS)
    for one in FORMAT.findall(styles):
        attributes = dict(re.findall(r"(\w+)=\"([^\"]*)\"", one))
        if "%" in attributes.get("formatCode", ""):
            shares.add(int(attributes.get("numFmtId", "0")))
    _before, _tag, cell_styles = styles.partition("cellXfs")
    ids = [re.search(r"numFmtId=\"(\d+)\"", xf) for xf in XF.findall(cell_styles.partition("cellXfs>")[0])]
    return {index for index, found in enumerate(ids) if found and int(found[1]) in shares}
