"""What a company's configuration is, without ids: every row by its names, every value as JSON would have it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import models

from kernel import registry
from kernel import specs as specs_of
from kernel.resources import Resource
from kernel.specs import Spec, label_of

Key = tuple[str, ...]
NAMED = "named"
"""A reference in a picture: {"named": "East China"}, several as {"named": ["Sales", "Finance"]}."""
ELSEWHERE = ("member", "unit")
"""Kinds of values that mean nobody in another company."""


@dataclass
class Row:
    """A piece of configuration."""

    label: str
    values: dict[str, Any]
    lines: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


Pictures = dict[str, dict[Key, Row]]
Names = dict[type[models.Model], dict[int, str]]


def resources() -> list[Resource]:
    """What is configuration, in an order in which references find what they point to."""
    known = {resource.key: resource for resource in registry.everything().values() if resource.configuration and not resource.platform}
    ordered: dict[str, Resource] = {}

    def place(key: str, above: tuple[str, ...]) -> None:
        if key in ordered or key in above or key not in known:
            return
        for target in _targets(known[key]):
            place(target, (*above, key))
        ordered[key] = known[key]

    for key in known:
        place(key, ())
    return list(ordered.values())


def _targets(resource: Resource) -> list[str]:
    """The kinds of documents that its rows and their lines refer to."""
    specs = [*fields(resource).values(), *(spec for kind in resource.line_parts for spec in columns(resource, kind).values())]
    return [specs_of.key_of(spec.target) for spec in specs if spec.target is not None]


def pictured() -> Pictures:
    """All configuration of the company at hand."""
    names: Names = {}
    return {resource.key: _rows(resource, names) for resource in resources()}


def fields(resource: Resource) -> dict[str, Spec]:
    """The fields of a row that are carried."""
    named = {name: resource.own[name] for name in sorted(resource.writable) if resource.own[name].type not in ELSEWHERE}
    columns = {name: resource.model._meta.get_field(name) for name in resource.carried}
    return named | {name: replace(specs_of.of_field(column), label=resource.carried[name]) for name, column in columns.items()}


def columns(resource: Resource, kind: str) -> dict[str, Spec]:
    """The same of its lines."""
    return {name: spec for name, spec in resource.line_specs[kind].items() if not spec.readonly and spec.type not in ELSEWHERE}


def _rows(resource: Resource, names: Names) -> dict[Key, Row]:
    found: dict[Key, Row] = {}
    for document in resource.queryset().order_by("pk").prefetch_related(*resource.line_parts):
        lines = {
            kind: [_values(line, columns(resource, kind), names) for line in getattr(document, kind).all()] for kind in resource.line_parts
        }
        found[key_of(resource, document)] = Row(str(document), _values(document, fields(resource), names), lines)
    return found


def key_of(resource: Resource, document: Any) -> Key:
    return tuple(str(getattr(document, name)) for name in resource.configuration)


def _values(row: models.Model, specs: Mapping[str, Spec], names: Names) -> dict[str, Any]:
    return {name: _value(getattr(row, spec.attname), spec, names) for name, spec in specs.items()}


def _value(value: Any, spec: Spec, names: Names) -> Any:
    if spec.type == "ref":
        return None if value is None else {NAMED: _named(spec, names).get(value, "")}
    if spec.type == "refs" and spec.target is not None:
        return {NAMED: _all_named(value, _named(spec, names))}
    return spec.render_value(value)


def _all_named(keys: Iterable[int], names: Mapping[int, str]) -> list[str]:
    return [names[key] for key in keys if key in names]


def _named(spec: Spec, names: Names) -> dict[int, str]:
    """What the rows that a reference may point to are called."""
    target = spec.target
    assert target is not None
    if target not in names:
        names[target] = {pk: str(label) for pk, label in target._default_manager.values_list("pk", label_of(target))}
    return names[target]
