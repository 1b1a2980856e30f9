"""What a change order makes of its contract: lines, chosen options, stages of payment and day of delivery, before and after (spec 2.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kernel import statements
from kernel.refusals import Refused
from tenant_apps.contracts import staging
from tenant_apps.contracts.models import Change, ChangeLine, ContractLine, PlanLine, amending
from tenant_apps.pricing import configured
from tenant_apps.pricing.waterfall import plain

AMOUNTS = ("unit_price", "amount")


def effect(change: Change) -> dict[str, Any]:
    """Of a draft what it would change now; of one that is in force what it has changed. Amounts incl. VAT, in the contract's currency."""
    if change.state != Change.State.DRAFT:
        return dict(change.facts.get("effect") or {})
    contract = change.contract
    wanted, there = statements.lines(ChangeLine)(change.pk), statements.lines(ContractLine)(contract.pk)
    lines = list(_lines(wanted, there))
    days = {"before": _day(contract.delivery_date), "after": _day(change.delivery_date)}
    return {"lines": lines, "kept": len(wanted) - sum(one["after"] is not None for one in lines), "days": days, **_stages(change)}


def _lines(wanted: Sequence[ChangeLine], there: Sequence[ContractLine]) -> Iterator[dict[str, Any]]:
    """Those that differ: changed and new ones in the order of the change, then those that fall away."""
    left = {line.pk: line for line in there}
    different = configured.chosen_differently([(left[line.line], line) for line in wanted if line.line in left])
    for line in wanted:
        was = left.pop(line.line or 0, None)
        before, after, choices = was and _figures(was), _figures(line), different.get(line.pk, [])
        if before != after or choices:
            yield {"label": line.description, "before": before, "after": after, "choices": choices}
    for was in left.values():
        yield {"label": was.description, "before": _figures(was), "after": None, "choices": []}


def _figures(line: Any) -> dict[str, str]:
    told = {name: plain(getattr(line, name)) for name in ("quantity", "unit_price", "discount")}
    return told | {"spec": line.spec, "amount": str(line.amount)}


def _stages(change: Change) -> dict[str, Any]:
    """Every stage with its amount and its terms, before and after; why not, where they cannot be divided."""
    there = list(staging.stages_of(change.contract_id))
    were = {line.pk: _stage(line) for line in there}
    try:
        plan = amending.divided(change, there)
    except Refused as refused:
        return {"plan": [], "trouble": str(refused)}
    kept = {line.pk for line in plan}
    gone = {was["name"]: key for key, was in were.items() if key not in kept}  # a new stage of the same name takes its place
    rows = [{"paid": not one.untouched, "before": were.pop(one.pk or gone.pop(one.name, 0), None), "after": _stage(one)} for one in plan]
    rows += [{"paid": False, "before": was, "after": None} for was in were.values()]
    return {"plan": rows, "trouble": ""}


def _stage(line: PlanLine) -> dict[str, str]:
    days, months = line.offset_days, line.offset_months
    return {
        "name": line.name, "amount": str(line.amount), "trigger": line.get_trigger_display(), "gate": line.get_gate_display(),
        "days": str(days), "months": str(months), "on": _day(line.fixed_date) or "",
    }  # fmt: skip


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def veiled(told: dict[str, Any]) -> dict[str, Any]:
    """The same without amounts."""
    lines = [
        {**one, **{side: one[side] and one[side] | dict.fromkeys(AMOUNTS) for side in ("before", "after")}} for one in told.get("lines", [])
    ]
    plan = [{**one, **{side: one[side] and one[side] | {"amount": None} for side in ("before", "after")}} for one in told.get("plan", [])]
    return {**told, "lines": lines, "plan": plan}
