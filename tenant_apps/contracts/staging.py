"""When stages of payment become due: what they wait for has happened, or is expected (spec 2.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _t

from kernel import bulk, saving, statements
from kernel.access import Actor
from kernel.actions import set_state
from kernel.documents import coming_from
from kernel.money import HUNDRED, ZERO, cents
from kernel.refusals import Refused
from tenant_apps.contracts.models import Contract, PlanLine, Term
from tenant_apps.finance import actions as finance
from tenant_apps.finance.models import Due
from tenant_apps.sales.models import Order

T = Term.Trigger
Days = dict[str, date]
AFTER_DELIVERY = {T.TESTED: -7, T.READY: 0, T.SHIPPED: 0, T.INVOICED: 0, T.ARRIVED: 7, T.INSTALLED: 21, T.ACCEPTED: 30}
"""Where nothing else is known: days from the agreed delivery."""

stages_of = statements.Statement(
    lambda contract: PlanLine.objects.filter(contract=contract).select_related("due", "contract").order_by("seq")
)
orders_of = statements.Statement(lambda contract: Order.objects.filter(source="contracts.contract", source_id=contract).order_by("pk"))


def happened(contract: Contract, plan: Iterable[PlanLine], orders: Iterable[Order]) -> Days:
    """On which day what stages wait for has happened, as far as it has."""
    days: Days = {
        line.trigger: line.due.triggered_on for line in plan if line.due and line.due.triggered_on and not _by_itself(line, line.due)
    }
    for order in orders:
        told = {T.RELEASED: order.released_on, T.SHIPPED: order.shipped_on, T.ACCEPTED: order.accepted_on}
        days |= {what: day for what, day in told.items() if day}
    days |= {what: date.fromisoformat(day) for what, day in contract.facts.get("reached", {}).items()}
    return days | ({T.SIGNED: contract.signed_on} if contract.signed_on else {})


def _by_itself(line: PlanLine, due: Due) -> bool:
    """Whether a stage fell due because its day came, not because what it waits for happened."""
    return bool(line.fallback_months) and due.triggered_on == due.due_date == due.forecast_date


def expected(signed: date, delivery: date) -> Days:
    """When it is to be expected that what stages wait for happens."""
    days: Days = {what: delivery + timedelta(days=more) for what, more in AFTER_DELIVERY.items()}
    return {T.SIGNED: signed, T.RELEASED: signed, **days}


def due_day(line: Term, days: Mapping[str, date], warranty_months: int) -> date | None:
    """When a stage is to be paid if things happen on these days; None where nothing tells."""
    if line.trigger == T.FIXED:
        return getattr(line, "fixed_date", None)
    if line.trigger == T.WARRANTY:
        accepted = days.get(T.ACCEPTED)
        return line.due_on(accepted + relativedelta(months=warranty_months)) if accepted else None
    return line.due_on(days[line.trigger]) if line.trigger in days else None


def when(line: PlanLine, contract: Contract, days: Mapping[str, date]) -> dict[str, date | str | None]:
    """The dates of a stage's receivable by what has happened; as long as it has not, what is to be expected."""
    day = due_day(line, days, contract.warranty_months)
    if day is not None and line.trigger != T.WARRANTY:
        on = contract.signed_on if line.trigger == T.FIXED else days[line.trigger]
        return {"due_date": day, "triggered_on": on, "state": Due.State.TRIGGERED}
    if day is not None:
        return {"due_date": day, "forecast_date": day}
    if line.fallback_months and T.SHIPPED in days:
        day = days[T.SHIPPED] + relativedelta(months=line.fallback_months)
        return {"due_date": day, "forecast_date": day}
    if contract.delivery_date is None:
        return {"forecast_date": None}
    to_come = expected(contract.signed_on or contract.delivery_date, contract.delivery_date)
    return {"forecast_date": due_day(line, to_come | dict(days), contract.warranty_months)}


def check_dated(plan: Iterable[PlanLine]) -> None:
    """Refuse a plan in which a stage that is due on a fixed day has none."""
    missing = next((line for line in plan if line.trigger == T.FIXED and line.fixed_date is None), None)
    if missing is not None:
        raise Refused("no_date", _t("“%(stage)s” is due on a fixed date. Enter it in the payment plan.") % {"stage": missing.name})


def make_dues(contract: Contract, plan: Sequence[PlanLine], days: Mapping[str, date], *, by: Actor, at: datetime) -> None:
    """A receivable for each of these stages."""
    source = coming_from(contract)
    rows: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for line in plan:
        values = {
            "partner_id": contract.customer_id, "name": line.name, "seq": line.seq, "amount": line.amount, "retention": line.kind == Term.Kind.RETENTION,
            "currency": contract.currency, "rate": contract.rate,
            "owner": contract.owner, "unit": contract.unit, **when(line, contract, days),
        }  # fmt: skip
        rows.append((values | source, {}))
    for line, due in zip(plan, saving.create_many(Due, rows, by=by, at=at), strict=True):
        line.due = due
    bulk.update(plan, ["due"])


def count_in(contract: Contract, plan: Sequence[PlanLine]) -> None:
    """What a contract tells of its payments: the sum, its share of the whole, and how many stages are through."""
    contract.collected = sum((line.settled for line in plan), ZERO)
    contract.collected_rate = cents(contract.collected * HUNDRED / contract.total) if contract.total else ZERO
    contract.stages_in = f"{sum(line.open <= 0 or line.waived for line in plan)}/{len(plan)}"


def trigger(contract: int, what: str, on: date, only: int | None = None) -> None:
    """Something a stage waits for has happened: its receivable gets its due date. A second time changes nothing. `only`: of that receivable."""
    changed, ours = [], []
    for line in stages_of(contract):
        due = line.due
        if only is not None and line.due_id != only:
            continue
        if due is None:
            if line.contract.buys and line.due_date is None and (day := due_day(line, {what: on}, line.contract.warranty_months)):
                line.due_date = day
                ours.append(line)
            continue
        if line.trigger == what and due.triggered_on is None:
            due.triggered_on, due.due_date = on, line.due_on(on)
            set_state(due, finance.state_of(due))
            changed.append(due)
        elif what == T.ACCEPTED and line.trigger == T.WARRANTY and due.triggered_on is None:
            due.forecast_date = due.due_date = line.due_on(on + relativedelta(months=line.contract.warranty_months))
            changed.append(due)
        elif what == T.SHIPPED and line.fallback_months and due.triggered_on is None:
            due.forecast_date = due.due_date = on + relativedelta(months=line.fallback_months)
            changed.append(due)
    if changed:
        bulk.update(changed, ["triggered_on", "due_date", "forecast_date", "state"])
    if ours:
        bulk.update(ours, ["due_date"])
