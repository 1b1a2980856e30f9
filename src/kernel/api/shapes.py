"""The shapes of what goes over the wire, in JSON Schema: made from the same Specs that read and write the values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kernel import divisions
from kernel.codes import CodeTable
from kernel.specs import NUMERIC, Spec

if TYPE_CHECKING:
    from kernel.resources import Resource

Shape = dict[str, Any]
JSON, FORM = "application/json", "multipart/form-data"
KEY: Shape = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
TEXT: Shape = {"type": "string"}
INSTANT: Shape = {"type": "string", "format": "date-time"}
RANGED = NUMERIC | {"date", "datetime"}
ANY: Shape = {}


def obj(properties: Mapping[str, Shape], required: list[str] | tuple[str, ...] | None = None, *, more: bool = False) -> Shape:
    """An object; all of its properties are required unless said otherwise."""
    names = list(properties) if required is None else list(required)
    shape: Shape = {"type": "object", "properties": dict(properties), "additionalProperties": more}
    return {**shape, "required": names} if names else shape


def many(item: Shape) -> Shape:
    return {"type": "array", "items": item}


def maybe(shape: Shape) -> Shape:
    return {"anyOf": [shape, {"type": "null"}]}


def ref(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{name}"}


def json(schema: Shape, told: str = "Done.") -> Shape:
    """An answer in JSON."""
    return {"description": told, "content": {JSON: {"schema": schema}}}


def fixed() -> dict[str, Shape]:
    """The shapes that belong to no resource."""
    error = obj({"path": TEXT, "code": TEXT, "detail": TEXT})
    step = obj({"label": TEXT, "action": TEXT, "values": {"type": "object"}})
    problem = {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer"},
        "code": TEXT,
        "detail": TEXT,
        "errors": many(error),
        "help": many(step),
    }
    job = {"id": KEY, "kind": TEXT, "label": TEXT, "state": {"enum": ["queued", "running", "done", "failed", "cancelled"]}}
    job |= {"done": {"type": "integer"}, "total": {"type": "integer"}, "message": TEXT, "result": {"type": "object"}, "created_at": INSTANT}
    named = obj({"id": KEY, "label": TEXT})
    return {
        "Problem": {**obj(problem, ["type", "title", "status", "code", "detail"], more=True)},
        "Ref": named,
        "Made": obj({"_key": TEXT, "id": KEY, "_label": TEXT}),
        "Job": obj(job),
        "Started": obj({"job": ref("Job")}),
        "File": obj(
            {"id": KEY, "name": TEXT, "size": {"type": "integer"}, "type": TEXT, "url": TEXT, "at": INSTANT, "by": maybe(ref("Ref"))}
        ),
        "Note": obj({"id": KEY, "at": INSTANT, "by": maybe(ref("Ref")), "text": TEXT, "mentions": many(ref("Ref"))}),
        "Results": obj(
            {
                "results": many(
                    obj(
                        {
                            "id": ANY,
                            "ok": {"type": "boolean"},
                            "label": TEXT,
                            "code": TEXT,
                            "detail": TEXT,
                            "version": {"type": ["integer", "null"]},
                        }
                    )
                )
            }
        ),
        "Held": obj({"approval": KEY, "text": TEXT, "waiting_for": many(maybe(ref("Ref")))}),
    }


# values --------------------------------------------------------------------------------------------------------------
def reading(spec: Spec) -> Shape:
    """A value as it is answered."""
    title = {"title": str(spec.label)}
    if spec.type in ("ref", "member", "unit"):
        return {**(ref("Ref") if spec.required else maybe(ref("Ref"))), **title}
    if spec.type == "refs":
        return {**many(ref("Ref") if spec.target is not None else KEY), **title}
    if spec.type == "json":
        return title
    shape = spec.schema()
    if spec.type in NUMERIC - {"int"}:
        shape = {**shape, "pattern": r"^-?\d+(\.\d+)?$"}
    if spec.type == "state":
        shape["type"], shape["enum"] = "string", [value for value, _label in spec.choices]
    if spec.custom and spec.type == "choice":
        return {**title, "type": ["string", "null"]}
    return {name: value for name, value in shape.items() if name != "maxLength"}


def _formatted(spec: Spec, shape: Shape) -> Shape:
    return {**shape, "format": "email"} if spec.type == "email" else shape


def writing(spec: Spec) -> Shape:
    """A value as it is sent."""
    shape = _formatted(spec, spec.schema(writing=True))
    if spec.help:
        shape["description"] = str(spec.help)
    if spec.default is not None and not callable(spec.default) and isinstance(spec.default, str | int):
        shape["default"] = spec.default
    return shape


# documents -----------------------------------------------------------------------------------------------------------
def envelope(resource: Resource) -> dict[str, Shape]:
    found: dict[str, Shape] = {"_key": {"const": resource.key}, "id": KEY, "version": {"type": "integer"}, "number": TEXT, "_label": TEXT}
    return found | ({"state": reading(resource.own["state"])} if resource.has_state else {})


def _own(resource: Resource) -> dict[str, Shape]:
    return {name: reading(spec) for name, spec in resource.own.items()}


def _custom(resource: Resource) -> dict[str, Shape]:
    return {"custom": obj({name: reading(spec) for name, spec in resource.custom.items()})} if resource.custom else {}


def document(resource: Resource) -> Shape:
    """A whole document as it is answered."""
    lines = {}
    for name, specs in resource.line_specs.items():
        columns = {column: reading(spec) for column, spec in specs.items()}
        lines[name] = many(obj({"id": KEY, "seq": {"type": "integer"}, **columns}))
    can = obj({"change": {"type": "boolean"}, "delete": {"type": "boolean"}})
    told: dict[str, Shape] = {"_actions": many({"enum": list(resource.verbs)} if resource.verbs else TEXT), "_can": can}
    told |= {name: {} for name in resource.besides}
    if resource.model.links:
        told["_links"] = obj(dict.fromkeys(resource.model.links, obj({"_key": TEXT, "id": KEY})), [])
    shown = {**_own(resource), **envelope(resource), **_custom(resource), **lines, **told}
    lock = obj({"id": KEY, "waiting_for": many(maybe(ref("Ref"))), "reason": TEXT, "editable": many(TEXT)})
    blocked = {"type": "object", "additionalProperties": TEXT}
    return obj({**shown, "_approval": lock, "_blocked": blocked}, list(shown))


def row(resource: Resource) -> Shape:
    """A document in a list: its envelope and the columns asked for."""
    mark = {"_mark": TEXT} if resource.marked_by else {}
    return obj({**_own(resource), **envelope(resource), **mark, **_custom(resource)}, list(envelope(resource)))


def written(resource: Resource, *, new: bool) -> Shape:
    """What may be sent for a new document, or for a change of one."""
    own = {name: writing(resource.own[name]) for name in resource.own if name in resource.writable}
    required = [name for name in own if resource.own[name].required]
    custom = {name: writing(spec) for name, spec in resource.custom.items()}
    needed = [name for name, spec in resource.custom.items() if spec.required]
    if custom:
        own["custom"] = obj(custom, needed)
        required += ["custom"] if needed else []
    for name, part in resource.line_parts.items():
        if not part.fixed:
            columns = {column: writing(spec) for column, spec in resource.line_specs[name].items() if not spec.readonly}
            demanded = [column for column in columns if resource.line_specs[name][column].required]
            own[name] = {
                **many(obj({"id": KEY, **columns} if not new else columns, demanded if new else [])),
                "title": str(part.title),
                "maxItems": 2000,
            }
    return obj(own, required) if new else obj({"version": {"type": "integer", "minimum": 1}, **own}, ["version"])


def parameters(resource: Resource) -> list[Shape]:
    """What a list may be asked: words, order, page, columns, and a filter for every field that has one."""
    from kernel.listing import MAX_LIMIT

    sortable = [name for name, spec in resource.own.items() if spec.type not in ("json", "refs", "long")]
    sortable += [f"custom.{name}" for name, spec in resource.custom.items() if spec.meta()["sort"]]
    order = {"enum": [sign + name for name in dict.fromkeys((*sortable, "id", "number", "created_at", "updated_at")) for sign in ("", "-")]}
    grouped = {"enum": sortable}
    asked = [
        query("q", {**TEXT, "maxLength": 200}, "Words, codes or pinyin to search for."),
        query("sort", order, "A field; with a minus sign the other way round."),
        query("limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}, ""),
        query("cursor", TEXT, "`next` of the page before."),
        query("columns", TEXT, "Fields to send, separated by commas."),
        query("count", {"enum": ["1"]}, "Also tell how many there are, up to 10,000."),
        query("sum", TEXT, "Fields to sum up over the whole filter, separated by commas."),
        query("group", grouped, "Answer with counts by the values of this field instead of rows."),
        query("id", many(KEY), "These documents only."),
    ]
    filterable = {name: spec for name, spec in resource.fields.items() if spec.filter}
    return asked + [one for name, spec in filterable.items() for one in _filters(f"custom.{name}" if spec.custom else name, spec)]


def _filters(name: str, spec: Spec) -> list[Shape]:
    """Equal to any of the given values, at least, at most, empty."""
    value = {"ref": KEY, "refs": KEY, "member": {"anyOf": [KEY, {"const": "me"}]}, "unit": KEY, "bool": {"enum": ["true", "false"]}}.get(
        spec.type
    )
    if spec.type == "division":
        value = {"anyOf": [{"enum": [code for code, _name in divisions.within("") if code.isdecimal()]}, TEXT]}
    if value is None:
        plain = {part: told for part, told in _formatted(spec, spec.schema()).items() if part in ("pattern", "format")}
        value = (
            {"enum": [code for code, _label in spec.choices]}
            if spec.choices and not isinstance(spec.choices, CodeTable)
            else {"type": "integer" if spec.type == "int" else "string", **plain}
        )
    found = [query(name, many(value), str(spec.label))]
    if spec.type in RANGED:
        found += [query(f"{name}__{operator}", value, "") for operator in ("gte", "lte")]
    return [*found, query(f"{name}__isnull", {"enum": ["true", "false"]}, "")]


def query(name: str, schema: Shape, told: str) -> Shape:
    shape: Shape = {"name": name, "in": "query", "required": False, "schema": schema}
    return {**shape, "description": told} if told else shape
