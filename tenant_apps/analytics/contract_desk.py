"""One contract on one page: of each line what is ordered, delivered, invoiced and collected, what is retained, and what changed it (W-6.2.2)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from kernel import reading, registry
from kernel.access import Actor, visible
from kernel.money import ZERO
from tenant_apps.analytics.order_desk import cash, flow, stage, told, told_of
from tenant_apps.contracts.models import Contract, ContractLine, PlanLine, Term
from tenant_apps.sales.models import Order, OrderLine

Moved = dict[str, Decimal]


def desk(contract: Contract, actor: Actor) -> dict[str, Any]:
    """Everything about a contract that its reader may see. Amounts include VAT and are never forced to be equal."""
    resource = registry.get("contracts.contract")
    document = reading.render_document(resource, contract.pk, actor)
    hidden = actor.profile.hidden(resource.key)
    lines = list(ContractLine.objects.filter(contract=contract).select_related("measure").order_by("seq"))
    moved = _moved(contract, lines)
    plan = list(PlanLine.objects.filter(contract=contract).select_related("due").order_by("seq"))
    return {
        "document": document,
        "lines": _lines(contract, lines, moved, "lines.amount" in hidden),
        "totals": _totals(contract, moved, plan, hidden),
        "plan": [stage(line, "plan.amount" in hidden) for line in plan],
        "documents": _documents(contract, actor),
    }


def _moved(contract: Contract, lines: list[ContractLine]) -> dict[int, Moved]:
    """What orders have moved of each line; orders from before lines knew their contract's line are told by the item."""
    of_item = {line.item_id: line.pk for line in reversed(lines)}
    rows = (
        OrderLine.objects.filter(order__source="contracts.contract", order__source_id=contract.pk)
        .exclude(order__state=Order.State.CANCELLED)
        .values("source_line", "item", "quantity", "amount", "delivered", "invoiced")
    )
    found: dict[int, Moved] = {}
    for row in rows:
        sums = found.setdefault(
            row["source_line"] or of_item.get(row["item"], 0), {"delivered": ZERO, "invoiced": ZERO, "delivered_amount": ZERO}
        )
        sums["delivered"] += row["delivered"]
        sums["invoiced"] += row["invoiced"]
        sums["delivered_amount"] += row["amount"] * row["delivered"] / row["quantity"]
    return found


def _lines(contract: Contract, lines: list[ContractLine], moved: dict[int, Moved], hidden: bool) -> list[dict[str, Any]]:
    shares, none = cash(contract, lines), {"delivered": ZERO, "invoiced": ZERO}
    told = [(line, moved.get(line.pk, none)) for line in lines]
    return [flow(line, shares[line.pk], of["invoiced"], hidden, ordered=line.ordered, delivered=of["delivered"]) for line, of in told]


def _totals(contract: Contract, moved: dict[int, Moved], plan: Iterable[PlanLine], hidden: frozenset[str] | set[str]) -> dict[str, Any]:
    retained = sum((line.open for line in plan if line.kind == Term.Kind.RETENTION), ZERO)
    sums = {
        "amount": contract.total,
        "delivered_amount": sum((one["delivered_amount"] for one in moved.values()), ZERO).quantize(Decimal("0.01")),
        "invoiced": sum((one["invoiced"] for one in moved.values()), ZERO),
        "collected": contract.collected,
        "retained": retained,
    }
    return {name: None if "total" in hidden else str(value) for name, value in sums.items()}


def _documents(contract: Contract, actor: Actor) -> list[dict[str, Any]]:
    """What it came from, what was called off, changed and ordered."""
    found: list[dict[str, Any]] = []
    for ref in reversed(contract.chain):
        key, _sep, pk = ref.rpartition(":")
        found += told_of(key, [int(pk)], actor)
    children: dict[str, dict[str, Any]] = {
        "contracts.contract": {"framework": contract.pk},
        "contracts.change": {"contract": contract.pk},
        "sales.order": {"source": "contracts.contract", "source_id": contract.pk},
    }
    for key, where in children.items():
        if actor.may(key, "read"):
            resource = registry.get(key)
            rows = visible(actor, resource.queryset(), key).filter(**where).order_by("pk")
            found += [told(resource, row, actor) for row in rows]
    return found
