"""Imports: what is in a sheet becomes documents by the same rules as a form."""

from __future__ import annotations

import io
import secrets
from datetime import date, datetime

import pytest
import xlsxwriter

from tenant_apps.partners.models import Contact
from tenants.context import tenant_context
from tests.api import Api, at
from tests.kernel.sheets import ITEM, PARTNER, RECEIPT, bring, colleague, named, send, take, text, xlsx
from tests.trade import customer, item, some


# reading cells --------------------------------------------------------------------------------------------------------
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
    assert {"path": "name", "label": "Name", "required": True, "creatable": False} in told["fields"]


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


# lines and references -------------------------------------------------------------------------------------------------
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


# the business goes on -------------------------------------------------------------------------------------------------
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
