"""Customers come in from a spreadsheet: mapped, tried, brought in, and taken back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.api import Api
from tests.kernel.sheets import xlsx
from tests.trade import some
from tests.web.person import Person


def test_customers_are_imported_from_a_sheet_and_taken_back(device: Callable[..., Person], api: Api):
    one, two = some("Import"), some("Import")
    sheet = xlsx([["Name", "Region"], [one, "East"], ["", "Nobody"], [two, "West"]])
    person = device(api)
    person.go("/w/home")
    person.open_list("partners.partner")
    person.see("list-more").click()
    person.page.get_by_role("menuitem", name="Import").click()
    wizard = person.page.get_by_test_id("import")
    wizard.get_by_test_id("import-file").set_input_files(
        {"name": "customers.xlsx", "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "buffer": sheet}
    )
    wizard.get_by_test_id("import-try").click()
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
