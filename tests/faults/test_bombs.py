"""Small things that would become very large in whoever reads them: each reader refuses them, and the next request is served."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable, Iterator

import pytest

from tenants.moving.archive import LONGEST_CONTENTS, NotTaken, manifest_of
from tests import trade
from tests.api import Api, Json
from tests.faults.test_bad_input import QUOTES, send
from tests.kernel.sheets import PARTNER, bring, xlsx
from tests.kernel.sheets import send as upload
from tests.kernel.test_upload_kinds import begun, put

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
PARTS = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml")


@pytest.fixture
def served(api: Api) -> Iterator[None]:
    yield
    api.get("/meta/")


# JSON ----------------------------------------------------------------------------------------------------------------
def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


@pytest.mark.parametrize("depth", [40, 900, 1020, 100_000])
@pytest.mark.parametrize(
    ("method", "path", "around"),
    [
        ("POST", QUOTES, b'{"custom": %s}'),
        ("POST", f"{QUOTES}preview/", b'{"lines": %s}'),
        ("POST", "/api/v1/organization/roles/", b'{"name": "R", "grants": {"*": %s}}'),
        ("PUT", "/api/v1/me/drafts/quoting.quote:new/", b'{"values": %s, "version": null}'),
        ("PUT", "/api/v1/me/settings/home/", b'{"value": %s}'),
        ("POST", "/api/v1/login/", b'{"email": %s}'),
    ],
    ids=["custom", "lines", "grants", "draft", "setting", "log-in"],
)
def test_json_nested_without_end(api: Api, served, method: str, path: str, around: bytes, depth: int):
    status, told = send(api, around % nested(depth), path, method=method)
    assert (status, told["code"] in ("too_deep", "bad_json")) == (400, True)


def test_a_form_with_nested_json_and_a_nested_cursor(api: Api, served):
    told = upload(api, PARTNER, xlsx([["name"], ["x"]]), 400, create_missing=nested(900).decode())
    assert told["code"] == "too_deep"
    cursor = base64.urlsafe_b64encode(nested(2500)).decode()
    status, told = send(api, b"", f"{QUOTES}?cursor={cursor}", method="GET")
    assert (status, told["code"]) == (400, "bad_cursor")


# workbooks -----------------------------------------------------------------------------------------------------------
def book_with(part: str, change: Callable[[str], str]) -> bytes:
    """A workbook with one part rewritten."""
    source, stream = zipfile.ZipFile(io.BytesIO(xlsx([["name"], ["Steel"]]))), io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            text = source.read(name).decode()
            archive.writestr(name, change(text) if name == part else text)
    return stream.getvalue()


def with_entities(declared: str) -> Callable[[str], str]:
    return lambda text: text.replace("?>", f"?>{declared}", 1).replace("Steel", "&i;").replace('name="Sheet1"', 'name="&i;"')


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE], ids=["entities of entities", "a file of ours"])
@pytest.mark.parametrize("part", PARTS)
def test_entities_of_a_workbook_are_never_followed(api: Api, served, part: str, declared: str):
    """A text that names one fails; where nothing names it, it is not looked at."""
    job = upload(api, PARTNER, book_with(part, with_entities(declared)))["job"]
    told = api.get(f"/jobs/{job['id']}/")
    names = {row["name"] for row in api.rows(PARTNER)}
    assert not any("haha" in name or "root:" in name for name in names)
    assert told["state"] == ("failed" if part == "xl/sharedStrings.xml" else told["state"])


@pytest.mark.parametrize("number", ["1e400", "9" * 400, "1e999999999", "-1e-999999999"])
def test_numbers_beyond_all_measure(api: Api, served, number: str):
    units = api.rows("catalog.measure")[0]["name"]
    for content in (
        f"Item code,Name,Unit,List price\n{trade.some('B')},Bomb,{units},{number}\n".encode(),
        book_with("xl/sharedStrings.xml", lambda text: text.replace("Steel", number)),
    ):
        job = upload(api, "catalog.item", content)["job"]
        assert api.get(f"/jobs/{job['id']}/")["state"] == "failed"
    assert [row for row in api.rows("catalog.item") if row["name"] == "Bomb"] == []


# what is kept and never opened ---------------------------------------------------------------------------------------
def zeros() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (32 * 2**20))
    return stream.getvalue()


@pytest.mark.parametrize(("name", "content"), [("letter.docx", zeros()), ("data.xml", f"{LAUGHS}<x>&i;</x>".encode())])
def test_documents_are_kept_as_they_came_and_opened_by_nobody(api: Api, served, name: str, content: bytes):
    made, partner = begun(api, name, content), trade.customer(api)
    assert put(api, made, content)[0] == 200
    api.post(f"/partners/partners/{partner['id']}/files/", {"file": made["id"]}, 201)
    answer = api.client.get(f"/api/v1/files/{made['id']}/")
    assert b"".join(answer.streaming_content) == content


def test_a_picture_that_is_a_program_is_not_taken(api: Api):
    content = f'<?xml version="1.0"?>{LAUGHS}<svg>&i;</svg>'.encode()
    status, told = put(api, begun(api, "photo.png", content), content)
    assert (status, told["code"]) == (422, "file_kind")


# archives of companies -----------------------------------------------------------------------------------------------
def archive_of(contents: bytes) -> zipfile.ZipFile:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("manifest.json", contents)
    return zipfile.ZipFile(stream)


@pytest.mark.parametrize("contents", [b" " * (LONGEST_CONTENTS + 1), nested(100_000), json.dumps({"tables": {}}).encode()])
def test_an_archive_whose_contents_are_a_bomb_is_none_of_ours(contents: bytes):
    with pytest.raises(NotTaken) as no:
        manifest_of(archive_of(contents))
    assert no.value.code == "not_an_archive"


def test_the_parts_of_the_suite_are_real(api: Api):
    """Without the bomb the same workbook is taken."""
    done: Json = bring(api, PARTNER, book_with("xl/sharedStrings.xml", lambda text: text.replace("Steel", trade.some("Fine"))))
    assert done["created"] == 1
