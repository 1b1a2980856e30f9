"""Imports and exports: what is in a sheet becomes documents by the same rules as a form, can be taken back, and comes out again."""

from __future__ import annotations

import io
import re
import secrets
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter

from kernel import jobs
from kernel.models import Event, Job
from tenant_apps.partners.models import Contact, Partner
from tenants.context import tenant_context
from tests.api import Api, at
from tests.kernel.sheets import book, bring, cells, fetch, finished, send, take, text, xlsx
from tests.trade import customer, item, join, some

PARTNER, ITEM, RECEIPT = "partners.partner", "catalog.item", "finance.receipt"


def named(api: Api, name: str) -> list[dict]:
    return [api.again(row) for row in api.rows(PARTNER, f"name={name}")]


@pytest.fixture
def nothing_written(api: Api):
    """Whatever happens in the test, no customer and no event of one is added."""
    with tenant_context(api.company):
        before = Partner.objects.count(), Event.objects.filter(subject=PARTNER).count()
    yield
    with tenant_context(api.company):
        assert (Partner.objects.count(), Event.objects.filter(subject=PARTNER).count()) == before


# the template --------------------------------------------------------------------------------------------------------
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
    assert values["Supply"] == ["Made", "Bought", "Service"]
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


# reading files -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_the_encodings_people_have(api: Api, encoding: str, delimiter: str):
    name = f"宝钢研究院 {secrets.token_hex(4)}"
    bring(api, PARTNER, text([["name", "address"], [name, "上海市, 宝山区; 富锦路 885 号"]], delimiter, encoding))
    assert [row["address"] for row in named(api, name)] == ["上海市, 宝山区; 富锦路 885 号"]


def test_columns_are_known_by_heading_in_either_language_and_by_name(api: Api):
    told = send(api, PARTNER, xlsx([["Name*", " short NAME ", "tax_no", "Contacts: Phone", "Shoe size"], ["x"]]), 200, "import/inspect")
    assert told["mapping"] == {
        "Name*": "name",
        "short NAME": "short_name",
        "tax_no": "tax_no",
        "Contacts: Phone": "contacts.phone",
        "Shoe size": None,
    }
    assert told["sample"] == [["x", "", "", "", ""]]
    assert {"path": "name", "label": "Name", "required": True} in told["fields"]


def test_a_chosen_mapping_counts_and_what_is_left_out_is_told(api: Api):
    name = some("Mapped")
    told = bring(api, PARTNER, [["Firma", "Name", "Color"], [name, "ignored", "red"]], mapping='{"Firma": "name"}')
    assert told["ignored"] == ["Name", "Color"]
    assert len(named(api, name)) == 1


def test_a_mapping_of_nothing_known_is_refused(api: Api, nothing_written):
    assert bring(api, PARTNER, [["Firma"], ["x"]], "failed")["code"] == "no_columns"
    assert bring(api, PARTNER, [["Name"], ["x"]], "failed", mapping='{"Name": "owner.password"}')["code"] == "bad_mapping"
    assert bring(api, PARTNER, [["A", "B"], ["x", "y"]], "failed", mapping='{"A": "name", "B": "name"}')["code"] == "bad_mapping"


def test_a_title_and_empty_rows_are_passed_over_and_rows_keep_their_numbers(api: Api):
    rows = [["Our customers"], [], ["Name", "Grade", "Phone"], [some("A"), "A", "1"], [], [some("B"), "X", "2"]]
    told = bring(api, PARTNER, rows, on_error="skip")
    assert [(error["row"], error["heading"]) for error in told["errors"]] == [(6, "Grade")]


def test_cells_are_what_they_look_like(api: Api):
    """A number stays exact, a percentage of Excel is percent, a code typed as number has no decimals, a date is a date."""
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream)
    sheet, share, day = (
        workbook.add_worksheet(),
        workbook.add_format({"num_format": "0.0%"}),
        workbook.add_format({"num_format": "yyyy-mm-dd"}),
    )
    code = secrets.randbelow(10**9) + 10**9
    sheet.write_row(0, 0, ["code", "name", "measure", "tax", "list_price", "floor_percent", "spec", "active"])
    sheet.write_row(1, 0, [code, "Cell", api.rows("catalog.measure")[0]["name"], api.rows("catalog.tax")[0]["name"], 1234567.891234])
    sheet.write_number(1, 5, 0.875, share)
    sheet.write_datetime(1, 6, datetime(2026, 11, 21), day)
    sheet.write_boolean(1, 7, False)
    workbook.close()
    bring(api, ITEM, stream.getvalue())
    made = api.one(ITEM, f"code={code}")
    assert (made["list_price"], made["floor_percent"], made["spec"], made["active"]) == ("1234567.891234", "87.5", "2026-11-21", False)


def test_a_number_that_excel_has_rounded_is_not_taken_as_text(api: Api, nothing_written):
    (error,) = bring(api, PARTNER, [["name", "tax_no"], [some("A"), 913101150000123456]], "failed")["errors"]
    assert (error["path"], error["code"]) == ("tax_no", "digits")


# lines and references ------------------------------------------------------------------------------------------------
def test_lines_stand_in_rows_of_their_own_below_their_document(api: Api):
    one, two = some("One"), some("Two")
    rows = [
        ["name", "grade", "contacts.name", "contacts.phone"],
        [one, "A", "Li", "1"],
        ["", "", "Wu", "2"],
        [one, "A", "Xu", "3"],
        [two, "B", "", ""],
    ]
    assert bring(api, PARTNER, rows)["created"] == 2
    assert [contact["name"] for contact in named(api, one)[0]["contacts"]] == ["Li", "Wu", "Xu"]
    assert named(api, two)[0]["contacts"] == []


def test_references_are_written_by_number_or_name_and_found_all_at_once(api: Api, django_assert_max_num_queries):
    measure, tax = api.rows("catalog.measure")[0], api.rows("catalog.tax")[0]
    rows = [["code", "name", "measure", "tax"], *([some("R"), "Part", measure["name"], tax["name"]] for _ in range(30))]
    with django_assert_max_num_queries(80):
        assert bring(api, ITEM, rows)["created"] == 30
    assert api.one(ITEM, f"code={rows[7][0]}")["measure"]["id"] == measure["id"]


def test_lines_refer_too_and_are_changed_by_what_they_refer_to(api: Api):
    bolt, nut, name = item(api), item(api), some("List")
    rows = [
        ["name", "valid_from", "lines.item", "lines.price"],
        [name, date(2026, 1, 1), bolt["code"], 12.5],
        ["", "", nut["name"] + " ", "1,000.25"],
    ]
    told = bring(api, "catalog.pricelist", rows, on_error="skip")
    assert [(error["row"], error["code"]) for error in told["errors"]] == []
    rows[1][3], rows[2][2] = 13, nut["code"]
    assert bring(api, "catalog.pricelist", rows, mode="update")["updated"] == 1
    made = api.one("catalog.pricelist", f"name={name}")
    assert [(line["item"]["id"], line["price"]) for line in made["lines"]] == [(bolt["id"], "13"), (nut["id"], "1000.25")]


def test_a_number_beyond_all_sizes_is_told(api: Api):
    told = bring(api, RECEIPT, [["partner", "amount"], [customer(api)["number"], "9" * 40], [customer(api)["number"], "1e400"]], "failed")
    assert [(error["path"], error["code"]) for error in told["errors"]] == [("amount", "too_large"), ("amount", "too_large")]


def test_an_unknown_reference_is_named_in_its_cell(api: Api):
    tax = api.rows("catalog.tax")[0]["name"]
    (error,) = bring(api, ITEM, [["code", "name", "measure", "tax"], [some("R"), "Part", "furlong", tax]], "failed")["errors"]
    assert (error["row"], error["path"], error["code"]) == (2, "measure", "not_found")
    assert "furlong" in error["detail"]


def test_a_name_that_several_have_is_asked_back(api: Api):
    category = some("Twice")
    for _ in range(2):
        api.create("catalog.category", {"name": category})
    measure, tax = api.rows("catalog.measure")[0]["name"], api.rows("catalog.tax")[0]["name"]
    rows = [["code", "name", "measure", "tax", "category"], [some("R"), "Part", measure, tax, category]]
    assert [error["code"] for error in bring(api, ITEM, rows, "failed")["errors"]] == ["ambiguous"]


def colleague(api: Api, grants: dict, masks: dict | None = None) -> Api:
    """Somebody with a role of these grants."""
    name = some("Role")
    api.create("organization.role", {"name": name, "grants": grants, "masks": masks or {}})
    return join(api, name)


def test_what_a_colleague_may_not_see_cannot_be_referred_to(api: Api):
    mine = customer(api)
    seller = colleague(api, {PARTNER: {"*": "own"}, "partners.contact": {"*": "all"}})
    theirs = customer(seller)
    rows = [["name", "partner"], ["Spy", mine["number"]], ["Friend", theirs["number"]]]
    told = bring(seller, "partners.contact", rows, on_error="skip")
    assert [(error["row"], error["code"]) for error in told["errors"]] == [(2, "not_found")]
    assert bring(seller, PARTNER, [["number", "grade"], [mine["number"], "A"]], "failed", mode="update")["errors"][0]["code"] == "not_found"


def test_own_fields_of_the_company_are_typed_like_all_others(api: Api):
    name = f"size_{secrets.token_hex(3)}"
    api.create("kernel.customfield", {"resource": PARTNER, "name": name, "label": f"Size {name}", "kind": "int"})
    one, two = some("Own"), some("Own")
    told = bring(api, PARTNER, [["name", f"Size {name}"], [one, 42], [two, "many"]], on_error="skip")
    assert named(api, one)[0]["custom"][name] == 42
    assert [(error["path"], error["row"]) for error in told["errors"]] == [(f"custom.{name}", 3)]
    assert take(api, PARTNER, columns=["name", f"custom.{name}"], filters={"name": one})[1] == [one, 42]


# modes ---------------------------------------------------------------------------------------------------------------
def test_a_dry_run_tells_what_would_happen_and_writes_nothing(api: Api, nothing_written):
    told = bring(api, PARTNER, [["name"], [some("Dry")], [some("Dry")]], dry_run="1")
    assert (told["dry_run"], told["created"], told["failed"], told["undo"]) == (True, 2, 0, False)


def test_one_wrong_row_stops_all_and_every_error_is_told(api: Api, nothing_written):
    rows = [["name", "grade", "contacts.email"], [some("Good"), "A", ""], ["", "A", ""], [some("Bad"), "Z", "not an address"]]
    told = bring(api, PARTNER, rows, "failed")
    assert (told["created"], told["failed"], told["undo"]) == (0, 2, False)
    assert {(error["row"], error["path"]) for error in told["errors"]} == {
        (3, "name"),
        (4, "grade"),
        (4, "contacts.0.email"),
        (4, "contacts.0.name"),
    }
    assert "nothing was imported" in told["message"]


def test_skipping_writes_the_good_rows(api: Api):
    good = some("Good")
    told = bring(api, PARTNER, [["name", "grade"], [good, "A"], [some("Bad"), "Z"]], on_error="skip")
    assert (told["created"], told["failed"], told["undo"]) == (1, 1, True)
    assert len(named(api, good)) == 1


def test_the_error_workbook_is_the_users_own_with_the_wrong_cells_marked(api: Api):
    good, bad = some("Good"), some("Bad")
    told = bring(api, PARTNER, [["name", "grade", "Mood"], [good, "A", "fine"], [bad, "Z", "=1+1"]], on_error="skip")
    page = book(fetch(api, told["file"])).worksheets[0]
    assert [cell.value for cell in page[1]][1:] == ["name", "grade", "Mood"]
    assert [[cell.value for cell in row][1:] for row in page.iter_rows(min_row=2)] == [[bad, "Z", "=1+1"]]
    wrong, right = page["C2"], page["B2"]
    assert (wrong.fill.fgColor.rgb, right.fill.fgColor.rgb) == ("FFFFD6D6", "00000000")
    assert "Z" in wrong.comment.text and wrong.comment.text in page["A2"].value
    assert page["D2"].data_type == "s"


def test_a_corrected_error_workbook_can_be_imported_as_it_is(api: Api):
    name = some("Again")
    told = bring(api, PARTNER, [["name", "grade", "contacts.name"], [name, "Z", "Li"], ["", "", "Wu"]], on_error="skip")
    rows = cells(fetch(api, told["file"]))
    rows[1][2] = "B"
    assert bring(api, PARTNER, rows)["created"] == 1
    assert len(named(api, name)[0]["contacts"]) == 2


def test_updates_change_what_the_sheet_says_and_nothing_else(api: Api):
    was = customer(api, grade="A", phone="1", contacts=[{"name": "Li", "phone": "1"}, {"name": "Wu", "phone": "2"}])
    rows = [["number", "grade", "phone", "contacts.name", "contacts.phone"], [was["number"], "B", "", "Wu", "22"], ["", "", "", "Xu", "3"]]
    assert bring(api, PARTNER, rows, mode="update")["updated"] == 1
    now = api.again(was)
    assert (now["grade"], now["phone"], now["name"], now["version"]) == ("B", "1", was["name"], was["version"] + 1)
    assert [(one["name"], one["phone"]) for one in now["contacts"]] == [("Li", "1"), ("Wu", "22"), ("Xu", "3")]
    assert [one["id"] for one in now["contacts"]][:2] == [one["id"] for one in was["contacts"]]


def test_the_same_sheet_twice_changes_nothing_the_second_time(api: Api):
    rows = [["name", "grade", "contacts.name", "contacts.phone"], [some("Twice"), "A", "Li", "1"]]
    assert bring(api, PARTNER, rows, mode="upsert")["created"] == 1
    was = named(api, rows[1][0])[0]
    told = bring(api, PARTNER, rows, mode="upsert")
    assert (told["created"], told["updated"], told["unchanged"], told["undo"]) == (0, 0, 1, False)
    assert api.again(was)["version"] == was["version"]


def test_upsert_changes_those_that_are_there_and_makes_the_others(api: Api):
    was, new = customer(api), some("New")
    told = bring(api, PARTNER, [["name", "grade"], [was["name"], "C"], [new, "D"]], mode="upsert")
    assert (told["created"], told["updated"]) == (1, 1)
    assert api.again(was)["grade"] == "C"


def test_an_update_without_a_match_or_of_the_same_twice_is_told(api: Api):
    was = customer(api)
    rows = [["number", "grade"], ["C-none", "A"], ["", "B"], [was["number"], "A"], [was["number"], "B"]]
    told = bring(api, PARTNER, rows, mode="update", on_error="skip")
    assert [error["code"] for error in told["errors"]] == ["not_found", "no_key", "repeated"]
    assert told["updated"] == 1


def test_a_document_that_can_no_longer_be_edited_is_not_changed_by_a_sheet(api: Api):
    receipt = api.create(RECEIPT, {"partner": customer(api)["id"], "amount": "5.00"})
    posted = api.act(receipt, "post")["document"]
    told = bring(api, RECEIPT, [["number", "amount"], [posted["number"], "500"]], "failed", mode="update")
    assert [error["code"] for error in told["errors"]] == ["wrong_state"]
    assert api.again(posted)["amount"] == "5.00"


def test_duplicates_are_told_among_the_rows_and_with_what_is_there(api: Api):
    was, name = customer(api), some("Same")
    rows = [["name"], [was["name"]], [name], [name.replace(" ", "  ") + "有限公司"]]
    told = bring(api, PARTNER, rows, on_error="skip")
    assert [(error["row"], error["code"]) for error in told["errors"]] == [(2, "duplicate"), (4, "duplicate")]


def test_unique_codes_are_told_row_by_row(api: Api):
    was, code = item(api), some("U")
    measure, tax = api.rows("catalog.measure")[0]["name"], api.rows("catalog.tax")[0]["name"]
    rows = [["code", "name", "measure", "tax"], [was["code"], "a", measure, tax], [code, "b", measure, tax], [code, "c", measure, tax]]
    told = bring(api, ITEM, rows, on_error="skip")
    assert [(error["row"], error["path"]) for error in told["errors"]] == [(2, "code"), (4, "code")]
    assert told["created"] == 1


def test_old_numbers_are_kept_and_the_series_goes_on_behind_them(api: Api):
    latest = int(customer(api)["number"].removeprefix("C"))
    rows = [["number", "name"], [f"C{latest + 40:05d}", some("Old")], [f"K3-{secrets.token_hex(3)}", some("Older")]]
    bring(api, PARTNER, rows)
    assert customer(api)["number"] == f"C{latest + 41:05d}"
    told = bring(api, PARTNER, [["number", "name"], [rows[2][0], some("Twice")]], "failed")
    assert [error["path"] for error in told["errors"]] == ["number"]


# the way back --------------------------------------------------------------------------------------------------------
def undo(api: Api, told: dict, state: str = "done") -> dict:
    return finished(api, api.post(f"/jobs/{told['job']['id']}/undo/", status=202)["job"], state)


def test_an_import_is_taken_back(api: Api):
    was = customer(api, grade="A", contacts=[{"name": "Li", "phone": "1"}])
    new = some("New")
    rows = [
        ["name", "grade", "owner", "contacts.name", "contacts.phone"],
        [was["name"], "B", "", "Li", "9"],
        ["", "", "", "Wu", "2"],
        [new, "C", "", "", ""],
    ]
    told = bring(api, PARTNER, rows, mode="upsert")
    back = undo(api, told)
    assert (back["undone"], back["kept"]) == (2, 0)
    now = api.again(was)
    assert named(api, new) == []
    assert (now["grade"], [(one["name"], one["phone"]) for one in now["contacts"]]) == ("A", [("Li", "1")])
    assert api.post(f"/jobs/{told['job']['id']}/undo/", status=409)["code"] == "nothing_to_undo"


def test_what_was_touched_since_stays_and_is_named(api: Api):
    names = [some("Back") for _ in range(3)]
    told = bring(api, PARTNER, [["name"], *([name] for name in names)])
    touched, used = named(api, names[0])[0], named(api, names[1])[0]
    api.change(touched, {"grade": "A"})
    api.create(RECEIPT, {"partner": used["id"], "amount": "1.00"})
    back = undo(api, told)
    assert (back["undone"], back["kept"]) == (1, 2)
    assert {one["label"] for one in back["errors"]} == {names[0], names[1]}
    assert [len(named(api, name)) for name in names] == [1, 1, 0]


def test_own_fields_come_back_as_they_were(api: Api):
    name = f"tag_{secrets.token_hex(3)}"
    api.create("kernel.customfield", {"resource": PARTNER, "name": name, "label": f"Tag {name}", "kind": "decimal"})
    was = customer(api, custom={name: "1.5"})
    told = bring(api, PARTNER, [["name", f"Tag {name}"], [was["name"], "2.5"]], mode="update")
    assert api.again(was)["custom"][name] == "2.5"
    undo(api, told)
    assert api.again(was)["custom"][name] == "1.5"


def test_nobody_else_takes_it_back(api: Api):
    told = bring(api, PARTNER, [["name"], [some("Mine")]])
    colleague(api, {"*": {"*": "all"}}).post(f"/jobs/{told['job']['id']}/undo/", status=404)


# bad files -----------------------------------------------------------------------------------------------------------
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


def test_an_import_called_off_leaves_nothing(api: Api, nothing_written, monkeypatch):
    monkeypatch.setattr(jobs, "_queue", lambda schema, pk: None)
    started = send(api, PARTNER, xlsx([["name"], [some("Off")]]))["job"]
    with tenant_context(api.company):
        Job.objects.filter(pk=started["id"]).update(cancel=True)
        jobs.run(started["id"])
    finished(api, started, "cancelled")


# out -----------------------------------------------------------------------------------------------------------------
def test_an_export_holds_real_numbers_and_dates(api: Api):
    receipt = api.create(RECEIPT, {"partner": customer(api)["id"], "amount": "1234567.89", "received_on": "2026-03-02"})
    headings, row = take(
        api, RECEIPT, columns=["number", "partner", "amount", "received_on", "state"], filters={"number": receipt["number"]}
    )
    assert headings == ["Number", "Customer", "Amount", "Received on", "State"]
    assert Decimal(str(row[2])) == Decimal("1234567.89")
    assert row[3] == datetime(2026, 3, 2)
    assert row[1] == receipt["partner"]["label"]
    assert row[4] == "Draft"


def test_what_looks_like_a_formula_leaves_as_text(api: Api):
    was = customer(api, name=f"=cmd|' /C calc'!A0 {secrets.token_hex(3)}", phone="+86 21 1", address="@home", industry="-")
    columns, where = ["name", "phone", "address", "industry"], {"number": was["number"]}
    told = finished(api, api.post(f"{at(PARTNER)}export/", {"columns": columns, "filters": where}, 202)["job"])
    sheet = book(fetch(api, told["file"])).worksheets[0]
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [(was[name], "s") for name in columns]
    assert take(api, PARTNER, format="csv", columns=columns, filters=where)[1] == [f"'{was[name]}" for name in columns]


def test_every_row_comes_out_with_the_filters_and_order_of_the_list(api: Api):
    mark = secrets.token_hex(4)
    bring(api, PARTNER, [["name", "industry"], *([f"{number:04d} {mark}", mark] for number in range(1203))])
    rows = take(api, PARTNER, format="csv", columns=["name"], filters={"industry": mark, "sort": "-name"})
    assert [row[0] for row in rows[1:]] == [f"{number:04d} {mark}" for number in reversed(range(1203))]


def test_chosen_rows_only(api: Api):
    one, two = customer(api), customer(api)
    assert {row[0] for row in take(api, PARTNER, columns=["name"], ids=[one["id"], two["id"]])[1:]} == {one["name"], two["name"]}


def test_what_goes_out_with_its_lines_comes_in_again(api: Api):
    was = customer(api, contacts=[{"name": "Li", "phone": "1"}, {"name": "Wu", "phone": "2"}])
    columns = ["number", "name", "grade", "contacts.name", "contacts.phone"]
    rows = take(api, PARTNER, columns=columns, ids=[was["id"]])
    assert [row[3:] for row in rows[1:]] == [["Li", "1"], ["Wu", "2"]]
    assert rows[2][0] is None
    assert bring(api, PARTNER, rows, mode="update")["unchanged"] == 1


def test_an_export_shows_no_more_than_the_reader_sees(api: Api):
    mine = customer(api, phone="13812345678")
    seller = colleague(api, {PARTNER: {"*": "own"}}, {PARTNER: {"phone": "middle", "contacts.phone": "hide"}})
    theirs = bring(seller, PARTNER, [["name", "contacts.name", "phone"], [some("Theirs"), "Li", "1"]])
    assert theirs["ignored"] == ["phone"]
    with tenant_context(api.company):
        Partner.objects.filter(owner=seller.member).update(phone="13987654321")
        Contact.objects.filter(partner__owner=seller.member).update(phone="13811112222")
    rows = take(seller, PARTNER, columns=["number", "phone", "contacts.name", "contacts.phone"])
    assert [row[1:] for row in rows[1:]] == [["139••••4321", "Li", "•••"]]
    assert mine["number"] not in {row[0] for row in rows}


def test_an_export_is_written_down(api: Api):
    take(api, PARTNER, columns=["name"], filters={"grade": "A"})
    with tenant_context(api.company):
        event = Event.objects.filter(kind="partners.partner.export").latest("id")
    assert (event.actor, event.data["filters"], event.data["columns"]) == (api.member, {"grade": "A"}, ["name"])


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"columns": ["secret"]}, 400),
        ({"filters": {"nonsense": "1"}}, 400),
        ({"format": "pdf"}, 422),
        ({"colour": 1}, 422),
        ({"ids": ["x"]}, 422),
    ],
)
def test_an_export_that_makes_no_sense_is_refused_at_once(api: Api, asked: dict, status: int):
    api.post(f"{at(PARTNER)}export/", asked, status)


# the business goes on ------------------------------------------------------------------------------------------------
def test_imported_documents_are_like_any_other(api: Api):
    name = some("Like any")
    bring(api, PARTNER, [["name", "contacts.name"], [name, "Li"]])
    (made,) = named(api, name)
    assert made["number"].startswith("C") and made["owner"]["id"] == api.member
    assert [row["verb"] for row in api.get(f"{at(PARTNER)}{made['id']}/events/")["rows"]] == ["import"]
    assert api.rows(PARTNER, f"q={name}")
    with tenant_context(api.company):
        assert Contact.objects.get(partner=made["id"]).search_text


def test_dates_of_the_sheet_are_dates_of_the_document(api: Api):
    was = customer(api)
    told = bring(api, RECEIPT, [["partner", "amount", "received_on"], [was["number"], 99.9, date(2026, 2, 28)]])
    assert told["created"] == 1
    made = api.one(RECEIPT, f"partner={was['id']}")
    assert (made["amount"], made["received_on"]) == ("99.90", "2026-02-28")
