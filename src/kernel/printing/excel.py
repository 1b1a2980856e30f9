"""A paper as an Excel sheet: the same words in the same order, its figures as numbers, fit to print on A4."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from kernel.printing.paper import Block

FIGURE = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d+)?")
UNFIT = re.compile(r"[\[\]:*?/\\']")
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "plain": {"text_wrap": True, "valign": "top"},
    "bold": {"bold": True, "text_wrap": True, "valign": "top"},
    "name": {"bold": True, "font_size": 14},
    "title": {"bold": True, "font_size": 16, "font_color": "#1f5fa8"},
    "section": {"bold": True, "font_color": "#1f5fa8"},
    "soft": {"font_color": "#6b7787", "valign": "top"},
    "heading": {"bold": True, "bg_color": "#f3f5f8", "top": 1, "bottom": 1, "text_wrap": True, "valign": "vcenter"},
    "cell": {"bottom": 4, "text_wrap": True, "valign": "top"},
    "middle": {"bottom": 4, "align": "center", "valign": "top"},
    "figure": {"bottom": 4, "align": "right", "valign": "top"},
}
COUNT, NARROW, WIDE, ROOM = 5, 12, 42, 96
"""Widths in letters: of the column that counts, of a narrow and of a wide one, of the whole page."""


class Sheet:
    """A sheet that is written from top to bottom."""

    def __init__(self, content: Mapping[str, Any], across: int) -> None:
        self.stream = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(self.stream, options)
        self.book.set_properties({"title": content["title"], "author": content["company"]["name"]})
        self.sheet = self.book.add_worksheet(UNFIT.sub(" ", content["number"] or content["title"])[:31])
        self.words: Mapping[str, str] = content["words"]
        self.across = across
        self.at = 0
        self._formats: dict[tuple[str, str], Any] = {}

    def look(self, name: str, figures: str = "") -> Any:
        key = (name, figures)
        if key not in self._formats:
            self._formats[key] = self.book.add_format({**LOOKS[name], **({"num_format": figures} if figures else {})})
        return self._formats[key]

    def row(self, text: str, look: str = "plain") -> None:
        """Text over the whole width; a row as high as the text needs."""
        self.sheet.merge_range(self.at, 0, self.at, self.across, "", self.look(look))
        self.sheet.write_string(self.at, 0, text, self.look(look))
        lines = max(-(-sum(2 if sign > "\u2e80" else 1 for sign in text) // ROOM), 1)
        if lines > 1:
            self.sheet.set_row(self.at, 15 * lines)
        self.at += 1

    def pair(self, label: str, value: str) -> None:
        self.sheet.write_string(self.at, 1, label, self.look("soft"))
        self.figure(self.at, 2, value, "plain")
        self.at += 1

    def figure(self, at: int, column: int, text: str, look: str) -> None:
        """A number as it was printed, or text."""
        if not FIGURE.fullmatch(text):
            self.sheet.write_string(at, column, text, self.look(look))
            return
        whole, _dot, cents = text.partition(".")
        pattern = ("#,##0" if "," in whole or cents else "0") + (f".{'0' * len(cents)}" if cents else "")
        self.sheet.write_number(at, column, Decimal(text.replace(",", "")), self.look(look, pattern))

    def done(self) -> bytes:
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(0.6, 0.6, 0.7, 0.7)
        self.sheet.set_footer("&C&P / &N")
        self.sheet.hide_gridlines(2)
        self.book.close()
        return self.stream.getvalue()


def workbook(content: Mapping[str, Any], blocks: Sequence[Block]) -> bytes:
    """The blocks under the letterhead, on one sheet."""
    tables = [block for block in blocks if block["kind"] == "lines"]
    across = max((len(block["columns"]) for block in tables), default=5)
    made = Sheet(content, across)
    widest: Block = max(tables, key=lambda block: len(block["columns"]), default={"columns": []})
    made.sheet.set_column(0, 0, COUNT)
    for at, one in enumerate(widest["columns"], 1):
        made.sheet.set_column(at, at, WIDE if one["wide"] else NARROW)
    company, words = content["company"], content["words"]
    made.row(company["name"], "name")
    made.row("  ·  ".join(filter(None, (company["address"], company["phone"], company["tax_no"]))), "soft")
    made.row(content["title"], "title")
    made.row(f"{words['number']} {content['number'] or '—'}" + (f"   {words['draft']}" if content["draft"] else ""), "soft")
    for block in blocks:
        made.at += 1
        WRITTEN[block["kind"]](made, block)
    return made.done()


def _titled(made: Sheet, title: str) -> None:
    if title:
        made.row(title, "section")


def _facts(made: Sheet, block: Block) -> None:
    _titled(made, block["title"])
    for label, value in block["pairs"]:
        made.pair(label, value)


def _beside(made: Sheet, block: Block) -> None:
    for part in block["parts"]:
        _facts(made, part)


def _lines(made: Sheet, block: Block) -> None:
    _titled(made, block["title"])
    for at, label in enumerate([made.words["no"], *(one["label"] for one in block["columns"])]):
        made.sheet.write_string(made.at, at, label, made.look("heading"))
    for number, row in enumerate(block["rows"], 1):
        at = made.at + number
        made.sheet.write_number(at, 0, number, made.look("middle"))
        for column, (told, one) in enumerate(zip(row, block["columns"], strict=True), 1):
            _cell(made, at, column, told, one["align"])
    made.at += len(block["rows"]) + 1


def _cell(made: Sheet, at: int, column: int, told: Any, side: str) -> None:
    if not isinstance(told, str):
        made.sheet.write_string(at, column, "\n".join([told["strong"], *told["notes"]]), made.look("cell"))
    elif side == "right":
        made.figure(at, column, told, "figure")
    else:
        made.sheet.write_string(at, column, told, made.look("middle" if side == "center" else "cell"))


def _sums(made: Sheet, block: Block) -> None:
    for label, value in block["pairs"]:
        made.sheet.write_string(made.at, max(made.across - 1, 0), label, made.look("bold"))
        made.figure(made.at, made.across, value, "figure")
        made.at += 1
    if block["capitals"]:
        made.row(f"{made.words['capitals']}  {block['capitals']}", "bold")


def _text(made: Sheet, block: Block) -> None:
    _titled(made, block["title"])
    for one in block["paragraphs"]:
        made.row(one, "soft" if block["small"] else "plain")


def _terms(made: Sheet, block: Block) -> None:
    _titled(made, block["title"])
    for at, one in enumerate(block["items"], 1):
        made.row(f"{at}. {one}")


def _signatures(made: Sheet, block: Block) -> None:
    for one in block["parties"]:
        _facts(made, {"title": one["role"], "pairs": one["pairs"]})
        made.row(f"{made.words['signature']} ________________   {made.words['date']} ____________", "soft")


def _break(made: Sheet, block: Block) -> None:
    made.sheet.set_h_pagebreaks([made.at])


WRITTEN: Mapping[str, Callable[[Sheet, Block], None]] = {
    "facts": _facts, "beside": _beside, "lines": _lines, "sums": _sums, "text": _text, "terms": _terms, "signatures": _signatures,
    "break": _break,
}  # fmt: skip
