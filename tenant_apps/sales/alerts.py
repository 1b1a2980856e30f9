"""What is worth an alert about orders."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.alerts import HEAD, MANAGEMENT, OWNER, Ready, ready, step, superior

UNDELIVERED = 'state in ("confirmed", "released", "ready", "partly_shipped", "held")'

ready(
    Ready(
        "order-late", "sales.order", _("Order late"), UNDELIVERED, field="promised_date", level="critical",
        steps=(step(-3, OWNER), step(1, OWNER, superior()), step(5, HEAD), step(10, MANAGEMENT)), facts=("customer", "promised_date", "total"),
    ),
    Ready(
        "order-held", "sales.order", _("Order on hold"), 'state = "held"', anchor="holds",
        steps=(step(3, OWNER), step(10, OWNER, superior())), facts=("customer", "held_reason"),
    ),
    Ready(
        "order-loss", "sales.order", _("Order loses money"), 'margin < 0 and state != "cancelled"', anchor="holds",
        steps=(step(0, OWNER, superior()),), facts=("customer", "total", "margin"),
    ),
)  # fmt: skip
