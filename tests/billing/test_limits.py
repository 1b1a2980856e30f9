"""What the plan allows is enforced with a sentence and a way on; nothing is ever taken away."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.utils import timezone

from kernel import limits
from shared_apps.billing import measuring, subscriptions
from shared_apps.billing.models import Plan, Usage
from tenants.context import public_context, tenant_context
from tests import trade
from tests.api import Api
from tests.billing.conftest import bought, usage
from tests.founding import browser


@pytest.fixture
def small(buyer: Api):
    """`small(seats=2)`: the company's plan has room for only so much."""

    def narrow(**most: int | list[str]) -> Api:
        values = {"seats": 5, "storage_gb": 1, "documents": 100, "api_calls": 100, **most}
        prices = dict.fromkeys(("monthly", "yearly", "seat_monthly", "seat_yearly"), 1)
        subscriptions.of(buyer.company)
        with public_context():
            plan = Plan.objects.create(code=f"p{buyer.company.pk}", name="小", name_en="Small", on_sale=False, **values, **prices)
        with subscriptions.changing(buyer.company.pk) as found:
            found.plan, found.seats = plan, values["seats"]
        return buyer

    return narrow


def measure(api: Api) -> dict[str, int]:
    with tenant_context(api.company):
        return measuring.measure()


def member(api: Api) -> dict:
    return api.create("organization.member", {"name": trade.some("Li"), "email": f"{trade.some('x').replace(' ', '')}@example.com"})


def program(api: Api) -> Api:
    token = api.post("/me/tokens/", {"name": "shop"}, 201)["token"]
    return Api(api.company, browser(api.company, HTTP_AUTHORIZATION=f"Bearer {token}"))


def test_one_colleague_more_than_seats_is_not_invited(small):
    api = small(seats=2)
    first, second = member(api), member(api)
    api.act(first, "invite")
    told = api.refused(second, "invite", "limit_seats", 403)
    assert told["detail"].startswith("All 2 seats of your plan are taken.")
    assert told["help"] == [{"label": "Subscription", "action": "page.subscription.open", "values": {}}]
    api.act(first, "invite")  # sending it again takes no further seat
    assert usage(api)["seats"] == {"name": "seats", "unit": "count", "used": 2, "most": 2}


def test_a_seat_bought_is_a_colleague_invited(small):
    api = small(seats=1)
    newcomer = member(api)
    api.refused(newcomer, "invite", "limit_seats", 403)
    with subscriptions.changing(api.company.pk) as found:
        found.seats = 2
    api.act(newcomer, "invite")


def test_a_leaver_frees_a_seat_and_a_smaller_plan_throws_nobody_out(small, buyer: Api):
    colleagues = [trade.join(buyer, "Finance") for _ in range(2)]
    api = small(seats=1)
    assert all(one.get("/meta/") for one in colleagues)
    newcomer = member(api)
    api.refused(newcomer, "invite", "limit_seats", 403)
    for one in colleagues:
        api.act(api.read("organization.member", one.member), "disable")
    with subscriptions.changing(api.company.pk) as found:
        found.seats = 2
    api.act(newcomer, "invite")


def test_a_file_that_does_not_fit_is_refused_and_what_is_there_stays(small, settings):
    settings.MAX_UPLOAD_BYTES = limits.GB
    api = small(storage_gb=1)
    there = api.post("/files/", {"name": "a.step", "size": 3, "type": "text/plain"}, 201)
    assert api.client.put(there["upload"]["url"], b"abc", content_type="text/plain").status_code == 200
    told = api.post("/files/", {"name": "b.step", "size": limits.GB - 2}, 413)
    assert (told["code"], "Nothing was deleted" in told["detail"]) == ("limit_storage", True)
    api.post("/files/", {"name": "c.step", "size": limits.GB - 3}, 201)
    assert api.client.get(f"/api/v1/files/{there['id']}/").status_code == 200


def test_programs_and_imports_stop_a_tenth_beyond_the_documents_and_people_go_on(small):
    api = small(documents=10)
    shop, lines = program(api), [{"item": trade.machine(api)["id"]}]
    wanted = {"customer": trade.customer(api)["id"], "title": "x", "lines": lines}
    for _ in range(10):
        api.create("quoting.quote", wanted)
    assert measure(api)["documents"] == 10
    shop.create("quoting.quote", wanted)
    assert measure(api)["documents"] == 11
    told = shop.create("quoting.quote", wanted, 403)
    assert (told["code"], "People can go on" in told["detail"]) == ("limit_documents", True)
    api.create("quoting.quote", wanted)
    (notice,) = api.get("/meta/")["limits"]
    assert (notice["name"], "People can go on" in notice["detail"]) == ("documents", True)
    shop.create("partners.partner", {"name": trade.some("Steel")})  # master data is free
    assert usage(api)["documents"] == {"name": "documents", "unit": "count", "used": 12, "most": 10}


def test_calls_of_programs_end_with_the_months_number_and_the_browser_goes_on(small):
    api = small(api_calls=3)
    shop = program(api)
    for _ in range(3):
        shop.get("/meta/")
    told = shop.client.get("/api/v1/meta/")
    assert (told.status_code, told.json()["code"]) == (429, "limit_api_calls")
    assert 0 < int(told["Retry-After"]) <= 31 * 24 * 3600
    api.get("/meta/")
    assert usage(api)["api_calls"]["used"] == 3  # a refused call is not counted


def test_a_cache_that_was_emptied_forgets_no_calls(small):
    api = small(api_calls=3)
    shop = program(api)
    for _ in range(3):
        shop.get("/meta/")
    measure(api)
    with tenant_context(api.company):
        cache.delete(limits._slot())
    shop.get("/meta/", 429)


def keys(api: Api) -> set[str]:
    return {item["key"] for group in api.get("/meta/")["menu"] for item in group["items"]}


def test_a_plan_opens_what_it_holds_and_what_was_made_before_stays_to_be_read(small, buyer: Api):
    offer = trade.quote(buyer)
    there = buyer.read("partners.partner", offer["customer"]["id"])
    assert "contracts.contract" in keys(buyer)
    api = small(apps=["catalog"])
    assert (api.again(there) == there, api.again(offer)["number"]) == (True, offer["number"])
    refused = [
        api.create("partners.partner", {"name": "x"}, 403),
        api.change(there, {"name": "x"}, 403),
        api.act(offer, "send", 403),
        api.post("/partners/partners/bulk/", {"ids": [there["id"]], "verb": "delete"}, 403),
    ]
    assert {one["code"] for one in refused} == {"limit_apps"}
    assert {one["help"][0]["action"] for one in refused} == {"page.subscription.open"}
    assert {"catalog.item", "organization.member", "kernel.customfield", "console.feedback", "quoting.quote"} <= keys(api)
    assert not {"contracts.contract", "sales.order", "inventory.warehouse"} & keys(api)
    told = api.get("/meta/partners/partners/")
    assert (told["actions"], set(told["can"].values()), "larger plan" in told["closed"]) == ({}, {False, True}, True)
    assert (told["can"]["export"], told["can"]["create"], api.get("/meta/catalog/items/")["closed"]) == (True, False, "")
    api.create("console.feedback", {"title": "A larger plan?"})
    api.create("kernel.customfield", {"resource": "catalog.item", "name": "shelf", "label": "Shelf", "kind": "text"})


def test_companies_push_one_row_a_month_each_its_own(small, founded):
    api = small()
    other = Api.of_owner(founded())
    trade.customer(api)
    trade.quote(api)
    for one in (api, other, api):
        measure(one)
    with public_context():
        rows = {row.tenant_id: row for row in Usage.objects.filter(tenant_id__in=(api.company.pk, other.company.pk))}
    assert (len(rows), rows[api.company.pk].documents, rows[other.company.pk].documents) == (2, 1, 0)
    assert rows[api.company.pk].month == timezone.localdate().replace(day=1)
    assert bought(other).status == "trial"


def test_asking_what_is_allowed_costs_no_query(small):
    api = small()
    shop = program(api)
    shop.get("/meta/")
    assert api.statements("/partners/partners/") == shop.statements("/partners/partners/") - 1  # the token itself


def test_only_the_administrator_sees_what_is_paid(small):
    api = small()
    seller = trade.join(api, "Sales engineer")
    for method, path in (("get", ""), ("get", "plans/"), ("get", "invoices/"), ("post", "order/"), ("post", "portal/"), ("put", "title/")):
        assert seller.ask(method, f"/billing/{path}", None if method == "get" else {})[0] == 403, path
    assert Api(api.company, browser(api.company)).ask("get", "/billing/")[0] == 401


def test_one_companys_invoice_is_nobodys_at_another(small, founded):
    api, other = small(), Api.of_owner(founded())
    mine = other.post("/billing/order/", {"plan": "team", "period": "month", "method": "bank_transfer"})["invoice"]
    for verb in ("pay", "transferred", "einvoice"):
        assert api.post(f"/billing/invoices/{mine}/{verb}/", {"method": "alipay"}, 404) == api.post(
            f"/billing/invoices/{2**40}/{verb}/", {"method": "alipay"}, 404
        )
    assert api.get("/billing/invoices/")["rows"] == []
