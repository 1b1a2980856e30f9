"""From what Stripe has to what we show. Always the whole state, always asked of Stripe while the subscription is locked: in
whatever order news arrive, and however often, the last one to be read is the latest there is."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from kernel.money import cents
from shared_apps.billing import catalogue, coupons, gateway, invoicing, offers, subscriptions
from shared_apps.billing.models import Coupon, Payment, PlatformInvoice, Subscription
from tenants.models import Tenant

log = logging.getLogger("millwright.billing")
Json = dict[str, Any]
Status, Collection = Subscription.Status, Subscription.Collection
Paper, Paid = PlatformInvoice.Status, Payment.Status
STATUSES = {
    "trialing": Status.TRIAL,
    "active": Status.ACTIVE,
    "past_due": Status.PAST_DUE,
    "unpaid": Status.PAST_DUE,
    "paused": Status.PAST_DUE,
    "canceled": Status.CANCELED,
}
"""What Stripe calls it → what it means here. An `incomplete` one has never been paid and changes nothing."""
PAPERS = {"open": Paper.OPEN, "paid": Paper.PAID, "void": Paper.VOID, "uncollectible": Paper.OPEN}
INTENTS = {"succeeded": Paid.SUCCEEDED, "requires_action": Paid.AUTHENTICATE, "processing": Paid.PENDING, "canceled": Paid.FAILED}


def instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def money(fen: int) -> Decimal:
    return cents(Decimal(fen) / 100)


def tenant_of(customer: str | None) -> int | None:
    """The company behind a customer at Stripe; None for customers that are none of ours."""
    if not customer:
        return None
    return Subscription.objects.filter(stripe_customer=customer).values_list("tenant_id", flat=True).first()


# subscriptions -------------------------------------------------------------------------------------------------------
def subscription(key: str) -> None:
    """Bring our subscription to the state of the one at Stripe."""
    told = gateway.subscription(key)
    tenant = tenant_of(told["customer"]) or _named(told["metadata"])
    if tenant is not None:
        with subscriptions.changing(tenant) as bought:
            _take_over(bought, gateway.subscription(key))


def _named(metadata: Json) -> int | None:
    """The company that a subscription names, should we have been stopped before the customer was written down."""
    named = str(metadata.get("tenant", ""))
    return int(named) if named.isdecimal() and Subscription.objects.filter(tenant_id=named, stripe_customer=None).exists() else None


def _take_over(bought: Subscription, found: Json) -> None:
    """Of two subscriptions at Stripe the later one counts, so that the end of an old one takes nothing away."""
    status, created = STATUSES.get(found["status"]), instant(found["created"])
    other = bought.stripe_subscription not in (None, found["id"])
    if status is None or (other and bought.stripe_created and created and created < bought.stripe_created):
        return
    read = catalogue.read(found["items"]["data"])
    if read is None or (status == Status.CANCELED and bought.stripe_subscription != found["id"]):
        return
    if bought.collection != Collection.CARD:
        invoicing.void_unpaid(bought.tenant_id)  # the card pays from now on: nobody shall pay that as well
    (order, bought.beyond), first = read, found["items"]["data"][0]
    bought.stripe_subscription, bought.stripe_created = found["id"], created
    bought.stripe_customer = bought.stripe_customer or found["customer"]
    bought.plan, bought.period, bought.seats = order.plan, order.period, order.seats
    bought.status, bought.collection, bought.stripe_session = status, Collection.CARD, ""
    bought.period_start, bought.period_end = instant(first["current_period_start"]), instant(first["current_period_end"])
    bought.cancel_at_period_end, bought.planned = bool(found["cancel_at_period_end"]), _planned(found["schedule"])
    bought.trial_end = instant(found["trial_end"]) or bought.trial_end


def _planned(found: Json | None) -> Json | None:
    """What a schedule at Stripe brings when the present period ends."""
    present = (found or {}).get("current_phase")
    ahead = [phase for phase in found["phases"] if phase["start_date"] >= present["end_date"]] if found and present else []
    read = catalogue.read(ahead[0]["items"]) if ahead else None
    return None if read is None else offers.noted(read[0], timezone.localdate(instant(ahead[0]["start_date"])))


def schedule(key: str) -> None:
    """News of what is planned for a subscription."""
    planned_for = gateway.scheduled(key)
    if planned_for:
        subscription(planned_for)


# invoices of subscriptions -------------------------------------------------------------------------------------------
def invoice(key: str) -> None:
    """Our copy of an invoice that Stripe has made for a subscription, and of the attempts to pay it."""
    tenant = tenant_of(gateway.invoice(key)["customer"])
    if tenant is None:
        return
    with subscriptions.changing(tenant) as bought:
        found = gateway.invoice(key)
        if found["status"] in PAPERS:  # a draft is nothing yet
            paper = _copied(bought, found)
            _cheaper(paper, found)
            for one in (found.get("payments") or {}).get("data", []):
                intent = one["payment"].get("payment_intent")
                if isinstance(intent, dict):
                    _attempt(paper, intent)


def _copied(bought: Subscription, found: Json) -> PlatformInvoice:
    company = Tenant.objects.filter(pk=bought.tenant_id).first()
    known = PlatformInvoice.objects.filter(stripe_invoice=found["id"]).first()
    paid_at = instant(found["status_transitions"]["paid_at"])
    issued = instant(found["status_transitions"]["finalized_at"]) or timezone.now()
    fresh = {
        "status": PAPERS[found["status"]],
        "paid_at": paid_at,
        "hosted_url": found["hosted_invoice_url"] or "",
        "total": money(found["total"]),
        "lines": [*stripe_lines(found, bought.plan.code), *_discounts(found, bought.plan.code)],
    }
    if known is not None:
        for name, value in fresh.items():
            setattr(known, name, value)
        known.save(update_fields=list(fresh))
        return known
    return PlatformInvoice.objects.create(
        tenant_id=bought.tenant_id,
        company_name=company.name if company else "",
        number=found["number"] or found["id"],
        stripe_invoice=found["id"],
        currency=found["currency"].upper(),
        issued_at=issued,
        due_date=timezone.localdate(instant(found["due_date"]) or issued),
        period_start=_day(found, "start"),
        period_end=_day(found, "end"),
        **invoicing.title_of(bought.tenant_id),
        **fresh,
    )


def stripe_lines(found: Json, plan: str) -> list[Json]:
    """What an invoice at Stripe is made up of, in Stripe's words; what cost nothing is left out where something did."""
    rows = found["lines"]["data"]
    rows = [one for one in rows if one["amount"]] or rows
    return [
        {
            "what": "stripe",
            "plan": plan,
            "text": one["description"] or "",
            "quantity": one["quantity"] or 1,
            "amount": str(money(one["amount"])),
        }
        for one in rows
    ]


def _discounts(found: Json, plan: str) -> list[Json]:
    off = sum(one["amount"] for one in found.get("total_discount_amounts") or [])
    codes = ", ".join(one.code for one in _coupons(found))
    return [{"what": "discount", "plan": plan, "text": codes, "quantity": 1, "amount": str(-money(off))}] if off else []


def _coupons(found: Json) -> list[Coupon]:
    """Ours among the discounts of an invoice, whether typed here or on Stripe's page."""
    keys = [one["source"]["coupon"] for one in found.get("discounts") or [] if isinstance(one, dict)]
    named = [coupons.named(key if isinstance(key, str) else key["id"]) for key in keys if key]
    return [one for one in named if one is not None]


def _cheaper(paper: PlatformInvoice, found: Json) -> None:
    saved = money(sum(one["amount"] for one in found.get("total_discount_amounts") or []))
    if paper.status == Paper.PAID and saved:
        for coupon in _coupons(found):
            coupons.redeemed(coupon, paper, saved, paper.paid_at or timezone.now())


def _day(found: Json, end: str) -> Any:
    """The first or the last day that an invoice's lines speak of."""
    days = [timezone.localdate(instant(line["period"][end])) for line in found["lines"]["data"]]
    return (min(days) if end == "start" else max(days)) if days else None


def _attempt(paper: PlatformInvoice, intent: Json) -> Payment:
    """One attempt to pay, as it stands now."""
    error = intent.get("last_payment_error") or {}
    status = INTENTS.get(intent["status"], Paid.FAILED if error else Paid.PENDING)
    kinds = intent.get("payment_method_types") or [Payment.Method.CARD]
    method = kinds[0] if kinds[0] in Payment.Method.values else Payment.Method.CARD
    now = {"status": status, "failure": _why(error), "amount": money(intent["amount"])}
    payment, _made = Payment.objects.update_or_create(
        stripe_intent=intent["id"],
        defaults=now,
        create_defaults={**now, "invoice": paper, "method": method, "made_at": instant(intent["created"]) or timezone.now()},
    )
    if status == Paid.SUCCEEDED and payment.settled_at is None:
        payment.settled_at = paper.paid_at or timezone.now()
        payment.save(update_fields=["settled_at"])
    return payment


def intent(key: str) -> None:
    """News of an attempt that we know; one of a subscription's invoice comes with the invoice."""
    known = Payment.objects.select_related("invoice").filter(stripe_intent=key).first()
    if known is None:
        return
    if known.invoice.stripe_invoice:
        invoice(known.invoice.stripe_invoice)
    elif known.stripe_session:
        session(known.stripe_session)


# Checkout ------------------------------------------------------------------------------------------------------------
def session(key: str) -> None:
    """What came of a page on which somebody was to pay."""
    found = gateway.session(key)
    if found["mode"] == "subscription":
        if found["subscription"]:
            subscription(found["subscription"])
        return
    payment = _prepaid(key)
    if payment is not None:
        invoicing.settle(payment, timezone.now())


def _prepaid(key: str) -> Payment | None:
    """A period paid at Stripe in one go; the payment, when the money is there. Alipay and WeChat Pay may tell that later."""
    with transaction.atomic():
        payment = Payment.objects.select_for_update(of=("self",)).select_related("invoice").filter(stripe_session=key).first()
        if payment is None or payment.status == Paid.SUCCEEDED:
            return payment
        found = gateway.session(key)
        intent = found["payment_intent"] or {}
        payment.stripe_intent = intent.get("id") or payment.stripe_intent
        if found["payment_status"] != "paid":
            error = intent.get("last_payment_error") or {}
            failed = found["status"] == "expired" or (found["status"] == "complete" and bool(error))  # an open page can still be paid on
            payment.status = Paid.FAILED if failed else INTENTS.get(intent.get("status", ""), Paid.PENDING)
            payment.failure = _why(error) or ("expired" if failed else "")
        elif found["amount_total"] != int(payment.invoice.total * 100):
            log.error("%s: %s is over another amount than %s", payment.invoice, key, payment.invoice.total)
            payment.status, payment.failure = Paid.FAILED, "other_amount"
        payment.save(update_fields=["status", "failure", "stripe_intent"])
        return payment if found["payment_status"] == "paid" and not payment.failure else None


def _why(error: Json) -> str:
    """Stripe's shortest word for what went wrong."""
    return str(error.get("decline_code") or error.get("code") or "")[:60]


def company(tenant_id: int) -> None:
    """Everything Stripe has of a company."""
    customer = Subscription.objects.filter(tenant_id=tenant_id).values_list("stripe_customer", flat=True).first()
    if not customer:
        return
    for found in sorted(gateway.subscriptions_of(customer), key=lambda one: int(one["created"])):
        subscription(found["id"])
    for key in gateway.invoices_of(customer):
        invoice(key)
    open_payments = Payment.objects.filter(
        invoice__tenant_id=tenant_id, stripe_session__isnull=False, status__in=(Paid.PENDING, Paid.AUTHENTICATE)
    )
    for page in open_payments.values_list("stripe_session", flat=True):
        session(str(page))
