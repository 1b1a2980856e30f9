"""A milestone that was accepted is invoiced and paid, through Stripe or by bank transfer; both sides see it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shared_apps.billing import webhooks
from tenants.context import public_context
from tests.api import Api, Json
from tests.billing.conftest import order, session_of
from tests.billing.stripe_server import StripeServer
from tests.console.conftest import account, client_of, operator

__all__ = ["account", "operator"]


@pytest.fixture
def consultant(operator: Callable[..., Api]) -> Api:
    return operator("consultant")


@pytest.fixture
def accepted(buyer: Api, consultant: Api) -> Json:
    """The first of the milestones of a contract over 100,000."""
    project = consultant.create("implementation.project", {"client": client_of(consultant, buyer.company)["id"], "name": "上线"})
    contract = consultant.create("implementation.servicecontract", {"project": project["id"], "title": "实施服务", "total": "100000.00"})
    consultant.act(contract, "offer")
    buyer.act(buyer.again(contract), "sign", name="王建国")
    first = consultant.rows("implementation.milestone", f"contract={contract['id']}&sort=position")[0]
    delivered = consultant.act(consultant.act(consultant.again(first), "begin")["document"], "deliver")["document"]
    return buyer.act(buyer.again(delivered), "accept", name="王建国")["document"]


@pytest.fixture
def invoiced(accepted: Json, consultant: Api) -> Json:
    return consultant.act(consultant.again(accepted), "invoice")["document"]


def paper_of(buyer: Api, milestone: Json) -> Json:
    (found,) = [row for row in buyer.get("/billing/invoices/")["rows"] if row["number"] == milestone["invoice_no"]]
    return found


def test_the_company_finds_the_invoice_of_what_it_accepted(invoiced: Json, buyer: Api):
    paper = paper_of(buyer, invoiced)
    assert (paper["about"], paper["status"], paper["total"]) == ("milestone", "open", invoiced["amount"])
    assert invoiced["name"] in paper["lines"][0]["text"]


def test_it_is_paid_at_the_milestone_itself(
    accepted: Json, invoiced: Json, buyer: Api, consultant: Api, stripe: StripeServer, deliver, founded
):
    place = f"/implementation/milestones/{invoiced['id']}/payment/"
    shown = buyer.get(place)
    assert (shown["invoice"]["number"], shown["invoice"]["status"], shown["pays"]) == (invoiced["invoice_no"], "open", True)
    assert [one["value"] for one in shown["methods"]] == ["alipay", "wechat_pay", "card"]
    page = session_of(buyer.post(f"/billing/invoices/{shown['invoice']['id']}/pay/", {"method": "card"}))
    assert stripe.store.find("checkout.session", page)["success_url"].endswith(f"/w/doc/implementation.milestone/{invoiced['id']}?paid=1")
    stripe.buyer.pays(page)
    deliver()
    told = consultant.get(place)
    assert (told["invoice"]["status"], told["pays"], buyer.again(invoiced)["state"]) == ("paid", False, "paid")
    assert Api.of_owner(founded()).ask("get", place)[0] == 404
    (planned, *_) = buyer.rows("implementation.milestone", f"contract={accepted['contract']['id']}&state=planned")
    assert buyer.get(f"/implementation/milestones/{planned['id']}/payment/")["invoice"] is None


def test_a_transfer_of_another_amount_is_refused_and_the_right_one_pays_it(invoiced: Json, buyer: Api, consultant: Api):
    refused = consultant.act(invoiced, "pay", 422, amount="20000.00", reference="ICBC 1")
    assert "10,000.00" in refused["errors"][0]["detail"]
    too_much = consultant.act(invoiced, "pay", 422, amount="30000.01", reference="ICBC 1")
    assert "0.01" in too_much["errors"][0]["detail"]
    consultant.act(invoiced, "pay", amount="30000.00", reference="ICBC 1")
    seen = buyer.again(invoiced)
    assert (seen["state"], seen["payment"].endswith(" ICBC 1"), paper_of(buyer, invoiced)["status"]) == ("paid", True, "paid")
    assert buyer.again(seen["contract"] | {"_key": "implementation.servicecontract"})["paid"] == "30000.00"


def test_whoever_keeps_the_platforms_books_invoices_and_records_and_does_not_deliver(
    accepted: Json, consultant: Api, operator: Callable[..., Api]
):
    finance = operator("finance")
    invoiced = finance.act(finance.again(accepted), "invoice")["document"]
    assert finance.act(invoiced, "pay", amount="30000.00", reference="ICBC 2")["document"]["state"] == "paid"
    (planned, *_) = consultant.rows("implementation.milestone", f"contract={accepted['contract']['id']}&state=planned")
    finance.act(planned, "begin", 403)


def test_it_is_paid_at_stripe_and_news_may_come_twice_and_backwards(invoiced: Json, buyer: Api, stripe: StripeServer, deliver):
    page = buyer.post(f"/billing/invoices/{paper_of(buyer, invoiced)['id']}/pay/", {"method": "alipay"})
    stripe.buyer.scans(session_of(page))
    stripe.buyer.wallet_answers(session_of(page), paid=True)
    assert set(deliver([*stripe.store.events[::-1], *stripe.store.events])) == {200}
    assert (buyer.again(invoiced)["state"], paper_of(buyer, invoiced)["payment"]["status"]) == ("paid", "succeeded")
    assert [row["status"] for row in buyer.get("/billing/invoices/")["rows"]] == ["paid"]


def test_a_payment_nobody_told_of_is_found_at_night(invoiced: Json, buyer: Api, stripe: StripeServer):
    page = buyer.post(f"/billing/invoices/{paper_of(buyer, invoiced)['id']}/pay/", {"method": "card"})
    stripe.buyer.pays(session_of(page))
    assert buyer.again(invoiced)["state"] == "invoiced"
    with public_context():
        webhooks.reconcile()
    assert buyer.again(invoiced)["state"] == "paid"


def test_a_subscription_ordered_meanwhile_leaves_the_milestones_invoice_alone(invoiced: Json, buyer: Api, stripe: StripeServer):
    page = session_of(buyer.post(f"/billing/invoices/{paper_of(buyer, invoiced)['id']}/pay/", {"method": "alipay"}))
    order(buyer, method="bank_transfer")
    assert (paper_of(buyer, invoiced)["status"], stripe.store.find("checkout.session", page)["status"]) == ("open", "open")


def test_the_e_invoice_is_asked_for_as_for_a_subscription(invoiced: Json, buyer: Api, consultant: Api):
    buyer.put("/billing/title/", {"title": "申测仪器有限公司", "kind": "special", "tax_number": "91310000MA1FL0XX1X"}, 200)
    consultant.act(invoiced, "pay", amount=invoiced["amount"], reference="ICBC 1")
    told = buyer.post(f"/billing/invoices/{paper_of(buyer, invoiced)['id']}/einvoice/")
    assert (told["einvoice"]["status"], told["tax"]) == ("requested", "1698.11")
