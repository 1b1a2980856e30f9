"""The export: every row the reader may see under the list's filters, with what the reader may see of it, and no silent cut."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import StringIO
from itertools import islice
from typing import Any, Protocol

from django.utils.translation import gettext as _

from kernel import clock, codes, describe, files, jobs, reading, registry
from kernel.access import Actor
from kernel.exchange.book import LAST_ROW, Book, Page
from kernel.exchange.cells import DANGEROUS
from kernel.exchange.columns import Column, exportable
from kernel.exchange.importing import XLSX
from kernel.lines import line_model
from kernel.listing import Listing
from kernel.models import Event
from kernel.refusals import Refused
from kernel.resources import Resource
from kernel.specs import NUMERIC, Spec

CHUNK = 1000
FORMATS = ("xlsx", "csv")
ENVELOPE_PATHS = ("id", "_label")


class Out(Protocol):
    """Where rows go."""

    def row(self, values: Sequence[Any]) -> None: ...

    def content(self) -> bytes: ...


@jobs.job("export", while_read_only=True)
def run(job: jobs.Run) -> dict[str, Any]:
    """Export a list to a stored file; see `docs/api.md` for the parameters and the result."""
    resource, actor, at = registry.get(job.params["resource"]), job.actor, clock.now()
    actor.require(resource.key, "export", label=resource.label)
    listing = listing_of(job.params, actor)
    columns = chosen(resource, job.params.get("columns") or [])
    out: Out = (
        Sheets(resource.label, columns, f"{actor.name} {at:%Y-%m-%d %H:%M}")
        if job.params["format"] == "xlsx"
        else Text([column.heading for column in columns])
    )
    rows = _write(listing, columns, out, job)
    kind = XLSX if job.params["format"] == "xlsx" else "text/csv; charset=utf-8"
    name = f"{resource.label}-{at:%Y%m%d-%H%M}.{job.params['format']}".replace("/", "-")
    file = files.keep(name, out.content(), kind, by=actor, at=at)
    told = {
        "rows": rows,
        "columns": [column.path for column in columns],
        "filters": job.params.get("filters") or {},
        "format": job.params["format"],
    }
    Event.objects.create(at=at, actor=actor.id, kind=f"{resource.key}.export", subject=resource.key, subject_id=0, data=told)
    return {"rows": rows, "file": f"/api/v1/files/{file.pk}/"}


def check(params: Mapping[str, Any], actor: Actor) -> None:
    """Refuse an export that could not be carried out, before it is queued."""
    listing = listing_of(params, actor)
    listing.sorted()
    chosen(listing.resource, params.get("columns") or [])


def listing_of(asked: Mapping[str, Any], actor: Actor) -> Listing:
    """The list that is exported. `filters` are its query parameters, each a value or a list of values."""
    filters = asked.get("filters") or {}
    params = {name: [str(one) for one in (value if isinstance(value, list) else [value])] for name, value in filters.items()}
    ids = asked.get("ids")
    if ids is not None:
        params["id"] = [str(key) for key in ids]
    for control in ("limit", "cursor", "columns", "count", "sum", "group"):
        params.pop(control, None)
    return Listing(registry.get(asked["resource"]), actor, params)


def chosen(resource: Resource, asked: Sequence[str]) -> list[Column]:
    """The columns asked for, else those of the list; `contacts.phone` brings a row for each contact."""
    known = exportable(resource)
    if asked:
        paths = [path for path in asked if path not in ENVELOPE_PATHS]
    else:
        paths = [*resource.columns, *(f"custom.{name}" for name in resource.custom)]
    found = []
    for path in paths:
        column = known.get(path) or known.get(f"custom.{path}")
        if column is None:
            raise Refused("unknown_field", _("“%(name)s” cannot be exported here.") % {"name": str(path)[:80]}, status=400)
        found.append(column)
    if not found:
        raise Refused("unknown_field", _("Please choose at least one column."), status=400)
    return found


def _write(listing: Listing, columns: Sequence[Column], out: Out, job: jobs.Run) -> int:
    """Write all rows in the list's order, piece by piece, so that a million needs little more memory than a thousand."""
    resource, masks = listing.resource, reading.masks_of(listing.resource.key, job.actor)
    specs = {column.spec.name: column.spec for column in columns if not column.kind}
    kinds = list(dict.fromkeys(column.kind for column in columns if column.kind))
    total, done = listing.queryset().order_by().count(), 0
    found = listing.sorted().values(*reading.db_names(resource, specs.values())).iterator(chunk_size=CHUNK)
    while piece := list(islice(found, CHUNK)):
        job.progress(done, total)
        lines = {kind: _lines(resource, kind, columns, [row["id"] for row in piece], masks) for kind in kinds}
        for row in piece:
            shown = reading.render_row(specs, row, masks(row["id"]))
            own = {**shown, **{f"custom.{name}": value for name, value in shown.get("custom", {}).items()}}
            for values in _spread(columns, own, {kind: lines[kind].get(row["id"], []) for kind in kinds}):
                out.row(values)
        done += len(piece)
    return done


def _lines(
    resource: Resource, kind: str, columns: Sequence[Column], keys: list[int], masks: reading.Masks
) -> dict[int, list[dict[str, Any]]]:
    """{id of the document: its rendered lines}, one query a piece."""
    if resource.in_custom:
        return _in_custom(resource, kind, columns, keys, masks)
    model = line_model(resource.model, kind)
    specs = {column.spec.name: column.spec for column in columns if column.kind == kind}
    parent = f"{model.parent}_id"
    hidden = cache(lambda pk: {name.partition(".")[2]: how for name, how in masks(pk).items() if name.startswith(f"{kind}.")})
    names = sorted({parent, *(name for spec in specs.values() for name in spec.db_names())})
    found: dict[int, list[dict[str, Any]]] = {}
    for row in model._default_manager.filter(**{f"{model.parent}__in": keys}).order_by("seq", "id").values(*names):
        found.setdefault(row[parent], []).append(reading.render_row(specs, row, hidden(row[parent])))
    return found


def _in_custom(
    resource: Resource, kind: str, columns: Sequence[Column], keys: list[int], masks: reading.Masks
) -> dict[int, list[dict[str, Any]]]:
    """The same of documents whose lines stand in themselves."""
    names = [column.spec.name for column in columns if column.kind == kind]
    kept = resource.queryset().filter(pk__in=keys).values("id", "custom", "revision")
    return {row["id"]: [{name: line.get(name) for name in names} for line in resource.beside(row, masks(row["id"]))[kind]] for row in kept}


def _spread(columns: Sequence[Column], own: Mapping[str, Any], lines: Mapping[str, list[dict[str, Any]]]) -> Iterator[list[Any]]:
    """A document's rows: its own values in the first, one line of each kind in every row; as the import reads them."""
    for index in range(max(1, *(len(some) for some in lines.values())) if lines else 1):
        values = []
        for column in columns:
            if column.kind:
                some = lines[column.kind]
                values.append(cell(column.spec, some[index][column.spec.name]) if index < len(some) else None)
            else:
                values.append(cell(column.spec, own[column.path]) if index == 0 else None)
        yield values


def cell(spec: Spec, value: Any) -> Any:
    """A rendered value as a cell: labels for choices and references, exact numbers, real dates."""
    if value is None or value == "":
        return None
    if isinstance(value, dict):
        return value.get("label", "")
    if isinstance(value, list):
        known = codes.labels(spec.choices) if spec.choices else {}
        return "、".join(str(one.get("label", "") if isinstance(one, dict) else known.get(one, one)) for one in value)
    if spec.choices:
        return str(codes.labels(spec.choices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return _typed(spec, value)


def _typed(spec: Spec, value: Any) -> Any:
    """Numbers and dates out of their text form; a mask stays the text it is."""
    try:
        if spec.type in NUMERIC:
            return Decimal(str(value))
        if spec.type == "date":
            return date.fromisoformat(value)
        return datetime.fromisoformat(value) if spec.type == "datetime" else value
    except (ValueError, ArithmeticError):
        return value


class Sheets:
    """An Excel file; a second sheet begins where the first is full."""

    def __init__(self, name: str, columns: Sequence[Column], mark: str) -> None:
        self.book, self.name, self.columns, self.mark, self.pages = Book(rows_in_order=True), name, columns, mark, 0
        self.looks = [self._look(column.spec) for column in columns]
        self.book.file.set_properties({"author": mark, "comments": mark})
        self.page = self._new_page()

    def _look(self, spec: Spec) -> Any:
        if spec.type == "money":
            return self.book.look(num_format="#,##0.00")
        return self.book.look(num_format="#,##0.######") if spec.type in ("price", "decimal") else None

    def _new_page(self) -> Page:
        self.pages += 1
        self.at = 1
        headings = [(column.heading, max(8, describe.WIDTHS.get(column.spec.type, 140) // 7)) for column in self.columns]
        page = self.book.page(self.name if self.pages == 1 else f"{self.name} {self.pages}", headings)
        page.sheet.set_footer(f"&L{self.mark.replace('&', '&&')}&R&P / &N")
        return page

    def row(self, values: Sequence[Any]) -> None:
        if self.at >= LAST_ROW:
            self.page = self._new_page()
        for column, value in enumerate(values):
            self.page.write(self.at, column, value, self.looks[column] if isinstance(value, Decimal) else None)
        self.at += 1

    def content(self) -> bytes:
        return self.book.content()


class Text:
    """CSV as Excel opens it with a double click: UTF-8 with its mark, and nothing in it that would be calculated."""

    def __init__(self, headings: Sequence[str]) -> None:
        self.stream = StringIO(newline="")
        self.writer = csv.writer(self.stream)
        self.row(headings)

    def row(self, values: Sequence[Any]) -> None:
        self.writer.writerow([_safe(value) for value in values])

    def content(self) -> bytes:
        return b"\xef\xbb\xbf" + self.stream.getvalue().encode()


def _safe(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value
