"""Templates that say what goes in, and files that cannot be read: refused with a clear word and without harm."""

from __future__ import annotations

import io
import re
import secrets
import zipfile

import pytest

from tests.api import Api, at
from tests.kernel.sheets import ITEM, PARTNER, book, bring, named, send, text, xlsx
from tests.trade import some


# the template ---------------------------------------------------------------------------------------------------------
def template(api: Api, key: str, language: str = "en"):
    answer = api.client.get(
        f"/api/v1{at(key)}import/template/", headers={"Accept-Language": language, "Accept": "application/octet-stream"}
    )
    assert answer.status_code == 200
    return book(answer.content)


def test_the_template_says_what_each_column_takes(api: Api):
    page = template(api, ITEM).worksheets[0]
    headings = {cell.value: cell for cell in page[1]}
    assert {"Item code*", "Name*", "Unit*", "Category"} <= set(headings)
    assert headings["Name*"].font.color.rgb != headings["Category"].font.color.rgb
    assert headings["Unit*"].comment.text.startswith("Required.")
    assert page.freeze_panes == "A2"


def test_the_template_lists_the_values_to_choose_from(api: Api):
    made = template(api, ITEM)
    values = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in made["Values"].columns}
    assert values["Supply"] == ["Made", "Bought", "Service", "Phantom"]
    assert set(values["Tax rate"]) == {row["name"] for row in api.rows("catalog.tax")}
    assert made.worksheets[0].data_validations.count >= 2


def test_a_filled_in_template_is_understood(api: Api):
    page = template(api, PARTNER).worksheets[0]
    headings = [cell.value for cell in page[1]]
    name = some("Filled")
    row = dict.fromkeys(headings) | {"Name*": name, "Grade": "A", "Active": "Yes", "Contacts·Name*": "Wang", "Contacts·Main contact": "No"}
    assert bring(api, PARTNER, [headings, list(row.values())])["ignored"] == []
    (found,) = named(api, name)
    assert (found["grade"], found["active"], found["contacts"][0]["name"]) == ("A", True, "Wang")


# bad files ------------------------------------------------------------------------------------------------------------
def bomb() -> bytes:
    stream = io.BytesIO(xlsx([["name"], ["x"]]))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", b"\0" * (64 * 2**20))
    return stream.getvalue()


def far_corner() -> bytes:
    """Two cells, the second where a full grid up to it would need hundreds of gigabytes."""
    source, stream = zipfile.ZipFile(io.BytesIO(xlsx([["name"], ["x"]]))), io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.namelist():
            content = source.read(part)
            if part.endswith("sheet1.xml"):
                content = re.sub(rb'r="A2"', b'r="XFD1048576"', content).replace(b'<row r="2"', b'<row r="1048576"')
            archive.writestr(part, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "bad_file"),
        (secrets.token_bytes(10 * 2**20), "bad_encoding"),
        (b"PK\x03\x04" + secrets.token_bytes(2**20), "bad_file"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 5000, "bad_file"),
        ("name\nMüller".encode("latin-1") + b"\xff", "bad_encoding"),
        ("name\n宝钢".encode("utf-16-le"), "bad_encoding"),
        (b"name\n" + b"\0" * 100, "bad_encoding"),
        (bomb(), "zip_bomb"),
    ],
    ids=["empty", "garbage", "broken zip", "old xls", "latin-1", "utf-16 without mark", "zeros", "zip bomb"],
)
def test_a_bad_file_is_refused_at_the_door(api: Api, nothing_written, content: bytes, code: str):
    told = send(api, PARTNER, content, 422)
    assert (told["code"], bool(told["detail"])) == (code, True)


def lying_bomb() -> bytes:
    """Strings that unpack to 64 MB under a directory that says 100 bytes."""
    source, stream = zipfile.ZipFile(io.BytesIO(xlsx([["name"], ["x"]]))), io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.namelist():
            archive.writestr(part, b" " * (64 * 2**20) if part.endswith("sharedStrings.xml") else source.read(part))
        archive.getinfo("xl/sharedStrings.xml").file_size = 100
    return stream.getvalue()


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(api: Api, nothing_written):
    assert bring(api, PARTNER, lying_bomb(), "failed")["code"] == "bad_file"


def test_a_file_of_one_endless_line_and_one_with_a_far_corner_fail_with_a_reason(api: Api, nothing_written):
    assert bring(api, PARTNER, b"x" * (10 * 2**20), "failed")["code"] == "bad_file"
    assert bring(api, PARTNER, far_corner(), "failed")["code"] == "too_large"


@pytest.mark.parametrize("formula", ["=cmd|' /C calc'!A0", "=1+1", '=HYPERLINK("http://x","y")'])
def test_formulas_are_neither_calculated_nor_taken(api: Api, nothing_written, formula: str):
    inside = xlsx([["name", "phone"], [some("F"), ""]], {(1, 1): formula})
    for content in (inside, xlsx([["name", "phone"], [some("F"), formula]]), text([["name", "phone"], [some("F"), formula]])):
        (error,) = bring(api, PARTNER, content, "failed")["errors"]
        assert (error["row"], error["path"], error["code"]) == (2, "phone", "formula")


def test_a_missing_file_and_a_wrong_choice_are_told(api: Api):
    url = f"/api/v1{at(PARTNER)}import/"
    assert api.client.post(url, {}).json()["errors"][0]["path"] == "file"
    assert [error["path"] for error in send(api, PARTNER, xlsx([["name"], ["x"]]), 422, mode="replace")["errors"]] == ["mode"]


def test_who_may_not_import_or_export_is_told(as_role):
    nobody = as_role()
    send(nobody, PARTNER, xlsx([["name"], ["x"]]), 403)
    nobody.post(f"{at(PARTNER)}export/", {}, 403)
    nobody.get(f"{at(PARTNER)}import/template/", 403)
