"""Spreadsheets for tests: made, sent, and read back as a person would find them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api import PREFIX, Api, Json, at
from tests.trade import join, some

PARTNER, ITEM, RECEIPT = "partners.partner", "catalog.item", "finance.receipt"
Rows = Sequence[Sequence[Any]]


def xlsx(rows: Rows, formulas: dict[tuple[int, int], str] | None = None) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for row, values in enumerate(rows):
        sheet.write_row(row, 0, values)
    for (row, column), text in (formulas or {}).items():
        sheet.write_formula(row, column, text)
    book.close()
    return stream.getvalue()


def text(rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode(encoding)


def send(api: Api, key: str, content: bytes, status: int = 202, where: str = "import", **form: str) -> Json:
    """Post a file; the answer, whatever it is."""
    file = SimpleUploadedFile("rows.bin", content)
    answer = api.client.post(f"{PREFIX}{at(key)}{where}/", {"file": file, **form})
    assert answer.status_code == status, answer.content
    return answer.json()


def bring(api: Api, key: str, rows: Rows | bytes, state: str = "done", **form: str) -> Json:
    """Import rows and wait for the job; its result, and its message under `message`."""
    content = rows if isinstance(rows, bytes) else xlsx(rows)
    return finished(api, send(api, key, content, **form)["job"], state)


def take(api: Api, key: str, **asked: Any) -> list[list[Any]]:
    """Export and read the file back."""
    told = finished(api, api.post(f"{at(key)}export/", asked, 202)["job"])
    content = fetch(api, told["file"])
    if asked.get("format") == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    return cells(content)


def finished(api: Api, job: Json, state: str = "done") -> Json:
    told = api.get(f"/jobs/{job['id']}/")
    assert told["state"] == state, told
    return {**told["result"], "message": told["message"], "job": told}


def fetch(api: Api, url: str) -> bytes:
    answer = api.client.get(url)
    assert answer.status_code == 200, answer
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def book(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def cells(content: bytes) -> list[list[Any]]:
    return [list(row) for row in book(content).worksheets[0].iter_rows(values_only=True)]


def undo(api: Api, told: Json, state: str = "done") -> Json:
    """Take an import back and wait for the job; its result."""
    return finished(api, api.post(f"/jobs/{told['job']['id']}/undo/", status=202)["job"], state)


def named(api: Api, name: str, key: str = PARTNER) -> list[Json]:
    """The documents that have a name."""
    return [api.again(row) for row in api.rows(key, f"q={name}") if row["_label"] == name]


def colleague(api: Api, grants: Json, masks: Json | None = None) -> Api:
    """Somebody with a role of these grants."""
    name = some("Role")
    api.create("organization.role", {"name": name, "grants": grants, "masks": masks or {}})
    return join(api, name)
