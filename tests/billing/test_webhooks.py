"""Whatever way Stripe's news arrive, late, twice, backwards or never, the company ends where Stripe says it is."""

from __future__ import annotations

import random
import time

import pytest

from shared_apps.billing import webhooks
from shared_apps.billing.models import WebhookEvent
from tenants.context import public_context
from tests.api import Api
from tests.billing.conftest import bought, order, post, session_of, standing, workers_away
from tests.billing.stripe_server import CARD, FAILS_LATER, StripeServer
from tests.billing.test_cards import DAY, over
from tests.founding import browser

__all__ = ["over"]


def a_purchase_and_a_renewal_that_fails(api: Api, stripe: StripeServer) -> None:
    """All of it without a word to us."""
    stripe.buyer.pays(session_of(order(api)), FAILS_LATER)
    stripe.buyer.time_passes(32 * DAY)


def end(api: Api) -> tuple:
    told = standing(api)
    return told["status"], told["seats"], told["collection"], [row["status"] for row in api.get("/billing/invoices/")["rows"]]


ENDED = ("past_due", 15, "card", ["open", "paid"])


@pytest.mark.parametrize("seed", range(4))
def test_news_in_any_order_and_twice_end_in_the_right_state(over: Api, stripe: StripeServer, deliver, seed: int):
    a_purchase_and_a_renewal_that_fails(over, stripe)
    events = [*stripe.store.events, *stripe.store.events[::2]]
    random.Random(seed).shuffle(events)
    assert set(deliver(events)) == {200}
    assert end(over) == ENDED


def test_the_newest_state_first_and_the_oldest_last(over: Api, stripe: StripeServer, deliver):
    a_purchase_and_a_renewal_that_fails(over, stripe)
    deliver(stripe.store.events[::-1])
    assert end(over) == ENDED


def test_the_end_of_an_old_subscription_takes_nothing_from_the_new(over: Api, stripe: StripeServer, deliver):
    stripe.buyer.pays(session_of(order(over)), CARD)
    deliver()
    over.post("/billing/stop/")
    stripe.buyer.time_passes(32 * DAY)
    late = list(stripe.store.events)
    deliver()
    stripe.buyer.pays(session_of(order(over, plan="starter")), CARD)
    deliver()
    with public_context():
        WebhookEvent.objects.filter(pk__in=[one["id"] for one in late]).delete()
    deliver(late)
    assert (standing(over)["status"], standing(over)["plan"]["code"]) == ("active", "starter")


def test_an_event_is_worked_through_once(over: Api, stripe: StripeServer, deliver):
    stripe.buyer.pays(session_of(order(over)), CARD)
    deliver()
    with public_context():
        webhooks.sweep()  # what came before what it needs is through now
    asked = len(stripe.store.requests)
    deliver(stripe.store.events)
    assert len(stripe.store.requests) == asked


def test_news_that_came_while_no_worker_was_there_are_swept_up(over: Api, stripe: StripeServer, deliver):
    stripe.buyer.pays(session_of(order(over)), CARD)
    with workers_away():
        assert set(deliver()) == {200}
    assert standing(over)["status"] == "past_due"
    with public_context():
        assert webhooks.sweep() > 0
    assert standing(over)["status"] == "active"


def test_what_never_came_is_found_at_night(over: Api, stripe: StripeServer):
    a_purchase_and_a_renewal_that_fails(over, stripe)
    assert standing(over)["status"] == "past_due" and over.get("/billing/invoices/")["rows"] == []
    with public_context():
        found = webhooks.reconcile()
        assert found["missed"] > 0
        assert webhooks.reconcile()["missed"] == 0
        assert WebhookEvent.objects.filter(missed=True, pk=stripe.store.events[0]["id"]).exists()
    assert end(over) == ENDED


def test_stripe_can_fail_while_news_are_worked_through(over: Api, stripe: StripeServer, deliver, settings):
    stripe.buyer.pays(session_of(order(over)), CARD)
    with workers_away():
        deliver()
    there, settings.STRIPE_API_BASE = settings.STRIPE_API_BASE, "http://127.0.0.1:9"
    with public_context():
        webhooks.sweep()
        waiting = WebhookEvent.objects.filter(pk__in=[one["id"] for one in stripe.store.events], processed_at=None)
        assert {one.attempts for one in waiting} == {1}
    assert standing(over)["status"] == "past_due"
    settings.STRIPE_API_BASE = there
    with public_context():
        webhooks.sweep()
    assert standing(over)["status"] == "active"


def test_a_purchase_is_found_although_we_were_stopped_before_writing_the_customer_down(over: Api, stripe: StripeServer, deliver):
    stripe.buyer.pays(session_of(order(over)), CARD)
    with public_context():
        type(bought(over)).objects.filter(tenant_id=over.company.pk).update(stripe_customer=None)
    deliver()
    assert standing(over)["status"] == "active"


def test_only_stripe_is_believed(over: Api, stripe: StripeServer):
    stripe.buyer.pays(session_of(order(over)), CARD)
    event = stripe.store.events[-1]
    body, signature = stripe.webhook(event)
    assert post(body, "") == 400
    assert post(body, stripe.webhook(event, secret="whsec_of_others")[1]) == 400
    assert post(body.replace("complete", "expired!"), signature) == 400
    assert post(body, stripe.webhook(event, at=int(time.time()) - 3600)[1]) == 400  # an old message played again
    assert standing(over)["status"] == "past_due"
    assert post(body, signature) == 200
    assert standing(over)["status"] == "active"


def test_the_door_is_at_the_main_address_only(over: Api, stripe: StripeServer):
    stripe.buyer.pays(session_of(order(over)), CARD)
    body, signature = stripe.webhook(stripe.store.events[-1])
    there = browser(over.company).post(
        "/api/v1/billing/stripe/", body, content_type="application/json", headers={"Stripe-Signature": signature}
    )
    assert there.status_code == 404
    assert browser().get("/api/v1/billing/stripe/").status_code == 405


def test_news_of_others_are_let_pass(stripe: StripeServer, product):
    stranger = stripe.store.make("customer", name="Somebody else")
    stripe.store.emit("customer.updated", stranger)
    assert post(*stripe.webhook(stripe.store.events[-1])) == 200
    with public_context():
        assert not WebhookEvent.objects.filter(pk=stripe.store.events[-1]["id"]).exists()
