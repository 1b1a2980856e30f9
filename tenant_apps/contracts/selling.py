"""What has been sold by contract, in the company's own currency."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import DecimalField, ExpressionWrapper, F, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from kernel.money import cents
from tenant_apps.contracts.models import Contract

ONE = Decimal(1)
SELLING = (Contract.Kind.SALES, Contract.Kind.SERVICE)
"""Kinds by which others pay us; what is called off from a framework contract is a contract of its own."""


def sold() -> QuerySet[Contract]:
    """Contracts signed by which others pay us, without those that were terminated."""
    rows = Contract.objects.filter(kind__in=SELLING, signed_on__isnull=False)
    return rows.exclude(state=Contract.State.TERMINATED)


def worth(amount: str | Combinable = "total", rate: str = "rate") -> ExpressionWrapper:
    """An amount of a contract or quote, of its lines, or of what follows from it, in CNY by the rate it was locked at."""
    return ExpressionWrapper(
        (F(amount) if isinstance(amount, str) else amount) * Coalesce(F(rate), ONE),
        output_field=DecimalField(max_digits=36, decimal_places=10),
    )


def worth_of(contract: Contract, amount: Decimal | None = None) -> Decimal:
    """What a contract, or a part of it, comes to in CNY, to the cent."""
    return cents((contract.total if amount is None else amount) * (contract.rate or ONE))
