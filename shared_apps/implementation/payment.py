"""Milestones are paid by invoices of the platform, as a subscription is: through Stripe, or by a bank transfer that an operator has seen."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from kernel import saving
from kernel.access import SYSTEM
from kernel.actions import move
from kernel.differences import snapshot
from shared_apps.billing import invoicing
from shared_apps.billing.models import Payment, PlatformInvoice
from shared_apps.implementation.models import Milestone
from tenants.models import Tenant

ABOUT = PlatformInvoice.About.MILESTONE


def bill(milestone: Milestone, at: datetime) -> PlatformInvoice:
    """The invoice for an accepted milestone; the company finds it under Subscription and pays it there."""
    contract = milestone.contract
    text = f"{contract.number} {milestone.name}"
    line = {"what": "milestone", "plan": "", "text": text, "quantity": 1, "amount": str(milestone.amount)}
    company = Tenant.objects.get(pk=milestone.client.tenant)
    return invoicing.issue(company, [line], {"milestone": milestone.pk}, about=ABOUT, currency=contract.currency, at=at)


def lock(paper: PlatformInvoice) -> Milestone:
    return saving.lock(Milestone(pk=paper.order["milestone"]))


def paid(milestone: Milestone, paper: PlatformInvoice, payment: Payment) -> None:
    """The money is there, whoever brought the news; told twice, the milestone is paid once."""
    if milestone.state != Milestone.State.INVOICED:
        return
    before, at = snapshot(milestone), paper.paid_at or timezone.now()
    label = str(Payment.Method(payment.method).label)
    milestone.paid_on, milestone.payment = timezone.localdate(at), f"{label} {payment.bank_reference}".strip()
    move(milestone, Milestone.State.PAID, by=SYSTEM, at=timezone.now(), before=before, reason=milestone.payment)


invoicing.SUBJECTS[ABOUT] = invoicing.Subject(lock, paid)
