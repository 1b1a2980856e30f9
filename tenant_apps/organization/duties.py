"""Separation of duties (2.15): what one person had better not do both of. The product warns; whom to trust is the company's decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel import registry
from kernel.access import Profile

Verb = tuple[str, str]
STANDARD = {
    "read": _("Read"), "create": _("Create"), "change": _("Change"), "delete": _("Delete"), "print": _("Print"), "export": _("Export"),
    "import": _("Import"),
}  # fmt: skip


@dataclass(frozen=True)
class Conflict:
    """Two verbs that control each other, and what happens when one person holds both."""

    first: Verb
    second: Verb
    why: str | Promise

    def known(self) -> bool:
        return all(key in registry.everything() for key, _verb in (self.first, self.second))

    def held(self, profile: Profile) -> bool:
        return all(profile.reach(key, verb) for key, verb in (self.first, self.second))

    def told(self) -> dict[str, Any]:
        return {"first": named(*self.first), "second": named(*self.second), "why": str(self.why)}


CONFLICTS = (
    Conflict(
        ("catalog.pricelist", "change"),
        ("quoting.quote", "send"),
        _("Whoever sets prices could lower them for one customer just before the quote."),
    ),
    Conflict(("quoting.quote", "send"), ("quoting.quote", "below_floor"), _("Offers below the floor price are then seen by nobody else.")),
    Conflict(
        ("contracts.contract", "sign"),
        ("finance.receipt", "post"),
        _("A deposit could be recorded that never arrived, to release an order."),
    ),
    Conflict(("sales.order", "confirm"), ("logistics.delivery", "ship"), _("Goods could leave on an order that nobody else has seen.")),
    Conflict(("sales.order", "confirm"), ("sales.order", "close"), _("An order could be closed by the one who answers for its margin.")),
    Conflict(
        ("logistics.delivery", "ship"), ("inventory.move", "post"), _("Missing goods could be written off by the one who ships them.")
    ),
    Conflict(("finance.invoice", "issue"), ("finance.receipt", "post"), _("Invoices and the money for them would be in one hand.")),
    Conflict(("finance.receipt", "post"), ("finance.due", "waive"), _("Money could be kept and the debt waived.")),
    Conflict(("finance.receipt", "post"), ("finance.receipt", "reverse"), _("A receipt could be recorded and taken back unseen.")),
    Conflict(
        ("partners.partner", "change"), ("finance.receipt", "post"), _("Bank accounts of customers and receipts would be in one hand.")
    ),
    Conflict(
        ("organization.role", "change"), ("finance.receipt", "post"), _("Whoever gives rights could give themselves those over money.")
    ),
)
"""Those that every company starts with."""


def found(profile: Profile) -> list[Conflict]:
    """Which conflicting duties these roles put into one hand."""
    return [one for one in CONFLICTS if one.known() and one.held(profile)]


def of(roles: Iterable[Any]) -> list[dict[str, Any]]:
    return [one.told() for one in found(Profile.of(roles))]


def named(key: str, verb: str) -> dict[str, str]:
    """A verb of a document type in words."""
    resource = registry.get(key)
    label = STANDARD.get(verb) or resource.rights.get(verb) or (resource.verbs[verb].label if verb in resource.verbs else verb)
    return {"key": key, "verb": verb, "label": f"{resource.label} · {label}"}
