"""What is worth an alert about quotes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.alerts import OWNER, Ready, ready, step, superior

ready(
    Ready(
        "quote-undecided", "quoting.quote", _("Quote waits for a decision"), 'state = "submitted"', anchor="silent", level="info",
        steps=(step(1, superior()), step(3, superior(), OWNER)), facts=("customer", "total", "level"),
    ),
    Ready(
        "quote-expiring", "quoting.quote", _("Quote expires"), 'state = "sent"', field="valid_until", level="info",
        steps=(step(-3, OWNER), step(0, OWNER)), facts=("customer", "total", "valid_until"),
    ),
    Ready(
        "quote-silent", "quoting.quote", _("Quote without news"), 'state = "sent"', anchor="silent", level="info",
        steps=(step(7, OWNER), step(14, OWNER, superior())), facts=("customer", "total"),
    ),
)  # fmt: skip
