"""Items come in from a spreadsheet together with the categories that are not there yet."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.api import Api
from tests.kernel.sheets import xlsx
from tests.trade import some
from tests.web.person import Person

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_the_trial_run_says_what_would_be_created_along(device: Callable[..., Person], api: Api):
    code, category = some("I"), some("Category")
    measure, tax = api.rows("catalog.measure")[0]["name"], api.rows("catalog.tax")[0]["name"]
    sheet = xlsx([["Item code", "Name", "Unit", "Tax rate", "Category"], [code, "Grip", measure, tax, category]])
    person = device(api)
    person.go("/w/home")
    person.open_list("catalog.item")
    person.see("list-more").click()
    person.page.get_by_role("menuitem", name="Import").click()
    wizard = person.page.get_by_test_id("import")
    wizard.get_by_test_id("import-file").set_input_files({"name": "items.xlsx", "mimeType": SHEET, "buffer": sheet})
    expect(wizard.get_by_test_id("create-tax")).to_have_count(0)
    wizard.get_by_test_id("create-category").click()
    wizard.get_by_test_id("import-try").click()
    expect(wizard.get_by_test_id("import-creates")).to_contain_text(f"Product categories (1): {category}")
    assert api.rows("catalog.category", f"q={category}") == []

    wizard.get_by_test_id("import-run").click()
    expect(wizard.get_by_test_id("import-result")).to_contain_text("1 added")
    assert api.one("catalog.item", f"code={code}")["category"]["label"] == category

    wizard.get_by_role("button", name="Undo").click()
    expect(wizard.get_by_test_id("import-result")).to_contain_text("undone")
    assert api.rows("catalog.category", f"q={category}") == []
