"""The business that most tests need first: a colleague, a customer, a machine, and an order on its way. All of it through the API."""

from __future__ import annotations

import secrets
from typing import Any

from kernel import clock
from kernel.access import SYSTEM
from tenant_apps.organization import actions as organization
from tenant_apps.organization.models import Member
from tenants.context import tenant_context
from tests.api import Api, Json
from tests.founding import person


def some(what: str) -> str:
    """A name that nobody has yet."""
    return f"{what} {secrets.token_hex(4)}"


def join(api: Api, *roles: str, department: str = "Sales") -> Api:
    """A colleague of the roles, invited by the administrator; joined as if the link had been opened."""
    who, known = person(), {row["name"]: row["id"] for row in api.rows("organization.role")}
    values = {"name": some("Colleague"), "email": who.email, "roles": [known[role] for role in roles], "department": unit(api, department)}
    member = api.create("organization.member", values)
    with tenant_context(api.company):
        organization.join(Member(pk=member["id"]), by=SYSTEM, at=clock.now(), account=who.pk)
    return Api.of_account(api.company, who.pk, member["id"])


def unit(api: Api, name: str) -> int:
    return next(row["id"] for row in api.rows("organization.unit") if row["name"] == name)


def first(api: Api, key: str, **where: Any) -> int:
    return next(row["id"] for row in api.rows(key) if all(row[name] == value for name, value in where.items()))


def customer(api: Api, **values: Any) -> Json:
    return api.create("partners.partner", {"name": some("Steel"), "contacts": [{"name": "Li", "phone": "13812345678"}], **values})


def machine(api: Api, price: str = "231000", cost: str = "118200", **values: Any) -> Json:
    """An item with a serial number for each piece."""
    return item(api, price, cost, **{"serialised": True, **values})


def item(api: Api, price: str = "1000", cost: str = "600", rate: str = "13", **values: Any) -> Json:
    basis = {"code": some("M"), "name": some("Part"), "list_price": price, "standard_cost": cost}
    return api.create(
        "catalog.item", {**basis, "measure": first(api, "catalog.measure"), "tax": first(api, "catalog.tax", rate=rate), **values}
    )


def stocked(api: Api, quantity: str = "100", **values: Any) -> Json:
    """An item of which something is in the main warehouse."""
    made = item(api, **values)
    receive(api, made, quantity)
    return made


def receive(api: Api, what: Json, quantity: str, unit_cost: str | None = None) -> Json:
    line = {"item": what["id"], "quantity": quantity, "to_warehouse": main_warehouse(api), "unit_cost": unit_cost}
    return api.act(api.create("inventory.move", {"kind": "receipt", "lines": [line]}), "post")["document"]


def main_warehouse(api: Api) -> int:
    return first(api, "inventory.warehouse", default=True)


def quote(api: Api, *lines: Json, **values: Any) -> Json:
    who = values.pop("customer", None) or customer(api)["id"]
    return api.create(
        "quoting.quote", {"customer": who, "title": "Testing machine", "lines": list(lines) or [{"item": machine(api)["id"]}], **values}
    )


def contract(api: Api, *lines: Json, **values: Any) -> Json:
    """A quote sent and accepted."""
    offer = api.act(quote(api, *lines, **values), "send")["document"]
    return api.made(offer, "accept", "contracts.contract")


def order(api: Api, *lines: Json, **values: Any) -> tuple[Json, Json]:
    """A signed contract and its order."""
    agreed = contract(api, *lines, **values)
    placed = api.made(agreed, "sign", "sales.order")
    return api.again(agreed), placed


def ready(api: Api, *lines: Json, **values: Any) -> tuple[Json, Json]:
    """A contract whose deposit is in, and its order with the goods in stock and ready to ship."""
    agreed, placed = order(api, *lines, **values)
    api.act(agreed, "receive", amount=agreed["plan"][0]["amount"])
    for verb in ("release", "stock_in", "ready"):
        api.act(placed, verb)
    return api.again(agreed), api.again(placed)


def dues(api: Api, agreed: Json) -> list[Json]:
    """What is owed for a contract, stage by stage."""
    rows = api.rows("finance.due", f"partner={agreed['customer']['id']}&sort=id")
    return [api.again(row) for row in rows if row["source_label"] == agreed["number"]]


def delivery(api: Api, placed: Json) -> Json:
    return api.made(placed, "deliver", "logistics.delivery")


def shipped(api: Api, *lines: Json, **values: Any) -> tuple[Json, Json]:
    """A contract paid up to shipment, and its order with everything delivered."""
    agreed, placed = ready(api, *lines, **values)
    api.act(agreed, "receive", amount=agreed["plan"][1]["amount"])
    api.act(delivery(api, placed), "ship")
    return api.again(agreed), api.again(placed)


def closed(api: Api, *lines: Json, **values: Any) -> tuple[Json, Json]:
    """The whole way: delivered, invoiced, accepted, paid and closed."""
    agreed, placed = shipped(api, *lines, **values)
    api.act(api.made(placed, "invoice", "finance.invoice"), "issue")
    api.act(placed, "accept")
    api.act(agreed, "receive", amount=agreed["plan"][2]["amount"])
    api.act(placed, "close")
    return api.again(agreed), api.again(placed)
