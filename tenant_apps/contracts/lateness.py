"""How much of a price is paid later than usual (payment-term deviation, spec 2.3)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from kernel import config
from kernel.money import CENT, HUNDRED, ZERO
from tenant_apps.contracts.models.terms import Scheme, SchemeLine, Term

BEFORE = (Term.Trigger.SIGNED, Term.Trigger.RELEASED, Term.Trigger.READY, Term.Trigger.TESTED)
"""What is paid soon upon these is in before the goods leave."""
HOLDING = (Term.Gate.PRODUCTION, Term.Gate.PURCHASE, Term.Gate.DELIVERY)
"""What blocks these is in before the goods leave, whenever it is due."""
TOLERABLE = Decimal(5)
"""Percent; a gate that opens with more than this missing keeps nothing back."""
SOON = 30
"""Days; a stage that is due later upon its trigger is not counted on before the goods leave."""


def is_late(stage: Term) -> bool:
    """Whether a stage may be paid after the goods have left."""
    if stage.gate in HOLDING and not stage.soft and stage.tolerance <= TOLERABLE:
        return False
    return stage.trigger not in BEFORE or stage.offset_months > 0 or stage.offset_days > SOON


def _sum(stages: Iterable[Term]) -> Decimal:
    return sum((stage.percent for stage in stages if is_late(stage)), ZERO)


def _load() -> tuple[int | None, dict[int, Decimal]]:
    stages: dict[int, list[Term]] = {}
    for stage in SchemeLine.objects.all():
        stages.setdefault(stage.scheme_id, []).append(stage)
    usual = Scheme.objects.filter(default=True).order_by("pk").values_list("pk", flat=True).first()
    return usual, {scheme: _sum(found) for scheme, found in stages.items()}


def _over_usual(late: Decimal) -> Decimal:
    usual, known = config.cached("payment-terms", _load)
    return ZERO if usual is None else min(max(late - known.get(usual, HUNDRED), ZERO), HUNDRED).quantize(CENT)


def of_scheme(scheme: int | None) -> Decimal:
    """Percent of the price paid after shipment, over what the company's usual scheme leaves; no statement when warm."""
    _usual, known = config.cached("payment-terms", _load)
    return ZERO if scheme is None else _over_usual(known.get(scheme, HUNDRED))


def of_plan(plan: Iterable[Term]) -> Decimal:
    """The same of stages that were agreed one by one."""
    return _over_usual(_sum(plan))
