"""What a company may choose about its approvals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.parameters import Parameter

BY_LINK = Parameter(
    "approvals.by_link",
    "bool",
    True,
    _("Decide from a message"),
    _("Messages about approvals carry links and buttons by which whoever has to decide agrees or refuses without logging in."),
)
