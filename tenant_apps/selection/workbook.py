"""The sheets of a selection table in Excel: written to be filled in, read back by their headings in either language (spec 2.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from kernel import words
from kernel.exchange import sheets
from kernel.exchange.book import Book
from tenant_apps.selection.engine import Problem
from tenant_apps.selection.engine.table import KINDS, RULES

Row = dict[str, str]
MOST_ROWS = 5000
WIDE, NARROW = 36, 13

TITLES = {
    "options": ("选项与取值", "Options"), "rules": ("规则", "Rules"), "price": ("价格", "Price"), "code": ("型号", "Model code"), "base": ("基本", "Base"),
    "parts": ("物料", "Parts"), "routing": ("工艺", "Routing"), "crates": ("包装", "Packing"), "presets": ("模版", "Templates"),
    "questions": ("引导提问", "Questions"), "cases": ("测试用例", "Test cases"),
}  # fmt: skip
COLUMNS = {
    "options": "name label label_en group group_en kind required code value value_en mark price cost days weight unit default least most step formula spec spec_en documents",
    "rules": "code kind when then sentence sentence_en option value least most allowed",
    "price": "name label label_en of formula to",
    "code": "before option",
    "base": "days cost weight documents",
    "parts": "option value item name name_en quantity operation supply lead_days when",
    "routing": "option value seq name name_en centre hours when",
    "crates": "option value name name_en length width height weight quantity",
    "presets": "name name_en standard choices",
    "questions": "name label label_en unit option choose when sentence sentence_en",
    "cases": "name choices expect",
}
NEEDED = {
    "options": ("name",), "rules": ("code",), "price": ("name",), "code": ("option",), "parts": ("item",), "routing": ("seq", "hours"), "crates": ("name",),
    "presets": ("choices",), "questions": ("name",), "cases": ("choices", "expect"),
}  # fmt: skip
HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("名称", "Name"), "name_en": ("英文名", "English name"), "label": ("标题", "Title", "选项名称"),
    "label_en": ("英文标题", "English title", "选项英文名"), "group": ("分组", "Group"), "group_en": ("英文分组", "English group"),
    "kind": ("类型", "Kind"), "required": ("必选", "Required"), "code": ("代号", "Code", "值", "规则号"), "value": ("取值", "Value", "值名称"),
    "value_en": ("英文取值", "English value", "值英文名"), "mark": ("型号代码", "Mark"), "price": ("加价", "Price", "价格"), "cost": ("成本", "Cost"),
    "days": ("交期加天", "Days", "交期"), "weight": ("重量 kg", "Weight kg", "重量"), "unit": ("单位", "Unit"), "default": ("默认", "Default"),
    "least": ("最小", "Least"), "most": ("最大", "Most"), "step": ("步长", "Step"), "formula": ("公式", "Formula"),
    "spec": ("规格文字", "Specification"), "spec_en": ("英文规格文字", "English specification"), "documents": ("随机资料", "Documents"),
    "when": ("条件", "When", "if"), "then": ("则", "Then", "要求"), "sentence": ("说明", "Sentence", "提示"),
    "sentence_en": ("英文说明", "English sentence", "英文提示"), "option": ("选项", "Option", "选项代号"), "allowed": ("允许的组合", "Allowed combinations"),
    "of": ("合计项", "Adds up"), "to": ("进位到", "Round up to"), "before": ("分隔符", "Sign before"), "item": ("物料编码", "Item code"),
    "quantity": ("数量", "Quantity"), "operation": ("工序", "Operation"), "supply": ("供应", "Supply"), "lead_days": ("提前期", "Lead days"),
    "seq": ("工序号", "Step"), "centre": ("工作中心", "Work centre"), "hours": ("工时", "Hours"), "length": ("长 mm", "Length mm"),
    "width": ("宽 mm", "Width mm"), "height": ("高 mm", "Height mm"), "standard": ("标准", "Standard"), "choices": ("选择", "Choices"),
    "choose": ("选用条件", "Choose where"), "expect": ("期望", "Expected"),
}  # fmt: skip
"""By column: its heading in Chinese and in English, and others under which it is known."""
WORDS = {
    "single": ("单选", "Single choice"), "multi": ("多选", "Several choices"), "quantity": ("数量", "Quantity"), "number": ("数值", "Number"),
    "text": ("文本", "Text"), "file": ("文件", "File"), "derived": ("推导", "Derived"), "requires": ("要求", "Requires"), "excludes": ("互斥", "Excludes"),
    "combination": ("组合表", "Combinations"), "bound": ("数值界限", "Bound"), "default": ("默认", "Default"), "visibility": ("显示", "Visibility"),
    "warning": ("提醒", "Warning"), "review": ("工程评审", "Engineering review"), "make": ("自制", "Make"), "buy": ("外购", "Buy"), "service": ("服务", "Service"),
    "yes": ("是", "Yes"), "no": ("否", "No"),
}  # fmt: skip
CHOICES: dict[tuple[str, str], Sequence[str]] = {
    ("options", "kind"): KINDS, ("options", "required"): ("yes", "no"), ("rules", "kind"): RULES, ("parts", "supply"): ("make", "buy", "service"),
}  # fmt: skip
FIGURES = {"price", "cost", "days", "weight", "least", "most", "step", "to", "quantity", "hours"}
THOUSANDS = re.compile(r"-?\d{1,3}([,，]\d{3})+(\.\d+)?")
LONG = {
    "label",
    "label_en",
    "value",
    "value_en",
    "spec",
    "when",
    "then",
    "sentence",
    "sentence_en",
    "choices",
    "expect",
    "of",
    "allowed",
    "price",
    "formula",
}


def _headings(part: str, column: str) -> tuple[str, ...]:
    return HEADINGS["option" if (part, column) == ("options", "name") else column]


def _said(pair: tuple[str, ...]) -> str:
    return words.spoken(*pair[:2])


# writing -------------------------------------------------------------------------------------------------------------------
def written(tables: Mapping[str, Any]) -> bytes:
    """A workbook with a sheet a part and the rows that are given; empty, it is a template. Choices are drop-downs."""
    book = Book()
    for part, title in TITLES.items():
        columns, rows = COLUMNS[part].split(), tables.get(part)
        headings = [(_said(_headings(part, column)), WIDE if column in LONG else NARROW) for column in columns]
        page = book.page(_said(title), headings, [columns.index(name) for name in NEEDED.get(part, ())])
        for at, column in enumerate(columns):
            offered = [_said(WORDS[code]) for code in CHOICES.get((part, column), ())]
            if offered:
                page.sheet.data_validation(1, at, MOST_ROWS, at, {"validate": "list", "source": offered, "error_type": "warning"})
        for number, row in enumerate(rows[:MOST_ROWS] if isinstance(rows, list) else [], 1):
            for at, column in enumerate(columns):
                page.write(number, at, _cell(part, column, row.get(column) if isinstance(row, dict) else None))
    return book.content()


def _cell(part: str, column: str, value: Any) -> str:
    text = str(value or "")
    return _said(WORDS[text]) if text in CHOICES.get((part, column), ()) else text


# reading -------------------------------------------------------------------------------------------------------------------
def read(content: bytes, part: str = "") -> tuple[dict[str, list[Row]], list[Problem]]:
    """The rows of each sheet by column, and what could not be taken, by its cell (`规则!B3`). CSV, and a sheet of another name when
    there is only one, are taken for `part`."""
    found: dict[str, list[Row]] = {}
    problems: list[Problem] = []
    pages = sheets.read_each(content)
    for title, sheet in pages.items():
        name = next((one for one, titles in TITLES.items() if title.strip() in (*titles, one)), part if len(pages) == 1 else "")
        if name not in TITLES:
            told = _("The sheet “%(name)s” is none of a selection table: %(all)s. It was left out; give it one of these names.")
            problems.append(Problem(title, "unknown_sheet", told % {"name": title, "all": ", ".join(map(_said, TITLES.values()))}))
            continue
        rows, wrong = _rows(name, sheet, f"{title}!" if title else "")
        problems += wrong
        if rows:
            found[name] = rows
    if not found and not problems:
        problems.append(
            Problem("A1", "empty", _("There is nothing here. Fill in the sheets under their headings, and upload the file again."))
        )
    return found, problems


def _rows(part: str, sheet: sheets.Sheet, at: str) -> tuple[list[Row], list[Problem]]:
    columns = [_column(part, head) for head in sheet.headings]
    missing = [name for name in NEEDED.get(part, ()) if name not in columns]
    if missing:
        heads = ", ".join(_said(_headings(part, name)) for name in missing)
        return [], [Problem(f"{at}A1", "headings", _("The first row needs headings. Missing: %(heads)s.") % {"heads": heads})]
    if len(sheet.rows) > MOST_ROWS:
        return [], [Problem(f"{at}A1", "too_many", _("At most %(most)d rows are possible on a sheet.") % {"most": MOST_ROWS})]
    problems = [
        Problem(
            f"{at}{xl_col_to_name(place)}1", "unknown_heading", _("There is no column “%(name)s”; it was left out.") % {"name": head[:60]}
        )
        for place, head in enumerate(sheet.headings)
        if not columns[place] and any(not sheets.blank(row[place]) for row in sheet.rows)
    ]
    rows = []
    for number, (line, cells) in enumerate(zip(sheet.numbers, sheet.rows, strict=True)):
        row: Row = {}
        for place, cell in enumerate(cells):
            if (number, place) in sheet.formulas:
                told = _("A formula of Excel stands here. Paste its value; formulas of the table are written without =.")
                problems.append(Problem(f"{at}{xl_col_to_name(place)}{line}", "formula", told))
            elif columns[place] and not sheets.blank(cell):
                row[columns[place]] = _read(part, columns[place], cell)
        rows.append(row)
    return rows, problems


def _column(part: str, head: str) -> str:
    head = head.strip().rstrip("*").lower()
    known = {name: {name, *(one.lower() for one in _headings(part, name))} for name in COLUMNS[part].split()}
    return next((name for name, heads in known.items() if head in heads), "")


def _read(part: str, column: str, cell: Any) -> str:
    """A cell as the table keeps it: numbers without what Excel adds to them, choices by their code."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float | int):
        return f"{Decimal(repr(cell)).normalize():f}"
    text = cell.isoformat() if isinstance(cell, date) else str(cell).strip()
    if column in FIGURES and THOUSANDS.fullmatch(text):
        return re.sub("[,，]", "", text)
    return next((code for code in CHOICES.get((part, column), ()) if text.lower() in (code, *map(str.lower, WORDS[code]))), text)
