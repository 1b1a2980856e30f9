"""One order on one page: what has moved, what is invoiced, what has been paid, what blocks it, what comes next (WF-2.1, P-B.10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from kernel import gates, reading, registry
from kernel.access import Actor, visible
from kernel.money import HUNDRED, ZERO, cents, spread
from kernel.refusals import Refused
from kernel.resources import Resource
from tenant_apps.contracts import gates as payment
from tenant_apps.contracts.models import PlanLine, Term
from tenant_apps.sales import actions as sales
from tenant_apps.sales.models import Order, OrderLine

FLOW = ("confirm", "release", "stock_in", "ready", "deliver", "invoice", "accept", "close", "resume")
CHILDREN = ("logistics.delivery", "finance.invoice", "inventory.move")
GATED = {
    Term.Gate.PRODUCTION: ("confirmed",),
    Term.Gate.DELIVERY: ("confirmed", "released", "ready", "partly_shipped"),
    Term.Gate.INVOICE: ("ready", "shipped"),
}


def desk(order: Order, actor: Actor, at: datetime) -> dict[str, Any]:
    """Everything about an order that its reader may see."""
    resource = registry.get("sales.order")
    document = reading.render_document(resource, order.pk, actor)
    assert document is not None
    lines = list(OrderLine.objects.filter(order=order).select_related("measure"))
    return {
        "document": document,
        "lines": _lines(order, lines, actor),
        "totals": _totals(order, actor),
        "plan": _plan(order, actor),
        "documents": _documents(order, actor),
        "next": _next(resource, order, lines, document["_actions"], actor, at),
    }


def _lines(order: Order, lines: list[OrderLine], actor: Actor) -> list[dict[str, Any]]:
    hidden = "lines.amount" in actor.profile.hidden("sales.order")
    shares = cash(order, lines)
    return [flow(line, shares[line.pk], line.invoiced, hidden, received=line.received, delivered=line.delivered) for line in lines]


def cash(document: Any, lines: Sequence[Any]) -> dict[int, Decimal]:
    """What was collected for a document, by line in proportion to their amounts."""
    shares = spread(document.collected, [line.amount for line in lines]) if document.total else [ZERO] * len(lines)
    return {line.pk: share for line, share in zip(lines, shares, strict=True)}


def flow(line: Any, collected: Decimal, invoiced: Decimal, hidden: bool, **moved: Decimal) -> dict[str, Any]:
    """Quantity moved, value invoiced and cash collected of one line; without its amounts for whom they are hidden."""
    amounts = {"amount": line.amount, "invoiced": invoiced, "collected": collected}
    return {
        "id": line.pk,
        "label": line.description,
        "spec": line.spec,
        "unit": line.measure.name if line.measure else "",
        "quantity": plain(line.quantity),
        **{name: plain(quantity) for name, quantity in moved.items()},
        **{name: None if hidden else str(amount) for name, amount in amounts.items()},
    }


def plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _totals(order: Order, actor: Actor) -> dict[str, Any]:
    hidden = actor.profile.hidden("sales.order")
    shown = ("total", "delivered_amount", "invoiced", "collected")
    told: dict[str, Any] = {name: None if name in hidden else str(getattr(order, name)) for name in shown}
    told["amount"] = told.pop("total")
    if not hidden & {"cost", "margin"}:
        net = order.worth(order.net_total)
        margin = net - order.cost if order.cost else None
        rate = cents(margin * HUNDRED / net) if margin is not None and net else None
        told |= {
            "cost": str(order.cost),
            "margin": None if margin is None else str(margin),
            "margin_rate": None if rate is None else str(rate),
        }
    return told


def _plan(order: Order, actor: Actor) -> list[dict[str, Any]]:
    contract = order.ancestor("contracts.contract")
    if contract is None or not (actor.may("contracts.contract", "read") or actor.may("finance.due", "read")):
        return []
    hidden = "amount" in actor.profile.hidden("finance.due") or "plan.amount" in actor.profile.hidden("contracts.contract")
    return [
        stage(line, hidden, _blocks(line, order))
        for line in PlanLine.objects.filter(contract=contract).select_related("due").order_by("seq")
    ]


def _blocks(line: PlanLine, order: Order) -> bool:
    return line.missing > 0 and not line.soft and order.state in GATED.get(Term.Gate(line.gate), ())


def stage(line: PlanLine, hidden: bool, blocking: bool = False) -> dict[str, Any]:
    """A stage of payment; without its amounts for whom they are hidden."""
    due = line.due
    day = due.due_date if due else line.due_date
    return {
        "seq": line.seq,
        "name": line.name,
        "percent": plain(line.percent),
        "amount": None if hidden else str(line.amount),
        "collected": None if hidden else str(line.settled),
        "due": due.pk if due else None,
        "due_date": day.isoformat() if day else None,
        "forecast_date": due.forecast_date.isoformat() if due and due.forecast_date else None,
        "state": due.state if due else "planned",
        "state_label": due.get_state_display() if due else "",
        "gate": line.gate,
        "gate_label": line.get_gate_display() if line.gate != Term.Gate.NONE else "",
        "trigger_label": line.get_trigger_display(),
        "bill_label": line.get_bill_display() if line.bill != Term.Bill.ANY else "",
        "contract": line.contract_id,
        "blocking": blocking,
        "missing": None if hidden else str(line.missing),
    }


def told(resource: Resource, rows: Iterable[Any], actor: Actor) -> list[dict[str, Any]]:
    """Documents of one kind in a list of many kinds; their amounts only for who may see them."""
    masks = reading.masks_of(resource.key, actor)
    return [_told(resource, row, masks(row.pk)) for row in rows]


def _told(resource: Resource, row: Any, masks: Mapping[str, str]) -> dict[str, Any]:
    name = "total" if "total" in resource.own else "amount"
    amount = getattr(row, name, None) if masks.get(name, "readonly") == "readonly" else None
    date = row.business_date
    states = {one["value"]: one for one in resource.own["state"].options()} if resource.has_state else {}
    state = states.get(getattr(row, "state", ""), {})
    return {
        "_key": resource.key,
        "id": row.pk,
        "label": str(row),
        "kind": resource.label,
        "date": date.isoformat() if date else None,
        "state": getattr(row, "state", ""),
        "state_label": state.get("label", ""),
        "color": state.get("color", "default"),
        "amount": None if amount is None else str(amount),
        "currency": getattr(row, "currency", ""),
    }


def _documents(order: Order, actor: Actor) -> list[dict[str, Any]]:
    """What the order came from and what has come out of it, in order of time."""
    found: list[dict[str, Any]] = []
    for ref in reversed(order.chain):
        key, _sep, pk = ref.rpartition(":")
        found += told_of(key, [int(pk)], actor)
    for key in (key for key in CHILDREN if actor.may(key, "read")):
        resource = registry.get(key)
        rows = visible(actor, resource.queryset(), key).filter(source="sales.order", source_id=order.pk).order_by("pk")
        found += told(resource, rows, actor)
    return found


def told_of(key: str, keys: Iterable[int], actor: Actor) -> list[dict[str, Any]]:
    resource = registry.everything().get(key)
    if resource is None or not actor.may(key, "read"):
        return []
    return told(resource, visible(actor, resource.queryset(), key).filter(pk__in=keys), actor)


def _next(
    resource: Resource, order: Order, lines: list[OrderLine], possible: list[str], actor: Actor, at: datetime
) -> dict[str, Any] | None:
    """The step that brings the order on, and what stands in its way."""
    for verb in FLOW:
        if verb in possible and _useful(verb, order, lines):
            action = resource.verbs[verb]
            reason, help_ = "", []
            try:
                gates.ask(action.kind, order, by=actor, at=at)
                if verb == "deliver":  # the lock is on shipping; told before anybody packs
                    payment.ask(order, Term.Gate.DELIVERY)
                    _ship_prepared(order)
            except Refused as refused:
                reason = str(refused.sentence)
                help_ = [{"label": str(one.label), "action": one.action, "values": one.values} for one in refused.help]
            return {"verb": verb, "label": str(action.label), "enabled": not reason, "reason": reason, "help": help_}
    return None


def _ship_prepared(order: Order) -> None:
    """A delivery that only waits to be shipped comes before another one."""
    refused = sales.fully_prepared(order)
    if refused is not None:
        raise refused


def _useful(verb: str, order: Order, lines: list[OrderLine]) -> bool:
    if verb == "stock_in":
        return all(not line.received for line in lines) and order.state == Order.State.RELEASED
    if verb == "ready":
        return order.state == Order.State.RELEASED
    if verb == "deliver":
        return order.state in (Order.State.READY, Order.State.PARTLY_SHIPPED)
    if verb == "invoice":
        return order.state in (Order.State.SHIPPED, Order.State.ACCEPTED) and order.invoiced < order.total
    return True
