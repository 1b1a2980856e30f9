"""What is worth an alert about deliveries."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.alerts import OWNER, Ready, ready, step, superior

ready(
    Ready(
        "delivery-waiting", "logistics.delivery", _("Delivery does not leave"), 'state = "draft"', field="delivery_date",
        steps=(step(1, OWNER), step(3, OWNER, superior())), facts=("partner", "delivery_date", "carrier"),
    ),
    Ready(
        "delivery-unconfirmed", "logistics.delivery", _("Arrival not confirmed"), 'state = "shipped"', field="delivery_date", level="info",
        steps=(step(10, OWNER),), facts=("partner", "carrier", "tracking_no"),
    ),
)  # fmt: skip
