"""Signing a contract, ordering from it, receiving money for it (spec 2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import bulk, saving, statements
from kernel.access import Actor
from kernel.actions import action, move, set_state
from kernel.differences import snapshot
from kernel.documents import coming_from
from kernel.figures import figure
from kernel.money import ZERO
from kernel.refusals import Refused
from tenant_apps.catalog.delivering import left
from tenant_apps.catalog.priced import copied
from tenant_apps.contracts import authority, billing, buying, prices, staging
from tenant_apps.contracts.models import Contract, ContractLine, PlanLine, Term
from tenant_apps.finance import actions as finance
from tenant_apps.finance.models import Allocation, Receipt
from tenant_apps.sales import actions as sales
from tenant_apps.sales.models import Order, OrderLine
from tenant_apps.selection import freezing

S = Contract.State
WITHOUT_LINES = (Contract.Kind.FRAMEWORK, Contract.Kind.AGENCY)


@action(
    label=_("Sign"),
    when=S.DRAFT,
    style="primary",
    says=_("signed"),
    params={"on": {"label": _("Signed on")}, "order": {"label": _("Make the order at once")}},
)
def sign(contract: Contract, *, by: Actor, at: datetime, on: date | None = None, order: bool = True) -> None:
    """Fix the contract: its stages become receivables, and the order is made. What is called off counts against its framework contract."""
    if contract.buys:
        buying.check_priced(statements.lines(ContractLine)(contract.pk))
    if contract.total <= 0 and contract.kind not in WITHOUT_LINES:
        raise Refused("empty", _t("There is nothing in this contract. Add a line first."))
    contract.signed_on = on or at.date()
    if contract.buys:
        prices.check_rate(contract, at.date())
        buying.take_on(contract, at)
    if not contract.sells:
        set_state(contract, S.EXECUTING)
        return
    plan = statements.lines(PlanLine)(contract.pk)
    if not plan:
        raise Refused("no_plan", _t("There is no payment plan. Choose a payment scheme first."))
    staging.check_dated(plan)
    lines = statements.lines(ContractLine)(contract.pk)
    authority.check(contract, lines, plan, by, at.date())
    if contract.framework_id:
        call_off(contract, contract.total, by=by, at=at)
    _give_items(lines, by=by, at=at)
    staging.make_dues(contract, plan, staging.happened(contract, plan, ()), by=by, at=at)
    billing.remind([line for line in plan if line.bill == Term.Bill.BEFORE and line.trigger == Term.Trigger.SIGNED])
    ordering = order and contract.kind == Contract.Kind.SALES
    if ordering:
        place(contract, lines, by=by, at=at)
    set_state(contract, S.EXECUTING if ordering or contract.kind == Contract.Kind.SERVICE else S.SIGNED)


def call_off(contract: Contract, amount: Decimal, *, by: Actor, at: datetime) -> None:
    """Count an amount against the framework contract, which holds as long as it is valid and up to its ceiling; less than nothing is given back."""
    above = saving.lock(Contract(pk=contract.framework_id))
    if amount > 0 and (above.state != S.EXECUTING or (above.valid_until and above.valid_until < at.date())):
        raise Refused(
            "framework_over", _t("Framework contract %(contract)s is not in force. Renew it, or sign without it.") % {"contract": above}
        )
    free = (above.ceiling or ZERO) - above.called
    if amount > free:
        told = {"free": figure(free, "contracts.contract", "ceiling", currency=above.currency), "contract": above}
        raise Refused(
            "ceiling", _t("Of framework contract %(contract)s, %(free)s is left. Call off less, or raise the ceiling by a new one.") % told
        )
    above.called += amount
    saving.store(above, by=by, at=at)


def _give_items(lines: Sequence[ContractLine], *, by: Actor, at: datetime) -> None:
    """What was configured gets its item and bill of materials; an equal configuration of before lends its own."""
    configured = {line: line.configuration_id for line in lines if line.configuration_id}
    if configured:
        items = freezing.freeze_all(set(configured.values()), by=by, at=at)
        for line, configuration in configured.items():
            line.item = items[configuration]
        bulk.update(configured, ["item"])


def place(contract: Contract, lines: Sequence[ContractLine], *, by: Actor, at: datetime) -> Order:
    """A confirmed order of all that is not yet ordered."""
    if not contract.sells:
        raise Refused("not_sold", _t("Orders are made of sales and service contracts. Call off a contract of that kind."))
    gone = {line.seq: line.ordered for line in lines}
    lines = [line for line in lines if line.quantity > line.ordered]
    if not lines:
        raise Refused("nothing_open", _t("Everything of this contract is ordered."))
    rows = [OrderLine(**{**copied(line), "quantity": line.quantity - line.ordered, "source_line": line.pk}) for line in lines]
    values = {
        "customer_id": contract.customer_id, "title": contract.title, "promised_date": contract.delivery_date, "requested_date": contract.delivery_date,
        "owner": contract.owner, "unit": contract.unit, "currency": contract.currency, "rate": contract.rate, "deliveries": left(contract.deliveries, gone, {line.seq: n for n, line in enumerate(lines, 1)}),
        **coming_from(contract),
    }  # fmt: skip
    order = saving.create(Order, values, {"lines": rows}, by=by, at=at)
    sales.confirm(order, by=by, at=at)
    for line in lines:
        line.ordered = line.quantity
    bulk.update(lines, ["ordered"])
    return order


@action(label=_("Take today's rate"), when=S.DRAFT, says=_("exchange rate renewed"))
def relock(contract: Contract, *, by: Actor, at: datetime) -> None:
    """Begin it anew with the exchange rate of today; prices that the company's rules made follow it, typed ones stay."""
    saving.change(contract, {"contract_date": at.date(), "rate": None, "rate_until": None}, by=by, at=at)


@action(label=_("Make order"), when=(S.SIGNED, S.EXECUTING), then=S.EXECUTING, opens=True, says=_("ordered"))
def order(contract: Contract, *, by: Actor, at: datetime) -> None:
    """Make an order of all that is not yet ordered."""
    place(contract, statements.lines(ContractLine)(contract.pk), by=by, at=at)


@action(
    label=_("Register receipt"), when=(S.SIGNED, S.EXECUTING, S.COMPLETED, S.TERMINATED), says=_("money received"),
    params={
        "amount": {"label": _("Amount"), "help": _("It pays the open stages in their order")}, "on": {"label": _("Received on")},
        "reference": {"label": _("Bank reference")}, "method": {"label": _("Method"), "type": "choice", "choices": tuple(Receipt.Method.choices)},
    },
)  # fmt: skip
def receive(
    contract: Contract, *, by: Actor, at: datetime, amount: Decimal, on: date | None = None, reference: str = "", method: str = "transfer"
) -> None:
    """Register money for this contract and use it for its stages in their order; what is over stays free on the receipt."""
    if not contract.sells:
        raise Refused("outgoing", _t("Nothing is received for a contract of this kind. Register what you pay with “Register payment”."))
    rest, rows = amount, []
    for due in (line.due for line in staging.stages_of(contract.pk) if line.due):
        part = min(rest, due.open)
        if part > 0:
            rows.append(Allocation(due=due, amount=part))
            rest -= part
    values = {
        "partner_id": contract.customer_id,
        "amount": amount,
        "received_on": on,
        "reference": reference[:80],
        "method": method,
        "currency": contract.currency,
        "rate": contract.rate,
        "owner": contract.owner,
        "unit": contract.unit,
    }
    receipt = saving.create(Receipt, values, {"allocations": rows}, by=by, at=at)
    finance.post(receipt, by=by, at=at)


def recompute(pk: int, *, by: Actor, at: datetime) -> None:
    """Bring a contract and its order in line with what has come in. May run any number of times."""
    contract = saving.lock(Contract(pk=pk))
    plan = staging.stages_of(pk)
    waived = sum((line.open for line in plan if line.waived), ZERO)
    orders = staging.orders_of(pk)
    before = snapshot(contract)
    staging.count_in(contract, plan)
    _share(orders, contract.collected, by=by, at=at)
    finished = contract.collected + waived >= contract.total and _all_ended(orders)
    if finished and contract.state == S.EXECUTING:
        move(contract, S.COMPLETED, by=by, at=at, before=before)
    elif not finished and contract.state == S.COMPLETED:
        move(contract, S.EXECUTING, by=by, at=at, before=before)
    saving.store(contract, by=by, at=at)


def _share(orders: Sequence[Order], collected: Decimal, *, by: Actor, at: datetime) -> None:
    """What came in belongs to the contract's orders, the first one first."""
    alive = [order for order in orders if order.state != Order.State.CANCELLED]
    for position, order in enumerate(alive, 1):
        part = collected if position == len(alive) else min(collected, order.total)
        sales.collect(order.pk, part, by=by, at=at)
        collected -= part


def _all_ended(orders: Sequence[Order]) -> bool:
    return bool(orders) and all(order.state in (Order.State.CLOSED, Order.State.CANCELLED) for order in orders)
