"""How much of a price is paid later than usual (payment-term deviation, spec 2.3)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from kernel import config
from kernel.money import HUNDRED, ZERO
from tenant_apps.contracts.models.terms import Scheme, SchemeLine, Term

BEFORE = (Term.Trigger.SIGNED, Term.Trigger.RELEASED, Term.Trigger.READY, Term.Trigger.TESTED)
"""What is paid upon these is in before the goods leave."""


def _load() -> tuple[int | None, dict[int, Decimal]]:
    late: dict[int, Decimal] = {}
    for scheme, trigger, percent in SchemeLine.objects.values_list("scheme_id", "trigger", "percent"):
        late[scheme] = late.get(scheme, ZERO) + (ZERO if trigger in BEFORE else percent)
    usual = Scheme.objects.filter(default=True).order_by("pk").values_list("pk", flat=True).first()
    return usual, late


def _over_usual(late: Decimal) -> Decimal:
    usual, known = config.cached("payment-terms", _load)
    return ZERO if usual is None else min(max(late - known.get(usual, HUNDRED), ZERO), HUNDRED)


def of_scheme(scheme: int | None) -> Decimal:
    """Percent of the price paid after shipment, over what the company's usual scheme leaves; no statement when warm."""
    _usual, known = config.cached("payment-terms", _load)
    return ZERO if scheme is None else _over_usual(known.get(scheme, HUNDRED))


def of_plan(plan: Iterable[Term]) -> Decimal:
    """The same of stages that were agreed one by one."""
    return _over_usual(sum((line.percent for line in plan if line.trigger not in BEFORE), ZERO))
