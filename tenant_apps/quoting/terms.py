"""How much of a price is paid later than usual (payment-term deviation, spec 2.3)."""

from __future__ import annotations

from decimal import Decimal

from kernel import config
from kernel.money import HUNDRED
from tenant_apps.contracts.models import Scheme, SchemeLine, Term

BEFORE = (Term.Trigger.SIGNED, Term.Trigger.RELEASED, Term.Trigger.READY)
"""What is paid upon these is in before the goods leave."""
ZERO = Decimal(0)


def _load() -> tuple[int | None, dict[int, Decimal]]:
    late: dict[int, Decimal] = {}
    for scheme, trigger, percent in SchemeLine.objects.values_list("scheme_id", "trigger", "percent"):
        late[scheme] = late.get(scheme, ZERO) + (ZERO if trigger in BEFORE else percent)
    usual = Scheme.objects.filter(default=True).order_by("pk").values_list("pk", flat=True).first()
    return usual, late


def later_than_usual(scheme: int | None) -> Decimal:
    """Percent of the price paid after shipment, over what the company's usual scheme leaves; no statement when warm."""
    usual, late = config.cached("payment-terms", _load)
    if scheme is None or usual is None or scheme == usual:
        return ZERO
    return min(max(late.get(scheme, HUNDRED) - late.get(usual, HUNDRED), ZERO), HUNDRED)
