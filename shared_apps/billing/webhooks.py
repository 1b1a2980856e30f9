"""News from Stripe: kept once, worked through by a worker, found by the nightly reconciliation when they did not arrive."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from shared_apps.billing import coupons, gateway, projecting
from shared_apps.billing.models import Subscription, WebhookEvent
from tenants.context import public_context

log = logging.getLogger("millwright.billing")
LOOK_BACK = timedelta(days=3)
"""The nightly look overlaps with the ones before, so that a night it did not run is made up for. Stripe keeps events for 30 days."""
ATTEMPTS = 50
READERS: dict[str, Callable[[str], None]] = {
    "customer.subscription": projecting.subscription,
    "subscription_schedule": projecting.schedule,
    "invoice": projecting.invoice,
    "checkout.session": projecting.session,
    "payment_intent": projecting.intent,
}
KINDS = [
    *(f"customer.subscription.{verb}" for verb in ("created", "updated", "deleted", "paused", "resumed", "pending_update_applied", "pending_update_expired")),
    *(f"subscription_schedule.{verb}" for verb in ("created", "updated", "released", "canceled", "completed", "aborted")),
    *(f"invoice.{verb}" for verb in ("finalized", "paid", "payment_failed", "payment_action_required", "voided", "marked_uncollectible", "updated")),
    *(f"checkout.session.{verb}" for verb in ("completed", "async_payment_succeeded", "async_payment_failed", "expired")),
    *(f"payment_intent.{verb}" for verb in ("succeeded", "payment_failed", "requires_action", "canceled")),
]  # fmt: skip
"""What the endpoint at Stripe is to send us."""


def take_in(event: dict[str, Any], *, missed: bool = False) -> bool:
    """Write an event down; False when it is known already, or none of our business."""
    if event["type"] not in KINDS:
        return False
    with public_context():
        _known, made = WebhookEvent.objects.get_or_create(
            pk=event["id"],
            defaults={
                "kind": event["type"],
                "object_id": event["data"]["object"]["id"],
                "created_at": datetime.fromtimestamp(event["created"], UTC),
                "received_at": timezone.now(),
                "missed": missed,
            },
        )
    return made


def hand_over(key: str) -> None:
    """Have a worker look at it; without a broker the sweeper does in a few minutes."""
    from shared_apps.billing.tasks import process_event

    with suppress(OperationalError):
        process_event.delay(key)


def process(key: str) -> bool:
    """Ask Stripe how the event's object stands now and write that down. Done once; two workers at it come to the same."""
    with public_context():
        event = WebhookEvent.objects.get(pk=key)
        if event.processed_at is not None:
            return False
        try:
            READERS[event.kind.rpartition(".")[0]](event.object_id)
        except Exception as error:
            WebhookEvent.objects.filter(pk=key).update(attempts=event.attempts + 1, error=f"{type(error).__name__}: {error}"[:200])
            raise
        return bool(WebhookEvent.objects.filter(pk=key, processed_at=None).update(processed_at=timezone.now(), error=""))


def sweep() -> int:
    """Work through what has been left lying. Tells how many."""
    waiting = WebhookEvent.objects.filter(processed_at=None, attempts__lt=ATTEMPTS).order_by("received_at")
    done = 0
    for key in waiting.values_list("pk", flat=True)[:200]:
        try:
            done += process(key)
        except Exception:
            log.exception("event %s cannot be worked through yet", key)
    return done


def reconcile() -> dict[str, int]:
    """Hold all that Stripe has told lately, and every customer's state, against what is written here."""
    if not gateway.available():
        return {"missed": 0, "companies": 0}
    coupons.offer_all()
    missed = 0
    for event in gateway.events_since(timezone.now() - LOOK_BACK, KINDS):
        missed += take_in(event, missed=True)
    sweep()
    companies = Subscription.objects.exclude(stripe_customer=None).values_list("tenant_id", flat=True)
    for tenant_id in companies:
        try:
            projecting.company(tenant_id)
        except Exception:
            log.exception("company %s cannot be reconciled", tenant_id)
    if missed:
        log.warning("%d events of Stripe had not arrived; look at the webhook endpoint there", missed)
    return {"missed": missed, "companies": len(companies)}


def receive(body: bytes, signature: str) -> None:
    """Take a webhook in: signed, fresh, and each event once."""
    event = gateway.read_webhook(body, signature)
    with transaction.atomic():
        if take_in(event):
            transaction.on_commit(lambda: hand_over(event["id"]), robust=True)  # it is kept: what goes wrong now is swept up
