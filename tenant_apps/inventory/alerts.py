"""What is worth an alert about stock."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.alerts import MANAGEMENT, Ready, field, ready, step

KEEPER = field("warehouse.keeper")

ready(
    Ready(
        "stock-short", "inventory.balance", _("More reserved than in stock"), "reserved > on_hand", anchor="holds",
        steps=(step(0, KEEPER), step(3, KEEPER, MANAGEMENT)), facts=("on_hand", "reserved"),
    ),
)  # fmt: skip
