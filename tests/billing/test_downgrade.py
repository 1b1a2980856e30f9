"""Less than what is paid for begins when that ends: shown before, taken back until then, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from shared_apps.billing import invoicing, projecting, subscriptions, tasks
from shared_apps.billing.models import Coupon
from tenants.context import public_context
from tests import trade
from tests.api import Api
from tests.billing.conftest import bought, order, session_of, standing
from tests.billing.stripe_server import StripeServer
from tests.billing.test_cards import DAY, over, pays
from tests.billing.test_changes import change, latest, preview
from tests.billing.test_prepaid import confirm, invoices, transfers

__all__ = ["over"]
SMALL = {"plan": "starter", "seats": 5}


def ends(api: Api) -> str:
    return timezone.localdate(bought(api).period_end).isoformat()


def day_comes(api: Api) -> None:
    """The paid period of somebody who pays in advance is over."""
    with subscriptions.changing(api.company.pk) as found:
        found.period_end = timezone.now()
    with public_context():
        tasks.sweep()


# paid by card --------------------------------------------------------------------------------------------------------
def test_a_smaller_plan_begins_when_the_paid_month_ends(over: Api, stripe: StripeServer, deliver):
    pays(over, stripe, deliver)
    shown = preview(over, **SMALL)
    assert (shown["now"], shown["renewal"], shown["starts"]) == ("0.00", "399.00", ends(over))
    assert change(over, shown, **SMALL) == {"waiting": False, "url": ""}
    told = standing(over)
    assert (told["plan"]["code"], told["renewal"], len(invoices(over))) == ("team", "1299.00", 1)
    assert (told["planned"]["code"], told["planned"]["seats"], told["planned"]["from"]) == ("starter", 5, shown["starts"])
    assert told["planned"]["renewal"] == "399.00"
    deliver()
    assert standing(over)["planned"] == told["planned"]
    stripe.buyer.time_passes(32 * DAY)
    deliver()
    told = standing(over)
    assert (told["plan"]["code"], told["seats"], told["planned"], told["status"]) == ("starter", 5, None, "active")
    assert latest(over)["total"] == "399.00"
    stripe.buyer.time_passes(32 * DAY)
    deliver()
    assert (standing(over)["renewal"], [row["total"] for row in invoices(over)]) == ("399.00", ["399.00", "399.00", "1299.00"])
    assert stripe.store.all("subscription")[0]["schedule"] is None


def test_what_is_planned_is_taken_back_and_planned_anew(over: Api, stripe: StripeServer, deliver):
    pays(over, stripe, deliver, seats=25)
    for seats in (18, 16):
        change(over, preview(over, seats=seats), seats=seats)
        assert standing(over)["planned"]["seats"] == seats
    over.post("/billing/keep/")
    assert standing(over)["planned"] is None
    assert over.post("/billing/keep/", status=409)["code"] == "nothing_planned"
    change(over, preview(over, seats=18), seats=18)
    over.post("/billing/keep/")
    stripe.buyer.time_passes(32 * DAY)
    deliver()
    assert (standing(over)["seats"], latest(over)["total"]) == (25, "2089.00")


def test_more_at_once_or_leaving_takes_the_place_of_what_was_planned(over: Api, stripe: StripeServer, deliver):
    pays(over, stripe, deliver)
    change(over, preview(over, **SMALL), **SMALL)
    shown = preview(over, seats=20)
    assert [one["name"] for one in shown["warnings"]] == ["planned"]
    change(over, shown, seats=20)
    assert (standing(over)["seats"], standing(over)["planned"]) == (20, None)
    change(over, preview(over, **SMALL), **SMALL)
    over.post("/billing/stop/")
    deliver()
    assert (standing(over)["cancel_at_period_end"], standing(over)["planned"]) == (True, None)
    change(over, preview(over, **SMALL), **SMALL)
    deliver()
    assert (standing(over)["cancel_at_period_end"], standing(over)["planned"]["code"]) == (False, "starter")


def test_from_year_to_month_waits_and_a_discount_that_lasts_goes_along(over: Api, stripe: StripeServer, deliver):
    with public_context():
        Coupon.objects.get_or_create(code="FRIEND", defaults={"percent_off": "10", "forever": True})
    pays(over, stripe, deliver, period="year", coupon="FRIEND")
    shown = preview(over, period="month")
    assert (shown["now"], shown["starts"]) == ("0.00", ends(over))
    change(over, shown, period="month")
    stripe.buyer.time_passes(367 * DAY)
    deliver()
    assert (standing(over)["period"], latest(over)["total"]) == ("month", "1169.10")
    assert (bought(over).period_end - bought(over).period_start).days < 32


def test_a_plan_made_at_stripe_is_found_at_night(over: Api, stripe: StripeServer, deliver):
    pays(over, stripe, deliver)
    change(over, preview(over, **SMALL), **SMALL)
    with subscriptions.changing(over.company.pk) as found:
        found.planned = None
    with public_context():
        projecting.company(over.company.pk)
    assert standing(over)["planned"]["code"] == "starter"


# paid in advance -----------------------------------------------------------------------------------------------------
def test_who_pays_in_advance_is_invoiced_for_less_next_time(over: Api):
    confirm(transfers(over))
    assert order(over, plan="starter", seats=5, method="bank_transfer") == {"url": "", "invoice": None}
    told = standing(over)
    assert (told["plan"]["code"], told["planned"]["code"], told["planned"]["renewal"]) == ("team", "starter", "399.00")
    with subscriptions.changing(over.company.pk) as found:
        found.period_end = timezone.now() + timedelta(days=3)
        found.planned["from"] = timezone.localdate(found.period_end).isoformat()
    with public_context():
        assert tasks.renew() >= 1
    paper = invoices(over)[0]
    assert (paper["total"], paper["period"][0]) == ("399.00", ends(over))
    confirm(paper)
    assert (standing(over)["plan"]["code"], standing(over)["planned"]["paid"]) == ("team", True)
    for refused in (over.post("/billing/keep/", status=409), preview(over, 409, plan="factory")):
        assert refused["code"] == "next_is_paid"
    day_comes(over)
    told = standing(over)
    assert (told["plan"]["code"], told["status"], told["planned"]) == ("starter", "active", None)
    assert told["last_day"] == paper["period"][1]


def test_an_unpaid_renewal_follows_what_is_planned(over: Api):
    confirm(transfers(over))
    with subscriptions.changing(over.company.pk) as found:
        found.period_end = timezone.now() + timedelta(days=3)
    with public_context():
        invoicing.renewal(bought(over), over.company)
    assert invoices(over)[0]["total"] == "1299.00"
    order(over, plan="starter", seats=5, method="bank_transfer")
    assert [(row["total"], row["status"]) for row in invoices(over)[:2]] == [("399.00", "open"), ("1299.00", "void")]
    over.post("/billing/keep/")
    assert [(row["total"], row["status"]) for row in invoices(over)[:2]] == [("1299.00", "open"), ("399.00", "void")]
    day_comes(over)
    assert standing(over)["status"] == "past_due"


# nothing is lost -----------------------------------------------------------------------------------------------------
def test_too_many_for_the_smaller_plan_stay_and_nobody_else_comes(over: Api, stripe: StripeServer, deliver):
    pays(over, stripe, deliver)
    colleagues = [trade.join(over, "Finance") for _ in range(6)]
    (seats,) = [one for one in preview(over, **SMALL)["warnings"] if one["name"] == "seats"]
    assert (seats["used"], seats["most"], seats["unit"]) == (7, 5, "count")
    change(over, preview(over, **SMALL), **SMALL)
    one = over.create("organization.member", {"name": "Li", "email": f"{trade.some('li').replace(' ', '')}@example.com"})
    stripe.buyer.time_passes(32 * DAY)
    deliver()
    refused = over.act(one, "invite", 403)
    assert (refused["code"], "5" in refused["detail"]) == ("limit_seats", True)
    assert all(colleague.ask("get", "/meta/")[0] == 200 for colleague in colleagues)
    assert len(over.rows("organization.member", "limit=50")) >= 8


def test_the_page_to_pay_opened_before_is_closed(over: Api, stripe: StripeServer):
    confirm(transfers(over))
    page = session_of(order(over, plan="factory", method="alipay"))
    order(over, plan="starter", seats=5, method="alipay")
    assert stripe.store.find("checkout.session", page)["status"] == "expired"
