"""Our own invoices: for what is paid in advance by bank transfer, Alipay or WeChat Pay. Paid, they bring what was ordered, once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel import calls
from kernel.refusals import Refused
from shared_apps.billing import coupons, offers, subscriptions
from shared_apps.billing.models import InvoiceTitle, Payment, Plan, PlatformInvoice, Subscription
from shared_apps.billing.models.invoices import TITLE
from shared_apps.billing.offers import Line, Order
from tenants.context import public_context
from tenants.models import Tenant

log = logging.getLogger("millwright.billing")
DUE_DAYS = 14
RENEWED_BEFORE = timedelta(days=15)
"""So long before a prepaid period ends, the next one is invoiced."""
NUMBERS = "billing.invoice"
Status, Collection = Subscription.Status, Subscription.Collection
Paper, About = PlatformInvoice.Status, PlatformInvoice.About


def next_number(on: date) -> str:
    """Without gaps: the row of the counter is locked until the invoice is committed."""
    key = f"{NUMBERS}|MW{on:%Y}-"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_counter (key, value) VALUES (%s, 1) ON CONFLICT (key) DO UPDATE SET value = kernel_counter.value + 1"
            " RETURNING value",
            [key],
        )
        return f"MW{on:%Y}-{cursor.fetchone()[0]:06d}"


def title_of(tenant_id: int) -> dict[str, Any]:
    found = InvoiceTitle.objects.filter(tenant_id=tenant_id).values(*TITLE).first()
    return found or {}


def issue(company: Tenant, lines: list[Line], order: dict[str, Any], **more: Any) -> PlatformInvoice:
    """A new invoice to a company."""
    issued = more.pop("at", None) or timezone.now()
    today = timezone.localdate(issued)
    values = {"due_date": today + timedelta(days=DUE_DAYS), **title_of(company.pk), **more}
    return PlatformInvoice.objects.create(
        number=next_number(today),
        tenant_id=company.pk,
        company_name=company.name,
        lines=lines,
        order=order,
        total=offers.total(lines),
        issued_at=issued,
        **values,
    )


def paid_until(bought: Subscription) -> date | None:
    """The day up to which a prepaid subscription has been paid, when that is still to come."""
    if bought.collection != Collection.PREPAID or bought.status != Status.ACTIVE or bought.period_end is None:
        return None
    day = timezone.localdate(bought.period_end)
    return day if day > timezone.localdate() else None


def order_invoice(bought: Subscription, company: Tenant, order: Order) -> PlatformInvoice:
    """The invoice for a first, or another, prepaid period, or for more within the present one. It takes the place of an unpaid one."""
    order, today = offers.kept(order, bought), timezone.localdate()
    until, start = paid_until(bought), today
    if until is None:
        lines = offers.lines(order)
        if bought.status == Status.TRIAL:
            start = max(today, timezone.localdate(bought.trial_end))
        end = offers.end_of(order.period, start)
    else:
        lines, start, end = upgrade(bought, order, until)
    void_unpaid(company.pk)
    told = {"period_start": start, "period_end": end, "coupon": order.coupon, "currency": order.plan.currency}
    return issue(company, lines, ordered(order, start, end), **told)


def void_unpaid(tenant_id: int) -> None:
    """Take back what has been invoiced for the subscription and not been paid."""
    unpaid = PlatformInvoice.objects.filter(tenant_id=tenant_id, about=About.SUBSCRIPTION, status=Paper.OPEN, stripe_invoice=None)
    unpaid.update(status=Paper.VOID)


def upgrade(bought: Subscription, order: Order, until: date) -> tuple[list[Line], date, date]:
    """More for the rest of the period that has been paid: the rest of the old is credited. Less is a matter of the next period."""
    if (order.plan, order.period, order.seats) == (bought.plan, bought.period, bought.seats):
        raise Refused("no_change", _("This is what you have already. Choose another plan, period or number of seats."))
    today = timezone.localdate()
    begun = timezone.localdate(bought.period_start) if bought.period_start else today
    share = offers.share_left(begun, until, today)
    if order.period == bought.period:
        lines, start, end = [*offers.lines(order, share), *offers.credit(bought, share)], today, until
    else:
        lines, start, end = [*offers.lines(order), *offers.credit(bought, share)], today, offers.end_of(order.period, today)
    if offers.total(lines) <= 0:
        told = _("This costs less than what is paid until %(day)s. Choose it again when you renew; until then nothing is lost.")
        raise Refused("less_than_paid", told % {"day": until.isoformat()})
    return lines, start, end


def ordered(order: Order, start: date, end: date) -> dict[str, Any]:
    return {**offers.noted(order, start), "until": end.isoformat()}


def renewal(bought: Subscription, company: Tenant) -> PlatformInvoice | None:
    """The invoice for the next period, in good time before the present one ends; once."""
    assert bought.period_end is not None
    start = timezone.localdate(bought.period_end)
    if PlatformInvoice.objects.filter(tenant_id=company.pk, period_start=start).exclude(status=Paper.VOID).exists():
        return None
    order = offers.renewed(bought)
    end = offers.end_of(order.period, start)
    told = {"period_start": start, "period_end": end, "coupon": order.coupon, "currency": order.plan.currency, "due_date": start}
    return issue(company, offers.lines(order), ordered(order, start, end), **told)


# paid ----------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Subject:
    """What an invoice is about, for as long as it is being settled: locked first, then told that the money is there."""

    lock: Callable[[PlatformInvoice], Any]
    paid: Callable[[Any, PlatformInvoice, Payment], None]
    page: Callable[[PlatformInvoice], str]
    """Where it is seen, and whoever has paid comes back to."""


SUBJECTS: dict[str, Subject] = {}
"""Other apps of the platform that send invoices say here what being paid brings."""


@contextmanager
def settling(paper: PlatformInvoice) -> Iterator[tuple[PlatformInvoice, Callable[[Payment], None]]]:
    """The invoice, locked after what it is about, and what to call when it is paid. Everything that settles one takes this way."""
    if paper.about == About.SUBSCRIPTION:
        with subscriptions.changing(paper.tenant_id) as bought:
            locked = _locked(paper)
            yield locked, lambda payment: carry_out(bought, locked)
        return
    subject = SUBJECTS[paper.about]
    with public_context(), calls.call():
        about = subject.lock(paper)
        locked = _locked(paper)
        yield locked, lambda payment: subject.paid(about, locked, payment)


def _locked(paper: PlatformInvoice) -> PlatformInvoice:
    return PlatformInvoice.objects.select_for_update(of=("self",)).get(pk=paper.pk)


def settle(payment: Payment, at: datetime) -> None:
    """Money for an invoice has arrived: what was ordered comes into force. Told twice, it happens once."""
    with settling(payment.invoice) as (paper, bring):
        arrived(paper, payment, at, bring)


def arrived(paper: PlatformInvoice, payment: Payment, at: datetime, bring: Callable[[Payment], None]) -> None:
    """Book a payment on its locked invoice."""
    Payment.objects.filter(pk=payment.pk).exclude(status=Payment.Status.SUCCEEDED).update(
        status=Payment.Status.SUCCEEDED, settled_at=at, failure=""
    )
    if paper.status == Paper.PAID:
        if paper.payments.filter(status=Payment.Status.SUCCEEDED).count() > 1:
            log.warning("%s has been paid twice: pay the second payment back", paper.number)
        return
    paper.status, paper.paid_at = Paper.PAID, at
    paper.save(update_fields=["status", "paid_at"])
    if paper.coupon is not None:
        coupons.redeemed(paper.coupon, paper, offers.discount(paper.lines), at)
    bring(payment)


def carry_out(bought: Subscription, paper: PlatformInvoice) -> None:
    """Give the company what the invoice says."""
    told = paper.order
    if _ahead(bought, told):
        bought.planned = told
        return
    bought.plan = Plan.objects.get(code=told["plan"])
    bought.period, bought.seats = told["period"], told["seats"]
    bought.collection, bought.status, bought.cancel_at_period_end = Collection.PREPAID, Status.ACTIVE, False
    bought.stripe_subscription = None  # one that has ended there has no say any more
    bought.coupon, bought.planned = paper.coupon, None
    start, end = offers.midnight(told["from"]), offers.midnight(told["until"])
    if bought.period_start is None or bought.period_end is None or bought.period_end <= timezone.now() or end > bought.period_end:
        bought.period_start = start
    bought.period_end = max(end, bought.period_end) if bought.period_end else end


def _ahead(bought: Subscription, told: dict[str, Any]) -> bool:
    """Whether less was paid for before its time: until then the company keeps what it has paid for before."""
    planned = bought.planned is not None and bought.planned["from"] == told["from"]
    return planned and paid_until(bought) is not None and offers.midnight(told["from"]) > timezone.now()


def ask_einvoice(paper: PlatformInvoice) -> None:
    """Ask for the e-invoice, made out to the company's title as it is now; a special one needs a tax number."""
    title = title_of(paper.tenant_id)
    if not title.get("title"):
        raise Refused("no_title", _("Fill in the invoice title first, then ask for the e-invoice."))
    changed = PlatformInvoice.objects.filter(pk=paper.pk, status=Paper.PAID, total__gt=0).exclude(
        einvoice_status=PlatformInvoice.EInvoice.ISSUED
    )
    if not changed.update(einvoice_status=PlatformInvoice.EInvoice.REQUESTED, **title):
        raise Refused("not_paid", _("An e-invoice can be asked for once the invoice is paid, and is issued once."))
