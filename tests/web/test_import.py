"""Customers come in from a spreadsheet: mapped, tried, brought in, and taken back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.api import Api
from tests.kernel.sheets import xlsx
from tests.trade import some
from tests.web.person import Person


def tried(person: Person, *rows: list[str]) -> Locator:
    """The wizard, after a trial run with a sheet of customers."""
    sheet = xlsx([["Name", "Region"], *rows])
    person.go("/w/home")
    person.open_list("partners.partner")
    person.see("list-more").click()
    person.page.get_by_role("menuitem", name="Import").click()
    wizard = person.page.get_by_test_id("import")
    wizard.get_by_test_id("import-file").set_input_files(
        {"name": "customers.xlsx", "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "buffer": sheet}
    )
    wizard.get_by_test_id("import-try").click()
    return wizard


def test_customers_are_imported_from_a_sheet_and_taken_back(device: Callable[..., Person], api: Api):
    one, two = some("Import"), some("Import")
    person = device(api)
    wizard = tried(person, [one, "East"], ["", "Nobody"], [two, "West"])
    result = wizard.get_by_test_id("import-result")
    expect(result).to_contain_text("3 rows, 2 to add, 0 to update, 1 with errors")
    expect(wizard.get_by_test_id("import-errors")).to_contain_text("Row 3")
    assert api.rows("partners.partner", f"q={one}") == []

    wizard.get_by_test_id("import-run").click()
    expect(result).to_contain_text("2 added")
    assert [row["region"] for row in api.rows("partners.partner", f"q={two}")] == ["West"]
    expect(person.see("list-row").filter(has_text=one)).to_be_visible()

    wizard.get_by_role("button", name="Undo").click()
    expect(result).to_contain_text("undone")
    expect(person.see("list-row").filter(has_text=one)).to_have_count(0)
    assert api.rows("partners.partner", f"q={one}") == []


def test_an_import_is_taken_back_among_the_jobs(device: Callable[..., Person], api: Api):
    name = some("Import")
    person = device(api)
    wizard = tried(person, [name, "East"])
    wizard.get_by_test_id("import-run").click()
    expect(wizard.get_by_test_id("import-result")).to_contain_text("1 added")

    person.go("/w/page/jobs")
    job = person.see("job-row").filter(has=person.page.get_by_test_id("undo")).first
    job.get_by_test_id("undo").click()
    expect(person.see("undone")).to_contain_text("undone")
    expect(person.see("job-row").first).to_contain_text("Done")
    expect(person.see("undo")).to_have_count(0)
    assert api.rows("partners.partner", f"q={name}") == []
