"""OpenAPI 3.1 of everything the API offers, exact for every resource because it is made from what reads and writes the values."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from drf_spectacular.openapi import AutoSchema as SpectacularSchema
from drf_spectacular.plumbing import ComponentRegistry, ResolvedComponent

from kernel.api import shapes
from kernel.api.shapes import FORM, JSON, Shape, json, ref

if TYPE_CHECKING:
    from kernel.resources import Resource

PROBLEM = "application/problem+json"
PATH = re.compile(r"\{(\w+)\}")
ONCE: Shape = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 100, "pattern": "^[ -~]*$"},
    "description": "Carried out once; a repetition within 48 hours gets the first answer again.",
}


class AutoSchema(SpectacularSchema):
    """Describes the views of resources by themselves, all others as taking and giving objects."""

    def get_operation(self, path: str, path_regex: str, path_prefix: str, method: str, registry: ComponentRegistry) -> dict[str, Any]:
        """One method of one address."""
        self.registry, self.path = registry, path
        _register_fixed(registry)
        resource: Resource | None = getattr(self.view, "resource", None)
        if resource is not None:
            return self._of_resource(resource, method)
        parts = [part for part in path.removeprefix("/api/v1/").split("/") if part]
        name = ".".join(part.strip("{}").replace("-", "_") for part in parts) or "root"
        tag, name = parts[0] if parts else "root", f"{name}.{method.lower()}"
        if described := getattr(self.view, "described", None):
            form, answered, more = described(self, method)
            return self._operation(name, tag, None if form is None else {JSON: form}, {"200": json(answered)}, more)
        sent = None if method in ("GET", "DELETE") else {JSON: {"type": "object"}}
        return self._operation(name, tag, sent, {"2XX": json({"type": "object"}), "204": {"description": "Done."}}, [])

    def of_form(self, form: Any) -> Shape:
        """What a serializer takes."""
        return cast("Shape", self._map_serializer(form, "request"))

    def _of_resource(self, resource: Resource, method: str) -> dict[str, Any]:
        from kernel.api import openapi  # it knows the views, which in turn wait for this class

        name, sent, answers, more = openapi.describe(self, resource, method)
        if name in openapi.ONCE_ONLY or getattr(self.view, "action", None) is not None:
            more = [*more, ONCE]
        body = sent if sent is None or FORM in sent else {JSON: sent}
        action = getattr(self.view, "action", None)
        summary = f"{resource.label}: {action.label if action is not None else name}"
        return {"summary": summary, **self._operation(f"{resource.key}.{name}", resource.app, body, answers, more)}

    def _operation(self, name: str, tag: str, sent: Shape | None, answers: dict[str, Shape], more: list[Shape]) -> dict[str, Any]:
        told = (getattr(self.view, "action", None) or self.view).__doc__ or ""
        operation: dict[str, Any] = {
            "operationId": name,
            "tags": [tag],
            "description": told.strip().split("\n")[0],
            "parameters": [*(_in_path(part, self.path) for part in PATH.findall(self.path)), *more],
            "responses": {**answers, "4XX": {"$ref": "#/components/responses/Problem"}, "503": {"$ref": "#/components/responses/Problem"}},
            "security": [{"session": []}, {"token": []}],
        }
        if sent is not None:
            operation["requestBody"] = {"required": True, "content": {kind: {"schema": schema} for kind, schema in sent.items()}}
        return operation

    def named(self, name: str, make: Callable[[], Shape]) -> Shape:
        """A shape under a name of its own, made when it is first referred to."""
        return {"$ref": _register(self.registry, name, ResolvedComponent.SCHEMA, make)}

    def document(self, resource: Resource) -> Shape:
        return self.named(resource.key, lambda: shapes.document(resource))

    def filters(self, resource: Resource) -> list[Shape]:
        kind = ResolvedComponent.PARAMETER
        return [{"$ref": _register(self.registry, f"{resource.key}.{one['name']}", kind, _as(one))} for one in shapes.parameters(resource)]


def _as(shape: Shape) -> Callable[[], Shape]:
    return lambda: shape


def _register(registry: ComponentRegistry, name: str, kind: str, make: Callable[[], Shape]) -> str:
    component = ResolvedComponent(name=name, type=kind, object=f"{kind}:{name}")
    if component not in registry:
        component.schema = make()
        registry.register(component)
    return f"#/components/{kind}/{name}"


def _register_fixed(registry: ComponentRegistry) -> None:
    for name, shape in shapes.fixed().items():
        _register(registry, name, ResolvedComponent.SCHEMA, _as(shape))
    told = {"description": "Refused, with a code, a sentence, and what to do.", "content": {PROBLEM: {"schema": ref("Problem")}}}
    _register(registry, "Problem", ResolvedComponent.RESPONSE, _as(told))
    for name, scheme in {
        "session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
        "token": {"type": "http", "scheme": "bearer"},
    }.items():
        _register(registry, name, ResolvedComponent.SECURITY_SCHEMA, _as(scheme))


def _in_path(name: str, path: str) -> Shape:
    whole = name in ("id", "pk", "file")
    return {"name": name, "in": "path", "required": True, "schema": shapes.KEY if whole else {"type": "string", "minLength": 1}}
