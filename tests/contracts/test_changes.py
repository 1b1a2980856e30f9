"""Contracts of all kinds, and what becomes of a signed one (spec 2.4)."""

from __future__ import annotations

from decimal import Decimal

from tests import trade
from tests.api import Api, Json, where
from tests.faults.together import copies, together


def plan(agreed: Json) -> list[str]:
    return [line["amount"] for line in agreed["plan"]]


def begun(api: Api, agreed: Json) -> Json:
    return api.made(agreed, "amend", "contracts.change")


def drafted(api: Api, *lines: Json, **values: object) -> Json:
    """A contract from nothing."""
    customer = values.pop("customer", None) or trade.customer(api)["id"]
    return api.create("contracts.contract", {"customer": customer, "lines": list(lines), **values})


def signed(api: Api, price: str = "231000", **values: object) -> Json:
    agreed = drafted(api, {"item": trade.machine(api, price)["id"]}, **values)
    return api.act(agreed, "sign", order=False)["document"]


def test_a_change_divides_only_what_is_not_yet_paid(api: Api):
    """231,000 with the deposit of 69,300 paid becomes 251,000: the deposit stays, 60 and 10 share the other 181,700."""
    agreed = signed(api)
    api.act(agreed, "receive", amount="69300")
    change = begun(api, agreed)
    assert (change["total_before"], change["difference"]) == ("231000.00", "0.00")
    change = api.change(change, {"lines": [{"id": change["lines"][0]["id"], "unit_price": "251000"}], "reason": "Larger chamber"})
    assert change["difference"] == "20000.00"
    api.act(change, "apply")
    after = api.again(agreed)
    assert plan(after) == ["69300.00", "155742.86", "25957.14"]
    assert sum(map(Decimal, plan(after))) == Decimal(after["total"]) == 251000
    assert [due["amount"] for due in trade.dues(api, after)] == plan(after)
    assert trade.dues(api, after)[0]["state"] == "received"


def test_less_than_was_received_is_refused_and_nothing_changes(api: Api):
    agreed = signed(api)
    api.act(agreed, "receive", amount="200000")
    change = begun(api, agreed)
    change = api.change(change, {"lines": [{"id": change["lines"][0]["id"], "unit_price": "150000"}]})
    assert api.act(change, "apply", status=409)["code"] == "paid_already"
    assert plan(api.again(agreed)) == plan(agreed)


def test_where_all_is_paid_a_further_stage_takes_the_rest(api: Api):
    agreed = signed(api)
    api.act(agreed, "receive", amount="231000")
    change = begun(api, agreed)
    change = api.change(change, {"lines": [{"id": change["lines"][0]["id"], "unit_price": "240000"}]})
    api.act(change, "apply")
    assert plan(api.again(agreed))[-1] == "9000.00"
    assert [due["amount"] for due in trade.dues(api, agreed)][-1] == "9000.00"


def test_two_call_offs_at_once_stay_below_the_ceiling(api: Api):
    """300,000 are left for 231,000 and 231,000: whichever comes second is refused, and nothing of it counts."""
    customer = trade.customer(api)["id"]
    frame = drafted(api, customer=customer, kind="framework", ceiling="300000")
    api.act(frame, "sign")
    item = trade.machine(api)["id"]
    drafts = [drafted(api, {"item": item}, customer=customer, framework=frame["id"]) for _one in range(2)]
    screens = copies(api, 2)
    codes = together(2, lambda n: screens[n].ask("post", f"{where(drafts[n])}sign/", {"order": False})[0])
    assert sorted(codes) == [200, 409]
    assert api.again(frame)["called"] == "231000.00"
    assert sorted(api.again(one)["state"] for one in drafts) == ["draft", "signed"]


def test_two_changes_at_once_are_one_change(api: Api):
    agreed = signed(api)
    both = [begun(api, agreed), begun(api, agreed)]
    both = [
        api.change(one, {"lines": [{"id": one["lines"][0]["id"], "unit_price": price}]})
        for one, price in zip(both, ("240000", "250000"), strict=True)
    ]
    screens = copies(api, 2)
    codes = together(2, lambda n: screens[n].ask("post", f"{where(both[n])}apply/", {})[0])
    assert sorted(codes) == [200, 409]
    after = api.again(agreed)
    assert after["changes"] == 1 and sum(map(Decimal, plan(after))) == Decimal(after["total"])
    assert after["total"] in ("240000.00", "250000.00")


def test_a_change_shows_what_it_makes_of_the_contract(api: Api):
    agreed = signed(api, delivery_date="2027-02-01")
    api.act(agreed, "receive", amount="69300")
    change = begun(api, agreed)
    new = {"item": trade.item(api, "20000")["id"]}
    change = api.change(change, {"lines": [{"id": change["lines"][0]["id"]}, new], "delivery_date": "2027-03-01"})
    told = api.get(f"{where(change)}desk/")
    assert [(one["before"], one["after"]["amount"]) for one in told["lines"]] == [(None, "20000.00")]
    assert (told["kept"], told["days"]) == (1, {"before": "2027-02-01", "after": "2027-03-01"})
    assert [(one["paid"], one["before"]["amount"], one["after"]["amount"]) for one in told["plan"]] == [
        (True, "69300.00", "69300.00"), (False, "138600.00", "155742.86"), (False, "23100.00", "25957.14"),
    ]  # fmt: skip
    api.act(change, "apply")
    assert api.get(f"{where(change)}desk/") == told, "it is still told once it is in force"


def test_of_two_changes_the_second_is_told(api: Api):
    agreed = signed(api)
    first, second = begun(api, agreed), begun(api, agreed)
    api.act(api.change(first, {"lines": [{"id": first["lines"][0]["id"], "unit_price": "240000"}]}), "apply")
    assert api.act(second, "apply", status=409)["code"] == "overtaken"


def test_a_later_delivery_moves_what_is_expected(api: Api):
    """By half a year: from August 1 to February 1; what is due stays due."""
    stages = [{"name": "Deposit", "percent": "30"}, {"name": "Shipped", "percent": "70", "trigger": "shipped"}]
    agreed = signed(api, delivery_date="2027-08-01", plan=stages)
    before = trade.dues(api, agreed)
    api.act(api.change(begun(api, agreed), {"delivery_date": "2028-02-01"}), "apply")
    after = trade.dues(api, agreed)
    assert (before[1]["forecast_date"], after[1]["forecast_date"]) == ("2027-08-01", "2028-02-01")
    assert [after[0][name] for name in ("due_date", "triggered_on", "state")] == [
        before[0]["due_date"],
        before[0]["triggered_on"],
        "triggered",
    ]


def test_what_was_invoiced_is_not_changed_away(api: Api):
    """Of 1,000 the deposit of 300 is invoiced: half the price would leave it 150; once the invoice is reversed, it goes."""
    agreed = signed(api, "1000")
    invoice = api.act(api.made(agreed, "bill", "finance.invoice", stage=trade.dues(api, agreed)[0]["id"]), "issue")["document"]
    change = begun(api, agreed)
    half, rows = [{"id": change["lines"][0]["id"], "unit_price": "500"}], [{"name": "All", "percent": "100"}]
    for values in ({"lines": half}, {"plan": rows}):
        (told,) = api.change(change, values, 422)["errors"]
        assert (told["path"], told["code"]) == ("plan", "invoiced_already") and "300.00" in told["detail"]
    api.act(invoice, "reverse", reason="Wrong")
    change = api.change(change, {"plan": rows, "lines": half})
    again = api.act(api.made(agreed, "bill", "finance.invoice", stage=trade.dues(api, agreed)[0]["id"]), "issue")["document"]
    assert api.act(change, "apply", 422)["errors"][0]["code"] == "invoiced_already", "invoiced since it was written"
    api.act(again, "reverse", reason="Wrong")
    api.act(api.again(change), "apply")
    assert plan(api.again(agreed)) == ["500.00"]
    assert [due["state"] for due in trade.dues(api, agreed)] == ["waived", "triggered"], "invoices that were reversed keep theirs"


def test_less_than_was_invoiced_in_all_is_refused(api: Api):
    agreed, placed = trade.order(api, {"item": trade.item(api, "1000")["id"]})
    api.act(api.made(placed, "invoice", "finance.invoice"), "issue")
    change = begun(api, agreed)
    (told,) = api.change(change, {"lines": [{"id": change["lines"][0]["id"], "unit_price": "500"}]}, 422)["errors"]
    assert (told["path"], told["code"]) == ("lines", "invoiced_already") and "1,000.00" in told["detail"]


# ended early ---------------------------------------------------------------------------------------------------------
THIRDS = [{"name": "Deposit", "percent": "30"}, {"name": "Shipped", "percent": "60", "trigger": "shipped"}, {"name": "Kept", "percent": "10", "trigger": "accepted"}]  # fmt: skip


def test_what_was_not_delivered_is_given_back_and_falls_away(api: Api):
    """Nothing of 1,000 was delivered: the ceiling of 1,500 is free for the next 1,000, and nobody is dunned for the deposit."""
    who, item = trade.customer(api)["id"], trade.item(api, "1000")["id"]
    frame = drafted(api, customer=who, kind="framework", ceiling="1500")
    api.act(frame, "sign")
    called = [drafted(api, {"item": item}, customer=who, framework=frame["id"]) for _one in range(2)]
    api.act(called[0], "sign", order=False)
    ended = api.act(called[0], "terminate", reason="Project stopped")["document"]
    assert (ended["state"], api.again(frame)["called"]) == ("terminated", "0.00")
    assert {due["state"] for due in trade.dues(api, ended)} == {"waived"}
    api.act(called[1], "sign", order=False)
    assert api.again(frame)["called"] == "1000.00"


def test_what_was_delivered_stays_due(api: Api):
    """2 of 3 at 1,000 were delivered and 500 paid: of the stages of 900, 1,800 and 300, 400 and 1,100 stay due, and 1,000 goes back."""
    who, item = trade.customer(api)["id"], trade.stocked(api)["id"]
    frame = drafted(api, customer=who, kind="framework", ceiling="5000")
    api.act(frame, "sign")
    agreed = drafted(api, {"item": item, "quantity": "2"}, customer=who, framework=frame["id"], plan=THIRDS)
    placed = api.made(agreed, "sign", "sales.order")
    api.act(trade.delivery(api, placed), "ship")
    api.act(api.made(placed, "invoice", "finance.invoice"), "issue")
    api.act(placed, "close")
    change = begun(api, agreed)
    api.act(api.change(change, {"lines": [{"id": change["lines"][0]["id"], "quantity": "3"}]}), "apply")
    api.act(agreed, "receive", amount="500")
    agreed = api.act(agreed, "terminate", reason="No third one")["document"]
    assert api.again(frame)["called"] == "2000.00"
    told = [(due["amount"], due["collected"], due["state"]) for due in trade.dues(api, agreed)]
    assert told == [("900.00", "500.00", "partly_received"), ("1100.00", "0.00", "triggered"), ("300.00", "0.00", "waived")]
    paid = api.act(agreed, "receive", amount="1500")["document"]
    assert (paid["state"], paid["collected"]) == ("terminated", "2000.00")


def test_what_is_ordered_cannot_be_changed_away(api: Api):
    agreed, _placed = trade.order(api, {"item": trade.machine(api)["id"], "quantity": "2"})
    change = begun(api, agreed)
    told = api.change(change, {"lines": [{"id": change["lines"][0]["id"], "quantity": "1"}]}, 422)
    assert [(error["path"], error["code"]) for error in told["errors"]] == [("lines.0.quantity", "ordered")]


def test_call_offs_stay_below_the_ceiling(api: Api):
    customer = trade.customer(api)["id"]
    frame = drafted(api, customer=customer, kind="framework", ceiling="500000")
    api.act(frame, "sign")
    values = {"customer": customer, "framework": frame["id"]}
    signed(api, "231000", **values)
    signed(api, "231000", **values)
    third = drafted(api, {"item": trade.machine(api, "231000")["id"]}, **values)
    told = api.act(third, "sign", status=409)
    assert told["code"] == "ceiling" and "38,000.00" in told["detail"]
    assert api.again(frame)["called"] == "462000.00"


def test_a_call_off_names_a_framework_of_the_same_customer(api: Api):
    frame = drafted(api, kind="framework", ceiling="1")
    values = {"customer": trade.customer(api)["id"], "framework": frame["id"], "lines": [{"item": trade.machine(api)["id"]}]}
    assert api.create("contracts.contract", values, 422)["errors"][0]["path"] == "framework"


def test_a_stage_on_goods_alone_leaves_services_out(api: Api):
    """100,000 of goods and 20,000 of installation: 50 % of the goods first, the rest on acceptance."""
    stages = [{"name": "Goods", "percent": "50", "base": "goods"}, {"name": "Rest", "percent": "50"}]
    scheme = api.create("contracts.scheme", {"name": trade.some("Goods"), "lines": stages})["id"]
    goods, service = trade.item(api, "100000"), trade.item(api, "20000", supply="service")
    agreed = drafted(api, {"item": goods["id"]}, {"item": service["id"]}, scheme=scheme)
    assert plan(agreed) == ["50000.00", "70000.00"]


def test_what_no_document_tells_is_told_by_hand(api: Api):
    stage = {"name": "Arrival", "percent": "100", "trigger": "arrived", "offset_days": 5, "month_end": True}
    scheme = api.create("contracts.scheme", {"name": trade.some("Arrival"), "lines": [stage]})["id"]
    agreed = signed(api, scheme=scheme)
    assert trade.dues(api, agreed)[0]["due_date"] is None
    api.act(agreed, "reach", stage="arrived", on="2026-11-10")
    assert trade.dues(api, agreed)[0]["due_date"] == "2026-11-30"


def test_a_soft_gate_warns_and_lets_go_on(api: Api):
    stage = {"name": "Deposit", "percent": "100", "gate": "production", "soft": True}
    scheme = api.create("contracts.scheme", {"name": trade.some("Soft"), "lines": [stage]})["id"]
    placed = api.made(drafted(api, {"item": trade.machine(api)["id"]}, scheme=scheme), "sign", "sales.order")
    api.act(placed, "release")
    assert any("Deposit" in one["title"] for one in api.get("/me/messages/")["rows"])


def test_a_standard_clause_that_was_deleted_stands_in_no_new_contract(api: Api):
    clause = api.create("contracts.clause", {"title": trade.some("Standard"), "text": "Words", "standard": True})
    first = drafted(api)
    assert clause["title"] in [one["title"] for one in first["clauses"]]
    api.delete(where(first))
    api.delete(where(clause))
    assert clause["title"] not in [one["title"] for one in drafted(api)["clauses"]]


def test_clauses_are_compared_with_the_library_and_risks_are_told(api: Api):
    library = api.create("contracts.clause", {"title": trade.some("Delay"), "text": "逾期交货，违约金总额不超过合同总价的5%。"})
    worse = {"clause": library["id"], "text": "逾期交货，违约金总额不超过合同总价的20%。"}
    agreed = drafted(api, {"item": trade.machine(api)["id"]}, clauses=[{"clause": library["id"]}, worse])
    same, changed = agreed["clauses"]
    assert (same["text"], same["risk"], same["changed"]) == (library["text"], "none", "")
    assert changed["risk"] == "high" and "20" in changed["flags"] and "→" in changed["changed"]
    assert agreed["risk"] == "high"
    (told,) = api.get(f"{where(agreed)}desk/")["clauses"]
    assert told["risk"] == "high" and "20" in told["changed"]


def test_the_original_is_filed_under_a_number_of_its_own(api: Api):
    two, screens, number = [signed(api), signed(api)], copies(api, 2), trade.some("A")
    told = together(2, lambda n: screens[n].ask("post", f"{where(two[n])}file_original/", {"archive_no": number}))
    assert sorted(status for status, _body in told) == [200, 409]
    assert [body["code"] for status, body in told if status == 409] == ["archive_taken"]


def test_the_page_of_a_contract_tells_of_each_line_how_far_it_is(api: Api):
    item = trade.stocked(api, price="1000")
    agreed, placed = trade.order(
        api, {"item": item["id"], "quantity": "10"}, scheme=trade.first(api, "contracts.scheme", name="100% 30 days after shipment")
    )
    sent = trade.delivery(api, placed)
    api.act(api.change(sent, {"lines": [{"id": sent["lines"][0]["id"], "quantity": "4"}]}), "ship")
    desk = api.get(f"/contracts/contracts/{agreed['id']}/desk/")
    (line,) = desk["lines"]
    assert (line["quantity"], line["ordered"], line["delivered"], line["invoiced"]) == ("10", "10", "4", "0.00")
    assert (line["ordered_amount"], line["delivered_amount"], line["collected"]) == ("10000.00", "4000.00", "0.00")
    assert desk["totals"]["delivered_amount"] == "4000.00"
    assert [row["_key"] for row in desk["documents"]][-1] == "sales.order"
