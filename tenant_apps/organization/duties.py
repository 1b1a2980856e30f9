"""Separation of duties (2.15): what one person had better not do both of. The product warns; whom to trust is the company's decision.

A company switches pairs of the product off and adds its own: {"off": ["sales.order.confirm sales.order.close"], "own": [{"first":
"finance.receipt.post", "second": "partners.partner.create", "why": "…", "on": true}]}.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import parameters, registry
from kernel.access import Profile
from kernel.parsers import Bad

Verb = tuple[str, str]
STANDARD = {
    "read": _("Read"), "create": _("Create"), "change": _("Change"), "delete": _("Delete"), "print": _("Print"), "export": _("Export"),
    "import": _("Import"), "number": _("Type the number"), "seal": _("Print with the seal"),
}  # fmt: skip
PARAMETER = "organization.duties"
NONE: dict[str, Any] = {"off": [], "own": []}
MOST, LONGEST = 100, 200


@dataclass(frozen=True)
class Conflict:
    """Two verbs that control each other, and what happens when one person holds both."""

    first: Verb
    second: Verb
    why: str | Promise
    own: bool = False
    on: bool = True

    @property
    def name(self) -> str:
        return " ".join(f"{key}.{verb}" for key, verb in (self.first, self.second))

    def known(self) -> bool:
        return all(registry.find(key) and verb in verbs(key) for key, verb in (self.first, self.second))

    def held(self, profile: Profile) -> bool:
        return all(profile.reach(key, verb) for key, verb in (self.first, self.second))

    def told(self) -> dict[str, Any]:
        return {
            "name": self.name, "first": named(*self.first), "second": named(*self.second), "why": str(self.why), "own": self.own, "on": self.on,
        }  # fmt: skip


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


def conflicts() -> list[Conflict]:
    """The product's and the company's own pairs, those that are switched off too."""
    said = parameters.KNOWN[PARAMETER].value()
    shipped = [replace(one, on=one.name not in said.get("off", ())) for one in CONFLICTS]
    own = [Conflict(_verb(one["first"]), _verb(one["second"]), one["why"], True, one["on"]) for one in said.get("own", ())]
    return [one for one in (*shipped, *own) if one.known()]


def found(profile: Profile) -> list[Conflict]:
    """Which conflicting duties these roles put into one hand."""
    return [one for one in conflicts() if one.on and one.held(profile)]


def check(said: Any) -> None:
    """Refuse pairs that name what is not there, or the same twice."""
    if not isinstance(said, dict) or said.keys() - NONE.keys() or not all(isinstance(one, list) for one in said.values()):
        raise Bad("bad_duties", _t("Pairs of duties are {off: […], own: [{first, second, why, on}]}."))
    own = said.get("own", [])
    if len(own) > MOST:
        raise Bad("too_many", _t("At most %(n)d pairs of your own are kept.") % {"n": MOST})
    names = {one.name for one in CONFLICTS}
    for pair in own:
        _check_pair(pair)
        name = f"{pair['first']} {pair['second']}"
        if {name, f"{pair['second']} {pair['first']}"} & names:
            raise Bad("twice", _t("This pair is in the list already. Switch it on there."))
        names.add(name)


def _check_pair(pair: Any) -> None:
    sound = isinstance(pair, dict) and pair.keys() == {"first", "second", "why", "on"} and isinstance(pair["on"], bool)
    if not sound or not all(isinstance(pair[name], str) for name in ("first", "second", "why")):
        raise Bad("bad_duties", _t("Pairs of duties are {off: […], own: [{first, second, why, on}]}."))
    if not 0 < len(pair["why"].strip()) <= LONGEST:
        raise Bad("no_reason", _t("Say in up to %(n)d characters what could happen when one person does both.") % {"n": LONGEST})
    if pair["first"] == pair["second"]:
        raise Bad("same", _t("Choose two different methods."))
    for text in (pair["first"], pair["second"]):
        key, verb = _verb(text)
        if registry.find(key) is None or verb not in verbs(key):
            raise Bad("unknown_method", _t("There is no method “%(name)s”. Choose it from the list.") % {"name": text[:80]})


def _verb(text: str) -> Verb:
    key, _dot, verb = text.rpartition(".")
    return key, verb


def verbs(key: str) -> set[str]:
    """What can be granted on a document type."""
    resource = registry.get(key)
    return {*STANDARD, *resource.verbs, *resource.rights}


def of(roles: Iterable[Any]) -> list[dict[str, Any]]:
    return [one.told() for one in found(Profile.of(roles))]


def named(key: str, verb: str) -> dict[str, str]:
    """A verb of a document type in words."""
    resource = registry.get(key)
    label = STANDARD.get(verb) or resource.rights.get(verb) or (resource.verbs[verb].label if verb in resource.verbs else verb)
    return {"key": key, "verb": verb, "label": f"{resource.label} · {label}"}
