"""Whose agreement a contract or a change order needs (spec 2.3): a contract that is as its quote was accepted needs none, any other is judged
like an offer; of a change order, what it makes worse than what was agreed before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from kernel import holding
from kernel.access import Actor
from kernel.money import cents
from tenant_apps.contracts import asking, lateness, prices
from tenant_apps.contracts.models.terms import TERM_FIELDS
from tenant_apps.pricing import allowing, authority, offering, rates
from tenant_apps.pricing.authority import Finding, level_of
from tenant_apps.pricing.waterfall import plain

if TYPE_CHECKING:
    from tenant_apps.contracts.models import Change, Contract

QUOTE = "quoting.quote"
AGREED = (*(name for name in TERM_FIELDS if name != "name"), "fixed_amount", "fixed_date")


class Stand(NamedTuple):
    """What a contract asks of us, before or after a change: lines, percent of the price paid later than usual, promised day."""

    lines: Sequence[Any]
    late: Decimal
    delivery: date | None


def judge(contract: Contract, lines: Sequence[Any], plan: Sequence[Any], on: date) -> None:
    """Note the level that a draft needs, and why. What was decided about with its quote stays decided as long as nothing of it changes."""
    now, terms = _mark(contract, lines, plan), _terms(plan)
    quoted = contract.source == QUOTE if contract.pk is None else contract.facts.get("quoted") == now
    if quoted:  # a draft of before whole terms were kept: they count from now on
        contract.facts = {"terms": terms} | contract.facts | {"quoted": now}
    decided = not contract.sells or (quoted and contract.facts["terms"] == terms)
    found = [] if decided else _found(contract, Stand(lines, lateness.of_plan(plan), contract.delivery_date), on, set())
    _note(contract, found, contract.currency)


def judge_change(change: Change, before: Stand, after: Stand, on: date) -> None:
    """Note the level that a change order needs, and why: only what it makes worse; what was agreed before stays agreed."""
    found: list[Finding] = []
    if change.contract.sells:
        were = {line.pk: line for line in before.lines}
        worse = {at for at, line in enumerate(after.lines) if not _agreed(line, were.get(line.line))}
        more = {at for at in worse if not _same_goods(after.lines[at], were.get(after.lines[at].line))}
        known = {one.what: one for one in _found(change.contract, before, on, set()) if one.line is None}
        told = _found(change.contract, after, on, more)
        found = [one for one in told if (one.line in worse if one.line is not None else _worse(one, known))]
    _note(change, found, change.currency)


def _found(contract: Contract, stand: Stand, on: date, fresh: set[int]) -> list[Finding]:
    """What needs more than a salesperson's authority; `fresh`: lines, by their place, that are begun today and not on the contract's day."""
    offered, margin = offering.measured(contract, stand.lines, on)
    begun = contract.contract_date or on
    waited = max((on - begun).days, 0)
    offered = [one._replace(lead_days=one.lead_days + waited) if one.line in fresh else one for one in offered]
    days = (stand.delivery - begun).days if stand.delivery else None
    return authority.required(offered, authority.Terms(margin, stand.late, days))[1]


def _same_goods(line: Any, was: Any) -> bool:
    same = was is not None and (line.item_id, line.configuration_id) == (was.item_id, was.configuration_id)
    return same and line.quantity <= was.quantity


def _agreed(line: Any, was: Any) -> bool:
    """Whether it is sold for no less than it was before, and no more of it."""
    return _same_goods(line, was) and line.amount * was.quantity >= was.amount * line.quantity


def _worse(one: Finding, known: Mapping[str, Finding]) -> bool:
    if one.what not in known:
        return True
    now, was = Decimal(one.value), Decimal(known[one.what].value)
    return now < was if one.what == "margin" else now > was


def _note(document: Contract | Change, found: Sequence[Finding], currency: str) -> None:
    document.level = max((one.level for one in found), default=1)
    document.facts = {**document.facts, "findings": [one._asdict() | {"currency": currency} for one in found]}


# before it goes out --------------------------------------------------------------------------------------------------
def check(contract: Contract, lines: Sequence[Any], plan: Sequence[Any], by: Actor, on: date) -> None:
    """Refuse to let a contract go out whose exchange rate has run out, or which needs a higher authority than somebody's own."""
    prices.check_rate(contract, on)
    judge(contract, lines, plan, on)
    refuse_above(contract, by)


def refuse_above(document: Contract | Change, by: Actor) -> None:
    """Refuse what needs a higher authority than somebody's own, unless people have agreed to it; who has it is named."""
    if document.level > level_of(by) and not holding.agreed(document):
        allowing.refuse(document.level, document.facts["findings"], by, *asking.way_on(document))


def told(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """Of a draft as it was read: the level it needs and why; None where nothing is to be said."""
    level = row.get("level") or 1
    if row.get("state") != "draft" or level == 1:
        return None
    findings = (row.get("facts") or {}).get("findings", [])
    return {"level": level, "name": authority.name_of(level), "why": [allowing.reason(one) for one in findings]}


def _mark(contract: Contract, lines: Sequence[Any], plan: Sequence[Any]) -> str:
    """What was agreed: currency, goods with their amounts, when it is paid, when it is delivered."""
    agreed = [
        *([] if contract.currency == rates.base() else [contract.currency]),
        str(contract.delivery_date),
        *(f"{line.item_id} {line.configuration_id} {plain(line.quantity)} {cents(line.amount)}" for line in lines),
        *(f"{line.trigger} {plain(line.percent)} {line.offset_days} {line.offset_months}" for line in plan),
    ]
    return _digest(agreed)


def _terms(plan: Sequence[Any]) -> str:
    """All else that was agreed of its stages: what of the price they are, from when they count, what they block, how they are invoiced."""
    return _digest(" ".join(_said(getattr(line, name)) for name in AGREED) for line in plan)


def _said(value: Any) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)


def _digest(agreed: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(agreed).encode()).hexdigest()
