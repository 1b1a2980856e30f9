"""What is worth an alert about partners."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.alerts import OWNER, Ready, ready, step, superior

ready(
    Ready(
        "licence-ends", "partners.paper", _("Licence runs out"), 'kind = "licence"', field="ends_on",
        steps=(step(-30, OWNER), step(-7, OWNER), step(0, OWNER, superior())), facts=("partner", "paper_no", "ends_on"),
    ),
    Ready(
        "agency-ends", "partners.agency", _("Brand agency runs out"), 'brand != ""', field="ends_on",
        steps=(step(-60, OWNER), step(-14, OWNER, superior())), facts=("partner", "brand", "ends_on"),
    ),
    Ready(
        "agency-behind", "partners.agency", _("Brand agency is behind its target"), "behind", anchor="holds",
        steps=(step(0, OWNER), step(30, OWNER, superior())), facts=("partner", "brand", "target", "actual", "reached"),
    ),
)  # fmt: skip
