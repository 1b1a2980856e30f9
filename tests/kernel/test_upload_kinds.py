"""What a file is, its bytes tell; a name is only what somebody says."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests import trade
from tests.api import Api

ZIP = io.BytesIO()
with zipfile.ZipFile(ZIP, "w") as packed:
    packed.writestr("a.txt", "a")

RUNS = {
    "report.pdf": b"MZ\x90\x00" + b"\0" * 60,
    "tool.bin": b"\x7fELF" + b"\0" * 60,
    "app.dat": b"\xcf\xfa\xed\xfe" + b"\0" * 60,
    "notes.txt": b"#!/bin/sh\nrm -rf /\n",
    "page.txt": b"\xef\xbb\xbf  <!DOCTYPE HTML><script>alert(1)</script>",
    "photo.png": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "data.xml": b'<?xml version="1.0"?><svg onload="alert(1)"/>',
    "shell.csv": b"<?php system($_GET[0]);",
}
OTHER = {
    "drawing.pdf": b"just words",
    "photo.png": b"\xff\xd8\xff\xe0" + b"\0" * 20,
    "list.xlsx": b"name;price\n",
    "old.xls": ZIP.getvalue(),
}
FINE = {
    "drawing.pdf": b"%PDF-1.7\n...",
    "photo.jpeg": b"\xff\xd8\xff\xe0" + b"\0" * 20,
    "list.xlsx": ZIP.getvalue(),
    "part.step": b"ISO-10303-21;\nHEADER;",
    "plan.dwg": b"AC1032" + b"\0" * 20,
    "data.xml": b'<?xml version="1.0"?><order/>',
    "words.txt": "试验机".encode(),
}


@pytest.fixture(scope="module")
def partner(api: Api) -> dict:
    return trade.customer(api)


def begun(api: Api, name: str, content: bytes) -> dict:
    return api.post("/files/", {"name": name, "type": "text/html", "size": len(content)}, 201)


def put(api: Api, made: dict, content: bytes) -> tuple[int, dict]:
    answer = api.client.put(made["upload"]["url"], content, content_type="application/octet-stream")
    return answer.status_code, answer.json()


@pytest.mark.parametrize(("name", "content"), RUNS.items())
def test_programs_and_pages_are_not_taken_whatever_their_name(api: Api, name: str, content: bytes):
    status, told = put(api, begun(api, name, content), content)
    assert (status, told["code"]) == (422, "file_kind")


@pytest.mark.parametrize(("name", "content"), OTHER.items())
def test_what_is_not_what_it_says_is_not_attached(api: Api, partner: dict, name: str, content: bytes):
    made = begun(api, name, content)
    assert put(api, made, content)[0] == 200
    told = api.post(f"/partners/partners/{partner['id']}/files/", {"file": made["id"]}, 422)
    assert told["code"] == "file_content" and name in told["detail"]


@pytest.mark.parametrize(("name", "content"), FINE.items())
def test_usual_files_are(api: Api, partner: dict, name: str, content: bytes):
    made = begun(api, name, content)
    assert put(api, made, content)[0] == 200
    api.post(f"/partners/partners/{partner['id']}/files/", {"file": made["id"]}, 201)


def test_its_kind_is_told_by_its_name_and_not_by_who_sent_it(api: Api):
    made = begun(api, "words.txt", b"words")
    put(api, made, b"words")
    answer = api.client.get(f"/api/v1/files/{made['id']}/")
    assert answer["Content-Type"] == "text/plain"
    assert answer["X-Content-Type-Options"] == "nosniff" and "attachment" in answer["Content-Disposition"]
