"""What a company may choose about its quotes."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kernel.parameters import SCOPES, Parameter

VALID_DAYS = Parameter(
    "quoting.valid_days",
    "int",
    30,
    _("Days a quote is valid"),
    _("When a quote is written without a last day."),
    least=1,
    most=365,
    scopes=SCOPES,
)
DELIVERY_DAYS = Parameter(
    "quoting.delivery_days",
    "int",
    60,
    _("Days of delivery on quotes"),
    _("What a quote promises when no line has a lead time and nobody has said otherwise."),
    least=0,
    most=1000,
)
LABOUR_RATE = Parameter(
    "quoting.labour_rate",
    "money",
    Decimal(0),
    _("Cost of an hour of work"),
    _("In estimates of full cost, without VAT, for the hours of a selection table. 0: the costs of its parts contain them."),
    least=Decimal(0),
    most=Decimal(100_000),
)
