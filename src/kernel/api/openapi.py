"""What OpenAPI says of each view of a resource: what it is called, takes, and answers."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpResponse
from django.urls import include, path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response

from kernel import registry
from kernel.api import around, exchange, printing, shapes, sharing, views
from kernel.api.me import MemberView
from kernel.api.schema import AutoSchema
from kernel.api.shapes import FORM, Shape, json, maybe, obj, ref
from kernel.api.wire import JSONRenderer, dump
from kernel.exchange.importing import XLSX
from kernel.resources import Resource

PDF, MEDIA = "application/pdf", "application/vnd.oai.openapi+json"
FILE: Shape = {"type": "string", "format": "binary"}
ONCE_ONLY = {"create", "change", "bulk", "add_note", "share", "import", "export"}
Described = tuple[str, Shape | None, dict[str, Shape], list[Shape]]
"""Name of the operation, what is sent, what is answered by status, further parameters."""


def describe(schema: AutoSchema, resource: Resource, method: str) -> Described:
    """What one method of a resource's view does."""
    kind = next(cls for cls in type(schema.view).__mro__ if cls in DESCRIBERS)
    return DESCRIBERS[kind](schema, resource, method)


def _bytes(kind: str) -> Shape:
    return {"description": "The file.", "content": {kind: {"schema": FILE}}}


# the views of a resource ---------------------------------------------------------------------------------------------
def _collection(schema: AutoSchema, resource: Resource, method: str) -> Described:
    if method == "GET":
        row = schema.named(f"{resource.key}.Row", lambda: shapes.row(resource))
        found = {"type": "object", "additionalProperties": shapes.TEXT}
        sums: dict[str, Shape] = {"sums": found, "currency": shapes.TEXT, "others": {"type": "object", "additionalProperties": found}}
        group = obj({"value": shapes.ANY, "label": shapes.TEXT, "count": {"type": "integer"}, **sums}, ["value", "label", "count", "sums"])
        pages: dict[str, Shape] = {
            "rows": shapes.many(row),
            "next": {"type": ["string", "null"]},
            "groups": shapes.many(group),
            "groups_complete": {"type": "boolean"},
        }
        sums |= {"count": {"type": "integer"}, "count_exact": {"type": "boolean"}}
        return "list", None, {"200": json(obj({**pages, **sums}, []))}, schema.filters(resource)
    then = shapes.query("then", {"type": "string"}, "Verbs to carry out at once, separated by commas.")
    made = {"anyOf": [schema.document(resource), _answer(schema, resource)]}
    return (
        "create",
        schema.named(f"{resource.key}.New", lambda: shapes.written(resource, new=True)),
        {"201": json(made, "Created."), "202": _held(schema, resource)},
        [then],
    )


def _answer(schema: AutoSchema, resource: Resource) -> Shape:
    return obj({"document": {"anyOf": [schema.document(resource), _brief()]}, "created": shapes.many(ref("Made"))})


def _brief() -> Shape:
    return obj({"id": shapes.KEY, "version": {"type": "integer"}, "number": shapes.TEXT, "state": {"type": ["string", "null"]}})


def _held(schema: AutoSchema, resource: Resource) -> Shape:
    """The answer to what waits for an approval: nothing but that has happened."""
    document = {"anyOf": [schema.document(resource), _brief(), {"type": "null"}]}
    return json(obj({"document": document, "created": shapes.many(ref("Made")), "held": ref("Held")}), "It waits for an approval.")


def _single(schema: AutoSchema, resource: Resource, method: str) -> Described:
    shown, held = {"200": json(schema.document(resource))}, _held(schema, resource)
    if method == "GET":
        return "read", None, shown, []
    if method == "DELETE":
        return "delete", None, {"204": {"description": "Deleted."}, "202": held}, []
    return "change", schema.named(f"{resource.key}.Change", lambda: shapes.written(resource, new=False)), {**shown, "202": held}, []


def _act(schema: AutoSchema, resource: Resource, method: str) -> Described:
    view: Any = schema.view
    action = view.action
    given = {name: shapes.writing(spec) for name, spec in action.params.items()}
    needed = [name for name, spec in action.params.items() if spec.required]
    sent = obj({"version": {"type": "integer", "minimum": 1}, **given}, needed)
    return action.verb, sent, {"200": json(_answer(schema, resource)), "202": _held(schema, resource)}, []


def _preview(schema: AutoSchema, resource: Resource, method: str) -> Described:
    loose = {name: shape for name, shape in shapes.written(resource, new=False)["properties"].items() if name != "version"}
    wrong = obj({"path": shapes.TEXT, "code": shapes.TEXT, "detail": shapes.TEXT})
    computed = obj({"_errors": shapes.many(wrong)}, more=True)
    return "preview", obj({"id": shapes.KEY, "version": {"type": "integer"}, **loose}, []), {"200": json(computed)}, []


def _sketch(schema: AutoSchema, resource: Resource, method: str) -> Described:
    _name, sent, _answers, _params = _preview(schema, resource, method)
    wrong = obj({"path": shapes.TEXT, "code": shapes.TEXT, "detail": shapes.TEXT})
    drawn = obj(
        {
            "of": {"enum": ["typed", "saved", ""]},
            "pages": shapes.many(shapes.TEXT),
            "more": {"type": "integer"},
            "errors": shapes.many(wrong),
        }
    )
    return "sketch", sent, {"200": json(drawn)}, _print(schema, resource, method)[3][:2]


def _bulk(schema: AutoSchema, resource: Resource, method: str) -> Described:
    one = obj({"id": shapes.KEY, "version": {"type": "integer", "minimum": 1}}, ["id"])
    verbs: Shape = {"enum": ["change", "delete", *resource.verbs]}
    sent = obj({"verb": verbs, "ids": {**shapes.many(one), "maxItems": 200}, "values": {"type": "object"}}, ["verb", "ids"])
    return "bulk", sent, {"200": json(ref("Results")), "202": json(ref("Started"), "Many rows: a job does it.")}, []


def _lookup(schema: AutoSchema, resource: Resource, method: str) -> Described:
    found = obj({"id": shapes.KEY, "label": shapes.TEXT, "sub": shapes.TEXT, "values": {"type": "object"}})
    if method == "GET":
        unused = ("columns", "sort", "count", "sum", "group", "cursor")
        asked = [one for one in schema.filters(resource) if one["$ref"].rpartition(f"{resource.key}.")[2] not in unused]
        return "lookup", None, {"200": json(obj({"rows": shapes.many(found)}))}, asked
    sent = obj({"texts": {**shapes.many(shapes.TEXT), "maxItems": 2000}, "filters": {"type": "object"}}, ["texts"])
    return "lookup_many", sent, {"200": json(obj({"rows": shapes.many(maybe(found))}))}, []


def _events(schema: AutoSchema, resource: Resource, method: str) -> Described:
    page = obj({"rows": shapes.many({"type": "object"}), "next": {"type": ["string", "null"]}})
    return "events", None, {"200": json(page)}, [shapes.query("cursor", shapes.TEXT, "`next` of the page before.")]


def _notes(schema: AutoSchema, resource: Resource, method: str) -> Described:
    if method == "GET":
        return "notes", None, {"200": json(obj({"rows": shapes.many(ref("Note"))}))}, []
    sent = obj({"text": {"type": "string", "minLength": 1, "maxLength": 5000}, "mentions": shapes.many(shapes.KEY)}, ["text"])
    return "add_note", sent, {"201": json(ref("Note"), "Added.")}, []


def _nameable(schema: AutoSchema, resource: Resource, method: str) -> Described:
    found = obj({"id": shapes.KEY, "label": shapes.TEXT, "sub": shapes.TEXT, "values": {"type": "object"}})
    return "nameable", None, {"200": json(obj({"rows": shapes.many(found)}))}, [shapes.query("q", shapes.TEXT, "Part of the name.")]


def _files(schema: AutoSchema, resource: Resource, method: str) -> Described:
    if method == "GET":
        return "files", None, {"200": json(obj({"rows": shapes.many(ref("File"))}))}, []
    return "add_file", obj({"file": shapes.KEY}), {"201": json(ref("File"), "Attached.")}, []


def _shares(schema: AutoSchema, resource: Resource, method: str) -> Described:
    given: dict[str, Shape] = {
        "may_change": {"type": "boolean"},
        "team": {"type": "boolean"},
        "until": {"type": ["string", "null"], "format": "date"},
    }
    one = obj({"id": shapes.KEY, "member": maybe(ref("Ref")), "unit": maybe(ref("Ref")), **given})
    if method == "GET":
        return "shares", None, {"200": json(obj({"rows": shapes.many(one), "may_share": {"type": "boolean"}}))}, []
    whom: dict[str, Shape] = {"member": maybe(shapes.KEY), "unit": maybe(shapes.KEY)}
    return "share", obj({**whom, **given}, []), {"201": json(one, "Shared.")}, []


def _share(schema: AutoSchema, resource: Resource, method: str) -> Described:
    return "unshare", None, {"204": {"description": "Taken back."}}, []


def _file(schema: AutoSchema, resource: Resource, method: str) -> Described:
    return "remove_file", None, {"204": {"description": "Taken off."}}, []


def _import(schema: AutoSchema, resource: Resource, method: str) -> Described:
    form = {
        "file": FILE,
        "mode": {"enum": list(exchange.MODES)},
        "dry_run": {"enum": ["0", "1"]},
        "on_error": {"enum": ["stop", "skip"]},
        "mapping": {"type": "string", "description": "JSON: heading → field."},
    }
    return "import", {FORM: obj(form, ["file"])}, {"202": json(ref("Started"), "A job does it.")}, []


def _inspect(schema: AutoSchema, resource: Resource, method: str) -> Described:
    field = obj({"path": shapes.TEXT, "label": shapes.TEXT, "required": {"type": "boolean"}})
    told = {"headings": shapes.many(shapes.TEXT), "mapping": {"type": "object"}, "sample": shapes.many(shapes.many(shapes.TEXT))}
    found = obj({**told, "rows": {"type": "integer"}, "fields": shapes.many(field)})
    return "import_inspect", {FORM: obj({"file": FILE})}, {"200": json(found)}, []


def _template(schema: AutoSchema, resource: Resource, method: str) -> Described:
    return "import_template", None, {"200": _bytes(XLSX)}, []


def _export(schema: AutoSchema, resource: Resource, method: str) -> Described:
    sent = {
        "format": {"enum": ["xlsx", "csv"]},
        "columns": shapes.many(shapes.TEXT),
        "filters": {"type": "object"},
        "ids": shapes.many(shapes.KEY),
    }
    return "export", obj(sent, []), {"202": json(ref("Started"), "A job does it.")}, []


def _print(schema: AutoSchema, resource: Resource, method: str) -> Described:
    asked = [
        shapes.query("template", {"type": "string"}, "One of `prints` in the description of the document type; else the first."),
        shapes.query("language", {"enum": ["zh-hans", "en", "both"]}, "Both at once for forms put together of blocks."),
        shapes.query("exact", {"enum": ["1"]}, "This very form, whatever layout the series of its goods names."),
        shapes.query("as", {"enum": ["pdf", "docx", "xlsx"]}, "Word and Excel for the forms that name them as `ways`; else PDF."),
    ]
    return "print", None, {"200": _bytes(PDF)}, asked


def _forms(schema: AutoSchema, resource: Resource, method: str) -> Described:
    form = obj({
        "key": shapes.TEXT, "label": shapes.TEXT, "ways": shapes.many(shapes.TEXT), "languages": shapes.many(shapes.TEXT), "seal": {"type": "boolean"},
        "stands_for": shapes.TEXT, "language": shapes.TEXT,
    })  # fmt: skip
    return "printed_as", None, {"200": json(obj({"forms": shapes.many(form), "instead": {"type": "object"}}))}, []


DESCRIBERS: dict[type, Callable[[AutoSchema, Resource, str], Described]] = {
    views.Collection: _collection,
    views.Single: _single,
    views.Act: _act,
    views.Preview: _preview,
    views.Bulk: _bulk,
    views.Lookup: _lookup,
    around.Events: _events,
    around.Notes: _notes,
    around.Nameable: _nameable,
    around.Attachments: _files,
    around.Attachment: _file,
    sharing.OneShare: _share,
    sharing.Shares: _shares,
    exchange.Import: _import,
    exchange.Inspect: _inspect,
    exchange.Template: _template,
    exchange.Export: _export,
    printing.Print: _print,
    printing.Forms: _forms,
    printing.Sketch: _sketch,
}


class Schema(MemberView):
    """The description itself, with the company's own fields and labels in the reader's language."""

    def get(self, request: Request) -> HttpResponse:
        from kernel.api import urls  # they know this view

        own = [resource for resource in registry.here().values() if resource.in_custom]
        patterns = [path(resource.url.lstrip("/"), include(urls.of_resource(resource))) for resource in own]
        made = SchemaGenerator(patterns=[*import_module(settings.ROOT_URLCONF).urlpatterns, *patterns]).get_schema(
            request=None, public=True
        )
        made["tags"] = [
            {"name": config.label, "description": str(config.verbose_name)}
            for config in apps.get_app_configs()
            if getattr(config, "business", False)
        ]
        return HttpResponse(dump(made), content_type=MEDIA)


class Docs(SpectacularSwaggerSplitView):
    """The description drawn, to try things out."""

    url_name = "openapi"
    template_name = "api_docs.html"

    def handle_exception(self, exc: Exception) -> Response:
        self.request.accepted_renderer = JSONRenderer()
        return super().handle_exception(exc)
