"""What a company may choose about its prices (W-11.2.2)."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kernel.parameters import Parameter

ROUNDING = Parameter(
    "pricing.rounding",
    "choice",
    "exact",
    _("Unit prices are rounded"),
    _("Prices that come out of policies and discounts. “Not at all”: only the amount of a line is rounded, to the cent."),
    choices=(
        ("exact", _("Not at all")),
        ("0.01", _("To the cent")),
        ("1", _("To whole units")),
        ("10", _("To tens")),
        ("100", _("To hundreds")),
    ),
)
MIN_MARGIN = Parameter(
    "pricing.min_margin",
    "percent",
    Decimal(25),
    _("Least surcharge on cost, %"),
    _("The floor price is never below the full cost with this surcharge, plus VAT."),
    least=Decimal(0),
    most=Decimal(1000),
)
