"""What is worth an alert about contracts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.alerts import OWNER, Ready, ready, step, superior

ready(
    Ready(
        "contract-unsigned", "contracts.contract", _("Contract not signed"), 'state = "draft"', anchor="silent",
        steps=(step(7, OWNER), step(14, OWNER, superior())), facts=("customer", "total"),
    ),
    Ready(
        "contract-sleeping", "contracts.contract", _("Contract sleeps"), 'state in ("signed", "executing")', anchor="silent",
        steps=(step(30, OWNER), step(45, OWNER, superior())), facts=("customer", "total", "delivery_date"),
    ),
)  # fmt: skip
