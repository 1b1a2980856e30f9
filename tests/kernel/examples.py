"""An example of every kind of document, made from its description, so that a new type is tested the day it is declared."""

from __future__ import annotations

import secrets
from typing import Any

from kernel import registry
from kernel.fields import RefKeyField
from kernel.resources import Resource
from kernel.specs import Spec, key_of
from tests import trade
from tests.api import Api, Json

PARTICULAR: dict[str, dict[str, Any]] = {
    "kernel.numberrule": {"pattern": "K{seq:04d}"},
    "kernel.webhook": {"url": "https://example.com/hook", "kinds": "kernel.numberrule.create"},
    "inventory.move": {"lines": [{"quantity": "1", "to_warehouse": 1}]},
    "contracts.contract": {"plan": []},
    "contracts.scheme": {"lines": [{"name": "All", "percent": "100"}]},
    "finance.receipt": {"amount": "10.00", "allocations": []},
}
"""What no description can tell: rules among values. Merged over what is made up; lines get their missing references."""
CHANGED = {"kernel.numberrule": ("pattern", "N{seq:05d}"), "kernel.webhook": ("name", "Changed")}
"""A field and a new value where any text will not do."""
FIT = {"catalog.item": "serialised=false&"}
"""Which documents may be referred to without more ado."""
PLAIN: dict[str, Any] = {
    "int": 1,
    "decimal": "1",
    "money": "1.00",
    "price": "1.00",
    "percent": "1",
    "date": "2026-11-21",
    "bool": True,
    "json": {},
    "refs": [],
}


def of(resource: Resource, api: Api) -> Json:
    """Values with which a document can be created: the required ones, and a line of each kind."""
    own = {name: value(spec, api) for name, spec in resource.own.items() if name in resource.writable and spec.required}
    own |= {name: free_key(resource, name, api) for name in own if isinstance(resource.model._meta.get_field(name), RefKeyField)}
    given = dict(PARTICULAR.get(resource.key, {}))
    for name, part in resource.line_parts.items():
        if not part.fixed:
            specs = {column: spec for column, spec in resource.line_specs[name].items() if spec.required and not spec.readonly}
            lines = given.get(name, [{}])
            own[name] = [{column: value(spec, api) for column, spec in specs.items() if column not in line} | line for line in lines]
    return own | {name: told for name, told in given.items() if name not in resource.line_parts}


def free_key(resource: Resource, name: str, api: Api) -> str:
    """A kind of document that none of these is for yet."""
    taken = {row[name] for row in api.rows(resource.key, f"limit=500&columns={name}")}
    return next(key for key in registry.everything() if key not in taken)


def value(spec: Spec, api: Api) -> Any:
    if spec.type in PLAIN:
        return PLAIN[spec.type]
    if spec.type in ("choice", "state"):
        return spec.choices[0][0]
    if spec.type == "email":
        return f"e{secrets.token_hex(5)}@example.com"
    if spec.type == "ref":
        return reference(spec, api)
    return f"e{secrets.token_hex(5)}"[: spec.max_length or None]


def reference(spec: Spec, api: Api) -> int:
    """A document that may be referred to: the latest there is, or a new one."""
    assert spec.target is not None
    key = key_of(spec.target)
    rows = api.rows(key, f"{FIT.get(key, '')}sort=-id&limit=1")
    return rows[0]["id"] if rows else create(registry.get(key), api)["id"]


def create(resource: Resource, api: Api) -> Json:
    return api.create(resource.key, of(resource, api))


def changed(resource: Resource) -> tuple[str, str]:
    """A field that may be changed, and a new value for it."""
    name = next(name for name in sorted(resource.writable) if resource.own[name].type == "text")
    return CHANGED.get(resource.key, (name, "changed"[: resource.own[name].max_length or None]))


def fill(api: Api) -> None:
    """A company in which every kind of document occurs at least twice: two orders from quote to cash, and what they do not bring."""
    for _ in range(2):
        agreed, _order = trade.closed(api, {"item": trade.machine(api)["id"]}, {"item": trade.item(api)["id"], "quantity": "2"})
        receipt = api.create("finance.receipt", {"partner": agreed["customer"]["id"], "amount": "5.00"})
        trade.ready(api)
        api.post(f"/partners/partners/{receipt['partner']['id']}/notes/", {"text": "paid in cash", "mentions": [1]}, 201)
    for resource in registry.everything().values():
        for _ in range(2 - len(api.rows(resource.key, "limit=2"))):
            create(resource, api)
