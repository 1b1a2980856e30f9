"""What is used beyond the month's numbers: charged by the card that pays, counted once, and refused where nothing is agreed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from kernel import limits
from shared_apps.billing import measuring, metering
from shared_apps.billing.models import UsageReport
from tenants.context import public_context, tenant_context
from tests import trade
from tests.api import Api
from tests.billing.conftest import bought, usage
from tests.billing.stripe_server import StripeServer
from tests.billing.test_cards import DAY, over, pays

__all__ = ["over"]


@pytest.fixture
def paying(over: Api, stripe: StripeServer, deliver) -> Api:
    """A company on the plan of 10,000 documents and 200,000 API calls, paid by card since two days ago."""
    stripe.store.ahead = -2 * DAY
    pays(over, stripe, deliver)
    stripe.store.ahead = 0
    return over


@pytest.fixture
def uses(paying: Api) -> Callable[..., None]:
    def push(**counted: int) -> None:
        with public_context():
            measuring.push(paying.company.pk, limits.month(), {"seats": 1, "storage": 0, "documents": 0, "api_calls": 0, **counted})

    return push


def hour() -> int:
    with public_context():
        return metering.run()


def told(stripe: StripeServer) -> list[tuple[str, str]]:
    events = reversed(stripe.store.all("billing.meter_event"))
    return [(one["event_name"], one["payload"]["value"]) for one in events]


def test_documents_and_calls_beyond_are_charged_with_the_next_invoice(paying: Api, uses, stripe: StripeServer, deliver):
    uses(documents=10_050, api_calls=203_000)
    assert hour() == 2
    assert usage(paying)["documents"]["beyond"] == {"price": "0.20", "per": 1, "cost": "0.00"}
    stripe.buyer.time_passes(32 * DAY)
    deliver()
    paper = paying.get("/billing/invoices/")["rows"][0]
    assert paper["total"] == "1315.00"  # the plan, 50 documents at 0.20, three thousand calls at 2.00
    assert sorted(line["amount"] for line in paper["lines"]) == ["10.00", "1299.00", "6.00"]


def test_what_was_told_is_not_told_again(uses, stripe: StripeServer, paying: Api):
    uses(documents=10_010)
    assert (hour(), hour()) == (1, 0)
    uses(documents=10_012)
    hour()
    uses(documents=10_011)  # one was deleted
    hour()
    assert told(stripe) == [("millwright_documents", "10"), ("millwright_documents", "2")]


def test_an_answer_that_was_lost_counts_nothing_twice(uses, stripe: StripeServer, paying: Api):
    uses(documents=10_010)
    hour()
    with public_context():
        UsageReport.objects.filter(tenant_id=paying.company.pk).update(sent_at=None)
    assert hour() == 1
    assert told(stripe) == [("millwright_documents", "10")]


def test_what_stripe_has_not_counted_is_found_at_night_and_told_again(uses, stripe: StripeServer, paying: Api):
    uses(documents=10_010)
    hour()
    for lost in stripe.store.all("billing.meter_event"):
        del stripe.store.objects[lost["id"]]
    with public_context():
        UsageReport.objects.filter(tenant_id=paying.company.pk).update(at=timezone.now() - timedelta(days=2))
        assert (metering.reconcile(), metering.reconcile()) == (1, 0)
    assert told(stripe) == [("millwright_documents", "10")]


def test_beyond_is_open_to_whoever_is_charged_and_said_to_everybody(paying: Api, uses):
    uses(documents=12_000, api_calls=300_000)
    with tenant_context(paying.company):
        limits.ask_creating("quoting", program=True)
        limits.count_call()
    (notice,) = paying.get("/meta/")["limits"]
    assert "10,000 documents are used up" in notice["detail"] and "¥0.20" in notice["detail"]
    assert bought(paying).beyond == {"documents": "0.20", "api_calls": "2.00"}


def test_less_than_is_used_is_warned_of_before_it_is_chosen(paying: Api):
    wanted = {"plan": "starter", "period": "month"}
    assert paying.post("/billing/preview/", wanted)["warnings"] == []
    for _ in range(5):
        trade.join(paying, "Finance")
    (warning,) = paying.post("/billing/preview/", wanted)["warnings"]
    assert (warning["name"], "Nobody is shut out" in warning["detail"]) == ("seats", True)
