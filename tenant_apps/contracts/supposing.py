"""What other terms would mean: stages, due dates, cash by month, and what waiting for the money costs; nothing is saved (spec 2.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from kernel.money import HUNDRED, ZERO, cents
from tenant_apps.contracts import staging
from tenant_apps.contracts.models import Contract, PlanLine, SchemeLine, Term, divide, redivide
from tenant_apps.contracts.models.contract import check_bills, goods_of
from tenant_apps.contracts.models.terms import TERM_FIELDS, check_percent

YEAR = 365
TENTH = Decimal("0.1")
T = Term.Trigger


@dataclass(frozen=True)
class Deal:
    """What is to be paid for, and when things happen or are expected: a contract, or an offer that may become one."""

    document: Any
    lines: Sequence[Any]
    plan: Sequence[PlanLine]
    days: Mapping[str, date]
    fixed: frozenset[str] = frozenset()
    """What has happened already: its day is no supposition."""


def deal_of(document: Any, today: date) -> Deal:
    """A contract as it stands; of a quote, the contract that it would be."""
    lines = [line for line in document.lines.all() if line.counted]
    if isinstance(document, Contract):
        plan = list(staging.stages_of(document.pk))
        gone = staging.happened(document, plan, staging.orders_of(document.pk)) if document.state != Contract.State.DRAFT else {}
        signed = document.signed_on or document.contract_date or today
        days = staging.expected(signed, document.delivery_date or signed) | gone
        return Deal(document, lines, plan, days, frozenset(gone))
    signed = max(document.quote_date or today, today)
    offer = Deal(document, lines, [], staging.expected(signed, signed + timedelta(days=document.delivery_days)))
    return replace(offer, plan=divided(offer, scheme(document.scheme_id)))


def scheme(pk: int | None) -> list[PlanLine]:
    """The stages of a usual plan."""
    rows = SchemeLine.objects.filter(scheme=pk).order_by("seq") if pk else ()
    return [PlanLine(seq=row.seq, **{name: getattr(row, name) for name in TERM_FIELDS}) for row in rows]


def rewritten(deal: Deal, plan: Sequence[tuple[int | None, PlanLine]]) -> list[PlanLine]:
    """The stages as somebody supposes them, divided; one that was paid stays as it is, whatever is said of it, and is never left out."""
    paid = {line.pk: line for line in deal.plan if not line.untouched}
    now = [paid.pop(key or 0, line) for key, line in plan]
    return divided(deal, [*paid.values(), *now])


def moved(days: Mapping[str, date], changes: Mapping[str, date], fixed: frozenset[str]) -> staging.Days:
    """The days with those that are supposed to be others; with the shipment moves what comes after it, unless it is told itself."""
    known = {what: day for what, day in changes.items() if what not in fixed}
    shift = known[T.SHIPPED] - days[T.SHIPPED] if T.SHIPPED in known else timedelta()
    follows: staging.Days = {what: days[what] + shift for what in staging.AFTER_DELIVERY if what not in fixed}
    return {**days, **follows, **known}


def divided(deal: Deal, plan: list[PlanLine]) -> list[PlanLine]:
    """The amounts of a plan by the rules that a contract, or a change order, is saved by."""
    document: Any = deal.document
    check_bills(plan, deal.lines)
    if any(not line.untouched for line in plan):
        redivide(document, plan)
    else:
        check_percent(plan, "plan")
        divide(document, plan, goods_of(deal.lines, plan))
    for seq, line in enumerate(plan, 1):
        line.seq = seq
    return plan


def outlook(deal: Deal, plan: Sequence[PlanLine], days: Mapping[str, date], rate: Decimal) -> dict[str, Any]:
    """What a plan means if things happen on these days.

    `finance_cost`: interest, in percent a year by days of 365, on every stage from the shipment to its due date; what is
    paid before the shipment counts against it. `days`: how long after the shipment the money comes on average.
    """
    shipped, stages = days[T.SHIPPED], []
    weighted, late = Decimal(0), ZERO
    months: dict[str, Decimal] = {}
    for line in plan:
        due = staging.due_day(line, days, deal.document.warranty_months)
        stages.append(_stage(line, due))
        if due is not None:
            weighted += line.amount * (due - shipped).days
            late += line.amount if due > shipped else ZERO
            months[f"{due:%Y-%m}"] = months.get(f"{due:%Y-%m}", ZERO) + line.amount
    total = sum((line.amount for line in plan), ZERO)
    return {
        "stages": stages,
        "months": [{"month": month, "amount": str(months[month])} for month in sorted(months)],
        "finance_cost": str(cents(weighted * rate / HUNDRED / YEAR)),
        "days": str((weighted / total).quantize(TENTH) if total else ZERO),
        "late": str(cents(late * HUNDRED / total) if total else ZERO),
    }


def _stage(line: PlanLine, due: date | None) -> dict[str, Any]:
    terms = {name: _plain(getattr(line, name)) for name in (*TERM_FIELDS, "fixed_date", "fixed_amount")}
    return {
        "id": line.pk, "seq": line.seq, **terms, "amount": str(line.amount), "due_date": due.isoformat() if due else None,
        "paid": not line.untouched,
    }  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value
