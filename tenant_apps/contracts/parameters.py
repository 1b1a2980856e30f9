"""What a company may choose about its contracts."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kernel.parameters import Parameter

MONEY_COST = Parameter(
    "contracts.money_cost",
    "decimal",
    Decimal(5),
    _("What money costs, % a year"),
    _("What it costs to wait for payments after shipment, when terms are compared."),
    least=0,
    most=100,
)
PENALTY_MOST = Parameter(
    "contracts.penalty_most",
    "decimal",
    Decimal(5),
    _("Highest penalty in a contract, %"),
    _("A clause with a higher one is marked as a risk."),
    least=0,
    most=100,
)
