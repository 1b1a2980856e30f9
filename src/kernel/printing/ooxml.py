"""What Word knows and python-docx has no words for: borders, shades, repeated rows, fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr")
"""What stands behind borders in a paragraph's properties: Word insists on the order."""
SOFT, SHADE, RULE = RGBColor(0x6B, 0x77, 0x87), "F3F5F8", "CFD6DF"


def said(line: Paragraph, text: str, *, bold: bool = False, size: float = 9.5, color: RGBColor | None = None) -> None:
    run: Any = line.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    if color is not None:
        run.font.color.rgb = color


def wide(table: Table, widths: Sequence[float]) -> None:
    table.autofit = False
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w="85", type="dxa"))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _element(name: str, **values: str) -> Any:
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def border(line: Paragraph, side: str, color: str, size: int) -> None:
    frame = _element("w:pBdr")
    frame.append(_element(f"w:{side}", val="single", sz=str(size), space="1", color=color))
    line._p.get_or_add_pPr().insert_element_before(frame, *AFTER_BORDERS)


def ruled(table: Table) -> None:
    frame = _element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        frame.append(_element(f"w:{side}", val="single", sz="4", space="0", color=RULE))
    table._tbl.tblPr.insert_element_before(frame, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def shaded(cell: _Cell) -> None:
    cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=SHADE))


def repeated(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))


def whole(row: Any) -> None:
    """Never broken over two pages."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))


def field(line: Paragraph, code: str) -> None:
    run: Any = line.add_run()
    run.font.size, run.font.color.rgb = Pt(8), SOFT
    run._r.append(_element("w:fldChar", fldCharType="begin"))
    told = _element("w:instrText")
    told.text = code
    run._r.append(told)
    run._r.append(_element("w:fldChar", fldCharType="separate"))
    shown = _element("w:t")
    shown.text = "1"
    run._r.append(shown)
    run._r.append(_element("w:fldChar", fldCharType="end"))
