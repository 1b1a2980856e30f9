"""The form of a document type as a role lays it out (W-1.3.5): order of sections and fields, fields left out, required, filled in beforehand.

It stands in a role's `screens` as {forms: {document type: {sections: [{title, fields}], hide, required, defaults}}} and takes nothing
away from what the product asks: what it does not mention stands where it always does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from kernel import registry
from kernel.access import Actor
from kernel.refusals import FieldError
from kernel.resources import Lines, Resource, Section
from kernel.specs import Bad, Spec

Layout = Mapping[str, Any]
PARTS = {"sections", "hide", "required", "defaults"}
BEFOREHAND = {"text", "long", "int", "decimal", "money", "price", "percent", "bool", "choice", "date", "email", "phone", "url"}
"""Kinds of fields that can begin with a value."""


def of(resource: Resource, actor: Actor) -> Layout:
    """How the first of the reader's roles that says something about this form lays it out."""
    return next((one["forms"][resource.key] for one in actor.profile.screens if resource.key in one.get("forms", {})), {})


def parts(resource: Resource, actor: Actor) -> list[Section | Lines]:
    """The parts of the form in their order; lines come last, as always."""
    told, usual = of(resource, actor), list(resource.form)
    if not told:
        return usual
    hidden = set(told.get("hide", ()))
    placed = {name for section in told.get("sections", ()) for name in section["fields"]}
    found: list[Section | Lines] = [
        Section(section["title"], *_shown(section["fields"], resource, hidden)) for section in told.get("sections", ())
    ]
    for part in usual:
        if isinstance(part, Section):
            found.append(Section(part.title, *(name for name in _shown(part.fields, resource, hidden) if name not in placed)))
    return [*(part for part in found if part.fields), *(part for part in usual if isinstance(part, Lines))]  # type: ignore[union-attr]


def _shown(names: Any, resource: Resource, hidden: set[str]) -> list[str]:
    return [name for name in names if name in resource.fields and name not in hidden]


def own_left(resource: Resource, actor: Actor) -> list[str]:
    """The company's own fields that the layout does not place or leave out."""
    told = of(resource, actor)
    gone = {*told.get("hide", ()), *(name for section in told.get("sections", ()) for name in section["fields"])}
    return [name for name in resource.custom if name not in gone]


def demanded(resource: Resource, actor: Actor, specs: Mapping[str, Spec]) -> Mapping[str, Spec]:
    """The same fields, required and begun as the role says."""
    told = of(resource, actor)
    if not told:
        return specs
    required, defaults = set(told.get("required", ())), told.get("defaults", {})
    return {name: _demanded(spec, name in required, defaults.get(name)) for name, spec in specs.items()}


def _demanded(spec: Spec, required: bool, default: Any) -> Spec:
    given = {"required": True} if required and not spec.readonly else {}
    return replace(spec, **given, **({} if default is None else {"default": spec.parse(default)}))  # type: ignore[arg-type]


def begun(resource: Resource, actor: Actor, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is sent for a new document, with what the role fills in beforehand."""
    defaults = of(resource, actor).get("defaults", {})
    if not defaults:
        return data
    custom = {name: value for name, value in defaults.items() if name in resource.custom}
    plain = {name: value for name, value in defaults.items() if name in resource.writable}
    filled = {**plain, **data}
    return {**filled, "custom": {**custom, **(data.get("custom") or {})}} if custom else filled


# checking ------------------------------------------------------------------------------------------------------------
def faults(forms: Any) -> list[FieldError]:
    """What is wrong with the layouts of a role, each told with its place."""
    if not isinstance(forms, Mapping):
        return [_wrong("", "not_an_object", _("Layouts are {document type: {sections, hide, required, defaults}}."))]
    return [error for key, told in forms.items() for error in _faults(str(key), told)]


def _wrong(path: str, code: str, sentence: str) -> FieldError:
    return FieldError(f"screens.forms.{path}".rstrip("."), code, sentence)


def _faults(key: str, told: Any) -> Iterator[FieldError]:
    resource = registry.find(key)
    if resource is None or resource.in_custom:
        yield _wrong(key, "not_found", _("There is no document type “%(key)s” whose form can be laid out.") % {"key": key[:60]})
        return
    if not isinstance(told, Mapping) or set(told) - PARTS or not _well_formed(told):
        yield _wrong(key, "not_an_object", _("A layout is {sections: [{title, fields}], hide: […], required: […], defaults: {…}}."))
        return
    sections = [name for section in told.get("sections", ()) for name in section["fields"]]
    usable = {name for part in resource.form if isinstance(part, Section) for name in part.fields} | set(resource.custom)
    for name in dict.fromkeys([*sections, *told.get("hide", ()), *told.get("required", ()), *told.get("defaults", {})]):
        if name not in usable:
            yield _wrong(f"{key}.{name}", "unknown_field", _("There is no field “%(name)s” here.") % {"name": name[:60]})
    for name in {name for name in sections if sections.count(name) > 1}:
        yield _wrong(f"{key}.sections", "taken", _("“%(name)s” stands in the form twice.") % {"name": name})
    yield from _impossible(resource, told, usable)


def _well_formed(told: Layout) -> bool:
    sections = told.get("sections", [])
    return (
        isinstance(sections, list)
        and all(isinstance(one, Mapping) and set(one) == {"title", "fields"} and isinstance(one["title"], str) and _names(one["fields"]) for one in sections)
        and _names(told.get("hide", [])) and _names(told.get("required", [])) and isinstance(told.get("defaults", {}), Mapping)
    )  # fmt: skip


def _names(told: Any) -> bool:
    return isinstance(told, list) and all(isinstance(one, str) for one in told)


def _impossible(resource: Resource, told: Layout, usable: set[str]) -> Iterator[FieldError]:
    """A field that must be filled in is not left out, unless it is filled in beforehand; what begins a field must fit it."""
    defaults = told.get("defaults", {})
    for name, value in defaults.items():
        if name not in usable:
            continue
        spec = resource.fields[name]
        if spec.type not in BEFOREHAND or spec.readonly:
            yield _wrong(f"{resource.key}.{name}", "bad_default", _("“%(label)s” cannot be filled in beforehand.") % {"label": spec.label})
            continue
        try:
            spec.parse(value)
        except Bad as bad:
            yield _wrong(f"{resource.key}.{name}", bad.code, bad.detail)
    for name in told.get("hide", ()):
        needed = name in told.get("required", ()) or (
            name in usable and resource.fields[name].required and not resource.fields[name].readonly
        )
        if needed and name not in defaults:
            label = resource.fields[name].label if name in usable else name
            yield _wrong(f"{resource.key}.{name}", "hides_required", _("“%(label)s” must be filled in: leave it in the form, or fill it in beforehand.") % {"label": label})  # fmt: skip
