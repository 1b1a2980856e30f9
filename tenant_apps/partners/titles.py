"""Further addresses and invoice titles of a partner, as lists of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kernel.refusals import FieldError, Invalid

ADDRESS = {"label": 60, "person": 60, "phone": 40, "address": 200}
TITLE = {"title": 120, "tax_no": 20, "address": 240, "bank_name": 120, "bank_account": 40}
LENGTHS = {**ADDRESS, **TITLE, "address": 240}
MOST = 50


def addresses(rows: Any) -> list[dict[str, Any]]:
    """Where else goods are delivered or papers are sent, to whom."""
    return _read("addresses", rows, ADDRESS, "address")


def titles(rows: Any) -> list[dict[str, Any]]:
    """Names under which else it is invoiced, with their tax numbers and banks."""
    return _read("titles", rows, TITLE, "title")


def _read(name: str, rows: Any, columns: Mapping[str, int], needed: str) -> list[dict[str, Any]]:
    if not isinstance(rows, list) or len(rows) > MOST:
        raise Invalid([FieldError(name, "not_a_list", _("Please send a list of at most %(n)d lines.") % {"n": MOST})])
    return [_line(f"{name}.{at}", row, columns, needed) for at, row in enumerate(rows)]


def _line(path: str, row: Any, columns: Mapping[str, int], needed: str) -> dict[str, Any]:
    if not isinstance(row, Mapping):
        raise Invalid([FieldError(path, "not_an_object", _("Please send an object of fields."))])
    unknown = next((key for key in row if key not in (*columns, "default")), None)
    if unknown is not None:
        raise Invalid([FieldError(f"{path}.{unknown}", "unknown_field", _("There is no field “%(name)s” here.") % {"name": unknown})])
    told: dict[str, Any] = {key: str(row.get(key) or "").strip() for key in columns}
    for key, most in columns.items():
        if len(told[key]) > most:
            raise Invalid([FieldError(f"{path}.{key}", "too_long", _("At most %(n)d characters.") % {"n": most})])
    if not told[needed]:
        raise Invalid([FieldError(f"{path}.{needed}", "required", _("Please fill in this line, or take it out."))])
    return told | {"default": row.get("default") is True}
