"""Change orders: made from a contract, decided about, put in force (spec 2.4)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import bulk, saving, statements
from kernel.access import Actor
from kernel.actions import action, set_state
from kernel.refusals import Help, Refused
from tenant_apps.catalog.priced import copied
from tenant_apps.contracts import actions
from tenant_apps.contracts.models import Change, ChangeLine, Contract
from tenant_apps.finance import actions as finance

S = Change.State


@action(label=_("Change order"), when=(Contract.State.SIGNED, Contract.State.EXECUTING), opens=True, says=_("a change order was begun"))
def amend(contract: Contract, *, by: Actor, at: datetime) -> None:
    """Begin a change order with the contract's lines as they are; the contract itself stays as it was signed until it is in force."""
    saving.create(Change, {"contract": contract, "owner": contract.owner, "unit": contract.unit}, by=by, at=at)


@action(
    label=_("Put in force"), when=S.DRAFT, then=S.APPLIED, style="primary", says=_("in force"),
    confirm=_("Change the contract now? Stages that are not yet paid are divided anew."),
)  # fmt: skip
def apply(change: Change, *, by: Actor, at: datetime) -> None:
    """The contract becomes what the change order says; stages of payment that were paid stay as they are, the others share the rest."""
    contract = saving.lock(Contract(pk=change.contract_id))
    if contract.changes != change.based_on:
        again = [Help(_t("New change order"), "contracts.contract.amend", {"id": contract.pk})]
        raise Refused(
            "overtaken", _t("Contract %(contract)s has been changed since. Make a new change order.") % {"contract": contract}, help=again
        )
    before = contract.total
    rows = [_line(line) for line in statements.lines(ChangeLine)(change.pk)]
    saving.change(contract, {"delivery_date": change.delivery_date, "changes": contract.changes + 1}, {"lines": rows}, by=by, at=at)
    if contract.framework_id and contract.total != before:
        actions.call_off(contract, contract.total - before, by=by, at=at)
    _settle(contract, by=by, at=at)
    change.applied_on = at.date()


def _line(line: ChangeLine) -> dict[str, Any]:
    told = {**copied(line), "configuration_id": line.configuration_id}
    return told if line.line is None else {"id": line.line, **told}


def _settle(contract: Contract, *, by: Actor, at: datetime) -> None:
    """Receivables follow the stages; a stage that was added gets its own."""
    plan = list(contract.plan.select_related("due").order_by("seq"))
    new = [line for line in plan if line.due_id is None]
    if new:
        actions.make_dues(contract, new, by=by, at=at)
    changed = []
    for line in plan:
        if line.due is not None and line.due.amount != line.amount:
            line.due.amount = line.amount
            set_state(line.due, finance.state_of(line.due))
            changed.append(line.due)
    bulk.update(changed, ["amount", "state"])
    actions.recompute(contract.pk, by=by, at=at)


@action(label=_("Reject"), when=S.DRAFT, then=S.REJECTED, style="danger", says=_("rejected"), params={"reason": {"label": _("Reason")}})
def reject(change: Change, *, by: Actor, at: datetime, reason: str) -> None:
    """The contract stays as it is."""
