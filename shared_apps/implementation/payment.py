"""Milestones are paid by invoices of the platform, as a subscription is: through Stripe, or by a bank transfer that an operator has seen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from kernel import saving
from kernel.access import SYSTEM
from kernel.actions import move
from kernel.differences import snapshot
from shared_apps.billing import buying, gateway, invoicing, told
from shared_apps.billing.models import Payment, PlatformInvoice
from shared_apps.implementation.models import Milestone
from tenants.models import Tenant

ABOUT = PlatformInvoice.About.MILESTONE


def bill(milestone: Milestone, at: datetime) -> PlatformInvoice:
    """The invoice for an accepted milestone; the company pays it at the milestone, or among its other invoices."""
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


def page(paper: PlatformInvoice) -> str:
    return f"/w/doc/implementation.milestone/{paper.order['milestone']}"


def asked(milestone: Milestone) -> dict[str, Any]:
    """The invoice of a milestone as it stands, and how it can be paid; nothing while there is none."""
    paper = PlatformInvoice.objects.filter(number=milestone.invoice_no).first() if milestone.invoice_no else None
    online = buying.AT_STRIPE if gateway.available() else ()
    return {
        "invoice": None if paper is None else told.invoice(paper),
        "methods": [{"value": method, "label": str(Payment.Method(method).label)} for method in online],
        "bank": buying.bank(),
    }


invoicing.SUBJECTS[ABOUT] = invoicing.Subject(lock, paid, page)
