"""What the other party signs: a contract is mailed, read and signed behind a link, or its signed copy comes back (W-6.2.1)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kernel import statements
from kernel.access import Actor
from kernel.actions import action
from kernel.refusals import FieldError, Invalid, Refused
from tenant_apps.contracts import authority, staging
from tenant_apps.contracts.models import Contract, ContractLine, PlanLine
from tenant_apps.partners import bounces
from tenant_apps.partners.models import Contact
from tenant_apps.pricing import configured

S = Contract.State


def address_of(contract: Contract) -> str:
    """Where letters to the other party go unless another address is told: to the main contact."""
    return (
        Contact.objects.filter(partner=contract.customer_id)
        .exclude(email="")
        .order_by("-main", "pk")
        .values_list("email", flat=True)
        .first()
        or ""
    )


@action(
    label=_("Mail for signature"), when=(S.DRAFT, S.SIGNED, S.EXECUTING), says=_("mailed with a link"),
    params={"email": {"label": _("To"), "type": "email"}, "message": {"label": _("Message"), "type": "long"}},
)  # fmt: skip
def mail(contract: Contract, *, by: Actor, at: datetime, email: str = "", message: str = "") -> None:
    """Mail the other party a link with which they read, comment and sign it; without an address it goes to the main contact."""
    to = email or address_of(contract)
    if not to:
        raise Invalid([FieldError("email", "required", _t("The contact has no e-mail address. Enter one here."))])
    bounces.warn(contract.customer_id, to, "contracts.contract.mail", by)
    if contract.state == S.DRAFT:
        lines, plan = statements.lines(ContractLine)(contract.pk), statements.lines(PlanLine)(contract.pk)
        if not lines:
            raise Refused("empty", _t("There is nothing in this contract. Add a line first."))
        staging.check_dated(plan)
        authority.check(contract, lines, plan, by, at.date())
        configured.check(lines)


@action(
    label=_("Signed by the other party"), when=S.DRAFT, says=_("signed by the other party"),
    params={"name": {"label": _("Signed by"), "max_length": 60}},
)  # fmt: skip
def countersign(contract: Contract, *, by: Actor, at: datetime, name: str) -> None:
    """The other party has signed, on the link or on paper; nothing of the contract changes any more unless the signature is set aside."""
    given = contract.facts.get("signature", {})
    if given.get("name"):
        raise Refused("signed_already", _t("%(name)s has signed it already.") % {"name": given["name"]})
    contract.facts = {**contract.facts, "signature": {**given, "name": name, "at": at.isoformat()}}


@action(
    label=_("Set the signature aside"), when=S.DRAFT, style="danger", says=_("signature set aside"), params={"reason": {"label": _("Reason")}},
)  # fmt: skip
def unsign(contract: Contract, *, by: Actor, at: datetime, reason: str) -> None:
    """What the other party signed is to be changed; they sign anew."""
    if not contract.facts.get("signature"):
        raise Refused("not_signed", _t("The other party has not signed it yet."))
    contract.facts = {name: value for name, value in contract.facts.items() if name != "signature"}
