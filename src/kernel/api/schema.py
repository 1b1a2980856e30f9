"""OpenAPI 3.1 of everything the API offers, exact for every resource because it is made from what reads and writes the values."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.http import HttpResponse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema as SpectacularSchema
from drf_spectacular.plumbing import ComponentRegistry, ResolvedComponent
from drf_spectacular.views import SpectacularSwaggerView
from rest_framework.request import Request
from rest_framework.response import Response

from kernel.api import around, exchange, printing, shapes, views
from kernel.api.me import MemberView
from kernel.api.shapes import Shape, maybe, obj, ref
from kernel.api.wire import JSONRenderer, dump
from kernel.resources import Resource

JSON, PROBLEM, FORM, PDF = "application/json", "application/problem+json", "multipart/form-data", "application/pdf"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA = "application/vnd.oai.openapi+json"
PATH = re.compile(r"\{(\w+)\}")
FILE: Shape = {"type": "string", "format": "binary"}
ONCE: Shape = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 100, "pattern": "^[ -~]*$"},
    "description": "Carried out once; a repetition within 48 hours gets the first answer again.",
}
Answers = dict[str, Shape]
Described = tuple[str, Shape | None, Answers, list[Shape]]
"""Name of the operation, what is sent, what is answered by status, further parameters."""


class AutoSchema(SpectacularSchema):
    """Describes the views of resources by themselves, all others as taking and giving objects."""

    def get_operation(self, path: str, path_regex: str, path_prefix: str, method: str, registry: ComponentRegistry) -> dict[str, Any]:
        """One method of one address."""
        self.registry, self.path = registry, path
        _register_fixed(registry)
        resource: Resource | None = getattr(self.view, "resource", None)
        if isinstance(self.view, views.ResourceView) and resource is not None:
            return self._of_resource(resource, method)
        parts = [part for part in path.removeprefix("/api/v1/").split("/") if part]
        name = ".".join(part.strip("{}").replace("-", "_") for part in parts) or "root"
        sent = None if method in ("GET", "DELETE") else {JSON: {"type": "object"}}
        answer = {"2XX": _json({"type": "object"}), "204": {"description": "Done."}}
        return self._operation(f"{name}.{method.lower()}", parts[0] if parts else "root", sent, answer, [])

    def _of_resource(self, resource: Resource, method: str) -> dict[str, Any]:
        describe = next(DESCRIBERS[cls] for cls in type(self.view).__mro__ if cls in DESCRIBERS)
        name, sent, answers, more = describe(self, resource, method)
        if method in ("POST", "PATCH") and not isinstance(self.view, views.Lookup | views.Preview | exchange.Inspect):
            more = [*more, ONCE]
        body = sent if sent is None or FORM in sent else {JSON: sent}
        return self._operation(f"{resource.key}.{name}", resource.app, body, answers, more, self._summary(resource, name))

    def _summary(self, resource: Resource, name: str) -> str:
        action = getattr(self.view, "action", None)
        return f"{resource.label}: {action.label if action is not None else name}"

    def _operation(self, name: str, tag: str, sent: Shape | None, answers: Answers, more: list[Shape], summary: str = "") -> dict[str, Any]:
        told = (getattr(self.view, "action", None) or self.view).__doc__ or ""
        operation: dict[str, Any] = {
            "operationId": name,
            "tags": [tag],
            "description": told.strip().split("\n")[0],
            "parameters": [*(_in_path(part, self.path) for part in PATH.findall(self.path)), *more],
            "responses": {**answers, "4XX": {"$ref": "#/components/responses/Problem"}, "503": {"$ref": "#/components/responses/Problem"}},
            "security": [{"session": []}, {"token": []}],
        }
        if summary:
            operation["summary"] = summary
        if sent is not None:
            operation["requestBody"] = {"required": True, "content": {kind: {"schema": schema} for kind, schema in sent.items()}}
        return operation

    def named(self, name: str, make: Callable[[], Shape]) -> Shape:
        """A shape under a name of its own, made when it is first referred to."""
        return {"$ref": _register(self.registry, name, ResolvedComponent.SCHEMA, make)}

    def document(self, resource: Resource) -> Shape:
        return self.named(resource.key, lambda: shapes.document(resource))

    def filters(self, resource: Resource) -> list[Shape]:
        made = {one["name"]: one for one in shapes.parameters(resource)}
        return [{"$ref": _register(self.registry, f"{resource.key}.{name}", ResolvedComponent.PARAMETER, lambda one=one: one)} for name, one in made.items()]


def _register(registry: ComponentRegistry, name: str, kind: str, make: Callable[[], Shape]) -> str:
    component = ResolvedComponent(name=name, type=kind, object=f"{kind}:{name}")
    if component not in registry:
        component.schema = make()
        registry.register(component)
    return f"#/components/{kind}/{name}"


def _register_fixed(registry: ComponentRegistry) -> None:
    for name, shape in shapes.fixed().items():
        _register(registry, name, ResolvedComponent.SCHEMA, lambda shape=shape: shape)  # type: ignore[misc]
    told = {"description": "Refused, with a code, a sentence, and what to do.", "content": {PROBLEM: {"schema": ref("Problem")}}}
    _register(registry, "Problem", ResolvedComponent.RESPONSE, lambda: told)
    for name, scheme in {"session": {"type": "apiKey", "in": "cookie", "name": "sessionid"}, "token": {"type": "http", "scheme": "bearer"}}.items():
        _register(registry, name, ResolvedComponent.SECURITY_SCHEMA, lambda scheme=scheme: scheme)  # type: ignore[misc]


def _in_path(name: str, path: str) -> Shape:
    whole = name in ("id", "pk", "file")
    return {"name": name, "in": "path", "required": True, "schema": shapes.KEY if whole else {"type": "string", "minLength": 1}}


def _json(schema: Shape, told: str = "Done.") -> Shape:
    return {"description": told, "content": {JSON: {"schema": schema}}}


def _bytes(kind: str) -> Shape:
    return {"description": "The file.", "content": {kind: {"schema": FILE}}}


# the views of a resource ---------------------------------------------------------------------------------------------
def _collection(schema: AutoSchema, resource: Resource, method: str) -> Described:
    if method == "GET":
        row = schema.named(f"{resource.key}.Row", lambda: shapes.row(resource))
        group = obj({"value": shapes.ANY, "label": shapes.TEXT, "count": {"type": "integer"}, "sums": {"type": "object"}})
        pages = {"rows": shapes.many(row), "next": {"type": ["string", "null"]}, "groups": shapes.many(group), "groups_complete": {"type": "boolean"}}
        sums = {"count": {"type": "integer"}, "count_exact": {"type": "boolean"}, "sums": {"type": "object", "additionalProperties": shapes.TEXT}}
        return "list", None, {"200": _json(obj({**pages, **sums}, []))}, schema.filters(resource)
    then = shapes.query("then", {"type": "string"}, "Verbs to carry out at once, separated by commas.")
    made = {"anyOf": [schema.document(resource), _answer(schema, resource)]}
    return "create", schema.named(f"{resource.key}.New", lambda: shapes.written(resource, new=True)), {"201": _json(made, "Created.")}, [then]


def _answer(schema: AutoSchema, resource: Resource) -> Shape:
    brief = obj({"id": shapes.KEY, "version": {"type": "integer"}, "number": shapes.TEXT, "state": {"type": ["string", "null"]}})
    return obj({"document": {"anyOf": [schema.document(resource), brief]}, "created": shapes.many(ref("Made"))})


def _single(schema: AutoSchema, resource: Resource, method: str) -> Described:
    shown = {"200": _json(schema.document(resource))}
    if method == "GET":
        return "read", None, shown, []
    if method == "DELETE":
        return "delete", None, {"204": {"description": "Deleted."}}, []
    return "change", schema.named(f"{resource.key}.Change", lambda: shapes.written(resource, new=False)), shown, []


def _act(schema: AutoSchema, resource: Resource, method: str) -> Described:
    action = schema.view.action
    given = {name: shapes.writing(spec) for name, spec in action.params.items()}
    needed = [name for name, spec in action.params.items() if spec.required]
    sent = obj({"version": {"type": "integer", "minimum": 1}, **given}, needed)
    held = _json(ref("Held"), "Not refused, but it waits for somebody.")
    return action.verb, sent, {"200": _json(_answer(schema, resource)), "202": held}, []


def _preview(schema: AutoSchema, resource: Resource, method: str) -> Described:
    loose = {name: shape for name, shape in shapes.written(resource, new=False)["properties"].items() if name != "version"}
    wrong = obj({"path": shapes.TEXT, "code": shapes.TEXT, "detail": shapes.TEXT})
    computed = obj({"_errors": shapes.many(wrong)}, more=True)
    return "preview", obj({"id": shapes.KEY, "version": {"type": "integer"}, **loose}, []), {"200": _json(computed)}, []


def _bulk(schema: AutoSchema, resource: Resource, method: str) -> Described:
    one = obj({"id": shapes.KEY, "version": {"type": "integer", "minimum": 1}}, ["id"])
    verbs: Shape = {"enum": ["change", "delete", *resource.verbs]}
    sent = obj({"verb": verbs, "ids": {**shapes.many(one), "maxItems": 200}, "values": {"type": "object"}}, ["verb", "ids"])
    return "bulk", sent, {"200": _json(ref("Results")), "202": _json(ref("Started"), "Many rows: a job does it.")}, []


def _lookup(schema: AutoSchema, resource: Resource, method: str) -> Described:
    found = obj({"id": shapes.KEY, "label": shapes.TEXT, "sub": shapes.TEXT, "values": {"type": "object"}})
    if method == "GET":
        unused = ("columns", "sort", "count", "sum", "group", "cursor")
        asked = [one for one in schema.filters(resource) if one["$ref"].rpartition(f"{resource.key}.")[2] not in unused]
        return "lookup", None, {"200": _json(obj({"rows": shapes.many(found)}))}, asked
    sent = obj({"texts": {**shapes.many(shapes.TEXT), "maxItems": 2000}, "filters": {"type": "object"}}, ["texts"])
    return "lookup_many", sent, {"200": _json(obj({"rows": shapes.many(maybe(found))}))}, []


def _events(schema: AutoSchema, resource: Resource, method: str) -> Described:
    page = obj({"rows": shapes.many({"type": "object"}), "next": {"type": ["string", "null"]}})
    return "events", None, {"200": _json(page)}, [shapes.query("cursor", shapes.TEXT, "`next` of the page before.")]


def _notes(schema: AutoSchema, resource: Resource, method: str) -> Described:
    if method == "GET":
        return "notes", None, {"200": _json(obj({"rows": shapes.many(ref("Note"))}))}, []
    sent = obj({"text": {"type": "string", "minLength": 1, "maxLength": 5000}, "mentions": shapes.many(shapes.KEY)}, ["text"])
    return "add_note", sent, {"201": _json(ref("Note"), "Added.")}, []


def _files(schema: AutoSchema, resource: Resource, method: str) -> Described:
    if method == "GET":
        return "files", None, {"200": _json(obj({"rows": shapes.many(ref("File"))}))}, []
    return "add_file", obj({"file": shapes.KEY}), {"201": _json(ref("File"), "Attached.")}, []


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
    return "import", {FORM: obj(form, ["file"])}, {"202": _json(ref("Started"), "A job does it.")}, []


def _inspect(schema: AutoSchema, resource: Resource, method: str) -> Described:
    field = obj({"path": shapes.TEXT, "label": shapes.TEXT, "required": {"type": "boolean"}})
    told = {"headings": shapes.many(shapes.TEXT), "mapping": {"type": "object"}, "sample": shapes.many(shapes.many(shapes.TEXT))}
    found = obj({**told, "rows": {"type": "integer"}, "fields": shapes.many(field)})
    return "import_inspect", {FORM: obj({"file": FILE})}, {"200": _json(found)}, []


def _template(schema: AutoSchema, resource: Resource, method: str) -> Described:
    return "import_template", None, {"200": _bytes(SHEET)}, []


def _export(schema: AutoSchema, resource: Resource, method: str) -> Described:
    sent = {"format": {"enum": ["xlsx", "csv"]}, "columns": shapes.many(shapes.TEXT), "filters": {"type": "object"}, "ids": shapes.many(shapes.KEY)}
    return "export", obj(sent, []), {"202": _json(ref("Started"), "A job does it.")}, []


def _print(schema: AutoSchema, resource: Resource, method: str) -> Described:
    asked = [shapes.query("template", {"enum": [one.key for one in resource.prints]}, ""), shapes.query("language", {"enum": ["zh-hans", "en"]}, "")]
    return "print", None, {"200": _bytes(PDF)}, asked


DESCRIBERS: dict[type, Callable[[AutoSchema, Resource, str], Described]] = {
    views.Collection: _collection,
    views.Single: _single,
    views.Act: _act,
    views.Preview: _preview,
    views.Bulk: _bulk,
    views.Lookup: _lookup,
    around.Events: _events,
    around.Notes: _notes,
    around.Attachments: _files,
    around.Attachment: _file,
    exchange.Import: _import,
    exchange.Inspect: _inspect,
    exchange.Template: _template,
    exchange.Export: _export,
    printing.Print: _print,
}


class Schema(MemberView):
    """The description itself, with the company's own fields and labels in the reader's language."""

    def get(self, request: Request) -> HttpResponse:
        made = SchemaGenerator().get_schema(request=None, public=True)
        made["tags"] = [{"name": config.label, "description": str(config.verbose_name)} for config in apps.get_app_configs() if getattr(config, "business", False)]
        return HttpResponse(dump(made), content_type=MEDIA)


class Docs(SpectacularSwaggerView):
    """The description drawn, to try things out."""

    url_name = "openapi"

    def handle_exception(self, exc: Exception) -> Response:
        self.request.accepted_renderer = JSONRenderer()
        return super().handle_exception(exc)
