"""What a company may choose about follow-up, registered projects and dealers."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kernel.parameters import Parameter

GAP_DAYS = Parameter(
    "crm.gap_days",
    "int",
    30,
    _("Days without contact that are a gap"),
    _("For customers of grade A; B has twice as long."),
    least=1,
    most=365,
)
PROTECTED_DAYS = Parameter("crm.protected_days", "int", 90, _("Days a registered project is protected"), least=1, most=1000)
DEALER_TARGET = Parameter(
    "crm.dealer_target", "money", Decimal(0), _("What a dealer is to buy in a year"), _("0: no target; evaluations count none as reached."), least=0
)  # fmt: skip
