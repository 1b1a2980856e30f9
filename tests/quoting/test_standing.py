"""Choices that somebody has agreed to stay as they were agreed to, and revisions keep a company's own numbers (spec 2.2, 2.3)."""

from __future__ import annotations

import pytest

from tenant_apps.quoting.models import Quote
from tenants.context import tenant_context
from tests import trade
from tests.api import Api, Json, at
from tests.quoting.test_configured import configured, published
from tests.quoting.test_link import SIGNATURE, mailed
from tests.selection.test_tables import V1


@pytest.fixture(scope="module")
def table(api: Api) -> Json:
    return published(api)


def test_what_is_decided_about_cannot_become_another_machine(api: Api, table: Json, as_role):
    seller = as_role("Sales engineer")
    choice, machine = configured(seller, table), api.again(table)["item"]["id"]
    made = trade.quote(seller, {"item": machine, "configuration": choice["id"], "discount": "12"})
    waiting = seller.act(made, "submit")["document"]
    assert waiting["state"] == "submitted"
    told = seller.change(choice, {"choices": V1 | {"software": "SW-A"}}, 409)
    assert told["code"] == "gone_out" and waiting["number"] in told["detail"] and "Take that back first" in told["detail"]
    approved = api.act(waiting, "approve")["document"]
    assert seller.change(choice, {"choices": V1 | {"software": "SW-A"}}, 409)["code"] == "gone_out"
    seller.act(seller.again(approved), "withdraw")
    seller.change(choice, {"choices": V1 | {"warranty": "36"}})


def test_a_contract_that_was_mailed_is_not_signed_for_another_machine(api: Api, table: Json):
    choice = configured(api, table)
    who = trade.customer(api, contacts=[{"name": "Li", "email": "li@choices.example"}])
    line = {"item": api.again(table)["item"]["id"], "configuration": choice["id"], "quantity": "1", "unit_price": "256800"}
    agreed = api.create("contracts.contract", {"customer": who["id"], "lines": [line]})
    customer, link = mailed(api, agreed)
    assert customer.get(link)["standing"] == "open"
    choice = api.change(choice, {"choices": V1 | {"software": "SW-A"}})
    assert customer.get(link)["standing"] == "superseded"
    customer, link = mailed(api, api.again(agreed))
    customer.post(f"{link}accept/", {"name": "Li", "signature": SIGNATURE})
    told = api.change(choice, {"choices": V1}, 409)
    assert told["code"] == "gone_out" and agreed["number"] in told["detail"]


def test_revisions_go_on_with_a_number_of_the_companys_own_kind(api: Api):
    made = trade.quote(api, {"item": trade.item(api)["id"]})
    with tenant_context(api.company):
        Quote.objects.filter(pk=made["id"]).update(number="BJ-RD2026-0007")
    second = api.made(api.act(api.again(made), "send")["document"], "revise", "quoting.quote")
    assert (second["number"], second["revision"]) == ("BJ-RD2026-0007-R2", 2)
    third = api.made(api.act(second, "send")["document"], "revise", "quoting.quote")
    assert third["number"] == "BJ-RD2026-0007-R3"
    told = api.act(api.again(made), "send", 409)
    assert third["number"] in told["detail"]
    api.delete(f"{at('quoting.quote')}{third['id']}/", **{"If-Match": str(third["version"])})
    assert api.again(second)["state"] == "sent"
