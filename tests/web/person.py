"""Somebody at the screen, who sees one tab of the workspace at a time."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


class Person:
    """A person with a browser of their own, at one address."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    # places ----------------------------------------------------------------------------------------------------------
    def go(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")

    def open_list(self, key: str) -> Locator:
        """By the menu."""
        self.page.locator(f'.menu a[href="/w/list/{key}"]').click()
        shown = self.see("list")
        expect(shown.get_by_role("heading", level=1)).to_be_visible()
        return shown

    def open_new(self, key: str) -> None:
        self.open_list(key)
        self.see("new").click()
        expect(self.see("save")).to_be_visible()

    def open_document(self, document: dict) -> None:
        self.go(f"/w/doc/{document['_key']}/{document['id']}")
        expect(self.heading).to_contain_text(document["_label"])

    @property
    def pane(self) -> Locator:
        """The tab that is shown; the others stay in the page, hidden."""
        return self.page.locator("section.pane").filter(visible=True)

    def see(self, testid: str) -> Locator:
        return self.pane.get_by_test_id(testid)

    @property
    def heading(self) -> Locator:
        return self.pane.locator(".document__head h1")

    def tab(self, name: str) -> Locator:
        return self.page.get_by_role("tab", name=name)

    def close(self, name: str) -> None:
        """Close a tab by its cross."""
        self.page.get_by_role("button", name=f"Close {name}").click()

    @property
    def alert(self) -> Locator:
        return self.see("problem")

    # fields ----------------------------------------------------------------------------------------------------------
    def field(self, name: str) -> Locator:
        return self.see(f"field-{name}")

    def input(self, name: str) -> Locator:
        return self.field(name).locator("input, textarea").first

    def fill(self, name: str, text: str) -> None:
        self.input(name).fill(text)

    def pick(self, name: str, text: str) -> None:
        """Search in a list of choices and take what is found."""
        self.input(name).click()
        self.input(name).press_sequentially(text)
        self.choice(text).click()

    def choice(self, text: str) -> Locator:
        return self.page.locator(".ant-select-item-option").filter(visible=True, has_text=text).first

    def do(self, verb: str) -> None:
        """A verb of the document, by its button."""
        self.see(f"action-{verb}").click()

    def save(self) -> None:
        """Save; the document has its number afterwards."""
        self.see("save").click()
        expect(self.see("save")).to_be_hidden()
        expect(self.page.get_by_test_id("unsaved")).to_have_count(0)

    # lines -----------------------------------------------------------------------------------------------------------
    def cell(self, row: int, heading: str, lines: str = "lines") -> Locator:
        """A cell of a grid of lines, by the heading of its column; rows count from 1."""
        grid = self.see(f"field-{lines}")
        expect(grid.get_by_role("columnheader").first).to_be_visible()
        headings = [text.rstrip("*") for text in grid.get_by_role("columnheader").all_inner_texts()]
        return grid.locator(f'[data-r="{row - 1}"][data-c="{headings.index(heading) - 1}"]')

    def type_cell(self, row: int, heading: str, text: str, lines: str = "lines") -> None:
        """Type into a cell as in a spreadsheet and go on with Tab."""
        self.cell(row, heading, lines).click()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Tab")

    def paste(self, text: str) -> None:
        """Ctrl V of what another program has put into the clipboard."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.page.keyboard.press("Control+v")
