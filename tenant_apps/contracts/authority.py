"""Whose agreement a contract needs: one that is as its quote was accepted needs none; any other is judged like an offer (spec 2.3)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _t

from kernel import holding
from kernel.access import Actor
from kernel.money import cents
from tenant_apps.contracts import lateness
from tenant_apps.pricing import allowing, offering
from tenant_apps.pricing.authority import Finding, level_of
from tenant_apps.pricing.waterfall import plain

if TYPE_CHECKING:
    from tenant_apps.contracts.models import Contract

QUOTE = "quoting.quote"


def judge(contract: Contract, lines: Sequence[Any], plan: Sequence[Any], on: date) -> None:
    """Note the level that a draft needs, and why. What was decided about with its quote stays decided as long as nothing of it changes."""
    now = _mark(contract, lines, plan)
    if contract.pk is None and contract.source == QUOTE:
        contract.facts = {**contract.facts, "quoted": now}
    level, findings = 1, list[Finding]()
    if contract.sells and contract.facts.get("quoted") != now:
        begun = contract.contract_date or on
        days = (contract.delivery_date - begun).days if contract.delivery_date else None
        level, findings = offering.judged(contract, lines, on, late=lateness.of_plan(plan), days=days)
    contract.level = level
    contract.facts = {**contract.facts, "findings": [one._asdict() for one in findings]}


def check(contract: Contract, lines: Sequence[Any], plan: Sequence[Any], by: Actor, on: date) -> None:
    """Refuse to let a contract be signed that needs a higher authority than somebody's own, unless people have agreed to it."""
    judge(contract, lines, plan, on)
    if contract.level > level_of(by) and not holding.agreed(contract):
        way = _t("Have it signed by somebody who may decide so, or make a quote of it and submit that.")
        allowing.refuse(contract.level, contract.facts["findings"], by, way, [])


def _mark(contract: Contract, lines: Sequence[Any], plan: Sequence[Any]) -> str:
    """What was agreed: goods with their amounts, when it is paid, when it is delivered."""
    agreed = [
        str(contract.delivery_date),
        *(f"{line.item_id} {line.configuration_id} {plain(line.quantity)} {cents(line.amount)}" for line in lines),
        *(f"{line.trigger} {plain(line.percent)} {line.offset_days} {line.offset_months}" for line in plan),
    ]
    return hashlib.sha256("\n".join(agreed).encode()).hexdigest()
