"""Change orders: made from a contract, decided about, put in force (spec 2.4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import bulk, saving, statements
from kernel.access import Actor
from kernel.actions import action, set_state
from kernel.refusals import Help, Refused
from tenant_apps.catalog.priced import copied
from tenant_apps.contracts import actions, authority, buying, comparing, staging
from tenant_apps.contracts.models import Change, ChangeLine, Contract, ContractLine, PlanLine, amending
from tenant_apps.finance import actions as finance
from tenant_apps.finance.models import Due, Invoice
from tenant_apps.partners.suppliers import refuse_trade

S = Change.State
TERMS = (*amending.NAMES, "base", "tax_percent", "amount")


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
    before, there, wanted = contract.total, list(staging.stages_of(contract.pk)), statements.lines(ChangeLine)(change.pk)
    if contract.buys:
        refuse_trade(contract.customer, at.date())
        buying.check_priced(wanted)
    change.contract = contract
    change.judge(wanted, statements.lines(ContractLine)(contract.pk), list(staging.stages_of(contract.pk)), at.date())
    authority.refuse_above(change, by)
    lines: dict[str, list[Any]] = {"lines": [_line(line) for line in wanted]}
    change.facts = {**change.facts, "effect": comparing.effect(change)}
    plan = _planned(change, list(staging.stages_of(contract.pk)))
    if plan:
        lines["plan"] = [_stage(line) for line in plan]
    saving.change(contract, {"delivery_date": change.delivery_date, "changes": contract.changes + 1}, lines, by=by, at=at)
    if contract.framework_id and contract.total != before:
        actions.call_off(contract, contract.total - before, by=by, at=at)
    _settle(change, there, bool(plan), by=by, at=at)
    change.applied_on = at.date()


def _line(line: ChangeLine) -> dict[str, Any]:
    told = {**copied(line), "configuration_id": line.configuration_id}
    return told if line.line is None else {"id": line.line, **told}


def _planned(change: Change, there: list[PlanLine]) -> list[PlanLine]:
    """The stages as the change order wants them, divided; none where it leaves them as they are."""
    return amending.divided(change, there) if amending.rewrites(change, there) else []


def _stage(line: PlanLine) -> dict[str, Any]:
    told = {name: getattr(line, name) for name in (*TERMS, "percent")}
    return told if line.pk is None else {"id": line.pk, **told}


def _settle(change: Change, there: list[PlanLine], replanned: bool, *, by: Actor, at: datetime) -> None:
    """Receivables follow the stages; a stage that was added gets its own, that of one which fell away goes with it."""
    contract = change.contract
    plan = list(contract.plan.select_related("due").order_by("seq"))
    if contract.sells:
        amending.check_invoiced(change, plan, there)
        days = staging.happened(contract, plan, staging.orders_of(contract.pk))
        _let_go({line.due for line in there if line.due} - {line.due for line in plan}, change, by=by, at=at)
        new = [line for line in plan if line.due_id is None]
        if new:
            staging.make_dues(contract, new, days, by=by, at=at)
        _follow(contract, [line for line in plan if line not in new], days, replanned)
    actions.recompute(contract.pk, by=by, at=at)


def _let_go(dues: Iterable[Due], change: Change, *, by: Actor, at: datetime) -> None:
    """Receivables of stages that fell away; one of which there are invoices, taken back by now, is kept with them."""
    invoiced = set(Invoice.objects.filter(due__in=dues).values_list("due", flat=True))
    for due in dues:
        if due.pk in invoiced:
            finance.waive(due, by=by, at=at, reason=str(change))
        else:
            saving.delete(due, by=by, at=at)


def _follow(contract: Contract, plan: list[PlanLine], days: staging.Days, replanned: bool) -> None:
    """Names and amounts of the stages; their days where they were planned anew, else what is expected by the day of delivery."""
    changed = []
    for line in plan:
        due: Any = line.due
        due.amount, due.name, due.seq = line.amount, line.name, line.seq
        told = staging.when(line, contract, days)
        if replanned and line.untouched:
            due.due_date, due.triggered_on, due.forecast_date = (told.get(name) for name in ("due_date", "triggered_on", "forecast_date"))
        elif due.due_date is None:
            due.forecast_date = told.get("forecast_date", due.forecast_date)
        set_state(due, finance.state_of(due))
        changed.append(due)
    bulk.update(changed, ["amount", "name", "seq", "due_date", "forecast_date", "triggered_on", "state"])


@action(label=_("Reject"), when=S.DRAFT, then=S.REJECTED, style="danger", says=_("rejected"), params={"reason": {"label": _("Reason")}})
def reject(change: Change, *, by: Actor, at: datetime, reason: str) -> None:
    """The contract stays as it is."""
