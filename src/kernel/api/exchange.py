"""Import and export over the API: files are looked over here and worked through by a job."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import clock, files, jobs, once
from kernel.api.me import OneJob
from kernel.api.views import ResourceView
from kernel.api.wire import load
from kernel.exchange import exporting, sheets, undoing
from kernel.exchange.columns import automap, importable
from kernel.exchange.importing import MODES, XLSX
from kernel.exchange.missing import named_by
from kernel.exchange.template import template
from kernel.refusals import FieldError, Invalid

YES, NO = ("1", "true"), ("0", "false", "")
SAMPLE = 5


class Upload(ResourceView):
    """Takes a file in a form."""

    parser_classes = [MultiPartParser]

    def content(self, request: Request) -> tuple[str, bytes]:
        """The file's name and bytes, no larger than an import may be."""
        self.actor.require(self.resource.key, "import", label=self.resource.label)
        file = request.FILES.get("file")
        if file is None:
            raise Invalid([FieldError("file", "required", _("Please choose a file."))])
        if (file.size or 0) > sheets.MAX_BYTES:
            sheets.refuse_size()
        return file.name or "import", file.read()


class Import(Upload):
    """Start an import."""

    def post(self, request: Request) -> Response:
        name, content = self.content(request)
        kind = sheets.kind_of(content)
        params = self.params(request)

        def work() -> once.Answer:
            at = clock.now()
            ending = ".xlsx" if kind == "xlsx" else ".csv"
            label = name if name.lower().endswith((ending, ".txt")) else name + ending
            file = files.keep(label, content, XLSX if kind == "xlsx" else "text/csv", by=self.actor, at=at)
            title = _("Import: %(what)s") % {"what": f"{self.resource.label} ({file.name})"}
            return 202, {"job": jobs.told(jobs.start("import", title, {**params, "file": file.pk}, by=self.actor))}

        return self.once(request, work)

    def params(self, request: Request) -> dict[str, Any]:
        """The form's other fields, each checked."""
        mode = self.choice(request, "mode", "insert", MODES)
        for verb in {"insert": ("create",), "update": ("change",), "upsert": ("create", "change")}[mode]:
            self.actor.require(self.resource.key, verb, label=self.resource.label)
        return {
            "resource": self.resource.key,
            "mode": mode,
            "dry_run": self.choice(request, "dry_run", "0", (*YES, *NO)) in YES,
            "on_error": self.choice(request, "on_error", "stop", ("stop", "skip")),
            "mapping": self.mapping(request),
            "create_missing": self.create_missing(request),
        }

    def choice(self, request: Request, name: str, default: str, allowed: tuple[str, ...]) -> str:
        value = str(request.POST.get(name, default)).lower()
        if value not in allowed:
            raise Invalid(
                [
                    FieldError(
                        name,
                        "not_a_choice",
                        _("“%(value)s” is not one of: %(allowed)s.") % {"value": value[:60], "allowed": ", ".join(filter(None, allowed))},
                    )
                ]
            )
        return value

    def mapping(self, request: Request) -> dict[str, str | None]:
        mapping = self.json(request, "mapping", {})
        if not isinstance(mapping, dict) or not all(path is None or isinstance(path, str) for path in mapping.values()):
            raise Invalid([FieldError("mapping", "bad_mapping", _("mapping is a JSON object of headings and field names."))])
        return {heading: path or None for heading, path in mapping.items()}

    def create_missing(self, request: Request) -> list[str]:
        """Columns whose references are made where they are not there yet."""
        paths = self.json(request, "create_missing", [])
        if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
            raise Invalid([FieldError("create_missing", "not_a_list", _("create_missing is a JSON list of field names."))])
        columns = importable(self.resource, self.actor)
        wrong = [path for path in paths if path not in columns or not named_by(columns[path].spec, self.actor)]
        if wrong:
            told = _("What “%(name)s” refers to cannot be created from its name alone, or you may not. Create it first.")
            raise Invalid([FieldError("create_missing", "not_creatable", told % {"name": wrong[0][:80]})])
        return paths

    def json(self, request: Request, name: str, default: Any) -> Any:
        """A part of the form that is JSON; None when it is not."""
        text = request.POST.get(name)
        if not text:
            return default
        try:
            return None if "\\u0000" in text else load(text)
        except orjson.JSONDecodeError:
            return None


class Inspect(Upload):
    """What a file holds and which columns are understood, before anything is imported."""

    def post(self, request: Request) -> Response:
        sheet = sheets.read(self.content(request)[1])
        columns = importable(self.resource, self.actor)
        return Response(
            {
                "headings": sheet.headings,
                "mapping": automap(sheet.headings, columns),
                "sample": [[_shown(value) for value in row] for row in sheet.rows[:SAMPLE]],
                "rows": len(sheet.rows),
                "fields": [{**column.told(), "creatable": bool(named_by(column.spec, self.actor))} for column in columns.values()],
            }
        )


def _shown(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


class Template(ResourceView):
    """The empty workbook to fill in."""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        return super().perform_content_negotiation(request, force=True)

    def get(self, request: Request) -> HttpResponse:
        self.actor.require(self.resource.key, "import", label=self.resource.label)
        name = _("Import template %(what)s") % {"what": self.resource.label}
        return download(template(self.resource, self.actor), f"{name}.xlsx", XLSX)


def download(content: bytes, name: str, kind: str, *, inline: bool = False) -> HttpResponse:
    """A file made on the spot, under a name in any script (RFC 5987)."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


class Export(ResourceView):
    """Start an export."""

    only_reads = True
    while_read_only = True

    def post(self, request: Request) -> Response:
        self.actor.require(self.resource.key, "export", label=self.resource.label)
        params = {"resource": self.resource.key, **checked(self.body(request))}
        exporting.check(params, self.actor)

        def work() -> once.Answer:
            return 202, {
                "job": jobs.told(jobs.start("export", _("Export: %(what)s") % {"what": self.resource.label}, params, by=self.actor))
            }

        return self.once(request, work)


def checked(data: dict[str, Any]) -> dict[str, Any]:
    """What is asked for, in the right form; unknown names are refused."""
    unknown = set(data) - {"format", "columns", "filters", "ids"}
    columns, filters, ids = data.get("columns") or [], data.get("filters") or {}, data.get("ids")
    wrong = [
        FieldError(name, "unknown_field", _("There is no field “%(name)s” here.") % {"name": str(name)[:80]}) for name in sorted(unknown)
    ]
    if data.get("format", "xlsx") not in exporting.FORMATS:
        wrong.append(FieldError("format", "not_a_choice", _("format is xlsx or csv.")))
    if not isinstance(columns, list) or not all(isinstance(name, str) for name in columns):
        wrong.append(FieldError("columns", "not_a_list", _("columns is a list of field names.")))
    if not isinstance(filters, dict) or not all(_is_filter(value) for value in filters.values()):
        wrong.append(FieldError("filters", "not_an_object", _("filters is an object like the query of a list.")))
    if ids is not None and not (
        isinstance(ids, list) and all(isinstance(key, int) and not isinstance(key, bool) and 0 < key < 2**63 for key in ids)
    ):
        wrong.append(FieldError("ids", "not_a_list", _("ids is a list of whole numbers.")))
    if wrong:
        raise Invalid(wrong)
    return {"format": data.get("format", "xlsx"), "columns": columns, "filters": filters, "ids": ids}


def _is_filter(value: Any) -> bool:
    return all(isinstance(one, str | int | bool) and "\x00" not in str(one) for one in (value if isinstance(value, list) else [value]))


class Undo(OneJob):
    """Take an import back."""

    http_method_names = ["post", "options"]

    def post(self, request: Request, pk: int) -> Response:
        return Response({"job": jobs.told(undoing.start(self.found(pk), self.actor))}, status=202)
