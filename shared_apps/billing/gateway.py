"""The one door to Stripe. Without a key it is shut, and everything else goes on by bank transfer.

What is asked twice is done once: every request that makes something carries a key made of what it asks for.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any

import stripe
from django.conf import settings
from django.utils.translation import gettext as _

from kernel.refusals import Refused

Json = dict[str, Any]
log = logging.getLogger("millwright.billing")
OURS = {"made_by": "millwright"}
SECONDS = 20
RETRIES = 2


def available() -> bool:
    """Whether cards, Alipay and WeChat Pay can be taken here."""
    return bool(settings.STRIPE_SECRET_KEY)


def client() -> stripe.StripeClient:
    if not available():
        raise Refused("no_online_payment", _("Online payment is not set up here. Choose bank transfer."), status=409)
    return _client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE)


@lru_cache(4)
def _client(key: str, base: str) -> stripe.StripeClient:
    http = stripe.RequestsClient(timeout=SECONDS)
    return stripe.StripeClient(key, base_addresses={"api": base} if base else None, max_network_retries=RETRIES, http_client=http)


@contextmanager
def talking() -> Iterator[Any]:
    """Stripe's resources; its errors become refusals that say how to go on."""
    try:
        yield client().v1
    except stripe.CardError as declined:
        told = _("The bank has declined the card (%(code)s). Nothing was changed. Try another card, or pay by bank transfer.")
        raise Refused("card_declined", told % {"code": declined.code}, status=402, extra={"decline": declined.code}) from declined
    except (stripe.APIConnectionError, stripe.APIError, stripe.RateLimitError) as away:
        log.warning("Stripe is away: %s", away)
        sentence = _("The payment service does not answer. Nothing was changed. Try again in a minute, or pay by bank transfer.")
        raise Refused("payment_away", sentence, status=503) from away
    except stripe.StripeError as refused:
        log.exception("Stripe refuses a request of ours")
        sentence = _("The payment service has refused the request. Nothing was changed. Pay by bank transfer, or ask us for help.")
        raise Refused("payment_refused", sentence, status=502) from refused


def once(kind: str, params: Json) -> Json:
    """Options by which the same request, repeated, is carried out once."""
    told = json.dumps([kind, params], sort_keys=True, default=str)
    return {"idempotency_key": f"{kind}-{hashlib.sha256(told.encode()).hexdigest()[:40]}"}


def plain(found: Any) -> Json:
    told: Json = found.to_dict()
    return told


# customers, prices, coupons ------------------------------------------------------------------------------------------
def create_customer(tenant_id: int, name: str, email: str) -> str:
    params = {"name": name, "email": email, "metadata": {"tenant": str(tenant_id)}, "preferred_locales": ["zh"]}
    with talking() as v1:
        return str(v1.customers.create(params, once("customer", params)).id)


def ensure_prices(product: str, name: str, wanted: dict[str, Json]) -> dict[str, str]:
    """The ids of prices at Stripe by their lookup keys; what is not there yet is made. A lookup key carries the amount, so that a
    changed price is another one and whoever has the old one keeps it."""
    with talking() as v1:
        found = {str(one.lookup_key): str(one.id) for one in v1.prices.list({"lookup_keys": list(wanted), "limit": 10}).data}
        if found.keys() != wanted.keys():
            _ensure_product(v1, product, name)
        for key, told in wanted.items():
            if key not in found:
                params = {**told, "product": product, "lookup_key": key, "tax_behavior": "inclusive"}
                found[key] = str(v1.prices.create(params, once("price", params)).id)
    return found


def _ensure_product(v1: Any, product: str, name: str) -> None:
    try:
        v1.products.retrieve(product)
    except stripe.InvalidRequestError:
        params = {"id": product, "name": name}
        v1.products.create(params, once("product", params))


def ensure_promotion(code: str, worth: Json, restrictions: Json, expires_at: int | None) -> str:
    """The promotion code by which a coupon can be typed at Stripe. One that meant something else before is switched off."""
    with talking() as v1:
        for one in v1.promotion_codes.list({"code": code, "active": True, "limit": 10}).data:
            same = one.promotion.coupon == worth["id"] and one.expires_at == expires_at
            if same and bool(one.restrictions.first_time_transaction) == bool(restrictions):
                return str(one.id)
            v1.promotion_codes.update(one.id, {"active": False})
        try:
            v1.coupons.retrieve(worth["id"])
        except stripe.InvalidRequestError:
            v1.coupons.create(worth, once("coupon", worth))
        params: Json = {"code": code, "promotion": {"type": "coupon", "coupon": worth["id"]}, "metadata": OURS}
        params |= {"restrictions": restrictions} if restrictions else {}
        params |= {"expires_at": expires_at} if expires_at else {}
        return str(v1.promotion_codes.create(params).id)


def withdraw_promotions(kept: set[str]) -> None:
    """Switch off the codes of ours that can be typed at Stripe and count no more."""
    with talking() as v1:
        for one in v1.promotion_codes.list({"active": True, "limit": 100}).auto_paging_iter():
            if one.metadata.to_dict() == OURS and one.code not in kept:
                v1.promotion_codes.update(one.id, {"active": False})


# use beyond the month's number ---------------------------------------------------------------------------------------
def ensure_meter(event_name: str, told: str) -> str:
    """The meter at Stripe that adds up what is used of something beyond the month's number."""
    with talking() as v1:
        for one in v1.billing.meters.list({"status": "active", "limit": 100}).auto_paging_iter():
            if one.event_name == event_name:
                return str(one.id)
        params = {"display_name": told, "event_name": event_name, "default_aggregation": {"formula": "sum"}}
        return str(v1.billing.meters.create(params, once("meter", params)).id)


def report_usage(event_name: str, customer: str, quantity: int, identifier: str, at: datetime) -> None:
    """Tell Stripe of use; what it knows by this identifier already is not counted again."""
    payload = {"stripe_customer_id": customer, "value": str(quantity)}
    params = {"event_name": event_name, "payload": payload, "identifier": identifier, "timestamp": int(at.timestamp())}
    with talking() as v1:
        try:
            v1.billing.meter_events.create(params, once("usage", params))
        except stripe.InvalidRequestError as known:
            if "already exists with identifier" not in str(known):
                raise


def usage_told(event_name: str, customer: str, start: datetime, end: datetime) -> int:
    """How much Stripe has counted between two whole minutes."""
    between = {"customer": customer, "start_time": int(start.timestamp()), "end_time": int(end.timestamp()), "limit": 100}
    meter = ensure_meter(event_name, event_name)
    with talking() as v1:
        return int(sum(one.aggregated_value for one in v1.billing.meters.event_summaries.list(meter, between).auto_paging_iter()))


# what the customer does at Stripe ------------------------------------------------------------------------------------
def open_checkout(params: Json, attempt: str) -> Json:
    """A page at Stripe on which to pay; asked for again, the same page."""
    with talking() as v1:
        return plain(v1.checkout.sessions.create(params, once(f"checkout-{attempt}", params)))


def close_checkout(session: str) -> None:
    """Make sure that a page opened earlier takes no money any more."""
    with talking() as v1:
        if v1.checkout.sessions.retrieve(session).status == "open":
            v1.checkout.sessions.expire(session)


def open_portal(customer: str, return_url: str, locale: str) -> str:
    """Stripe's own page for cards, past invoices and cancelling."""
    with talking() as v1:
        return str(v1.billing_portal.sessions.create({"customer": customer, "return_url": return_url, "locale": locale}).url)


# subscriptions -------------------------------------------------------------------------------------------------------
def preview_change(subscription: str, items: list[Json], at: int) -> Json:
    """The invoice that a change would bring."""
    details = {"items": items, "proration_behavior": "always_invoice", "proration_date": at}
    with talking() as v1:
        return plain(v1.invoices.create_preview({"subscription": subscription, "subscription_details": details}))


def change_subscription(subscription: str, items: list[Json], at: int) -> Json:
    """Change plan or seats now and collect the difference; until that is paid the old ones hold."""
    params = {
        "items": items,
        "proration_behavior": "always_invoice",
        "proration_date": at,
        "payment_behavior": "pending_if_incomplete",
        "expand": ["latest_invoice"],
    }
    with talking() as v1:
        return plain(v1.subscriptions.update(subscription, params, once(f"change-{subscription}", params)))


def plan_change(subscription: str, items: list[Json], interval: str) -> None:
    """Have other items begin with the next period, at their whole price. Planned again, the later plan counts."""
    found = plain_subscription(subscription)
    with talking() as v1:
        if found["cancel_at_period_end"]:
            v1.subscriptions.update(subscription, {"cancel_at_period_end": False})
        key = found["schedule"] or v1.subscription_schedules.create({"from_subscription": subscription}).id
        had = found["items"]["data"]
        ends, begun = had[0]["current_period_end"], v1.subscription_schedules.retrieve(key).current_phase.start_date
        told = {"proration_behavior": "none", "discounts": [{"discount": one} for one in found["discounts"]] or ""}
        kept = [{"price": one["price"]["id"], **({"quantity": one["quantity"]} if "quantity" in one else {})} for one in had]
        now = {"items": kept, "start_date": begun, "end_date": ends, **told}
        then = {"items": items, "duration": {"interval": interval, "interval_count": 1}, **told}
        v1.subscription_schedules.update(key, {"phases": [now, then], "end_behavior": "release", "proration_behavior": "none"})


def release(subscription: str) -> None:
    """Drop what was planned; the subscription goes on as it is, and can be changed directly again."""
    key = plain_subscription(subscription)["schedule"]
    if key:
        with talking() as v1:
            v1.subscription_schedules.release(key)


def end_subscription(subscription: str, *, at_period_end: bool) -> Json:
    """Let a subscription run out, or take that back."""
    with talking() as v1:
        return plain(v1.subscriptions.update(subscription, {"cancel_at_period_end": at_period_end}))


# looking things up ---------------------------------------------------------------------------------------------------
def subscription(key: str) -> Json:
    """A subscription with what is planned for it."""
    with talking() as v1:
        return plain(v1.subscriptions.retrieve(key, {"expand": ["schedule.phases.items.price"]}))


def plain_subscription(key: str) -> Json:
    with talking() as v1:
        return plain(v1.subscriptions.retrieve(key))


def scheduled(key: str) -> str:
    """The subscription that a schedule changes, or has changed until it was released."""
    with talking() as v1:
        found = v1.subscription_schedules.retrieve(key)
        return str(found.subscription or found.released_subscription or "")


def subscriptions_of(customer: str) -> list[Json]:
    with talking() as v1:
        return [plain(one) for one in v1.subscriptions.list({"customer": customer, "status": "all", "limit": 100}).auto_paging_iter()]


def invoice(key: str) -> Json:
    with talking() as v1:
        return plain(v1.invoices.retrieve(key, {"expand": ["payments.data.payment.payment_intent", "discounts"]}))


def invoices_of(customer: str) -> list[str]:
    with talking() as v1:
        return [str(one.id) for one in v1.invoices.list({"customer": customer, "limit": 100}).auto_paging_iter()]


def session(key: str) -> Json:
    with talking() as v1:
        return plain(v1.checkout.sessions.retrieve(key, {"expand": ["payment_intent"]}))


def events_since(at: datetime, kinds: list[str]) -> Iterator[Json]:
    """What Stripe has told since, whether it has reached us or not."""
    with talking() as v1:
        params = {"created": {"gte": int(at.timestamp())}, "types": kinds, "limit": 100}
        for one in v1.events.list(params).auto_paging_iter():
            yield plain(one)


def read_webhook(body: bytes, signature: str) -> Json:
    """The event in a webhook, when it is signed with our secret and fresh."""
    try:
        return plain(client().construct_event(body, signature, settings.STRIPE_WEBHOOK_SECRET))
    except (stripe.SignatureVerificationError, ValueError) as forged:
        raise Refused("bad_signature", _("The signature of this message is missing, wrong or too old."), status=400) from forged
