"""Terms beyond the usual plan: supposed ones, invoices by stage, gates, delivery plans, contracts by which we buy (spec 2.4)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests import trade
from tests.api import Api, Json
from tests.contracts.test_changes import begun, drafted, plan, signed

HUNDRED = "100"


def scheme(api: Api, *stages: Json) -> int:
    named = [{"name": f"Stage {at}", **stage} for at, stage in enumerate(stages, 1)]
    return api.create("contracts.scheme", {"name": trade.some("Terms"), "lines": named})["id"]


def suppose(api: Api, document: Json, status: int = 200, **values: object) -> Json:
    return api.post("/contracts/supposing/", {"resource": document["_key"], "id": document["id"], **values}, status)


def test_other_terms_are_supposed_without_saving(api: Api):
    """100,000, half on shipment and half 90 days later, at 5 % a year: (50,000 × 90) × 5 % / 365 = 616.44."""
    agreed = drafted(api, {"item": trade.machine(api, "100000")["id"]}, contract_date="2026-11-22", delivery_date="2027-02-01")
    assert (before := suppose(api, agreed)["now"])["stages"][0]["due_date"] == "2026-11-29"
    stages = [
        {"name": "Shipment", "percent": "50", "trigger": "shipped"},
        {"name": "Later", "percent": "50", "trigger": "shipped", "offset_days": 90},
    ]
    told = suppose(api, agreed, plan=stages)
    assert told["now"] == before
    then = told["supposed"]
    assert [(one["amount"], one["due_date"]) for one in then["stages"]] == [("50000.00", "2027-02-01"), ("50000.00", "2027-05-02")]
    assert then["months"] == [{"month": "2027-02", "amount": "50000.00"}, {"month": "2027-05", "amount": "50000.00"}]
    assert (then["finance_cost"], then["days"], then["late"]) == ("616.44", "45.0", "50.00")
    moved = suppose(api, agreed, plan=stages, dates={"shipped": "2027-03-01"}, rate="10")["supposed"]
    assert (moved["stages"][1]["due_date"], moved["finance_cost"]) == ("2027-05-30", "1232.88")
    assert plan(api.again(agreed)) == plan(agreed)
    wrong = suppose(api, agreed, 422, plan=[{"name": "Half", "percent": "50"}])
    assert wrong["errors"][0]["code"] == "not_hundred"


def test_of_a_running_contract_what_is_paid_is_no_supposition(api: Api):
    agreed = signed(api, "100000")
    api.act(agreed, "receive", amount="30000")
    told = suppose(api, agreed, plan=[{"name": "Rest", "percent": "100", "trigger": "accepted"}])["supposed"]["stages"]
    assert [(one["amount"], one["paid"]) for one in told] == [("30000.00", True), ("70000.00", False)]


def test_a_quote_is_told_by_its_scheme(api: Api):
    offer = trade.quote(api, {"item": trade.machine(api, "100000")["id"]})
    other = scheme(api, {"percent": HUNDRED, "trigger": "accepted"})
    told = suppose(api, offer, scheme=other)
    assert len(told["now"]["stages"]) == 3 and [one["amount"] for one in told["supposed"]["stages"]] == ["100000.00"]


def test_a_change_order_writes_the_plan_anew(api: Api):
    """Of 30/60/10 the deposit is paid; the rest is to come in two halves, the first with an invoice before."""
    agreed = signed(api, "100000", delivery_date="2027-02-01")
    api.act(agreed, "receive", amount="30000")
    change = begun(api, agreed)
    assert [(row["seq"], row["percent"]) for row in change["plan"]] == [(1, "30"), (2, "60"), (3, "10")]
    rows = [
        change["plan"][0],
        {"seq": 2, "name": "Shipped", "percent": "1", "trigger": "shipped"},
        {"name": "Accepted", "percent": "1", "trigger": "accepted"},
    ]
    told = api.change(change, {"plan": rows[1:]}, 422)
    assert told["errors"][0]["code"] == "paid_already"
    shown = api.get(f"/contracts/changes/{api.change(change, {'plan': rows})['id']}/desk/")["plan"]
    assert [(one["before"] and one["before"]["name"], one["after"] and one["after"]["name"]) for one in shown] == [
        ("Deposit", "Deposit"), ("Before shipment", "Shipped"), (None, "Accepted"), ("Retention", None),
    ]  # fmt: skip
    api.act(change, "apply")
    after = api.again(agreed)
    assert [(line["name"], line["amount"], line["trigger"]) for line in after["plan"]][1:] == [
        ("Shipped", "35000.00", "shipped"), ("Accepted", "35000.00", "accepted"),
    ]  # fmt: skip
    dues = trade.dues(api, after)
    assert [(due["name"], due["amount"], due["forecast_date"]) for due in dues][1:] == [
        ("Shipped", "35000.00", "2027-02-01"), ("Accepted", "35000.00", "2027-03-03"),
    ]  # fmt: skip


def test_a_stage_is_invoiced_with_each_rate_and_to_the_cent(api: Api):
    """30 % of 113,000 at 13 % and 10,600 at 6 %: one invoice of 37,080, its lines by rate."""
    goods, service = trade.item(api, "113000"), trade.item(api, "10600", rate="6", supply="service")
    agreed, placed = trade.order(api, {"item": goods["id"]}, {"item": service["id"]})
    stage = trade.dues(api, agreed)[0]
    invoice = api.made(agreed, "bill", "finance.invoice", stage=stage["id"])
    assert (invoice["total"], invoice["due"]["id"]) == ("37080.00", stage["id"])
    assert [(line["amount"], line["tax_rate"]) for line in invoice["lines"]] == [("33900.00", "13"), ("3180.00", "6")]
    kept = [line["retained"] for line in api.get(f"/contracts/contracts/{agreed['id']}/desk/")["lines"]]
    assert kept == ["11300.00", "1060.00"]
    api.refused(agreed, "bill", "invoiced", stage=stage["id"])
    api.act(invoice, "issue")
    assert (api.again(agreed)["invoiced"], api.again(placed)["invoiced"]) == ("37080.00", "37080.00")
    rest = api.made(placed, "invoice", "finance.invoice")
    assert Decimal(rest["total"]) == Decimal("86520.00")
    api.act(api.act(invoice, "reverse", reason="Wrong")["document"], "reverse", status=409, reason="Again")
    assert api.again(agreed)["invoiced"] == "0.00"


def test_a_stage_of_one_rate_is_invoiced_at_that_rate(api: Api):
    goods, service = trade.item(api, "113000"), trade.item(api, "10600", rate="6", supply="service")
    terms = scheme(api, {"percent": "95"}, {"percent": "5", "bill_rate": "6"})
    agreed = drafted(api, {"item": goods["id"]}, {"item": service["id"]}, scheme=terms)
    api.act(agreed, "sign", order=False)
    invoice = api.made(agreed, "bill", "finance.invoice", stage=trade.dues(api, agreed)[1]["id"])
    assert [(line["amount"], line["tax_rate"]) for line in invoice["lines"]] == [("6180.00", "6")]
    api.act(invoice, "issue")
    assert api.again(agreed)["invoiced"] == "6180.00"
    told = api.create("contracts.contract", {"customer": agreed["customer"]["id"], "scheme": terms, "lines": [{"item": goods["id"]}]}, 422)
    assert told["errors"][0]["code"] == "no_such_rate"


@pytest.mark.parametrize(("rule", "soft"), [("receipt", False), ("delivery", False), ("acceptance", False), ("receipt", True)])
def test_an_invoice_that_comes_too_early_is_refused_or_told(api: Api, rule: str, soft: bool):
    agreed, placed = trade.order(api, {"item": trade.item(api)["id"]}, scheme=scheme(api, {"percent": HUNDRED, "bill": rule, "soft": soft}))
    whole = api.made(placed, "invoice", "finance.invoice")
    if soft:
        api.act(whole, "issue")
        assert any("was issued although" in one["title"] and agreed["number"] in one["title"] for one in api.get("/me/messages/")["rows"])
        return
    assert agreed["number"] in api.refused(whole, "issue", "invoice_too_early")["detail"]
    if rule == "receipt":
        api.act(agreed, "receive", amount=agreed["total"])
        api.act(whole, "issue")


def test_money_before_its_invoice_is_told(api: Api):
    agreed = signed(api, scheme=scheme(api, {"percent": HUNDRED, "bill": "before"}))
    api.act(agreed, "receive", amount="1000")
    assert any("before it was invoiced" in one["title"] and agreed["number"] in one["title"] for one in api.get("/me/messages/")["rows"])


def told(api: Api, agreed: Json) -> list[str]:
    """What its owner was reminded to invoice."""
    titles = [one["title"] for one in api.get("/me/messages/")["rows"]]
    return sorted(title.split("”")[0].strip("“") for title in titles if "is to be invoiced now" in title and agreed["number"] in title)


def test_a_stage_is_reminded_of_when_it_is_to_be_invoiced(api: Api):
    stages = [
        {"percent": "30", "bill": "before"}, {"percent": "30", "bill": "receipt"}, {"percent": "30", "bill": "delivery"},
        {"percent": "10", "bill": "any"},
    ]  # fmt: skip
    agreed, placed = trade.order(api, {"item": trade.stocked(api)["id"]}, scheme=scheme(api, *stages))
    assert told(api, agreed) == ["Stage 1"]
    api.act(agreed, "receive", amount="600")
    assert told(api, agreed) == ["Stage 1", "Stage 2"]
    api.act(trade.delivery(api, placed), "ship")
    assert told(api, agreed) == ["Stage 1", "Stage 2", "Stage 3"]


def test_a_stage_blocks_purchasing_and_installation(api: Api):
    agreed = signed(api, "1000", scheme=scheme(api, {"percent": "50", "gate": "purchase"}, {"percent": "50", "gate": "install"}))
    supplier = api.create("partners.supplier", {"name": trade.some("Castings")})
    bought = api.made(agreed, "buy", "contracts.contract", supplier=supplier["id"])
    assert (bought["kind"], bought["lines"][0]["unit_price"]) == ("purchase", "133566")
    api.refused(bought, "sign", "purchase_unpaid")
    api.refused(agreed, "install", "installation_unpaid")
    api.act(agreed, "receive", amount="500")
    api.refused(bought, "sign", "not_approved")
    api.act(supplier, "approve")
    api.act(bought, "sign")
    api.refused(agreed, "install", "installation_unpaid")
    api.act(agreed, "receive", amount="500")
    api.act(agreed, "install")
    api.refused(agreed, "install", "begun")


def test_a_purchase_contract_is_paid_by_its_plan(api: Api):
    supplier = api.create("partners.supplier", {"name": trade.some("Castings")})
    api.act(supplier, "approve")
    stages = [{"name": "Deposit", "percent": "30", "offset_days": 5}, {"name": "Arrival", "percent": "70", "trigger": "arrived"}]
    agreed = drafted(api, {"item": trade.item(api)["id"], "unit_price": "1000"}, customer=supplier["id"], kind="purchase", plan=stages)
    api.act(agreed, "sign", on="2026-11-20")
    assert trade.dues(api, agreed) == []
    assert "pay" in api.again(agreed)["_actions"] and "receive" in api.again(agreed)["_blocked"]
    api.refused(agreed, "receive", "outgoing", amount="1")
    api.refused(agreed, "pay", "too_much", amount="1001")
    api.act(agreed, "pay", amount="400", reference="B1")
    now = api.again(agreed)
    assert (now["collected"], now["collected_rate"], now["stages_in"]) == ("400.00", "40", "1/2")
    api.refused(agreed, "complete", "unpaid")
    api.act(agreed, "reach", stage="arrived", on="2026-11-30")
    desk = api.get(f"/contracts/contracts/{agreed['id']}/desk/")
    assert [(line["arrived"], line["collected"]) for line in desk["lines"]] == [("1", "400.00")]
    assert [(one["due_date"], one["collected"]) for one in desk["plan"]] == [("2026-11-25", "300.00"), ("2026-11-30", "100.00")]
    api.act(agreed, "pay", amount="600")
    api.act(agreed, "complete")


def test_a_licence_that_ran_out_blocks_buying(api: Api):
    """Signing and changing; the refusal leads to the supplier."""
    paper = {"kind": "licence", "licence": "iso9001", "ends_on": "2099-01-01", "needed": True}
    supplier = api.create("partners.supplier", {"name": trade.some("Castings"), "papers": [paper]})
    api.act(supplier, "approve")
    stage = {"name": "All", "percent": "100"}
    first, second = (
        drafted(api, {"item": trade.item(api)["id"]}, customer=supplier["id"], kind="purchase", plan=[stage]) for _one in range(2)
    )
    assert first["total"] == "678.00", "at standard cost with VAT, not at the list price"
    api.act(first, "sign")
    change = begun(api, first)
    supplier = api.again(supplier)
    api.change(supplier, {"papers": [{"id": supplier["papers"][0]["id"], "ends_on": "2020-01-01"}]})
    told = api.refused(second, "sign", "licence_expired")
    assert told["help"][0] == {"label": "Open supplier", "action": "partners.supplier.open", "values": {"id": supplier["id"]}}
    api.refused(change, "apply", "licence_expired")


def test_a_suppliers_punctuality_follows_its_arrivals(api: Api):
    """One of two contracts came by the agreed day."""
    supplier = api.create("partners.supplier", {"name": trade.some("Castings"), "quality": "80"})
    api.act(supplier, "approve")
    stage = {"name": "All", "percent": "100", "trigger": "arrived"}
    for arrived in ("2026-11-10", "2026-11-11"):
        agreed = drafted(
            api, {"item": trade.item(api)["id"]}, customer=supplier["id"], kind="purchase", plan=[stage], delivery_date="2026-11-10"
        )
        api.act(agreed, "sign")
        api.act(agreed, "reach", stage="arrived", on=arrived)
    now = api.again(supplier)
    assert (now["punctuality"], now["score"]) == ("50", "62.9")  # (40·50 + 30·80) / 70


def test_a_stage_of_a_fixed_amount(api: Api):
    """A deposit of 50,000 of 231,000, 60 % before shipment, and what is left; a change leaves the deposit."""
    stages = [{"name": "Deposit", "fixed_amount": "50000"}, {"name": "Shipment", "percent": "60", "trigger": "ready"}, {"name": "Rest"}]
    agreed = drafted(api, {"item": trade.machine(api)["id"]}, plan=stages)
    assert plan(agreed) == ["50000.00", "138600.00", "42400.00"]
    stages[0]["fixed_amount"] = "60000"
    assert [one["amount"] for one in suppose(api, agreed, plan=stages)["supposed"]["stages"]] == ["60000.00", "138600.00", "32400.00"]
    agreed = api.act(agreed, "sign", order=False)["document"]
    change = begun(api, agreed)
    assert change["plan"][0]["fixed_amount"] == "50000.00"
    api.act(api.change(change, {"lines": [{"id": change["lines"][0]["id"], "unit_price": "241000"}]}), "apply")
    after = plan(api.again(agreed))
    assert after[0] == "50000.00" and sum(map(Decimal, after)) == 241000


def test_only_what_is_sold_is_bought_for(api: Api):
    frame = drafted(api, kind="framework", ceiling="1000")
    api.act(frame, "sign")
    supplier = api.create("partners.supplier", {"name": trade.some("Castings")})
    assert "purchase contract" in api.refused(frame, "buy", "not_sold", supplier=supplier["id"])["detail"]


def test_we_buy_from_suppliers_only(api: Api):
    told = api.create("contracts.contract", {"customer": trade.customer(api)["id"], "kind": "freight"}, 422)
    assert told["errors"][0]["code"] == "no_supplier"


def test_a_delivery_plan_goes_to_the_order_and_is_delivered_by_day(api: Api):
    item = trade.stocked(api)
    rows = [{"line": 1, "quantity": "4", "on": "2027-01-10"}, {"line": 1, "quantity": "6", "on": "2027-03-10"}]
    terms = trade.first(api, "contracts.scheme", name="100% 30 days after shipment")
    agreed = drafted(api, {"item": item["id"], "quantity": "10"}, scheme=terms, deliveries=rows)
    told = api.change(
        agreed,
        {"deliveries": [*rows, {"line": 1, "quantity": "1", "on": "2027-04-01"}, {"line": 7, "quantity": "1", "on": "2027-04-01"}]},
        422,
    )
    assert [(one["path"], one["code"]) for one in told["errors"]] == [
        ("deliveries.2.quantity", "too_much"),
        ("deliveries.3.line", "no_line"),
    ]
    placed = api.made(agreed, "sign", "sales.order")
    assert [(row["quantity"], row["on"]) for row in placed["deliveries"]] == [("4", "2027-01-10"), ("6", "2027-03-10")]
    api.refused(placed, "deliver", "not_yet", until="2026-12-31")
    sent = api.made(placed, "deliver", "logistics.delivery", until="2027-01-31")
    assert sent["lines"][0]["quantity"] == "4"
    api.act(sent, "ship")
    (line,) = api.get(f"/contracts/contracts/{agreed['id']}/desk/")["lines"]
    assert [(one["quantity"], one["done"]) for one in line["deliveries"]] == [("4", True), ("6", False)]


def test_an_arrival_makes_its_stage_due(api: Api):
    terms = scheme(api, {"percent": HUNDRED, "trigger": "arrived", "offset_days": 10})
    agreed, placed = trade.order(api, {"item": trade.stocked(api)["id"]}, scheme=terms)
    sent = trade.delivery(api, placed)
    api.act(api.act(sent, "ship")["document"], "arrive", on="2026-11-20")
    assert trade.dues(api, agreed)[0]["due_date"] == "2026-11-30"


def test_what_is_due_on_a_day_needs_the_day(api: Api):
    agreed = drafted(api, {"item": trade.item(api)["id"]}, scheme=scheme(api, {"percent": HUNDRED, "trigger": "fixed"}))
    api.refused(agreed, "sign", "no_date")
    line = {"id": agreed["plan"][0]["id"], "fixed_date": "2027-01-15"}
    api.act(api.change(agreed, {"plan": [line]}), "sign")
    assert trade.dues(api, agreed)[0]["due_date"] == "2027-01-15"
