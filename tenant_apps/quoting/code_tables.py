"""Pick lists of quotes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.codes import CodeTable

LOST = CodeTable(
    "quoting.lost",
    _("Reason lost"),
    {
        "price": _("Price too high"), "delivery": _("Delivery too late"), "technical": _("Does not fit technically"), "competitor": _("Chose a competitor"),
        "postponed": _("Project postponed"), "cancelled": _("Project cancelled"), "budget": _("No budget"), "relation": _("No relation to the customer"),
    },
    open=True,
)  # fmt: skip
