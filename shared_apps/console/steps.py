"""The steps in the life of a company in the reader's language; what a person wrote stays as it was written."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy, pgettext_lazy

WHO = {
    "clock": gettext_lazy("The clock"),
    "sign-up": gettext_lazy("Sign-up"),
    "billing": gettext_lazy("Billing"),
    "operator": gettext_lazy("Operator"),
}
"""Who moves companies beside people."""
WHY = {
    "paid": pgettext_lazy("company", "Paid"),
    "payment missing": gettext_lazy("A payment is missing"),
    "subscription ended": gettext_lazy("The subscription has ended"),
    "The trial has ended.": gettext_lazy("The trial has ended."),
    "The days of grace have ended.": gettext_lazy("The days of grace have ended."),
    "Sandbox thrown away": gettext_lazy("Sandbox thrown away"),
    r"(\d+) days more": gettext_lazy("%(what)s days more"),
    r"As ([a-z0-9-]+)": gettext_lazy("Follows %(what)s"),
    r"With ([a-z0-9-]+)": gettext_lazy("Goes with %(what)s"),
    r"Sandbox of ([a-z0-9-]+)": gettext_lazy("Sandbox of %(what)s"),
    r"Copy of the backup of ([0-9: -]+)": gettext_lazy("Copy of the backup of %(what)s"),
    r"Archive for another server: (.+)": gettext_lazy("Archive for another server: %(what)s"),
    r"Certificate ([0-9a-f]+)": gettext_lazy("Certificate %(what)s"),
}
"""What the product writes as the reason."""


def told(by: str, reason: str) -> dict[str, str]:
    """Who did it and why, in words."""
    return {"by": str(WHO.get(by, by)), "reason": why(reason)}


def why(reason: str) -> str:
    for pattern, words in WHY.items():
        found = re.fullmatch(pattern, reason)
        if found:
            return str(words) % {"what": found[1]} if found.groups() else str(words)
    return reason
