"""What is worth an alert about leads, opportunities and registered projects."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kernel.alerts import OWNER, Ready, ready, step, superior

ready(
    Ready(
        "activity-planned", "crm.activity", _("Planned contact"), 'state = "planned"', field="day", level="info",
        steps=(step(0, OWNER), step(2, OWNER, superior())), facts=("partner", "kind", "day"),
    ),
    Ready(
        "lead-recycled", "crm.lead", _("Lead goes back to the pool"), 'state in ("assigned", "working", "qualified")', field="protect_until",
        steps=(step(-3, OWNER),), facts=("contact_name", "protect_until"),
    ),
    Ready(
        "opportunity-late", "crm.opportunity", _("Order expected earlier"), 'state = "open"', field="expected_on",
        steps=(step(1, OWNER), step(14, OWNER, superior())), facts=("customer", "amount", "expected_on"),
    ),
    Ready(
        "opportunity-silent", "crm.opportunity", _("Opportunity without news"), 'state = "open"', anchor="silent",
        steps=(step(14, OWNER), step(30, OWNER, superior())), facts=("customer", "amount"),
    ),
    Ready(
        "registration-ends", "crm.registration", _("Protection of a project ends"), 'state = "protected"', field="protected_until", level="info",
        steps=(step(-7, OWNER), step(0, OWNER)), facts=("end_user", "protected_until"),
    ),
)  # fmt: skip
