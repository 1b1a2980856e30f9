"""Seats and plans change in the middle of a period: previewed to the cent, collected first, never lost."""

from __future__ import annotations

import pytest

from tests.api import Api, Json
from tests.billing.conftest import bought, order, session_of, standing
from tests.billing.stripe_server import CARD, FAILS_LATER, SECURE, StripeServer
from tests.billing.test_cards import DAY, over, pays

__all__ = ["over"]


def preview(api: Api, status: int = 200, **values: object) -> Json:
    return api.post("/billing/preview/", {"plan": "team", "period": "month", **values}, status)


def change(api: Api, told: Json, status: int = 200, **values: object) -> Json:
    return api.post("/billing/change/", {"plan": "team", "period": "month", "at": told["at"], **values}, status)


def latest(api: Api) -> Json:
    return api.get("/billing/invoices/")["rows"][0]


def test_seats_added_in_the_middle_cost_the_rest_of_the_period(over: Api, stripe: StripeServer, deliver):
    stripe.store.ahead = -10 * DAY
    pays(over, stripe, deliver)
    stripe.buyer.time_passes(10 * DAY)
    shown = preview(over, seats=20)
    had = bought(over)
    left = (had.period_end.timestamp() - shown["at"]) / (had.period_end - had.period_start).total_seconds()
    assert 0.6 < left < 0.7
    assert (float(shown["now"]), shown["renewal"]) == (pytest.approx(5 * 79 * left, abs=0.01), "1694.00")
    assert change(over, shown, seats=20) == {"waiting": False, "url": ""}
    assert standing(over)["seats"] == 20  # told at once, before any webhook
    assert (latest(over)["total"], latest(over)["status"]) == (shown["now"], "paid")
    deliver()
    assert standing(over)["seats"] == 20


def test_from_month_to_year_and_to_another_plan(over: Api, stripe: StripeServer, deliver):
    pays(over, stripe, deliver)
    shown = preview(over, plan="factory", period="year")
    assert change(over, shown, plan="factory", period="year")["waiting"] is False
    told = standing(over)
    assert (told["plan"]["code"], told["period"], told["seats"]) == ("factory", "year", 50)
    assert told["days_left"] > 360
    assert float(shown["now"]) == pytest.approx(39990 - 1299, abs=1)  # all of the month is still there to be credited


def test_a_challenged_change_waits_for_the_card_holder(over: Api, stripe: StripeServer, deliver):
    pays(over, stripe, deliver, SECURE)
    told = change(over, preview(over, seats=20), seats=20)
    assert told["waiting"] is True and told["url"].startswith("https://invoice.stripe.com/")
    deliver()
    assert (standing(over)["seats"], standing(over)["status"]) == (15, "active")
    assert latest(over)["payment"]["status"] == "authenticate"
    stripe.buyer.authenticates(stripe.store.all("invoice")[0]["id"])
    deliver()
    assert standing(over)["seats"] == 20
    assert latest(over)["payment"]["status"] == "succeeded"


@pytest.mark.parametrize("card", [SECURE, FAILS_LATER])
def test_a_change_that_nobody_pays_for_runs_out(over: Api, stripe: StripeServer, deliver, card: str):
    pays(over, stripe, deliver, card)
    assert change(over, preview(over, seats=20), seats=20)["waiting"] is True
    stripe.buyer.time_passes(DAY)
    deliver()
    told = standing(over)
    assert (told["seats"], told["status"]) == (15, "active")
    assert latest(over)["status"] == "void"


def test_what_is_not_sold_is_refused_field_by_field(over: Api, stripe: StripeServer, deliver):
    pays(over, stripe, deliver)
    for wrong, path in (({"plan": "gold"}, "plan"), ({"period": "week"}, "period"), ({"seats": 3}, "seats"), ({"seats": 10**6}, "seats")):
        assert preview(over, 422, **wrong)["errors"][0]["path"] == path
    assert order(over, 409)["code"] == "already_by_card"


def test_without_a_card_there_is_nothing_to_change(over: Api, stripe: StripeServer):
    assert change(over, {"at": 1}, 409)["code"] == "not_by_card"


def test_a_subscription_is_left_and_taken_up_again(over: Api, stripe: StripeServer, deliver):
    pays(over, stripe, deliver)
    over.post("/billing/stop/")
    deliver()
    assert standing(over)["cancel_at_period_end"] is True
    over.post("/billing/resume/")
    deliver()
    assert standing(over)["cancel_at_period_end"] is False
    over.post("/billing/stop/")
    stripe.buyer.time_passes(32 * DAY)
    deliver()
    assert standing(over)["status"] == "canceled"
    stripe.buyer.pays(session_of(order(over, plan="starter")), CARD)
    deliver()
    assert (standing(over)["status"], standing(over)["plan"]["code"]) == ("active", "starter")
    assert bought(over).stripe_subscription == stripe.store.all("subscription")[0]["id"]
