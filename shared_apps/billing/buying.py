"""What a company's administrator can do: choose a plan, pay, change plan or seats, stop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kernel.refusals import Refused
from shared_apps.billing import catalogue, coupons, gateway, invoicing, offers, planning, projecting, subscriptions
from shared_apps.billing.models import Payment, PlatformInvoice, Subscription
from shared_apps.billing.offers import Order
from shared_apps.billing.subscriptions import by_card
from tenants import directory
from tenants.models import Tenant

Json = dict[str, Any]
Status, Method = Subscription.Status, Payment.Method
PAGE = "/w/page/subscription"
SOONEST_TRIAL_END = timedelta(hours=49)
"""Stripe takes a trial's end no nearer than 48 hours."""
AT_STRIPE = (Method.ALIPAY, Method.WECHAT_PAY, Method.CARD)


@dataclass(frozen=True)
class Buyer:
    """Who buys for which company."""

    company: Tenant
    name: str
    email: str


def methods(bought: Subscription) -> list[str]:
    """The ways to pay that are open now. A card begins to pay when nothing is paid in advance any more, so that nobody pays twice."""
    if not gateway.available():
        return [Method.BANK_TRANSFER]
    card = [] if invoicing.paid_until(bought) else [Method.CARD]
    return [*card, Method.ALIPAY, Method.WECHAT_PAY, Method.BANK_TRANSFER]


# what it would cost --------------------------------------------------------------------------------------------------
def preview(company: Tenant, order: Order, at: datetime) -> Json:
    """What is to pay now and at each renewal, if this were ordered."""
    bought = subscriptions.of(company)
    planning.ask_free(bought)
    order = offers.kept(order, bought)
    each = offers.total(offers.lines(offers.next_time(order)))
    if planning.waits(order, bought):
        shown = {"lines": offers.lines(order), "now": Decimal("0.00"), "starts": planning.begins(bought)}
        return {**shown, "renewal": each, "at": int(at.timestamp())}
    shown = {"renewal": each, "at": int(at.timestamp()), "drops": (bought.planned or {}).get("from")}
    if by_card(bought):
        told = gateway.preview_change(bought.stripe_subscription or "", _changes(bought, order), int(at.timestamp()))
        return {**shown, "lines": projecting.stripe_lines(told, order.plan.code), "now": projecting.money(told["total"])}
    until = invoicing.paid_until(bought)
    lines = offers.lines(order) if until is None else invoicing.upgrade(bought, order, until)[0]
    return {**shown, "lines": lines, "now": offers.total(lines)}


def _changes(bought: Subscription, order: Order) -> list[Json]:
    return catalogue.changed(gateway.subscription(bought.stripe_subscription or "")["items"]["data"], order)


# ordering ------------------------------------------------------------------------------------------------------------
def order(buyer: Buyer, what: Order, method: str) -> Json:
    """Begin to pay for a plan: the address of a page to pay on, or an invoice to transfer."""
    subscriptions.of(buyer.company)
    with subscriptions.changing(buyer.company.pk) as bought:
        if by_card(bought):
            sentence = _("A card pays this already. Choose “Change plan or seats”: more begins at once, less with the next period.")
            raise Refused("already_by_card", sentence)
        if planning.waits(what, bought):
            _close_pages(bought, PlatformInvoice.About.SUBSCRIPTION)
            planning.plan(bought, buyer.company, what)
            return {"url": "", "invoice": None}
        if method not in methods(bought):
            gateway.client()  # says so where there is no online payment at all
            until = invoicing.paid_until(bought)
            told = _("It is paid in advance until %(day)s; a card can pay from then on. Choose another way to pay until then.")
            raise Refused("prepaid", told % {"day": until})
        planning.ask_free(bought)
        _close_pages(bought, PlatformInvoice.About.SUBSCRIPTION)
        if method == Method.CARD:
            return {"url": _subscribe(bought, buyer, what), "invoice": None}
        paper = invoicing.order_invoice(bought, buyer.company, what)
        return {"url": "" if method == Method.BANK_TRANSFER else _pay(bought, buyer, paper, method), "invoice": paper.pk}


def _close_pages(bought: Subscription, about: str, **only: Any) -> None:
    """Pages opened earlier take no money for what is no longer wanted, or is paid on another page."""
    stale = Payment.objects.filter(invoice__tenant_id=bought.tenant_id, invoice__about=about, stripe_session__isnull=False, **only)
    pending = stale.filter(status__in=(Payment.Status.PENDING, Payment.Status.AUTHENTICATE)).values_list("stripe_session", flat=True)
    subscribing = {bought.stripe_session} if about == PlatformInvoice.About.SUBSCRIPTION else set()
    for session in {*subscribing, *pending} - {""}:
        gateway.close_checkout(str(session))
    if subscribing:
        bought.stripe_session = ""


def _customer(bought: Subscription, buyer: Buyer) -> str:
    if not bought.stripe_customer:
        bought.stripe_customer = gateway.create_customer(buyer.company.pk, buyer.company.name, buyer.email)
    return bought.stripe_customer


def _subscribe(bought: Subscription, buyer: Buyer, what: Order) -> str:
    """A page on which a card is given that pays from now on. A trial runs to its end first."""
    data: Json = {"metadata": {"tenant": str(buyer.company.pk)}}
    if bought.status == Status.TRIAL and bought.trial_end > timezone.now() + SOONEST_TRIAL_END:
        data["trial_end"] = int(bought.trial_end.timestamp())
    params = _page_params(bought, buyer) | {
        "mode": "subscription",
        "line_items": catalogue.items(what),
        "subscription_data": data,
        "allowed_payment_method_types": ["card"],
        "payment_method_collection": "always",
    }
    if what.coupon is None:
        params["allow_promotion_codes"] = True  # there is a field for it on Stripe's page as well
    else:
        params["discounts"] = [{"promotion_code": coupons.at_stripe(what.coupon)}]
    found = gateway.open_checkout(params, f"{buyer.company.pk}-{timezone.now().isoformat()}")
    bought.stripe_session = found["id"]
    return str(found["url"])


def _page_params(bought: Subscription, buyer: Buyer, back: str = PAGE) -> Json:
    return {
        "customer": _customer(bought, buyer),
        "client_reference_id": str(buyer.company.pk),
        "success_url": directory.url_of(buyer.company.slug, f"{back}?paid=1"),
        "cancel_url": directory.url_of(buyer.company.slug, back),
        "locale": "zh" if (get_language() or "zh").startswith("zh") else "en",
    }


def _pay(bought: Subscription, buyer: Buyer, paper: PlatformInvoice, method: str) -> str:
    """A page on which an invoice is paid in one go."""
    named = {"name": f"{bought.plan if paper.about == paper.About.SUBSCRIPTION else paper.lines[0]['text']} {paper.number}"}
    priced = {"currency": paper.currency.lower(), "unit_amount": int(paper.total * 100), "product_data": named}
    back = PAGE if paper.about == paper.About.SUBSCRIPTION else invoicing.SUBJECTS[paper.about].page(paper)
    params = _page_params(bought, buyer, back) | {
        "mode": "payment",
        "line_items": [{"price_data": priced, "quantity": 1}],
        "allowed_payment_method_types": [method],
        "payment_intent_data": {"metadata": {"invoice": paper.number}},
    }
    if method == Method.WECHAT_PAY:
        params["payment_method_options"] = {"wechat_pay": {"client": "web"}}
    found = gateway.open_checkout(params, f"{paper.number}-{paper.payments.count()}")
    Payment.objects.create(invoice=paper, method=method, amount=paper.total, stripe_session=found["id"], made_at=timezone.now())
    return str(found["url"])


def pay(buyer: Buyer, paper: PlatformInvoice, method: str) -> str:
    """The address of a page on which an open invoice can be paid."""
    if paper.status != PlatformInvoice.Status.OPEN:
        raise Refused("not_open", _("This invoice is not open any more. Reload the page to see how it stands."))
    if paper.stripe_invoice:
        return paper.hosted_url
    if method not in AT_STRIPE:
        raise Refused("not_a_method", _("Choose a way to pay from the list."), status=422)
    subscriptions.of(buyer.company)
    with subscriptions.changing(buyer.company.pk) as bought:
        only = {} if paper.about == paper.About.SUBSCRIPTION else {"invoice": paper}
        _close_pages(bought, paper.about, **only)
        return _pay(bought, buyer, paper, method)


def tell_transfer(paper: PlatformInvoice, reference: str) -> None:
    """The company says that the money is on its way; it counts when an operator has seen it."""
    if paper.status != PlatformInvoice.Status.OPEN or paper.stripe_invoice:
        raise Refused("not_open", _("This invoice is not open any more. Reload the page to see how it stands."))
    PlatformInvoice.objects.filter(pk=paper.pk).update(transfer_told_at=timezone.now(), transfer_reference=reference[:80])


# changing ------------------------------------------------------------------------------------------------------------
def change(company: Tenant, what: Order, at: int) -> Json:
    """Another plan, period or number of seats. More is had now, and the difference is collected first; less begins with the next period."""
    with subscriptions.changing(company.pk) as bought:
        if not by_card(bought):
            raise Refused("not_by_card", _("There is no card that pays this. Order the plan and choose how to pay."))
        key, found = str(bought.stripe_subscription), None
        if planning.waits(what, bought):
            planning.plan(bought, company, what)
        else:
            gateway.release(key)
            found = gateway.change_subscription(key, _changes(bought, what), at)
    projecting.subscription(key)
    return {"waiting": False, "url": ""} if found is None else _settled(found)


def _settled(found: Json) -> Json:
    """Whether a change at Stripe still waits for its payment, and the page on which to make it."""
    latest = found["latest_invoice"] if isinstance(found["latest_invoice"], dict) else None
    if latest:
        projecting.invoice(latest["id"])
    waiting = bool(found["pending_update"])
    return {"waiting": waiting, "url": (latest or {}).get("hosted_invoice_url") or "" if waiting else ""}


def keep(company: Tenant) -> None:
    """Take back what was to begin with the next period; everything stays as it is."""
    subscriptions.of(company)
    with subscriptions.changing(company.pk) as bought:
        if bought.planned is None:
            raise Refused("nothing_planned", _("No change is planned any more. Reload the page to see how the subscription stands."))
        planning.ask_free(bought)
        planning.drop(bought, company)


def stop(company: Tenant, *, stopping: bool) -> None:
    """Let the subscription run out at the end of what is paid, or take that back. Until then everything works."""
    subscriptions.of(company)
    with subscriptions.changing(company.pk) as bought:
        bought.cancel_at_period_end = stopping
        if stopping and not planning.is_paid(bought):
            planning.drop(bought, company)
        if by_card(bought):
            gateway.end_subscription(bought.stripe_subscription or "", at_period_end=stopping)


def portal(buyer: Buyer) -> str:
    """Stripe's page for the card and the receipts."""
    bought = subscriptions.of(buyer.company)
    if not bought.stripe_customer:
        raise Refused("no_card", _("There is no card yet. Choose a plan and pay by card first."))
    return gateway.open_portal(
        bought.stripe_customer, directory.url_of(buyer.company.slug, PAGE), "zh" if (get_language() or "zh").startswith("zh") else "en"
    )


def bank() -> Json:
    """Where to transfer money to; empty where nothing is set up."""
    return dict(settings.BILLING_BANK) if settings.BILLING_BANK.get("account") else {}
