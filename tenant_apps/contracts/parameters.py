"""What a company may choose about its contracts."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kernel.parameters import Parameter

PENALTY_MOST = Parameter(
    "contracts.penalty_most",
    "decimal",
    Decimal(5),
    _("Highest penalty in a contract, %"),
    _("A clause with a higher one is marked as a risk."),
    least=0,
    most=100,
)
