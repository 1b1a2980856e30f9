"""A paper as a Word document: A4 with letterhead, repeated headings of tables and page numbers, to be worked on further."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_SECTION_START
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from kernel.printing import ooxml
from kernel.printing.paper import Block

ACCENT = RGBColor(0x1F, 0x5F, 0xA8)
CHINESE, LATIN = "Microsoft YaHei", "Calibri"
ROOM = 176
"""Millimetres between the margins."""
SIDES = {"left": WD_ALIGN_PARAGRAPH.LEFT, "right": WD_ALIGN_PARAGRAPH.RIGHT, "center": WD_ALIGN_PARAGRAPH.CENTER}
COUNT, FIGURE, NARROWEST = 9, 1.9, 13
"""Width of the column that counts; of a letter of a narrow column; of the narrowest column, in millimetres."""


def document(content: Mapping[str, Any], blocks: Sequence[Block]) -> bytes:
    """The blocks under the letterhead."""
    made = Document()
    _look(made)
    made.core_properties.title, made.core_properties.author = f"{content['title']} {content['number']}".strip(), content["company"]["name"]
    _head(made, content)
    _foot(made, content)
    for block in blocks:
        SET[block["kind"]](made, block, content["words"])
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def _look(made: Doc) -> None:
    style: Any = made.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(9.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), CHINESE)
    style.paragraph_format.space_after, style.paragraph_format.space_before = Pt(2), Pt(0)
    page = made.sections[0]
    page.start_type = WD_SECTION_START.NEW_PAGE
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(17)
    page.top_margin, page.bottom_margin, page.header_distance, page.footer_distance = Mm(32), Mm(20), Mm(11), Mm(9)


def _head(made: Doc, content: Mapping[str, Any]) -> None:
    company, words = content["company"], content["words"]
    header = made.sections[0].header
    table = header.add_table(1, 2, Mm(ROOM))
    left, right = table.rows[0].cells
    ooxml.wide(table, [104, 72])
    line = left.paragraphs[0]
    if company["logo"]:
        try:
            line.add_run().add_picture(BytesIO(bytes(company["logo"])), height=Mm(11))
            line.add_run("  ")
        except UnrecognizedImageError:  # a drawing (SVG): Word sets none
            pass
    ooxml.said(line, company["name"], bold=True, size=13)
    if company["tax_no"]:
        ooxml.said(left.add_paragraph(), f"{words['tax_no']} {company['tax_no']}", size=8, color=ooxml.SOFT)
    title = right.paragraphs[0]
    title.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    ooxml.said(title, content["title"], bold=True, size=17, color=ACCENT)
    ooxml.said(title, f"  {content.get('subtitle', '')}".rstrip(), bold=True, size=11, color=ACCENT)
    number = right.add_paragraph()
    number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    marked = f"   {words['draft']}" if content["draft"] else ""
    ooxml.said(number, f"{words['number']} {content['number'] or '—'}{marked}", size=9, color=ooxml.SOFT)
    first = header.paragraphs[0]
    header._element.append(first._element)  # the line goes below the names
    first.paragraph_format.space_after = Pt(10)
    ooxml.border(first, "bottom", "1F5FA8", 10)


def _foot(made: Doc, content: Mapping[str, Any]) -> None:
    line = made.sections[0].footer.paragraphs[0]
    line.paragraph_format.tab_stops.add_tab_stop(Mm(ROOM), WD_TAB_ALIGNMENT.RIGHT)
    company = content["company"]
    ooxml.said(line, "  ·  ".join(filter(None, (company["address"], company["phone"]))) + "\t", size=8, color=ooxml.SOFT)
    ooxml.field(line, "PAGE")
    ooxml.said(line, " / ", size=8, color=ooxml.SOFT)
    ooxml.field(line, "NUMPAGES")
    ooxml.border(line, "top", ooxml.RULE, 4)


# blocks --------------------------------------------------------------------------------------------------------------
def _titled(made: Doc, title: str) -> None:
    if title:
        line = made.add_paragraph()
        line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(10), Pt(4)
        line.paragraph_format.keep_with_next = True
        ooxml.said(line, title, bold=True, size=10, color=ACCENT)


def _facts(made: Doc, block: Block, words: Mapping[str, str]) -> None:
    _titled(made, block["title"])
    columns = block["columns"]
    rows = -(-len(block["pairs"]) // columns)
    table = made.add_table(rows, columns)
    ooxml.wide(table, [ROOM / columns] * columns)
    for at, (label, value) in enumerate(block["pairs"]):
        _pair(table.cell(at // columns, at % columns).paragraphs[0], label, value)


def _beside(made: Doc, block: Block, words: Mapping[str, str]) -> None:
    table = made.add_table(1, len(block["parts"]))
    ooxml.wide(table, [ROOM / len(block["parts"])] * len(block["parts"]))
    for cell, part in zip(table.rows[0].cells, block["parts"], strict=True):
        _party(cell, part["title"], part["pairs"])
    made.add_paragraph()


def _party(cell: _Cell, title: str, pairs: Sequence[Sequence[str]]) -> None:
    ooxml.said(cell.paragraphs[0], title, bold=True, size=9, color=ACCENT)
    for label, value in pairs:
        _pair(cell.add_paragraph(), label, value)


def _pair(line: Paragraph, label: str, value: str) -> None:
    ooxml.said(line, f"{label}  ", color=ooxml.SOFT)
    ooxml.said(line, value)


def _lines(made: Doc, block: Block, words: Mapping[str, str]) -> None:
    _titled(made, block["title"])
    columns = block["columns"]
    table = made.add_table(1, 1 + len(columns))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    widths = widths_of(block)
    for cell, label, side in zip(table.rows[0].cells, [words["no"], *_labels(block)], _sides(block), strict=True):
        ooxml.said(cell.paragraphs[0], label, bold=True, size=8.5)
        cell.paragraphs[0].alignment = side
        ooxml.shaded(cell)
    ooxml.repeated(table.rows[0])
    for at, row in enumerate(block["rows"], 1):
        added = table.add_row()
        ooxml.whole(added)
        for cell, told, side in zip(added.cells, [str(at), *row], _sides(block), strict=True):
            cell.paragraphs[0].alignment = side
            _cell(cell, told)
    ooxml.wide(table, widths)
    ooxml.ruled(table)


def _labels(block: Block) -> list[str]:
    return [one["label"] for one in block["columns"]]


def _sides(block: Block) -> list[Any]:
    return [WD_ALIGN_PARAGRAPH.CENTER, *(SIDES[one["align"]] for one in block["columns"])]


def widths_of(block: Block) -> list[float]:
    """Narrow columns as wide as what stands in them; the wide ones share the rest."""
    found: list[float] = [COUNT]
    for at, one in enumerate(block["columns"]):
        told = [one["label"], *(row[at] for row in block["rows"])]
        longest = max(_span(part) for cell in told for part in (cell if isinstance(cell, str) else cell["strong"]).split("\n"))
        found.append(0 if one["wide"] else min(max(longest * FIGURE + 4, NARROWEST), 45))
    wide = [at for at, width in enumerate(found) if not width]
    rest = max((ROOM - sum(found)) / len(wide), 25) if wide else 0
    return [width or rest for width in found]


def _span(text: str) -> float:
    """How many letters wide; a Chinese sign is as wide as two figures."""
    return sum(1.7 if sign > "\u2e80" else 1 for sign in text)


def _cell(cell: _Cell, told: Any) -> None:
    line = cell.paragraphs[0]
    if isinstance(told, str):
        ooxml.said(line, told, size=9)
        return
    ooxml.said(line, told["strong"], bold=True, size=9)
    for note in told["notes"]:
        ooxml.said(cell.add_paragraph(), note, size=8, color=ooxml.SOFT)


def _sums(made: Doc, block: Block, words: Mapping[str, str]) -> None:
    *parts, (label, total) = block["pairs"]
    for name, value in parts:
        line = made.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        ooxml.said(line, f"{name}  ", color=ooxml.SOFT)
        ooxml.said(line, value)
    line = made.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    ooxml.said(line, f"{label}  {total}", bold=True, size=11)
    if block["capitals"]:
        _pair(made.add_paragraph(), words["capitals"], block["capitals"])
    ooxml.border(made.paragraphs[-1], "bottom", "1F2A37", 6)


def _text(made: Doc, block: Block, words: Mapping[str, str]) -> None:
    _titled(made, block["title"])
    size, color = (8.5, ooxml.SOFT) if block["small"] else (9.5, None)
    for one in block["paragraphs"]:
        for line, told in _places(made, one):
            ooxml.said(line, told, size=size, color=color)


def _terms(made: Doc, block: Block, words: Mapping[str, str]) -> None:
    _titled(made, block["title"])
    for at, one in enumerate(block["items"], 1):
        for line, told in _places(made, one):
            line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Mm(6), Mm(-6)
            line.paragraph_format.tab_stops.add_tab_stop(Mm(6))
            ooxml.said(line, f"{at}.\t{told}", size=9)


def _places(made: Doc, sentence: str | Sequence[str]) -> list[tuple[Paragraph, str]]:
    """Where a sentence is written: a line, or two beside each other for both languages."""
    if isinstance(sentence, str):
        return [(made.add_paragraph(), sentence)]
    table = made.add_table(1, 2)
    ooxml.wide(table, [ROOM / 2] * 2)
    ooxml.whole(table.rows[0])
    return [(cell.paragraphs[0], told) for cell, told in zip(table.rows[0].cells, sentence, strict=True) if told]


def _signatures(made: Doc, block: Block, words: Mapping[str, str]) -> None:
    made.add_paragraph()
    table = made.add_table(2, len(block["parties"]))
    ooxml.wide(table, [ROOM / len(block["parties"])] * len(block["parties"]))
    for row in table.rows:
        ooxml.whole(row)
    for at, one in enumerate(block["parties"]):
        _party(table.cell(0, at), one["role"], one["pairs"])
        for line in table.cell(0, at).paragraphs:
            line.paragraph_format.keep_with_next = True
        below = table.cell(1, at)
        below.paragraphs[0].paragraph_format.space_before = Pt(34)
        ooxml.said(below.paragraphs[0], f"{words['signature']} ____________________", size=8, color=ooxml.SOFT)
        ooxml.said(below.add_paragraph(), f"{words['date']} ____________________", size=8, color=ooxml.SOFT)


def _break(made: Doc, block: Block, words: Mapping[str, str]) -> None:
    made.add_page_break()


SET: Mapping[str, Callable[[Doc, Block, Mapping[str, str]], None]] = {
    "facts": _facts, "beside": _beside, "lines": _lines, "sums": _sums, "text": _text, "terms": _terms, "signatures": _signatures,
    "break": _break,
}  # fmt: skip
