"""The template of an import: headings in the reader's language, what each column takes, and the values to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from kernel import describe, people
from kernel.access import Actor, visible
from kernel.exchange.book import Book, Page
from kernel.exchange.columns import Column, importable
from kernel.exchange.references import names_of
from kernel.resources import Resource
from kernel.specs import Spec, key_of

FEW = 500
ROWS = 2000
FORMATS = {
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
    "money": "#,##0.00",
    "price": "#,##0.00####",
    "decimal": "#,##0.######",
    "percent": "0.######",
}


def template(resource: Resource, actor: Actor) -> bytes:
    """An empty workbook to fill in, with an explanation and lists of the allowed values."""
    book = Book()
    columns = list(importable(resource, actor).values())
    headings = [(column.heading + ("*" if column.required else ""), _width(column.spec)) for column in columns]
    page = book.page(resource.label, headings, [index for index, column in enumerate(columns) if column.required])
    hints = [hint(column) for column in columns]
    for index, column in enumerate(columns):
        page.comment(0, index, hints[index])
        page.sheet.set_column(index, index, _width(column.spec), book.look(num_format=FORMATS.get(column.spec.type, "@")))
    _explain(book, columns, hints)
    _choose(book, page, columns, actor)
    return book.content()


def _width(spec: Spec) -> int:
    return max(10, describe.WIDTHS.get(spec.type, 140) // 7)


def hint(column: Column) -> str:
    """What a column takes, in a sentence."""
    spec = column.spec
    told = {
        "ref": _("Number or name of one that is here already."),
        "refs": _("Numbers or names, separated by commas."),
        "member": _("Name of a colleague."),
        "unit": _("Name of a department."),
        "date": _("A date such as 2026-11-21."),
        "datetime": _("Date and time such as 2026-11-21 09:30."),
        "bool": _("Yes or no."),
        "percent": _("Percent: 13 or 13 %."),
        "choice": " / ".join(str(label) for _value, label in spec.choices),
        **dict.fromkeys(("money", "price", "decimal"), _("A number, with up to %(n)d decimals.") % {"n": spec.scale}),
        "int": _("A whole number."),
    }.get(spec.type, _("Text of up to %(n)d characters.") % {"n": spec.max_length} if spec.max_length else _("Text."))
    if column.path == "number":
        told = _("Leave empty for new ones: the number is given. Fill in to change what is here, or to keep an old number.")
    return " ".join(filter(None, [_("Required.") if column.required else "", told, str(spec.help)]))


def _explain(book: Book, columns: Sequence[Column], hints: Sequence[str]) -> None:
    page = book.page(_("How to fill in"), [(_("Column"), 28), (_("Required"), 10), (_("What it takes"), 90)])
    for row, (column, text) in enumerate(zip(columns, hints, strict=True), 1):
        for place, value in enumerate((column.heading, _("Yes") if column.required else "", text)):
            page.write(row, place, value)
    notes = [_("Empty cells are left as they are when something is changed."), _("Formulas are not calculated: paste values.")]
    if any(column.kind for column in columns):
        notes.append(_("Several lines of one record: one row for each, with the columns of the record repeated or empty below the first."))
        notes.append(_("When a record is changed, lines are changed or added by their first column; none is deleted."))
    for row, text in enumerate(notes, len(columns) + 2):
        page.write(row, 0, text)


def _choose(book: Book, page: Page, columns: Sequence[Column], actor: Actor) -> None:
    """A sheet with the allowed values, one column for each, and drop-downs that point to it."""
    lists = [(index, column, values) for index, column in enumerate(columns) if (values := _values(column.spec, actor))]
    if not lists:
        return
    shown = book.page(_("Values"), [(column.heading, 24) for _index, column, _values in lists])
    for place, (index, _column, values) in enumerate(lists):
        for row, value in enumerate(values, 1):
            shown.write(row, place, value)
        letter = xl_col_to_name(place)
        source = f"='{shown.sheet.get_name()}'!${letter}$2:${letter}${len(values) + 1}"
        page.sheet.data_validation(1, index, ROWS, index, {"validate": "list", "source": source, "error_type": "warning"})


def _values(spec: Spec, actor: Actor) -> list[str]:
    """The allowed values when they are few enough to choose from."""
    if spec.choices:
        return [str(label) for _value, label in spec.choices]
    if spec.type == "bool":
        return [_("Yes"), _("No")]
    if spec.type in ("member", "unit"):
        return sorted((people.members() if spec.type == "member" else people.units()).values())[:FEW]
    return _names(spec, actor) if spec.type == "ref" else []


def _names(spec: Spec, actor: Actor) -> list[str]:
    model: Any = spec.target
    *_others, name = names_of(model) or ["number"]
    found = list(
        visible(actor, model._default_manager.all(), key_of(model))
        .exclude(**{name: ""})
        .order_by(name)
        .values_list(name, flat=True)[: FEW + 1]
    )
    return [str(one) for one in found] if len(found) <= FEW else []
