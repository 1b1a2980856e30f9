"""Our plans at Stripe: prices by the month and by the year, for seats, and for what is used beyond the month's number."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from shared_apps.billing import gateway
from shared_apps.billing.models import Plan
from shared_apps.billing.offers import Order

MARK = "millwright"
PER = {"documents": 1, "api_calls": 1000}
"""How many a price beyond the month's number is for."""
Json = dict[str, Any]


def items(order: Order) -> list[Json]:
    """An order as items of a subscription, by prices that are made when they are first sold at this amount."""
    plan, extra = order.plan, order.plan.further(order.seats)
    amounts: dict[str, Decimal] = {"plan": plan.price(order.period)}
    if extra:
        amounts["seat"] = plan.seat_price(order.period)
    wanted = {_slot(plan, what, order.period, amount): _licensed(plan, order.period, amount) for what, amount in amounts.items()}
    beyond = {_slot(plan, name, order.period, price): _metered(plan, order.period, name, price) for name, price in plan.beyond.items()}
    prices = gateway.ensure_prices(f"{MARK}-{plan.code}", plan.name, wanted | beyond)
    bought = [{"price": prices[slot], "quantity": quantity} for slot, quantity in zip(wanted, (1, extra), strict=False)]
    return [*bought, *({"price": prices[slot]} for slot in beyond)]


def _licensed(plan: Plan, period: str, amount: Decimal) -> Json:
    return {"currency": plan.currency.lower(), "unit_amount": int(amount * 100), "recurring": {"interval": period}}


def _metered(plan: Plan, period: str, name: str, price: Decimal) -> Json:
    meter = gateway.ensure_meter(event_name(name), name)
    fen = (price * 100 / PER[name]).normalize()
    return {
        "currency": plan.currency.lower(),
        "unit_amount_decimal": f"{fen:f}",
        "recurring": {"interval": period, "usage_type": "metered", "meter": meter},
    }


def event_name(name: str) -> str:
    """What a meter listens to."""
    return f"{MARK}_{name}"


def _slot(plan: Plan, what: str, period: str, amount: Decimal) -> str:
    return f"{MARK}:{plan.code}:{what}:{period}:{int(amount * 100)}"


def read(found: list[Json]) -> tuple[Order, dict[str, str]] | None:
    """The order behind a subscription's items at Stripe and the prices beyond it; None when they are none of ours."""
    bought = [(str(item["price"]["lookup_key"]).split(":"), int(item.get("quantity") or 0)) for item in found]
    ours = [(parts, quantity) for parts, quantity in bought if parts[0] == MARK]
    base = next((parts for parts, _quantity in ours if parts[2] == "plan"), None)
    plan = Plan.objects.filter(code=base[1]).first() if base else None
    if base is None or plan is None:
        return None
    seats = plan.seats + sum(quantity for parts, quantity in ours if parts[2] == "seat")
    beyond = {parts[2]: f"{Decimal(parts[4]) / 100:.2f}" for parts, _quantity in ours if parts[2] in PER}
    return Order(plan, base[3], seats), beyond


def changed(there: list[Json], order: Order) -> list[Json]:
    """The items of a subscription as they are to become: by the price, or anew where there is none yet."""
    wanted = {item["price"]: item for item in items(order)}
    found: list[Json] = []
    for item in there:
        kept = wanted.pop(item["price"]["id"], None)
        found.append({"id": item["id"], "deleted": True} if kept is None else {**kept, "id": item["id"]})
    return found + list(wanted.values())
