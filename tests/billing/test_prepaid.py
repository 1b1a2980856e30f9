"""Paid in advance: bank transfer seen by an operator, Alipay and WeChat Pay, renewals, and what an operator can do."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kernel.refusals import Refused
from shared_apps.billing import invoicing, operators, subscriptions, tasks
from shared_apps.billing.models import Coupon
from tenants import directory, lifecycle
from tenants.context import public_context
from tenants.lifecycle import By
from tenants.models import Tenant
from tests.api import Api, Json
from tests.billing.conftest import bought, order, payments, session_of, standing
from tests.billing.stripe_server import StripeServer
from tests.billing.test_cards import over
from tests.faults.together import together

__all__ = ["over"]
LI = By("Li", 7)


def invoices(api: Api) -> list[Json]:
    return api.get("/billing/invoices/")["rows"]


def transfers(api: Api, **values: object) -> Json:
    """Order by bank transfer; the invoice."""
    told = order(api, method="bank_transfer", **values)
    return next(row for row in invoices(api) if row["id"] == told["invoice"])


def confirm(paper: Json, reference: str = "", amount: str = ""):
    return operators.confirm_transfer(
        paper["number"], Decimal(amount or paper["total"]), reference or f"B{paper['id']}", "宝钢", by=LI, received=timezone.now()
    )


def test_without_stripe_there_is_bank_transfer_and_it_is_said(over: Api):
    told = order(over, 409, method="alipay")
    assert told["code"] == "no_online_payment"
    assert "bank transfer" in told["detail"]
    paper = transfers(over, seats=16)
    assert (paper["status"], paper["total"], paper["by_card"]) == ("open", "1378.00", False)
    assert [line["amount"] for line in paper["lines"]] == ["1299.00", "79.00"]


def test_a_transfer_counts_when_an_operator_has_seen_it(over: Api):
    paper = transfers(over)
    told = over.post(f"/billing/invoices/{paper['id']}/transferred/", {"reference": "ICBC 4711"})
    assert told["transfer_told_at"] and standing(over)["status"] == "past_due"
    confirm(paper)
    told = standing(over)
    assert (told["status"], told["collection"], told["seats"]) == ("active", "prepaid", 15)
    assert Tenant.objects.get(pk=over.company.pk).state == Tenant.State.ACTIVE
    (payment,) = payments(over)
    assert (payment.method, payment.confirmed_by, payment.payer) == ("bank_transfer", 7, "宝钢")


def test_the_same_money_is_booked_once(over: Api):
    paper = transfers(over)
    first = confirm(paper, "R1")
    ends = bought(over).period_end
    assert confirm(paper, "R1") == first
    with pytest.raises(Refused, match="paid already"):
        confirm(paper, "R2")
    assert (len(payments(over)), bought(over).period_end) == (1, ends)


def test_two_operators_at_once_book_it_once(over: Api):
    paper = transfers(over)

    def book(reference: str) -> str:
        try:
            return confirm(paper, reference).bank_reference
        except Refused as no:
            return no.code

    told = together(2, lambda number: book(f"R{number}"))
    assert sorted(told) in (["R0", "already_paid"], ["R1", "already_paid"])
    assert len(payments(over)) == 1


def test_another_amount_is_not_booked(over: Api):
    with pytest.raises(Refused, match=r"1,299\.00; 99\.00 are missing"):
        confirm(transfers(over), amount="1200")
    assert standing(over)["status"] == "past_due"


def test_in_the_trial_the_paid_time_begins_when_it_ends(buyer: Api):
    paper = transfers(buyer, period="year")
    trial_end = timezone.localdate(bought(buyer).trial_end)
    last_day = trial_end.replace(year=trial_end.year + 1) - timedelta(days=1)
    assert paper["period"] == [trial_end.isoformat(), last_day.isoformat()]
    confirm(paper)
    assert standing(buyer)["last_day"] == last_day.isoformat()


def test_more_within_a_paid_period_costs_the_rest(over: Api):
    confirm(transfers(over, period="year"))
    shown = over.post("/billing/preview/", {"plan": "team", "period": "year", "seats": 20})
    assert shown["now"] == "3950.00"  # five seats for a whole year, on its first day
    paper = transfers(over, period="year", seats=20)
    confirm(paper)
    told = standing(over)
    assert (told["seats"], told["days_left"]) == (20, 365)
    assert over.post("/billing/preview/", {"plan": "factory", "period": "month"}, 409)["code"] == "less_than_paid"
    assert over.post("/billing/preview/", {"plan": "team", "period": "year", "seats": 20}, 409)["code"] == "no_change"


def test_a_renewal_is_invoiced_in_time_and_once(over: Api, monkeypatch):
    confirm(transfers(over))
    with public_context():
        assert tasks.renew() == 0
    monkeypatch.setattr(invoicing, "RENEWED_BEFORE", timedelta(days=40))
    with public_context():
        tasks.renew()
        assert invoicing.renewal(bought(over), over.company) is None
    paper = invoices(over)[0]
    ends = timezone.localdate(bought(over).period_end)
    assert (paper["status"], paper["period"][0], paper["due_date"]) == ("open", ends.isoformat(), ends.isoformat())
    confirm(paper)
    assert standing(over)["last_day"] == paper["period"][1]


def test_time_that_is_not_paid_for_runs_out(over: Api):
    confirm(transfers(over))
    with subscriptions.changing(over.company.pk) as found:
        found.period_end = timezone.now()
    with public_context():
        tasks.sweep()
    assert standing(over)["status"] == "past_due"
    assert Tenant.objects.get(pk=over.company.pk).state == Tenant.State.PAST_DUE


@pytest.mark.parametrize("method", ["alipay", "wechat_pay"])
def test_a_wallet_pays_at_once_or_tells_later(over: Api, stripe: StripeServer, deliver, method: str):
    told = order(over, method=method)
    stripe.buyer.scans(session_of(told))
    deliver()
    assert (standing(over)["status"], payments(over)[0].status) == ("past_due", "pending")
    stripe.buyer.wallet_answers(session_of(told), paid=True)
    deliver()
    (payment,) = payments(over)
    assert (standing(over)["status"], standing(over)["collection"]) == ("active", "prepaid")
    assert (payment.method, payment.status) == (method, "succeeded")


def test_a_wallet_that_does_not_pay_leaves_the_invoice_open(over: Api, stripe: StripeServer, deliver):
    told = order(over, method="alipay")
    stripe.buyer.scans(session_of(told))
    stripe.buyer.wallet_answers(session_of(told), paid=False)
    deliver()
    paper = invoices(over)[0]
    assert (standing(over)["status"], paper["status"], paper["payment"]["status"]) == ("past_due", "open", "failed")
    again = over.post(f"/billing/invoices/{paper['id']}/pay/", {"method": "wechat_pay"})
    stripe.buyer.scans(session_of(again))
    stripe.buyer.wallet_answers(session_of(again), paid=True)
    deliver()
    assert standing(over)["status"] == "active"
    assert [one.status for one in payments(over)] == ["failed", "succeeded"]


def test_a_page_nobody_came_back_to_has_expired(over: Api, stripe: StripeServer, deliver):
    stripe.buyer.leaves(session_of(order(over, method="alipay")))
    deliver()
    (payment,) = payments(over)
    assert (payment.status, payment.failure) == ("failed", "expired")


def test_the_e_invoice_needs_a_title_and_money(over: Api):
    paper = transfers(over)
    ask = f"/billing/invoices/{paper['id']}/einvoice/"
    assert over.post(ask, status=409)["code"] == "no_title"
    special = {"title": "申测仪器有限公司", "kind": "special"}
    assert over.put("/billing/title/", special, 422)["errors"][0]["path"] == "tax_number"
    assert over.put("/billing/title/", {**special, "tax_number": "x"}, 422)["errors"][0]["path"] == "tax_number"
    over.put("/billing/title/", {**special, "tax_number": "91310000MA1FL0XX1X"}, 200)
    assert over.get("/billing/title/")["title"] == "申测仪器有限公司"
    assert over.post(ask, status=409)["code"] == "not_paid"
    confirm(paper)
    told = over.post(ask)
    assert (told["einvoice"]["status"], told["title"]["tax_number"]) == ("requested", "91310000MA1FL0XX1X")
    operators.issue_einvoice(paper["number"], "24312000000012345678", "https://example.com/e.pdf", by=LI)
    assert invoices(over)[0]["einvoice"] == {
        "status": "issued",
        "label": "Issued",
        "number": "24312000000012345678",
        "url": "https://example.com/e.pdf",
    }


def test_an_operator_gives_days_and_plans(over: Api):
    operators.extend_trial(over.company, 10, by=LI)
    assert (standing(over)["status"], standing(over)["days_left"]) == ("trial", 10)
    operators.comp(over.company, "factory", 60, date(2099, 1, 1), by=LI, reason="pilot")
    told = standing(over)
    assert (told["status"], told["collection"], told["seats"], told["plan"]["code"]) == ("active", "free", 60, "factory")
    with pytest.raises(Refused, match="bought"):
        operators.extend_trial(over.company, 10, by=LI)


def test_a_suspended_company_can_pay_and_goes_on(over: Api):
    lifecycle.suspend(over.company, by=LI)
    directory.forget([directory.host_of(over.company.slug)])
    assert over.ask("post", "/partners/partners/", {"name": "x"})[0] == 403
    confirm(transfers(over))
    directory.forget([directory.host_of(over.company.slug)])
    over.create("partners.partner", {"name": "Steel"})


def test_a_company_that_leaves_is_not_called_back_by_a_payment(over: Api):
    paper = transfers(over)
    lifecycle.cancel(over.company, by=LI)
    confirm(paper)
    assert Tenant.objects.get(pk=over.company.pk).state == Tenant.State.CANCELLED


def test_an_invoice_that_is_taken_back_cannot_be_paid_for(over: Api, stripe: StripeServer):
    paper = transfers(over)
    operators.void(paper["number"], by=LI)
    assert over.post(f"/billing/invoices/{paper['id']}/pay/", {"method": "alipay"}, 409)["code"] == "not_open"


def test_numbers_have_no_gaps(over: Api):
    numbers = sorted(transfers(over, seats=seats)["number"] for seats in (15, 16, 17))
    assert [int(one[-6:]) - int(numbers[0][-6:]) for one in numbers] == [0, 1, 2]


def test_a_discount_for_once_is_neither_renewed_nor_credited(over: Api):
    with public_context():
        Coupon.objects.get_or_create(code="HALF", defaults={"percent_off": "50"})
        Coupon.objects.get_or_create(code="FRIEND", defaults={"percent_off": "10", "forever": True})
    confirm(transfers(over, period="year", coupon="HALF"))
    assert (invoices(over)[0]["total"], standing(over)["renewal"]) == ("6495.00", "12990.00")
    shown = over.post("/billing/preview/", {"plan": "factory", "period": "year", "coupon": "FRIEND"})
    assert (shown["now"], shown["renewal"]) == ("29496.00", "35991.00")  # 39990 less a tenth, less the 6495 that were paid
    confirm(transfers(over, plan="factory", period="year", coupon="FRIEND"))
    assert standing(over)["renewal"] == "35991.00"


def test_a_card_begins_to_pay_when_nothing_is_paid_in_advance(over: Api, stripe: StripeServer, deliver):
    confirm(transfers(over))
    assert [one["value"] for one in standing(over)["methods"]] == ["alipay", "wechat_pay", "bank_transfer"]
    assert order(over, 409)["code"] == "prepaid"
    with subscriptions.changing(over.company.pk) as found:
        found.period_end = timezone.now()
    stripe.buyer.pays(session_of(order(over)))
    deliver()
    assert standing(over)["collection"] == "card"
