"""One contract on one page: of each line what is ordered, delivered, invoiced and collected, what is retained, and what changed it (W-6.2.2)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Sum

from kernel import reading, registry
from kernel.access import Actor, visible
from kernel.money import ZERO, cents, spread
from tenant_apps.analytics.order_desk import cash, flow, stage, told, told_of
from tenant_apps.contracts.billing import invoiced_directly
from tenant_apps.contracts.models import Clause, Contract, ContractClause, ContractLine, PlanLine, Term
from tenant_apps.finance.models import Invoice
from tenant_apps.quoting.models import QuoteLink
from tenant_apps.sales.models import Order, OrderLine

Moved = dict[str, Decimal]
MOVED = ("received", "delivered", "invoiced")


def desk(contract: Contract, actor: Actor) -> dict[str, Any]:
    """Everything about a contract that its reader may see. Amounts include VAT and are never forced to be equal."""
    resource, given = registry.get("contracts.contract"), contract.facts.get("signature")
    document = reading.render_document(resource, contract.pk, actor)
    hidden = actor.profile.hidden(resource.key)
    lines = list(ContractLine.objects.filter(contract=contract).select_related("measure").order_by("seq"))
    moved = _moved(contract, lines)
    plan = list(PlanLine.objects.filter(contract=contract).select_related("due").order_by("seq"))
    retained = sum((line.open for line in plan if line.kind == Term.Kind.RETENTION and not line.waived), ZERO)
    return {
        "document": document,
        "lines": _lines(contract, lines, moved, retained, "lines.amount" in hidden),
        "totals": _totals(contract, moved, retained, hidden),
        "plan": _plan(plan, "plan.amount" in hidden),
        "clauses": _clauses(contract, hidden),
        "documents": _documents(contract, actor),
        "signature": {name: given[name] for name in ("name", "at")} if given else None,
        "letters": QuoteLink.objects.filter(contract=contract).exists(),
    }


def _plan(plan: list[PlanLine], hidden: bool) -> list[dict[str, Any]]:
    """The stages, each with what is invoiced of it."""
    rows = Invoice.objects.filter(due__in=[line.due_id for line in plan if line.due_id], state=Invoice.State.ISSUED)
    issued = dict(rows.values_list("due").annotate(sum=Sum("total")).order_by())
    return [stage(line, hidden) | {"invoiced": None if hidden else str(issued.get(line.due_id, ZERO))} for line in plan]


def _moved(contract: Contract, lines: list[ContractLine]) -> dict[int, Moved]:
    """What orders have moved of each line; orders from before lines knew their contract's line are told by the item."""
    of_item = {line.item_id: line.pk for line in reversed(lines)}
    rows = (
        OrderLine.objects.filter(order__source="contracts.contract", order__source_id=contract.pk)
        .exclude(order__state=Order.State.CANCELLED)
        .values("source_line", "item", "quantity", "amount", *MOVED)
    )
    found: dict[int, Moved] = {}
    for row in rows:
        sums = found.setdefault(row["source_line"] or of_item.get(row["item"], 0), dict.fromkeys((*MOVED, "delivered_amount"), ZERO))
        for name in MOVED:
            sums[name] += row[name]
        sums["delivered_amount"] += row["amount"] * row["delivered"] / row["quantity"]
    for key, amount in invoiced_directly(contract).items():
        found.setdefault(key or 0, dict.fromkeys((*MOVED, "delivered_amount"), ZERO))["invoiced"] += amount
    return found


def _lines(contract: Contract, lines: list[ContractLine], moved: dict[int, Moved], retained: Decimal, hidden: bool) -> list[dict[str, Any]]:
    if contract.buys:
        return _bought(contract, lines, retained, hidden)
    shares, none = cash(contract, lines), dict.fromkeys((*MOVED, "delivered_amount"), ZERO)
    told = [(line, moved.get(line.pk, none)) for line in lines]
    return [
        flow(line, shares[line.pk], of["invoiced"], hidden, ordered=line.ordered, produced=of["received"], delivered=of["delivered"])
        | {"deliveries": _promised(contract, line.seq, of["delivered"]), "retained": None if hidden else str(kept)}
        | {
            "ordered_amount": None if hidden else str(_worth(line)),
            "delivered_amount": None if hidden else str(cents(of["delivered_amount"])),
        }
        for (line, of), kept in zip(told, spread(retained, [line.amount for line in lines]), strict=True)
    ]


def _bought(contract: Contract, lines: list[ContractLine], retained: Decimal, hidden: bool) -> list[dict[str, Any]]:
    """Of what we buy: whether it has arrived, what is paid of it and what is kept back."""
    shares, kept = cash(contract, lines), spread(retained, [line.amount for line in lines])
    here = "arrived" in contract.facts.get("reached", {})
    return [
        {
            name: value
            for name, value in flow(line, shares[line.pk], ZERO, hidden, arrived=line.quantity if here else ZERO).items()
            if name != "invoiced"
        }
        | {"deliveries": _promised(contract, line.seq, line.quantity if here else ZERO), "retained": None if hidden else str(part)}
        for line, part in zip(lines, kept, strict=True)
    ]


def _clauses(contract: Contract, hidden: frozenset[str]) -> list[dict[str, Any]]:
    """Clauses that somebody should read before signing: risky ones, and what was changed against the library."""
    if hidden & {"clauses.text", "clauses.changed", "clauses.flags", "clauses.risk"}:
        return []
    return [
        {
            "id": one.pk,
            "title": one.title,
            "risk": one.risk,
            "risk_label": one.get_risk_display(),
            "flags": one.flags,
            "changed": one.changed,
        }
        for one in ContractClause.objects.filter(contract=contract).order_by("seq")
        if one.flags or one.changed or one.risk == Clause.Risk.HIGH
    ]


def _worth(line: ContractLine) -> Decimal:
    """What is ordered of a line, incl. VAT."""
    return cents(line.amount * line.ordered / line.quantity)


def _promised(contract: Contract, line: int, delivered: Decimal) -> list[dict[str, Any]]:
    """The delivery plan of a line; what was delivered counts for the earliest promises."""
    found, sum_ = [], ZERO
    for row in contract.deliveries:
        if row["line"] == line:
            sum_ += Decimal(row["quantity"])
            found.append({"on": row["on"], "quantity": row["quantity"], "done": delivered >= sum_})
    return found


def _totals(contract: Contract, moved: dict[int, Moved], retained: Decimal, hidden: frozenset[str] | set[str]) -> dict[str, Any]:
    sums = {
        "amount": contract.total,
        "delivered_amount": cents(sum((one["delivered_amount"] for one in moved.values()), ZERO)),
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
        "contracts.contract": {"framework": contract.pk}
        if contract.kind == Contract.Kind.FRAMEWORK
        else {"source": "contracts.contract", "source_id": contract.pk},
        "contracts.change": {"contract": contract.pk},
        "sales.order": {"source": "contracts.contract", "source_id": contract.pk},
        "finance.invoice": {"source": "contracts.contract", "source_id": contract.pk},
    }
    for key, where in children.items():
        if actor.may(key, "read"):
            resource = registry.get(key)
            rows = visible(actor, resource.queryset(), key).filter(**where).order_by("pk")
            found += told(resource, rows, actor)
    return found
