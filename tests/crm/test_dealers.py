"""What an evaluation knows of a dealer beyond purchases (P-A.6): target, territory, service, and the figures a company keeps itself."""

from __future__ import annotations

from decimal import Decimal

from kernel import clock
from tests import trade
from tests.api import Api
from tests.crm.sales import PROJECT
from tests.trade import some

FORMULAS = ("100 - outside", "attainment", "own_dealer_stock * 10", "100 - service_cost / 10", "100 - disputes * 20")


def test_a_dealer_is_measured_by_target_territory_stock_and_service(api: Api):
    """300 of 400 won in the East, which is theirs; 1,000 bought of 2,000; 7 in stock; a service call of 120 that was a complaint."""
    east, town = (some(name) for name in ("East", "Town"))
    land = api.create("organization.region", {"name": east})["id"]
    api.create("organization.region", {"name": town, "parent": land})
    api.create("kernel.customfield", {"resource": "partners.partner", "name": "dealer_stock", "label": "Machines in stock", "kind": "int"})
    assert {row["name"]: row["label"] for row in api.get("/crm/facts/")["rows"]}["own_dealer_stock"] == "Machines in stock"
    dealer = trade.customer(api, kind="dealer", custom={"dealer_stock": 7})["id"]
    api.create("partners.agency", {"partner": dealer, "kind": "theirs", "brand": some("MW"), "regions": [land], "target": "2000"})
    api.act(trade.contract(api, {"item": trade.item(api)["id"]}, customer=dealer), "sign")
    for region, amount in ((town, "300"), (some("West"), "100")):
        won = api.create(
            PROJECT, {"title": some("P"), "end_user": some("U"), "scope": "UTM", "dealer": dealer, "region": region, "amount": amount}
        )
        for verb in ("submit", "protect", "win"):
            won = api.act(won, verb)["document"]
    said = {"partner": dealer, "kind": "service", "subject": "Load cell", "day": clock.now().date().isoformat()}
    api.act(api.create("crm.activity", said), "finish", result="complaint", cost="120")
    factors = [{"name": formula, "weight": "1", "formula": formula} for formula in FORMULAS]
    model = api.create(
        "crm.evaluationmodel", {"name": some("Dealers"), "kind": "dealer", "factors": factors, "bands": [{"grade": "B", "least": "50"}]}
    )
    api.act(model, "run")
    one = api.one("crm.evaluation", f"partner={dealer}&model={model['id']}")
    assert [Decimal(row["points"]) for row in one["detail"]] == [75, 50, 70, 88, 80]
    assert (one["score"], one["grade"]) == ("72.6", "B") and "Machines in stock: 7" in one["detail"][2]["basis"]
    assert api.create("crm.activity", {**said, "cost": "-1"}, 422)["errors"][0]["path"] == "cost"


def test_what_was_sold_abroad_counts_at_its_rate(api: Api):
    """1,000 USD at 7.2 are 7,200 CNY, in what the customer bought and in the opportunity its contract wins."""
    api.create("pricing.exchangerate", {"currency": "USD", "rate": "7.2", "valid_from": "2020-01-01", "valid_to": "2099-12-31"})
    who = trade.customer(api)["id"]
    one = api.create(
        "crm.opportunity", {"title": "Abroad", "customer": who, "products": [{"item": trade.item(api, "7200")["id"], "quantity": "1"}]}
    )
    quote = api.made(one, "quote", "quoting.quote")
    quote = api.act(api.change(quote, {"currency": "USD"}), "send")["document"]
    agreed = api.act(api.made(quote, "accept", "contracts.contract"), "sign")["document"]
    assert (agreed["currency"], api.again(one)["state"]) == ("USD", "won")
    worth = Decimal(agreed["total"]) * Decimal("7.2")
    assert Decimal(api.again(one)["amount"]) == worth
    factors = [{"name": "Purchase", "weight": "1", "formula": "purchase"}]
    model = api.create("crm.evaluationmodel", {"name": some("Model"), "factors": factors})
    api.act(model, "run")
    (told,) = api.one("crm.evaluation", f"partner={who}&model={model['id']}")["detail"]
    assert Decimal(told["facts"]["purchase"]) == worth
    assert Decimal(api.get(f"/partners/partners/{who}/desk/")["figures"]["contracted"]) == worth
