"""A paper as an Excel sheet: the same words in the same order, its figures as numbers, fit to print on A4."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from kernel.printing.paper import Block, Cell

FIGURE = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d+)?")
UNFIT = re.compile(r"[\[\]:*?/\\']")
WIDE_SIGN = "\u2e80"
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "plain": {"text_wrap": True, "valign": "top"},
    "bold": {"bold": True, "text_wrap": True, "valign": "top"},
    "name": {"bold": True, "font_size": 14, "valign": "vcenter"},
    "title": {"bold": True, "font_size": 16, "font_color": "#1f5fa8", "valign": "vcenter"},
    "section": {"bold": True, "font_color": "#1f5fa8"},
    "soft": {"font_color": "#6b7787", "text_wrap": True, "valign": "top"},
    "label": {"bold": True, "align": "right", "valign": "top", "text_wrap": True},
    "heading": {"bold": True, "bg_color": "#f3f5f8", "top": 1, "bottom": 1, "text_wrap": True, "valign": "vcenter", "align": "center"},
    "cell": {"bottom": 4, "text_wrap": True, "valign": "top"},
    "middle": {"bottom": 4, "align": "center", "valign": "top", "text_wrap": True},
    "figure": {"bottom": 4, "align": "right", "valign": "top"},
    "sum": {"bold": True, "bottom": 1, "align": "right", "valign": "top"},
}
COUNT, NARROWEST, WIDEST, WIDE, USUAL, HEIGHT, HIGHEST = 5.0, 9.0, 22.0, 42.0, 18.0, 15.0, 409.0
"""Widths in letters: of the column that counts, the narrowest and the widest of the narrow ones, a wide one, one of a sheet without tables; the
height of a line in points, and of a row as Excel allows it."""
FONT = "Microsoft YaHei"
Span = tuple[int, int]


class Sheet:
    """A sheet that is written from top to bottom."""

    def __init__(self, content: Mapping[str, Any], blocks: Sequence[Block]) -> None:
        self.stream = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(self.stream, options)
        self.book.set_properties({"title": content["title"], "author": content["company"]["name"]})
        self.sheet = self.book.add_worksheet(UNFIT.sub(" ", content["number"] or content["title"])[:31])
        self.words: Mapping[str, str] = content["words"]
        self.tables = [block for block in blocks if block["kind"] == "lines"]
        self.widths = widths_of(self.tables)
        for at, width in enumerate(self.widths):
            self.sheet.set_column(at, at, width)
        self.at = 0
        self.breaks: list[int] = []
        self._formats: dict[tuple[str, str], Any] = {}

    @property
    def last(self) -> int:
        return len(self.widths) - 1

    @property
    def halves(self) -> tuple[Span, Span]:
        """The columns on the left and on the right of the middle."""
        middle = min(range(self.last), key=lambda at: abs(2 * sum(self.widths[: at + 1]) - sum(self.widths)))
        return (0, middle), (middle + 1, self.last)

    def look(self, name: str, figures: str = "") -> Any:
        key = (name, figures)
        if key not in self._formats:
            told = {"font_name": FONT, "font_size": 10, **LOOKS[name], **({"num_format": figures} if figures else {})}
            self._formats[key] = self.book.add_format(told)
        return self._formats[key]

    def put(self, told: str, look: str, span: Span, *, label: str = "", strong: str = "") -> float:
        """Text over some columns, behind a label or below what is said in bold; how many lines it takes."""
        first, last = span
        if last > first:
            self.sheet.merge_range(self.at, first, self.at, last, "", self.look(look))
        if told and (label or strong):
            before = (self.look("soft"), f"{label}  ") if label else (self.look("bold"), f"{strong}\n")
            self.sheet.write_rich_string(self.at, first, *before, self.look("plain"), told, self.look(look))
        elif FIGURE.fullmatch(told) and look in ("figure", "sum"):
            self._number(told, look, first)
        else:
            self.sheet.write_string(self.at, first, label or strong or told, self.look(look))
        whole = f"{label}  {told}" if label else f"{strong}\n{told}".strip()
        return lines_of(whole, sum(self.widths[first : last + 1]))

    def _number(self, told: str, look: str, column: int) -> None:
        """A number as it was printed."""
        whole, _dot, cents = told.partition(".")
        pattern = ("#,##0" if "," in whole or cents else "0") + (f".{'0' * len(cents)}" if cents else "")
        self.sheet.write_number(self.at, column, Decimal(told.replace(",", "")), self.look(look, pattern))

    def ended(self, *lines: float, height: float = HEIGHT) -> None:
        """The row is written; it is as high as the longest text in it needs."""
        self.sheet.set_row(self.at, min(height * max(lines, default=1), HIGHEST))
        self.at += 1

    def row(self, told: str | Sequence[str], look: str = "plain", height: float = HEIGHT) -> None:
        """Text over the whole width, or two beside each other."""
        if isinstance(told, str):
            self.ended(self.put(told, look, (0, self.last)), height=height)
        else:
            self.ended(*(self.put(one, look, half) for one, half in zip(told, self.halves, strict=True)), height=height)

    def done(self, foot: str) -> bytes:
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(0.6, 0.6, 0.7, 0.7)
        self.sheet.set_footer(f"&L&8{foot.replace('&', '&&')[:200]}&R&8&P / &N")
        self.sheet.set_h_pagebreaks(self.breaks)
        self.sheet.hide_gridlines(2)
        self.book.close()
        return self.stream.getvalue()


# measures ------------------------------------------------------------------------------------------------------------
def span_of(told: str) -> float:
    """How many letters wide; a Chinese sign is as wide as two."""
    return sum(1.9 if sign > WIDE_SIGN else 1.0 for sign in told)


def lines_of(told: str, room: float) -> float:
    return sum(max(-(-span_of(part) // max(room - 1, 1)), 1.0) for part in told.split("\n"))


def widths_of(tables: Sequence[Block]) -> list[float]:
    """The columns of the sheet: those of its widest table, each as wide as what any table has there."""
    widest = max(tables, key=lambda block: len(block["columns"]), default=None)
    if widest is None:
        return [COUNT, *[USUAL] * 5]
    found = [COUNT, *(WIDE if one["wide"] else NARROWEST for one in widest["columns"])]
    found += [USUAL] * (3 - len(found))
    for block in tables:
        for at, (first, last) in enumerate(spans_of(block, len(found) - 1)):
            found[last] = max(found[last], needed(block, at) - sum(found[first:last]))
    return found


def needed(block: Block, at: int) -> float:
    """How wide a column of a table is: a narrow one as wide as what stands in it."""
    if block["columns"][at]["wide"]:
        return NARROWEST
    told = [block["columns"][at]["label"], *(row[at] for row in block["rows"])]
    return min(max(span_of(part) for one in told for part in _strong(one).split("\n")) + 2, WIDEST)


def _strong(told: Cell) -> str:
    return told if isinstance(told, str) else str(told["strong"])


def spans_of(block: Block, last: int) -> list[Span]:
    """The columns of a table on those of the sheet: what is left over goes to its wide ones behind the first, else to its last."""
    columns = block["columns"]
    over = last - len(columns)
    takes = [at for at, one in enumerate(columns) if one["wide"] and at] or [len(columns) - 1]
    found, at = [], 1
    for index in range(len(columns)):
        more = over // len(takes) + (over % len(takes) if index == takes[-1] else 0) if index in takes else 0
        found.append((at, at + more))
        at += more + 1
    return found


# blocks --------------------------------------------------------------------------------------------------------------
def workbook(content: Mapping[str, Any], blocks: Sequence[Block]) -> bytes:
    """The blocks under the letterhead, on one sheet."""
    made = Sheet(content, blocks)
    company, words = content["company"], content["words"]
    about = "  ·  ".join(filter(None, (company["address"], company["phone"], company["tax_no"])))
    made.row(company["name"], "name", 22)
    if about:
        made.row(about, "soft")
    made.row(f"{content['title']}  {content.get('subtitle', '')}".strip(), "title", 26)
    made.row(f"{words['number']} {content['number'] or '—'}" + (f"   {words['draft']}" if content["draft"] else ""), "soft")
    for block in blocks:
        made.ended(height=6)
        WRITTEN[block["kind"]](made, block)
    return made.done(f"{company['name']}  {content['number']}")


def _titled(made: Sheet, title: str) -> None:
    if title:
        made.row(title, "section", 18)


def _facts(made: Sheet, block: Block) -> None:
    _titled(made, block["title"])
    if block["columns"] == 1:
        for label, value in block["pairs"]:
            made.ended(made.put(value, "plain", (0, made.last), label=label))
        return
    pairs = block["pairs"]
    for at in range(0, len(pairs), 2):
        made.ended(
            *(made.put(value, "plain", half, label=label) for (label, value), half in zip(pairs[at : at + 2], made.halves, strict=False))
        )


def _beside(made: Sheet, block: Block) -> None:
    """Two parties, each on its half."""
    parts = [[(part["title"], ""), *part["pairs"]] for part in block["parts"]]
    for at in range(max(map(len, parts))):
        lines = [made.put(part[at][1] or part[at][0], "plain" if part[at][1] else "section", half, label=part[at][0] if part[at][1] else "")
                 for part, half in zip(parts, made.halves, strict=False) if at < len(part)]  # fmt: skip
        made.ended(*lines)


def _lines(made: Sheet, block: Block) -> None:
    _titled(made, block["title"])
    columns, spans = block["columns"], spans_of(block, made.last)
    if block is max(made.tables, key=lambda one: len(one["rows"])):
        made.sheet.repeat_rows(made.at)
    made.put(made.words["no"], "heading", (0, 0))
    made.ended(*(made.put(one["label"], "heading", span) for one, span in zip(columns, spans, strict=True)), 1.4)
    for number, row in enumerate(block["rows"], 1):
        made.sheet.write_number(made.at, 0, number, made.look("middle"))
        made.ended(*(_cell(made, told, one["align"], span) for told, one, span in zip(row, columns, spans, strict=True)))


def _cell(made: Sheet, told: Cell, side: str, span: Span) -> float:
    if not isinstance(told, str):
        return made.put("\n".join(told["notes"]), "cell", span, strong=told["strong"])
    return made.put(told, {"right": "figure", "center": "middle"}.get(side, "cell"), span)


def _sums(made: Sheet, block: Block) -> None:
    for label, value in block["pairs"]:
        made.ended(made.put(label, "label", (0, max(made.last - 2, 0))), made.put(value, "sum", (max(made.last - 1, 1), made.last)))
    if block["capitals"]:
        made.ended(made.put(block["capitals"], "plain", (0, made.last), label=made.words["capitals"]))


def _text(made: Sheet, block: Block) -> None:
    _titled(made, block["title"])
    for one in block["paragraphs"]:
        made.row(one, "soft" if block["small"] else "plain")


def _terms(made: Sheet, block: Block) -> None:
    _titled(made, block["title"])
    for at, one in enumerate(block["items"], 1):
        made.row(f"{at}. {one}" if isinstance(one, str) else [f"{at}. {part}" if part else "" for part in one])


def _signatures(made: Sheet, block: Block) -> None:
    """Two at a time beside each other, with room to sign."""
    parties = block["parties"]
    for at in range(0, len(parties), 2):
        pair = parties[at : at + 2]
        _beside(made, {"parts": [{"title": one["role"], "pairs": one["pairs"]} for one in pair]})
        made.ended(height=40)
        for place in (f"{made.words['signature']} ________________", f"{made.words['date']} ________________"):
            made.ended(*(made.put(place, "soft", half) for _one, half in zip(pair, made.halves, strict=False)))


def _break(made: Sheet, block: Block) -> None:
    made.breaks.append(made.at)


WRITTEN: Mapping[str, Callable[[Sheet, Block], None]] = {
    "facts": _facts, "beside": _beside, "lines": _lines, "sums": _sums, "text": _text, "terms": _terms, "signatures": _signatures,
    "break": _break,
}  # fmt: skip
