"""What has been sold by contract, in the company's own currency."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import DecimalField, ExpressionWrapper, F, QuerySet
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


def worth(field: str = "total", rate: str = "rate") -> ExpressionWrapper:
    """An amount of a contract or quote, or of its lines, in CNY by the rate it was locked at."""
    return ExpressionWrapper(F(field) * Coalesce(F(rate), ONE), output_field=DecimalField(max_digits=36, decimal_places=10))


def worth_of(contract: Contract) -> Decimal:
    """What a contract comes to in CNY, to the cent."""
    return cents(contract.total * (contract.rate or ONE))
