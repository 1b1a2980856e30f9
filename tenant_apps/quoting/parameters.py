"""What a company may choose about its quotes."""

from __future__ import annotations

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
