"""An example of every kind of document, made from its description, so that a new type is tested the day it is declared."""

from __future__ import annotations

import secrets
from typing import Any

from kernel import registry
from kernel.fields import RefKeyField
from kernel.resources import Resource
from kernel.specs import Spec, key_of
from tests import trade
from tests.api import Api, Json, at

PARTICULAR: dict[str, dict[str, Any]] = {
    "kernel.numberrule": {"pattern": "K{seq:04d}"},
    "process.rule": {"anchor": "holds", "steps": [{"days": 1, "to": [{"who": "owner"}]}]},
    "process.notice": {"everybody": True},
    "process.standard": {"resource": "kernel.webhook", "verb": "enable", "checklist": "Address looked at", "active": False},
    "kernel.webhook": {"url": "https://example.com/hook", "kinds": "kernel.numberrule.create"},
    "inventory.move": {"lines": [{"quantity": "1", "to_warehouse": 1}]},
    "contracts.contract": {"plan": [], "clauses": []},
    "contracts.change": {"lines": []},
    "contracts.scheme": {"lines": [{"name": "All", "percent": "100"}]},
    "approvals.flow": {"resource": "sales.order", "verb": "hold", "drawing": {}},
    "approvals.delegation": {"begins_on": "2026-11-21", "ends_on": "2026-11-22"},
    "office.form": {"design": {"sections": [{"title": "All", "fields": [{"name": "what", "kind": "text", "label": "What"}]}]}},
    "crm.evaluationmodel": {"factors": [{"name": "Purchase", "weight": "1", "formula": "purchase"}]},
    "finance.receipt": {"amount": "10.00", "allocations": []},
    "pricing.pricepolicy": {"level": "company", "value": "5"},
    "pricing.authorityband": {"level": 4, "max_discount": "100"},
    "pricing.exchangerate": {"currency": "USD", "rate": "7.1", "valid_to": "2026-12-31"},
    "quoting.estimate": {"title": "Testing machine"},
    "organization.code": {"table": "partners.source"},
    "catalog.bom": {"lines": []},
    "selection.ruleset": {"table": {"options": [{"name": "size", "values": [{"code": "1", "price": "100"}]}]}},
    "selection.configuration": {"choices": {"size": "1"}},
    "organization.handover": {"parts": []},
    "organization.setting": {"name": "quoting.valid_days", "value": 14, "scope": "user"},
}
"""What no description can tell: rules among values. Merged over what is made up; lines get their missing references."""
CHANGED = {
    "organization.code": ("label", "Changed"),
    "organization.setting": ("value", 15),
    "office.form": ("name", "Changed"),
    "kernel.numberrule": ("pattern", "N{seq:05d}"),
    "kernel.webhook": ("name", "Changed"),
    "approvals.flow": ("name", "Changed"),
    "approvals.limit": ("amount", "2.00"),
    "contracts.change": ("reason", "Changed"),
    "contracts.contract": ("title", "Changed"),
    "quoting.quote": ("title", "Changed"),
    "quoting.quotetemplate": ("title", "Changed"),
    "pricing.exchangerate": ("remark", "changed"),
    "pricing.authorityband": ("name", "Changed"),
    "pricing.pricepolicy": ("name", "Changed"),
}
"""A field and a new value where any text will not do."""
SUCCESSIVE = {
    "catalog.bom": iter({"revision": f"R{n}"} for n in range(99)),
    "office.form": iter({"key": f"example_{n}"} for n in range(99)),
    "organization.period": iter({"starts": f"19{year}-01-01", "ends": f"19{year}-12-31"} for year in range(10, 99)),
    "organization.setting": iter({"place": person} for person in range(101, 199)),
}
"""What must differ from one to the next."""
FIT = {"catalog.item": "serialised=false&", "contracts.contract": "state=executing&"}
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
    given = dict(PARTICULAR.get(resource.key, {})) | next(SUCCESSIVE.get(resource.key, iter(())), {})
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
    if spec.type == "member":
        return api.rows("organization.member", "sort=-id&limit=1")[0]["id"]
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
    if resource.key in CHANGED:
        return CHANGED[resource.key]
    name = next(name for name in sorted(resource.writable) if resource.own[name].type == "text")
    return name, "changed"[: resource.own[name].max_length or None]


def fill(api: Api) -> None:
    """A company in which every kind of document occurs at least twice: two orders from quote to cash, and what they do not bring."""
    for _ in range(2):
        agreed, _order = trade.closed(api, {"item": trade.machine(api)["id"]}, {"item": trade.item(api)["id"], "quantity": "2"})
        receipt = api.create("finance.receipt", {"partner": agreed["customer"]["id"], "amount": "5.00"})
        trade.ready(api)
        api.post(f"/partners/partners/{receipt['partner']['id']}/notes/", {"text": "paid in cash", "mentions": [1]}, 201)
    decide(api)
    for _ in range(2):
        api.act(trade.customer(api), "merge", others=[trade.customer(api)["id"]])
    api.act(next(row for row in api.rows("crm.evaluationmodel") if row["kind"] == "customer"), "run")
    for resource in registry.everything().values():
        for _ in range(2 - len(api.rows(resource.key, "limit=2"))):
            create(resource, api)


def decide(api: Api) -> None:
    """Two customers whose making waits for an approval; the flow has been retired since."""
    steps = [
        {"id": "start", "kind": "start"},
        {"id": "all", "kind": "approve", "who": [{"source": "superiors"}]},
        {"id": "end", "kind": "end"},
    ]
    drawing = {"nodes": steps, "edges": [{"from": "start", "to": "all"}, {"from": "all", "to": "end"}]}
    values = {"name": trade.some("Flow"), "resource": "partners.partner", "verb": "create", "drawing": drawing}
    flow = api.act(api.create("approvals.flow", values), "publish")["document"]
    for _ in range(2):
        api.post(at("partners.partner"), {"name": trade.some("Held")}, 202)
    api.act(flow, "retire")
