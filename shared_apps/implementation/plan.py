"""What usually happens in the eight weeks of an implementation, and how it is usually paid (P-I.10, P-C.2)."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_noop as _

EIGHT_WEEKS = (
    (1, "both", _("Kick-off, team and goals")),
    (1, "client", _("Requirement list of every department")),
    (1, "vendor", _("Company set up from the industry template, with a sandbox")),
    (2, "vendor", _("Requirements answered one by one")),
    (2, "both", _("Difficult points decided")),
    (2, "vendor", _("Service plan with days and money")),
    (3, "vendor", _("Flow diagrams and function confirmation")),
    (3, "client", _("Function confirmation signed")),
    (4, "vendor", _("Sales modules configured")),
    (4, "client", _("Master data cleaned and imported")),
    (5, "client", _("Sales modules tested and accepted")),
    (5, "vendor", _("Project modules configured")),
    (6, "client", _("Project modules tested and accepted")),
    (6, "vendor", _("Extensions delivered")),
    (7, "both", _("Training of every role")),
    (7, "client", _("Trial run with real orders")),
    (8, "vendor", _("Open balances taken over, going live")),
    (8, "client", _("Overall acceptance")),
)
"""(week, who, step)."""

STAGES: dict[str, tuple[tuple[str, str, Decimal], ...]] = {
    "modules": (
        (_("First payment: platform"), _("Platform, organisation, permissions, approvals, master data"), Decimal(30)),
        (_("Second payment: sales modules"), _("Customers, sales process, activity management, decision analysis"), Decimal(30)),
        (_("Third payment: project modules"), _("Project charter, revenue, purchasing, progress, time sheets, documents"), Decimal(30)),
        (_("Final payment: overall acceptance"), _("Everything together, live"), Decimal(10)),
    ),
    "thirds": (
        (_("Start: platform"), _("Platform, organisation, permissions, approvals, master data"), Decimal(40)),
        (_("Delivery of all modules"), _("Everything agreed on, ready to test"), Decimal(40)),
        (_("Final payment: overall acceptance"), _("Everything together, live"), Decimal(20)),
    ),
    "once": ((_("Final payment: overall acceptance"), _("Everything together, live"), Decimal(100)),),
}
"""By scheme: (name, what is delivered, percent) of a service contract's stages."""
