"""What an import may do with what is there: insert, update or both; a dry run, and what happens to wrong rows."""

from __future__ import annotations

import secrets

from kernel import jobs
from kernel.models import Job
from tenants.context import tenant_context
from tests.api import Api
from tests.kernel.sheets import ITEM, PARTNER, RECEIPT, book, bring, cells, fetch, finished, named, send, xlsx
from tests.trade import customer, item, some


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


def test_an_import_called_off_leaves_nothing(api: Api, nothing_written, monkeypatch):
    monkeypatch.setattr(jobs, "_queue", lambda schema, pk: None)
    started = send(api, PARTNER, xlsx([["name"], [some("Off")]]))["job"]
    with tenant_context(api.company):
        Job.objects.filter(pk=started["id"]).update(cancel=True)
        jobs.run(started["id"])
    finished(api, started, "cancelled")
