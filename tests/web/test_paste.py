"""Lines come out of a spreadsheet as people have them there."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from playwright.sync_api import expect

from tests import trade
from tests.api import Api
from tests.web.person import Person

FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
LINES = 50


def written(number: int, value: Decimal) -> str:
    """Somebody writes full-width digits in every second line, and separators in all."""
    text = f"{value:,}"
    return text.translate(FULL_WIDTH) if number % 2 else text


def test_fifty_lines_are_pasted_into_a_quote(device: Callable[..., Person], api: Api):
    customer, items = trade.customer(api), [trade.item(api) for _ in range(5)]
    rows = [(items[n % 5]["code"], Decimal(1000 + n), Decimal("1234.50") + n) for n in range(LINES)]
    total = sum((quantity * price for _code, quantity, price in rows), Decimal(0))

    person = device(api)
    person.go("/w/home")
    person.open_new("quoting.quote")
    person.pick("customer", customer["name"])
    grid = person.see("field-lines")
    headings = [text.rstrip("*") for text in grid.get_by_role("columnheader").all_inner_texts()][1:]
    told = {"Item": lambda n: rows[n][0], "Quantity": lambda n: written(n, rows[n][1]), "Unit price": lambda n: written(n, rows[n][2])}
    sheet = "\r\n".join("\t".join(told[name](n) if name in told else "" for name in headings[:7]) for n in range(LINES))
    person.cell(1, headings[0]).click()
    person.paste(sheet)

    expect(grid.locator(".lines__totals")).to_contain_text("50 lines")
    expect(person.see("total-amount")).to_contain_text(f"{total:,.2f}")
    expect(person.see("summary-total")).to_contain_text(f"{total:,.2f}")
    expect(person.cell(50, "Item")).to_contain_text(items[4]["name"])
    person.save()
    expect(person.see("summary-total")).to_contain_text(f"{total:,.2f}")
    saved = api.one("quoting.quote", f"customer={customer['id']}")
    assert Decimal(saved["total"]) == total
    assert [(Decimal(line["quantity"]), Decimal(line["unit_price"])) for line in saved["lines"]] == [row[1:] for row in rows]
    assert [line["item"]["id"] for line in saved["lines"]] == [items[n % 5]["id"] for n in range(LINES)]


def test_a_code_typed_faster_than_the_search_answers_is_still_that_item(device: Callable[..., Person], api: Api):
    customer, items = trade.customer(api), [trade.item(api) for _ in range(3)]
    person = device(api)
    person.go("/w/home")
    person.open_new("quoting.quote")
    person.pick("customer", customer["name"])
    for row, (item, key) in enumerate(zip(items, ("Tab", "Enter", "Tab"), strict=True), start=1):
        if row > 1:
            person.see("line-add").click()
        person.cell(row, "Item").click()
        person.page.keyboard.type(item["code"])
        person.page.keyboard.press(key)
    for row, item in enumerate(items, start=1):
        expect(person.cell(row, "Item")).to_contain_text(item["name"])
    person.save()
    saved = api.one("quoting.quote", f"customer={customer['id']}")
    assert [line["item"]["id"] for line in saved["lines"]] == [item["id"] for item in items]
