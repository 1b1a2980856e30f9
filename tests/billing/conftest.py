"""A product that talks to a Stripe of its own, and companies that buy there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from config import celery_app
from shared_apps.billing import webhooks
from shared_apps.billing.models import Payment, Subscription
from tenants.context import public_context
from tests.api import Api, Json
from tests.billing.stripe_server import StripeServer
from tests.billing.stripe_server.server import KEY, SECRET
from tests.founding import browser


@pytest.fixture(autouse=True)
def reaching_the_database(product: None, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield
        connection.set_schema_to_public()


@pytest.fixture
def stripe(settings) -> Iterator[StripeServer]:
    """Stripe, and the product set up to use it."""
    with StripeServer() as running:
        settings.STRIPE_API_BASE, settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = running.address, KEY, SECRET
        yield running


@pytest.fixture
def buyer(founded) -> Api:
    """The administrator of a company in its trial."""
    return Api.of_owner(founded())


@pytest.fixture
def deliver(stripe: StripeServer) -> Callable[..., list[int]]:
    """`deliver()` brings all news that has not been brought; `deliver(events)` these, in this order, however often."""
    brought: set[str] = set()

    def bring(events: list[Json] | None = None) -> list[int]:
        given = [one for one in stripe.store.events if one["id"] not in brought] if events is None else events
        brought.update(one["id"] for one in stripe.store.events if events is None)
        statuses = [post(*stripe.webhook(one)) for one in given]
        if celery_app.conf.task_always_eager:
            with public_context():
                webhooks.sweep()  # a few minutes later: what a worker could not do at once
        return statuses

    return bring


def post(body: str, signature: str) -> int:
    """Deliver a message to the product's door."""
    answer = browser().post("/api/v1/billing/stripe/", body, content_type="application/json", headers={"Stripe-Signature": signature})
    return answer.status_code


@contextmanager
def workers_away() -> Iterator[None]:
    """Messages are taken in, and nobody works on them."""
    celery_app.conf.task_always_eager = False
    try:
        yield
    finally:
        celery_app.conf.task_always_eager = True


def bought(api: Api) -> Subscription:
    with public_context():
        return Subscription.objects.select_related("plan").get(tenant_id=api.company.pk)


def payments(api: Api) -> list[Payment]:
    with public_context():
        return list(Payment.objects.filter(invoice__tenant_id=api.company.pk).order_by("pk"))


def order(api: Api, status: int = 200, **values: object) -> Json:
    wanted = {"plan": "team", "period": "month", "method": "card"}
    return api.post("/billing/order/", {**wanted, **values}, status)


def session_of(told: Json) -> str:
    """The page behind its address."""
    return told["url"].rpartition("/")[2]


def standing(api: Api) -> Json:
    return api.get("/billing/")


def usage(api: Api) -> dict[str, Json]:
    return {one["name"]: one for one in standing(api)["usage"]}
