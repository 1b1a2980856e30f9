"""What an operator can do about a company's subscription; the console calls these. Each is told who does it, and the life of the
company keeps the record."""

from __future__ import annotations

import logging
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.refusals import FieldError, Invalid, Refused
from shared_apps.billing import invoicing, offers, subscriptions
from shared_apps.billing.models import Payment, Plan, PlatformInvoice, Subscription
from tenants import lifecycle
from tenants.context import public_context
from tenants.models import Tenant

log = logging.getLogger("millwright.billing")
Status, Collection = Subscription.Status, Subscription.Collection


def confirm_transfer(
    number: str, amount: Decimal, reference: str, payer: str, *, by: lifecycle.By, received: datetime | None = None
) -> Payment:
    """The money for an invoice has been seen on our account. The same bank reference is taken once."""
    with public_context(), invoicing.settling(_transferable(number)) as (paper, bring):
        known = paper.payments.filter(method=Payment.Method.BANK_TRANSFER, bank_reference=reference).first()
        if known is not None:
            return known
        if paper.status == PlatformInvoice.Status.PAID:
            told = _("%(number)s is paid already. Book the money on another invoice or pay it back.")
            raise Refused("already_paid", told % {"number": number})
        if paper.status == PlatformInvoice.Status.VOID:
            told = _("%(number)s has been taken back. Book the money on the invoice that took its place, or pay it back.")
            raise Refused("taken_back", told % {"number": number})
        if amount != paper.total:
            raise Invalid([FieldError("amount", "other_amount", _other_amount(paper, amount))])
        at = received or timezone.now()
        payment = Payment.objects.create(
            invoice=paper, method=Payment.Method.BANK_TRANSFER, amount=amount, bank_reference=reference, payer=payer,
            confirmed_by=by.account, made_at=at,
        )  # fmt: skip
        invoicing.arrived(paper, payment, at, bring)
        payment.refresh_from_db()
    log.info("%s confirms %s for %s (%s)", by.name, amount, number, reference)
    return payment


def _other_amount(paper: PlatformInvoice, amount: Decimal) -> str:
    told = {"number": paper.number, "total": f"{paper.total:,}", "difference": f"{abs(paper.total - amount):,}"}
    if amount < paper.total:
        return _("%(number)s is over %(total)s; %(difference)s are missing. Book it when the whole amount is there.") % told
    return _("%(number)s is over %(total)s; this is %(difference)s too much. Book the exact amount and pay the rest back.") % told


def _transferable(number: str) -> PlatformInvoice:
    found = PlatformInvoice.objects.filter(number=number, stripe_invoice=None).first()
    if found is None:
        raise Refused("not_found", _("There is no invoice with this number that can be paid by bank transfer."), status=404)
    return found


def extend_trial(company: Tenant, days: int, *, by: lifecycle.By, reason: str = "") -> Subscription:
    """More days to try."""
    subscriptions.of(company)
    with subscriptions.changing(company.pk) as bought:
        if bought.collection != Collection.NONE:
            raise Refused("bought_already", _("This company has bought a plan; its trial is over."))
        company = lifecycle.extend_trial(company, days, by=by, reason=reason)
        assert company.until is not None
        bought.status, bought.trial_end = Status.TRIAL, company.until
    return bought


def comp(company: Tenant, plan: str, seats: int, until: date | None, *, by: lifecycle.By, reason: str) -> Subscription:
    """A plan free of charge, until a day or for good."""
    subscriptions.of(company)
    found = Plan.objects.filter(code=plan).first()
    if found is None:
        raise Invalid([FieldError("plan", "not_found", _("This plan is not on sale. Choose one of the list."))])
    with subscriptions.changing(company.pk) as bought:
        if subscriptions.by_card(bought):
            raise Refused("already_by_card", _("A card pays this subscription. Cancel it first, so that nothing is charged any more."))
        bought.plan, bought.seats, bought.collection, bought.status = found, seats, Collection.FREE, Status.ACTIVE
        bought.period_start, bought.cancel_at_period_end, bought.planned = timezone.now(), False, None
        bought.period_end = offers.midnight(until.isoformat()) if until else None
    log.info("%s gives %s the plan %s free of charge: %s", by.name, company.pk, plan, reason)
    return bought


def void(number: str, *, by: lifecycle.By) -> None:
    """Take an unpaid invoice of ours back."""
    with public_context():
        changed = PlatformInvoice.objects.filter(number=number, status=PlatformInvoice.Status.OPEN, stripe_invoice=None).update(
            status=PlatformInvoice.Status.VOID
        )
        if not changed:
            raise Refused("not_open", _("This invoice is not open any more. Reload the page to see how it stands."))
        log.info("%s voids %s", by.name, number)


def issue_einvoice(number: str, einvoice_number: str, url: str, *, by: lifecycle.By) -> None:
    """The tax bureau has issued the e-invoice (数电发票) for a paid invoice: its number, and where it can be fetched."""
    with public_context():
        changed = PlatformInvoice.objects.filter(number=number, status=PlatformInvoice.Status.PAID).update(
            einvoice_status=PlatformInvoice.EInvoice.ISSUED, einvoice_number=einvoice_number, einvoice_url=url
        )
        if not changed:
            raise Refused("not_paid", _("An e-invoice belongs to an invoice that is paid. Reload to see how it stands."))
        log.info("%s records e-invoice %s for %s", by.name, einvoice_number, number)
