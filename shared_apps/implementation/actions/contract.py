"""Signing the service contract, delivering, accepting and paying its milestones, changing it (P-C.1–2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import saving
from kernel.access import Actor
from kernel.actions import action, move
from kernel.money import ZERO, split
from kernel.refusals import Refused
from shared_apps.implementation.actions.project import NAME
from shared_apps.implementation.actions.signing import signature
from shared_apps.implementation.models import ChangeOrder, Milestone, ServiceContract
from shared_apps.implementation.plan import STAGES

C, M, CH = ServiceContract.State, Milestone.State, ChangeOrder.State


@action(label=_("Offer"), when=C.DRAFT, then=C.OFFERED, style="primary", says=_("offered"))
def offer(contract: ServiceContract, *, by: Actor, at: datetime) -> None:
    """Show the company the contract with its milestones: first, second, third and final payment, together the total to the cent."""
    if Milestone.objects.filter(contract=contract).exists():
        return
    parts = split(contract.total, [percent for _name, _content, percent in STAGES])
    rows = [
        _milestone(contract, position, _t(name), amount, percent=percent, content=_t(content))
        for position, ((name, content, percent), amount) in enumerate(zip(STAGES, parts, strict=True), 1)
    ]
    saving.create_many(Milestone, [(row, {}) for row in rows], by=by, at=at)


def _milestone(contract: ServiceContract, position: int, name: str, amount: Decimal, **more: Any) -> dict[str, Any]:
    return {"contract": contract, "client_id": contract.client_id, "position": position, "name": name, "amount": amount, **more}


@action(label=_("Sign"), when=C.OFFERED, then=C.SIGNED, style="primary", says=_("signed"), params=NAME)
def sign(contract: ServiceContract, *, by: Actor, at: datetime, name: str) -> None:
    """Sign for the company. Work on the first milestone begins; each is paid once you have accepted it."""
    signature(contract, by, at, name)


@action(label=_("Take back"), when=C.OFFERED, then=C.DRAFT, says=_("taken back"))
def take_back(contract: ServiceContract, *, by: Actor, at: datetime) -> None:
    """Change the offer before it is signed; its milestones are made anew."""
    Milestone.objects.filter(contract=contract).delete()


@action(label=_("Begin"), when=M.PLANNED, then=M.IN_WORK, style="primary", says=_("begun"))
def begin(milestone: Milestone, *, by: Actor, at: datetime) -> None:
    """Work on this group of modules begins."""
    if milestone.contract.state != C.SIGNED:
        raise Refused("not_signed", _t("The service contract is not signed yet. Ask the company to sign it first."))


@action(
    label=pgettext_lazy("milestone", "Deliver"),
    when=M.IN_WORK,
    then=M.DELIVERED,
    style="primary",
    says=pgettext_lazy("milestone", "delivered"),
)
def deliver(milestone: Milestone, *, by: Actor, at: datetime) -> None:
    """Hand it to the company for its tests."""


@action(
    label=_("Send back"),
    when=M.DELIVERED,
    then=M.IN_WORK,
    says=_("sent back"),
    params={"reason": {"label": _("What is wrong"), "type": "long"}},
)
def send_back(milestone: Milestone, *, by: Actor, at: datetime, reason: str) -> None:
    """It does not yet do what was agreed."""


@action(label=_("Accept"), when=M.DELIVERED, then=M.ACCEPTED, style="primary", says=_("accepted"), params=NAME)
def accept(milestone: Milestone, *, by: Actor, at: datetime, name: str) -> None:
    """Accept what was delivered for the company; its payment is unlocked."""
    if by.company != milestone.client_id:
        raise Refused("not_yours", _t("Only the company itself can accept this."), status=403)
    milestone.accepted_by, milestone.accepted_at = name.strip()[:80] or by.name, at


@action(
    label=_("Invoice"),
    when=M.ACCEPTED,
    then=M.INVOICED,
    style="primary",
    says=_("invoiced"),
    params={"number": {"label": _("Invoice number"), "max_length": 40}},
)
def invoice(milestone: Milestone, *, by: Actor, at: datetime, number: str) -> None:
    """Ask for the payment that acceptance has unlocked."""
    milestone.invoice_no = number


@action(
    label=_("Paid"), when=M.INVOICED, then=M.PAID, style="primary", says=_("paid"),
    params={"on": {"label": _("Paid on")}, "reference": {"label": _("Bank reference"), "max_length": 80}},
)  # fmt: skip
def pay(milestone: Milestone, *, by: Actor, at: datetime, on: date | None = None, reference: str = "") -> None:
    """The money has come in, by bank transfer or through Stripe."""
    milestone.paid_on, milestone.payment = on or at.date(), reference


@action(label=_("Offer"), when=CH.DRAFT, then=CH.OFFERED, style="primary", says=_("offered"))
def offer_change(change: ChangeOrder, *, by: Actor, at: datetime) -> None:
    """Show the company what would change, how long it takes and what it costs."""
    if change.contract.state != C.SIGNED:
        raise Refused("not_signed", _t("The service contract is not signed yet: change the contract itself."))


@action(label=_("Agree"), when=CH.OFFERED, then=CH.AGREED, style="primary", says=_("agreed"), params=NAME)
def agree_change(change: ChangeOrder, *, by: Actor, at: datetime, name: str) -> None:
    """Sign the change for the company; it becomes a milestone of its own, and what was signed before stays as it is."""
    signature(change, by, at, name)
    if not change.amount:
        return
    contract = saving.lock(ServiceContract(pk=change.contract_id))
    contract.total += change.amount
    saving.store(contract, by=by, at=at)
    position = Milestone.objects.filter(contract=contract).count() + 1
    row = _milestone(contract, position, change.title, change.amount, content=change.reason)
    saving.create(Milestone, row, by=by, at=at)


@action(label=_("Reject"), when=CH.OFFERED, then=CH.REJECTED, style="danger", says=_("rejected"), params={"reason": {"label": _("Reason")}})
def reject_change(change: ChangeOrder, *, by: Actor, at: datetime, reason: str) -> None:
    """The company does without it."""


def recompute(pk: int, *, by: Actor, at: datetime) -> None:
    """Bring a contract in line with its milestones: what is paid, and complete when all is. May run any number of times."""
    contract = saving.lock(ServiceContract(pk=pk))
    stages: Sequence[Milestone] = list(Milestone.objects.filter(contract=contract))
    contract.paid = sum((stage.amount for stage in stages if stage.state == M.PAID), ZERO)
    if contract.state == C.SIGNED and stages and all(stage.state == M.PAID for stage in stages):
        move(contract, C.COMPLETED, by=by, at=at)
    saving.store(contract, by=by, at=at)
