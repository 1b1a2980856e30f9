"""Signing the service contract, delivering, accepting and paying its milestones, changing it (P-C.1–2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kernel import saving
from kernel.access import Actor
from kernel.actions import action, move
from kernel.money import ZERO
from kernel.refusals import Refused
from shared_apps.billing import operators
from shared_apps.implementation import payment
from shared_apps.implementation.actions.project import NAME
from shared_apps.implementation.models import AcceptanceScript, ChangeOrder, Milestone, ServiceContract
from tenants import lifecycle

C, M, CH = ServiceContract.State, Milestone.State, ChangeOrder.State


@action(label=_("Offer"), when=C.DRAFT, then=C.OFFERED, style="primary", says=_("offered"))
def offer(contract: ServiceContract, *, by: Actor, at: datetime) -> None:
    """Show the company the contract with its milestones: one for each stage, together the total to the cent."""
    if Milestone.objects.filter(contract=contract).exists():
        return
    rows = [
        _milestone(contract, stage.seq, stage.name, stage.amount, percent=stage.percent, content=stage.content, due_on=stage.due_on)
        for stage in contract.stages.all()
    ]
    saving.create_many(Milestone, [(row, {}) for row in rows], by=by, at=at)


def _milestone(contract: ServiceContract, position: int, name: str, amount: Decimal, **more: Any) -> dict[str, Any]:
    return {"contract": contract, "client_id": contract.client_id, "position": position, "name": name, "amount": amount, **more}


@action(label=_("Sign"), when=C.OFFERED, then=C.SIGNED, style="primary", says=_("signed"), params=NAME)
def sign(contract: ServiceContract, *, by: Actor, at: datetime, name: str) -> None:
    """Sign for the company. Work begins; each milestone is paid once you have accepted it."""
    contract.sign(by, at, name)


@action(label=_("Take back"), when=C.OFFERED, then=C.DRAFT, says=_("taken back"))
def take_back(contract: ServiceContract, *, by: Actor, at: datetime) -> None:
    """Change the offer before it is signed; its milestones are made anew."""
    Milestone.objects.filter(contract=contract).delete()


@action(
    label=_("Cancel contract"),
    when=(C.DRAFT, C.OFFERED, C.SIGNED),
    then=C.CANCELLED,
    style="danger",
    says=_("cancelled"),
    params={"reason": {"label": _("Reason"), "type": "long"}},
)
def cancel(contract: ServiceContract, *, by: Actor, at: datetime, reason: str) -> None:
    """End it; possible while no milestone is worked on or waits for its payment."""
    under_way = Milestone.objects.filter(contract=contract).exclude(state__in=(M.PLANNED, M.PAID)).first()
    if under_way is not None:
        told = {"name": under_way.name, "state": under_way.get_state_display()}
        raise Refused("milestone_open", _t("The milestone “%(name)s” is “%(state)s”. Bring it to its payment first.") % told)


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
    waiting = AcceptanceScript.objects.filter(milestone=milestone).exclude(state=AcceptanceScript.State.PASSED).first()
    if waiting is not None:
        told = {"script": f"{waiting.number} {waiting.title}", "state": waiting.get_state_display()}
        raise Refused("test_open", _t("The test %(script)s is “%(state)s”. Run it and sign it as passed, then accept.") % told)
    milestone.accepted_by, milestone.accepted_at = name.strip()[:80] or by.name, at


@action(label=_("Invoice"), when=M.ACCEPTED, then=M.INVOICED, style="primary", says=_("invoiced"))
def invoice(milestone: Milestone, *, by: Actor, at: datetime) -> None:
    """Ask for the payment that acceptance has unlocked; the company pays the invoice here, or finds it under Subscription."""
    milestone.invoice_no = payment.bill(milestone, at).number


@action(
    label=_("Record bank transfer"), when=M.INVOICED, style="primary", says=_("bank transfer recorded"),
    params={
        "amount": {"label": _("Amount")}, "reference": {"label": _("Bank reference"), "max_length": 80},
        "payer": {"label": _("Payer"), "max_length": 120},
    },
)  # fmt: skip
def pay(milestone: Milestone, *, by: Actor, at: datetime, amount: Decimal, reference: str, payer: str = "") -> None:
    """The money has been seen on our account. What is paid through Stripe comes by itself."""
    operators.confirm_transfer(milestone.invoice_no, amount, reference, payer, by=lifecycle.By(by.name, by.account), received=at)


@action(label=_("Offer"), when=CH.DRAFT, then=CH.OFFERED, style="primary", says=_("offered"))
def offer_change(change: ChangeOrder, *, by: Actor, at: datetime) -> None:
    """Show the company what would change, how long it takes and what it costs."""
    if change.contract.state != C.SIGNED:
        raise Refused("not_signed", _t("The service contract is not signed yet: change the contract itself."))


@action(label=_("Agree"), when=CH.OFFERED, then=CH.AGREED, style="primary", says=_("agreed"), params=NAME)
def agree_change(change: ChangeOrder, *, by: Actor, at: datetime, name: str) -> None:
    """Sign the change for the company; it becomes a milestone of its own, and what was signed before stays as it is."""
    change.sign(by, at, name)
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
