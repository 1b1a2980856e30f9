"""A coupon makes a plan cheaper by as much and as long as operators say; why one does not count is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kernel import saving
from kernel.access import SYSTEM
from shared_apps.billing import coupons, webhooks
from shared_apps.billing.models import Coupon, Redemption
from tenants.context import public_context
from tests.api import Api
from tests.billing.conftest import order, session_of
from tests.billing.stripe_server import StripeServer
from tests.billing.test_cards import DAY, over, pays
from tests.billing.test_prepaid import confirm, transfers
from tests.console.conftest import account, operator

__all__ = ["account", "operator", "over"]


@pytest.fixture
def coupon() -> Callable[..., Coupon]:
    def make(code: str, **values: object) -> Coupon:
        with public_context():
            Redemption.objects.filter(coupon__code=code).delete()
            Coupon.objects.filter(code=code).delete()
            money = {name: Decimal(str(value)) for name, value in values.items() if name.endswith("_off")}
            return saving.create(Coupon, {"code": code, **values, **money}, by=SYSTEM, at=timezone.now())

    return make


def preview(api: Api, code: str, status: int = 200) -> dict:
    return api.post("/billing/preview/", {"plan": "team", "period": "month", "coupon": code}, status)


def totals(api: Api) -> list[str]:
    return [row["total"] for row in api.get("/billing/invoices/")["rows"]]


def test_an_amount_off_is_shown_before_paying_and_taken_off_by_stripe(over: Api, stripe: StripeServer, deliver, coupon):
    coupon("LESS-300", amount_off="300")
    shown = preview(over, "less-300")
    assert (shown["now"], shown["renewal"], shown["lines"][-1]["text"]) == ("999.00", "1299.00", "Discount LESS-300")
    pays(over, stripe, deliver, coupon="LESS-300")
    (paper,) = over.get("/billing/invoices/")["rows"]
    assert (paper["total"], paper["lines"][-1]) == ("999.00", {"text": "Discount LESS-300", "quantity": 1, "amount": "-300.00"})


def test_a_discount_for_months_ends_with_them(over: Api, stripe: StripeServer, deliver, coupon):
    coupon("TWO-MONTHS", percent_off="50", months=2)
    assert preview(over, "TWO-MONTHS")["renewal"] == "649.50"
    pays(over, stripe, deliver, coupon="TWO-MONTHS")
    for days in (32, 38):
        stripe.buyer.time_passes(days * DAY)
    deliver()
    assert totals(over) == ["1299.00", "649.50", "649.50"]


def test_a_code_typed_on_stripes_page_counts_as_well(over: Api, stripe: StripeServer, deliver, coupon):
    made = coupon("PAGE-10", percent_off="10")
    with public_context():
        coupons.offer_all()
    page = session_of(order(over))
    stripe.buyer.types(page, "page-10")
    stripe.buyer.pays(page)
    deliver()
    assert totals(over) == ["1169.10"]
    with public_context():
        used = Redemption.objects.get(coupon=made)
    assert (used.tenant_id, str(used.saved)) == (over.company.pk, "129.90")


def test_why_a_coupon_does_not_count_is_told(over: Api, coupon):
    yesterday = timezone.localdate() - timedelta(days=1)
    coupon("LATE", percent_off="10", valid_until=yesterday)
    coupon("GONE", percent_off="10", active=False)
    for code, why, words in (
        ("NOBODY", "not_found", "no coupon “NOBODY”"),
        ("LATE", "expired", yesterday.isoformat()),
        ("GONE", "switched_off", "not valid any more"),
    ):
        (error,) = preview(over, code, 422)["errors"]
        assert (error["path"], error["code"], words in error["detail"]) == ("coupon", why, True)


def test_a_coupon_for_new_customers_counts_for_a_first_payment_only(over: Api, coupon):
    coupon("WELCOME", percent_off="20", first_time=True)
    coupon("AGAIN", percent_off="20")
    confirm(transfers(over, coupon="AGAIN"))
    assert preview(over, "WELCOME", 422)["errors"][0]["code"] == "first_time"
    assert preview(over, "AGAIN", 422)["errors"][0]["code"] == "used"


def test_operators_hand_out_coupons_and_see_who_used_them(over: Api, operator: Callable[..., Api], coupon):
    coupon("FROM-HERE", percent_off="1")
    finance = operator("finance")
    made = finance.create("billing.coupon", {"code": f"sep-{over.company.pk}", "percent_off": "15"})
    wrong = finance.create("billing.coupon", {"code": made["code"], "percent_off": "15"}, 422)
    assert (made["code"], wrong["errors"][0]["path"]) == (f"SEP-{over.company.pk}", "code")
    confirm(transfers(over, coupon=made["code"]))
    (used,) = finance.rows("billing.redemption", f"coupon={made['id']}")
    assert (used["company"], used["saved"]) == (over.company.name, "194.85")
    assert over.ask("get", "/billing/coupons/")[0] == over.ask("get", "/billing/redemptions/")[0] == 403


def test_what_is_switched_off_here_cannot_be_typed_at_stripe(over: Api, stripe: StripeServer, coupon):
    made = coupon("SHORT", percent_off="10")
    with public_context():
        webhooks.reconcile()
        Coupon.objects.filter(pk=made.pk).update(active=False)
        webhooks.reconcile()
    assert {one["active"] for one in stripe.store.all("promotion_code") if one["code"] == "SHORT"} == {False}
