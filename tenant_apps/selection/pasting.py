"""A table as it stands in a spreadsheet, pasted or read from a file: rows of options and values, or of rules (spec 2.2)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from tenant_apps.selection.engine import Problem
from tenant_apps.selection.engine.table import KINDS, MULTI, RULES, SINGLE

Json = dict[str, Any]
MOST_ROWS, MOST_SIGNS = 5000, 2_000_000
KNOWN: dict[str, tuple[str, ...]] = {
    "option": ("option", "选项", "选项代号", "name"),
    "label": ("label", "选项名称", "名称", "option group"),
    "label_en": ("label_en", "选项英文名", "english label"),
    "group": ("group", "分组"),
    "kind": ("kind", "类型"),
    "unit": ("unit", "单位"),
    "code": ("code", "代号", "值", "规则号", "value code", "rule"),
    "value": ("value", "值名称", "value name"),
    "value_en": ("value_en", "值英文名", "english"),
    "mark": ("mark", "型号代码", "model code"),
    "price": ("price", "加价", "价格"),
    "cost": ("cost", "成本"),
    "days": ("days", "交期", "交期加天"),
    "weight": ("weight", "重量"),
    "default": ("default", "默认"),
    "when": ("when", "条件", "if"),
    "then": ("then", "则", "要求"),
    "sentence": ("sentence", "说明", "提示"),
    "sentence_en": ("sentence_en", "英文说明", "英文提示"),
}
"""Headings by which a column is known."""
NEEDED = {"options": ("option", "code"), "rules": ("code", "when", "then")}


def rows_of(text: str) -> list[list[str]]:
    """Cells as a spreadsheet puts them on the clipboard (tabs) or into a CSV file."""
    sample = text[:MOST_SIGNS].lstrip("\ufeff")
    between = "\t" if "\t" in sample.partition("\n")[0] else ";" if sample.count(";") > sample.count(",") else ","
    rows = list(csv.reader(io.StringIO(sample), delimiter=between))
    return [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]


def pasted(text: str, part: str) -> tuple[list[Json], list[Problem]]:
    """Options with their values, or rules, of pasted cells; problems name the cell (`B3`)."""
    rows = rows_of(text)
    if not rows:
        return [], [Problem("A1", "empty", _("There is nothing here. Copy the cells with their headings and paste them."))]
    if len(rows) > MOST_ROWS or len(text) > MOST_SIGNS:
        return [], [Problem("A1", "too_many", _("At most %(most)d rows can be pasted at once.") % {"most": MOST_ROWS})]
    columns = [_column(cell) for cell in rows[0]]
    missing = [name for name in NEEDED[part] if name not in columns]
    if missing:
        heads = ", ".join(KNOWN[name][1] for name in missing)
        return [], [Problem("A1", "headings", _("The first row needs headings. Missing: %(heads)s.") % {"heads": heads})]
    read: Callable[..., tuple[list[Json], list[Problem]]] = _options if part == "options" else _rules
    told = [({name: cell for name, cell in zip(columns, row, strict=False) if name and cell}, at) for at, row in enumerate(rows[1:], 2)]
    return read(told, columns)


def _column(head: str) -> str:
    head = head.strip().lower()
    return next((name for name, heads in KNOWN.items() if head in heads), "")


def _cell(columns: list[str], name: str, row: int) -> str:
    return f"{chr(65 + min(columns.index(name), 25)) if name in columns else 'A'}{row}"


def _options(rows: list[tuple[Json, int]], columns: list[str]) -> tuple[list[Json], list[Problem]]:
    """An option's rows follow each other; what stands in its first row need not be repeated."""
    found: dict[str, Json] = {}
    problems: list[Problem] = []
    name = ""
    for row, at in rows:
        name = row.get("option", name)
        if not name:
            problems.append(Problem(_cell(columns, "option", at), "required", _("The first row needs the name of its option.")))
            continue
        kind = row.get("kind", SINGLE)
        if kind not in KINDS:
            told = _("Possible are: %(all)s.") % {"all": ", ".join(KINDS)}
            problems.append(Problem(_cell(columns, "kind", at), "not_a_choice", told))
            kind = SINGLE
        option = found.setdefault(name, {"name": name, "kind": kind, "label": _text(row, "label", name), "values": []})
        option |= {key: row[key] for key in ("unit", "default") if key in row} | ({"group": _text(row, "group")} if "group" in row else {})
        if "code" not in row:
            if option["kind"] in (SINGLE, MULTI):
                problems.append(Problem(_cell(columns, "code", at), "required", _("A value needs a code.")))
            continue
        value = {"code": row["code"], "name": _text(row, "value", row["code"])}
        option["values"].append(value | {key: row[key].replace(",", "") if key != "mark" else row[key] for key in ("mark", "price", "cost", "days", "weight") if key in row})  # fmt: skip
    return list(found.values()), problems


def _rules(rows: list[tuple[Json, int]], columns: list[str]) -> tuple[list[Json], list[Problem]]:
    found, problems = [], []
    for row, at in rows:
        kind = row.get("kind", "requires")
        if kind not in RULES:
            told = _("Possible are: %(all)s.") % {"all": ", ".join(RULES)}
            problems.append(Problem(_cell(columns, "kind", at), "not_a_choice", told))
        if "code" not in row:
            problems.append(Problem(_cell(columns, "code", at), "required", _("A rule needs a code.")))
            continue
        rule = {"code": row["code"], "kind": kind, "sentence": _text(row, "sentence", row["code"])}
        found.append(rule | {key: row[key] for key in ("when", "then", "option", "value") if key in row})
    return found, problems


def _text(row: Json, name: str, otherwise: str = "") -> Json:
    zh = row.get(name, otherwise)
    return {"zh": zh, "en": row.get(f"{name}_en", zh)}
