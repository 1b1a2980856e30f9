"""A company tries the product, chooses a plan and pays by card: once, on time, declined, challenged."""

from __future__ import annotations

import pytest

from shared_apps.billing import tasks
from tenants import lifecycle
from tenants.context import public_context
from tests.api import Api
from tests.billing.conftest import bought, order, payments, session_of, standing
from tests.billing.stripe_server import CARD, DECLINED, FAILS_LATER, SECURE, Declined

DAY = 24 * 3600


@pytest.fixture
def over(buyer: Api):
    """A company whose trial has ended."""
    from django.utils import timezone

    from shared_apps.billing import subscriptions

    subscriptions.of(buyer.company)
    with subscriptions.changing(buyer.company.pk) as found:
        found.trial_end = timezone.now()
    subscriptions.lapse(buyer.company.pk)
    return buyer


def pays(api: Api, stripe, deliver, card: str = CARD, **values) -> None:
    stripe.buyer.pays(session_of(order(api, **values)), card)
    assert set(deliver()) == {200}


def test_a_new_company_tries_for_a_fortnight(buyer: Api):
    told = standing(buyer)
    assert (told["status"], told["collection"], told["days_left"], told["plan"]["code"]) == ("trial", "none", 14, "team")
    assert (told["seats"], told["methods"]) == (15, [{"value": "bank_transfer", "label": "Bank transfer"}])


def test_a_plan_is_paid_by_card_and_renews_itself(over: Api, stripe, deliver):
    assert standing(over)["status"] == "past_due"
    pays(over, stripe, deliver, plan="team", seats=18)
    told = standing(over)
    assert (told["status"], told["collection"], told["seats"], told["by_card"]) == ("active", "card", 18, True)
    assert told["renewal"] == "1536.00"  # 1299 and three further seats at 79
    (first,) = over.get("/billing/invoices/")["rows"]
    assert (first["total"], first["status"], first["payment"]["status"]) == ("1536.00", "paid", "succeeded")
    assert (first["net"], first["tax"]) == ("1449.06", "86.94")
    stripe.buyer.time_passes(32 * DAY)
    deliver()
    assert [row["total"] for row in over.get("/billing/invoices/")["rows"]] == ["1536.00", "1536.00"]
    assert bought(over).period_end > bought(over).period_start
    assert standing(over)["status"] == "active"


def test_whoever_buys_in_the_trial_pays_when_it_ends(buyer: Api, stripe, deliver):
    pays(buyer, stripe, deliver)
    told = standing(buyer)
    assert (told["status"], told["collection"], told["days_left"]) == ("trial", "card", 14)
    assert [one.status for one in payments(buyer)] == []
    stripe.buyer.time_passes(15 * DAY)
    deliver()
    assert standing(buyer)["status"] == "active"
    assert [str(one.amount) for one in payments(buyer)] == ["1299.00"]


def test_a_declined_card_changes_nothing_and_another_one_helps(over: Api, stripe, deliver):
    page = session_of(order(over))
    with pytest.raises(Declined):
        stripe.buyer.pays(page, DECLINED)
    deliver()
    assert standing(over)["status"] == "past_due"
    stripe.buyer.pays(page, CARD)
    deliver()
    assert standing(over)["status"] == "active"


def test_the_bank_asks_the_card_holder_on_the_page(over: Api, stripe, deliver):
    page = session_of(order(over))
    with pytest.raises(Declined):
        stripe.buyer.pays(page, SECURE, challenge=False)
    stripe.buyer.pays(page, SECURE)
    deliver()
    assert standing(over)["status"] == "active"


def test_a_renewal_that_fails_leaves_the_company_past_due(over: Api, stripe, deliver):
    pays(over, stripe, deliver, FAILS_LATER)
    stripe.buyer.time_passes(32 * DAY)
    deliver()
    told = standing(over)
    assert told["status"] == "past_due"
    open_, paid = over.get("/billing/invoices/")["rows"]
    assert (open_["status"], open_["payment"]["status"], open_["payment"]["failure"]) == ("open", "failed", "generic_decline")
    assert open_["payment"]["why"] == "the bank has declined it"
    assert paid["status"] == "paid"
    assert over.post(f"/billing/invoices/{open_['id']}/pay/", {"method": "card"})["url"] == open_["hosted_url"] != ""


def test_a_coupon_takes_off_the_first_invoice(over: Api, stripe, deliver):
    from shared_apps.billing.models import Coupon

    with public_context():
        Coupon.objects.get_or_create(code="WELCOME20", defaults={"percent_off": "20"})
    assert over.post("/billing/preview/", {"plan": "team", "period": "month", "coupon": "welcome20"})["now"] == "1039.20"
    pays(over, stripe, deliver, coupon="welcome20")
    stripe.buyer.time_passes(32 * DAY)
    deliver()
    assert [row["total"] for row in over.get("/billing/invoices/")["rows"]] == ["1299.00", "1039.20"]
    refused = order(over, 422, coupon="NOBODY")
    assert refused["errors"][0]["path"] == "coupon"


def test_a_lost_answer_makes_nothing_twice(over: Api, stripe, deliver):
    stripe.failures = 1
    told = order(over)
    assert len(stripe.store.all("customer")) == 1
    stripe.buyer.pays(session_of(told))
    deliver()
    assert standing(over)["status"] == "active"


def test_the_same_click_twice_opens_one_page(over: Api, stripe):
    wanted = {"plan": "team", "period": "month", "method": "card"}
    first = over.post("/billing/order/", wanted, **{"Idempotency-Key": "one-click"})
    assert over.post("/billing/order/", wanted, **{"Idempotency-Key": "one-click"}) == first
    assert len(stripe.store.all("checkout.session")) == 1


def test_a_page_opened_earlier_takes_no_money_any_more(over: Api, stripe):
    first, second = session_of(order(over)), session_of(order(over, plan="starter"))
    states = [stripe.store.find("checkout.session", one)["status"] for one in (first, second)]
    assert states == ["expired", "open"]


def test_the_card_is_looked_after_at_stripe(over: Api, stripe, deliver):
    assert over.post("/billing/portal/", status=409)["code"] == "no_card"
    pays(over, stripe, deliver)
    assert over.post("/billing/portal/")["url"].startswith("https://billing.stripe.com/")


def test_when_stripe_is_away_the_refusal_says_so(over: Api, stripe, settings):
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"
    told = order(over, 503)
    assert told["code"] == "payment_away"
    assert "bank transfer" in told["detail"]


def test_the_card_of_a_company_that_leaves_is_charged_no_more(over: Api, stripe, deliver):
    pays(over, stripe, deliver)
    lifecycle.cancel(over.company, by=lifecycle.By("Li", 7))
    with public_context():
        tasks.sweep()
    assert stripe.store.all("subscription")[0]["cancel_at_period_end"] is True
    stripe.buyer.time_passes(32 * DAY)
    deliver()
    assert [str(one.amount) for one in payments(over)] == ["1299.00"]
