"""A contract that ends early: what was delivered stays due, the rest is given back and falls away (spec 2.4)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import bulk
from kernel.access import Actor
from kernel.actions import action, set_state
from kernel.money import ZERO
from kernel.refusals import Refused
from tenant_apps.contracts import actions, staging
from tenant_apps.contracts.models import Contract
from tenant_apps.finance import actions as finance
from tenant_apps.sales.models import Order

S = Contract.State


@action(
    label=_("Terminate"),
    when=(S.DRAFT, S.SIGNED, S.EXECUTING),
    then=S.TERMINATED,
    style="danger",
    confirm=_("Terminate this contract?"),
    says=_("terminated"),
    params={"reason": {"label": _("Reason")}},
)
def terminate(contract: Contract, *, by: Actor, at: datetime, reason: str) -> None:
    """End the contract early; its orders must be cancelled or closed before. What was delivered or invoiced is due now, the rest falls away."""
    orders = staging.orders_of(contract.pk)
    running = next((order for order in orders if order.state not in (Order.State.CANCELLED, Order.State.CLOSED)), None)
    if running is not None:
        raise Refused("order_running", _t("Order %(order)s is still running. Cancel or close it first.") % {"order": running})
    signed = contract.state != S.DRAFT
    set_state(contract, S.TERMINATED)
    if signed and contract.sells:
        rest = undelivered(contract)
        if contract.framework_id:
            actions.call_off(contract, -rest, by=by, at=at)
        _settle(contract, contract.total - rest, reason, by=by, at=at)


def undelivered(contract: Contract) -> Decimal:
    """What of a contract was neither delivered nor invoiced, incl. VAT, in its currency."""
    delivered = sum((order.delivered_amount for order in staging.orders_of(contract.pk) if order.state != Order.State.CANCELLED), ZERO)
    return max(contract.total - max(delivered, contract.invoiced), ZERO)


def _settle(contract: Contract, done: Decimal, reason: str, *, by: Actor, at: datetime) -> None:
    """Its stages, in their order, hold what was done and is not yet paid; that is due now. What is over is given up."""
    owed, changed = done - contract.collected, []
    for due in [line.due for line in staging.stages_of(contract.pk) if line.due is not None and line.due.open > 0]:
        if owed <= 0:
            finance.waive(due, by=by, at=at, reason=reason)
            continue
        part = min(due.open, owed)
        due.amount, owed = due.collected + part, owed - part
        due.due_date, due.triggered_on = due.due_date or at.date(), due.triggered_on or at.date()
        set_state(due, finance.state_of(due))
        changed.append(due)
    bulk.update(changed, ["amount", "due_date", "triggered_on", "state"])
