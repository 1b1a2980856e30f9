"""Who sees and does what: screens, verbs, rows and masked fields, the same everywhere (spec 2.15)."""

from __future__ import annotations

import json

import pytest

from tests import trade
from tests.api import Api, Json


@pytest.fixture(scope="module")
def ann(as_role) -> Api:
    return as_role("Sales engineer")


@pytest.fixture(scope="module")
def bob(api: Api) -> Api:
    return trade.join(api, "Sales engineer")


@pytest.fixture(scope="module")
def boss(api: Api) -> Api:
    return trade.join(api, "Sales manager")


def mine(seller: Api, api: Api) -> Json:
    return trade.quote(seller, {"item": trade.stocked(api)["id"]}, customer=trade.customer(seller)["id"])


def ids(api: Api, key: str, query: str = "limit=500") -> set[int]:
    return {row["id"] for row in api.rows(key, query)}


# screens and verbs ---------------------------------------------------------------------------------------------------
def test_a_screen_that_is_not_granted_is_not_there(as_role):
    keeper = as_role("Warehouse")
    assert "quoting.quote" not in keeper.get("/meta/")["resources"]
    keeper.get("/meta/quoting/quotes/", status=404)
    assert keeper.get("/quoting/quotes/", status=403)["code"] == "forbidden"
    assert keeper.get("/search/?q=Q2026")["rows"] == []


def test_a_verb_that_is_not_granted_is_neither_offered_nor_done(api: Api, as_role):
    maker, (_agreed, placed) = as_role("Production"), trade.ready(api)
    shown = maker.again(placed)
    assert "deliver" not in shown["_actions"] and shown["_can"] == {"change": False, "delete": False}
    assert set(maker.get("/meta/sales/orders/")["actions"]) == {"release", "stock_in", "ready"}
    assert maker.act(placed, "deliver", 403)["code"] == "forbidden"
    assert maker.change(placed, {"title": "Mine"}, 403)["code"] == "forbidden"
    assert "Make delivery" in maker.act(placed, "deliver", 403)["detail"]


# rows ----------------------------------------------------------------------------------------------------------------
def test_everybody_sees_their_own_rows_and_a_manager_those_below(api: Api, ann: Api, bob: Api, boss: Api):
    hers, his = mine(ann, api), mine(bob, api)
    assert {hers["id"], his["id"]} & ids(ann, "quoting.quote") == {hers["id"]}
    assert {hers["id"], his["id"]} & ids(bob, "quoting.quote") == {his["id"]}
    assert {hers["id"], his["id"]} <= ids(boss, "quoting.quote")
    engineering = trade.join(api, "Sales manager", department="Engineering")
    assert {hers["id"], his["id"]} & ids(engineering, "quoting.quote") == set()


def test_a_row_of_others_is_as_absent_as_one_that_never_was(api: Api, ann: Api, bob: Api):
    his, base = mine(bob, api), "/quoting/quotes/"
    for method, path, data in [
        ("get", "", None),
        ("patch", "", {"title": "x"}),
        ("delete", "", None),
        ("post", "send/", {}),
        ("get", "events/", None),
        ("get", "notes/", None),
        ("post", "notes/", {"text": "x"}),
        ("get", "files/", None),
        ("post", "files/", {"file": 1}),
    ]:
        told = [ann.ask(method, f"{base}{pk}/{path}", data) for pk in (his["id"], 2**40)]
        assert told[0] == told[1] and told[0][0] == 404, (method, path, told)
    assert ann.post(f"{base}preview/", {"id": his["id"]}, 404)["code"] == "not_found"
    told = ann.post(f"{base}bulk/", {"verb": "send", "ids": [his["id"], 2**40]})["results"]
    assert [(one["ok"], one["code"], one["label"]) for one in told] == [(False, "not_found", "")] * 2
    assert bob.again(his) == his


def test_no_list_search_sum_export_or_picker_shows_more(api: Api, ann: Api, bob: Api):
    his = mine(bob, api)
    base, number = "/quoting/quotes/", his["number"]
    assert ids(ann, "quoting.quote", f"q={number}") == ids(ann, "quoting.quote", f"id={his['id']}") == set()
    assert ann.get(f"{base}?q={number}&count=1&sum=total")["sums"] == {"total": "0.00"}
    assert ann.get(f"{base}?q={number}&group=state")["groups"] == []
    assert ann.get(f"{base}lookup/?q={number}")["rows"] == []
    assert ann.post(f"{base}lookup/", {"texts": [number]})["rows"] == [None]
    assert ann.get(f"/search/?q={number}")["rows"] == []
    job = ann.post(f"{base}export/", {"format": "csv", "ids": [his["id"]]}, 202)["job"]
    assert ann.get(f"/jobs/{job['id']}/")["result"]["rows"] == 0
    ann.get(f"/partners/partners/{his['customer']['id']}/desk/", status=404)


def test_a_row_of_others_cannot_be_referred_to(api: Api, ann: Api, bob: Api):
    theirs = trade.customer(bob)
    told = ann.create("quoting.quote", {"customer": theirs["id"], "lines": []}, 422)
    assert [(error["path"], error["code"]) for error in told["errors"]] == [("customer", "not_found")]


def test_a_history_shared_by_many_shows_nobody_the_rows_of_others(api: Api, ann: Api, bob: Api):
    """Both sell to one customer; the customer's history must not tell Ann what Bob offers."""
    shared = trade.customer(ann)
    his = api.create("quoting.quote", {"customer": shared["id"], "owner": bob.member, "lines": [{"item": trade.item(api)["id"]}]})
    with_owner = [
        event for event in api.get(f"/partners/partners/{shared['id']}/events/")["rows"] if event["subject"]["_key"] == "quoting.quote"
    ]
    assert with_owner
    seen = ann.get(f"/partners/partners/{shared['id']}/events/")["rows"]
    assert {(event["subject"]["_key"], event["subject"]["id"]) for event in seen} == {("partners.partner", shared["id"])}
    assert his["number"] not in json.dumps(seen)


# masks ---------------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def masked(api: Api) -> Api:
    """A colleague who sees everything but prices: the item's cost hidden, phones without their middle, the total of quotes hidden."""
    masks = {
        "catalog.item": {"standard_cost": "hide"},
        "partners.partner": {"phone": "middle", "contacts.phone": "middle", "grade": "readonly"},
        "quoting.quote": {"total": "hide", "lines.amount": "hide", "net_total": "hide", "tax_total": "hide"},
        "sales.order": {"cost": "hide", "margin": "hide"},
        "logistics.delivery": {"cost": "hide", "lines.value": "hide"},
        "inventory.move": {"value": "hide", "lines.value": "hide", "lines.unit_cost": "hide"},
    }
    api.create("organization.role", {"name": "Blind", "grants": {"*": {"*": "all"}}, "masks": masks})
    return trade.join(api, "Blind")


SECRET, HIDDEN = "118234.56", "•••"


def said(answer: object) -> str:
    """All that an answer says; numbers without the commas of thousands."""
    return json.dumps(answer, ensure_ascii=False).replace(",", "")


@pytest.fixture(scope="module")
def secret(api: Api) -> Json:
    return trade.item(api, "231234.56", SECRET)


def test_a_masked_field_reads_as_dots_everywhere(api: Api, masked: Api, secret: Json):
    assert masked.again(secret)["standard_cost"] == HIDDEN
    (row,) = masked.rows("catalog.item", f"id={secret['id']}&columns=code,standard_cost")
    assert row["standard_cost"] == HIDDEN
    assert SECRET not in said(masked.get(f"/catalog/items/lookup/?id={secret['id']}"))
    assert SECRET not in said(masked.post("/catalog/items/preview/", {"id": secret["id"]}))
    field = masked.get("/meta/catalog/items/")["fields"]["standard_cost"]
    assert (field["masked"], field["readonly"], field["filter"], field["sort"], field["sum"]) == (True, True, False, False, False)


@pytest.mark.parametrize(
    "query", ["standard_cost=118234.56", "standard_cost__gte=1", "sort=standard_cost", "sum=standard_cost", "group=standard_cost"]
)
def test_nobody_feels_their_way_to_a_masked_value(masked: Api, secret: Json, query: str):
    assert masked.get(f"/catalog/items/?{query}", status=400)["code"] == "unknown_field"


def test_a_masked_field_is_not_exported(masked: Api, secret: Json):
    job = masked.post("/catalog/items/export/", {"format": "csv", "columns": ["code", "standard_cost"], "ids": [secret["id"]]}, 202)["job"]
    text = b"".join(masked.client.get(masked.get(f"/jobs/{job['id']}/")["result"]["file"]).streaming_content).decode("utf-8-sig")
    assert secret["code"] in text and HIDDEN in text and "118" not in text


def test_a_masked_field_is_not_in_the_history(api: Api, masked: Api, secret: Json):
    changed = api.change(secret, {"standard_cost": "118235.67", "lead_days": 9})
    told = said(masked.get(f"/catalog/items/{changed['id']}/events/"))
    assert "lead_days" in told
    assert "118234" not in told and "118235" not in told
    assert "118235" in said(api.get(f"/catalog/items/{changed['id']}/events/"))


def test_a_masked_total_is_in_no_event(api: Api, masked: Api, secret: Json):
    offer = trade.quote(api, {"item": secret["id"]})
    api.act(offer, "send")
    shown = masked.again(offer)
    assert (shown["total"], shown["lines"][0]["amount"]) == (HIDDEN, HIDDEN)
    for path in (f"/quoting/quotes/{offer['id']}/events/", f"/partners/partners/{offer['customer']['id']}/events/"):
        events = masked.get(path)["rows"]
        assert events and all(event["amount"] is None for event in events if event["subject"]["_key"] == "quoting.quote")
        assert "231234.56" not in said(events)


def test_masked_lines_are_masked_in_a_preview_too(masked: Api, secret: Json, api: Api):
    offer = trade.quote(api, {"item": secret["id"]})
    told = masked.post("/quoting/quotes/preview/", {"id": offer["id"]})
    assert (told["total"], told["lines"][0]["amount"]) == (HIDDEN, HIDDEN)


def test_masked_values_of_lines_stay_when_the_lines_are_sent_back(api: Api, masked: Api):
    part = trade.stocked(api)
    line = {"item": part["id"], "quantity": "1", "to_warehouse": trade.main_warehouse(api), "unit_cost": "123.45"}
    drafted = api.create("inventory.move", {"kind": "receipt", "lines": [line]})
    seen = masked.again(drafted)
    assert seen["lines"][0]["unit_cost"] == HIDDEN
    given = {"id": seen["lines"][0]["id"], "item": part["id"], "quantity": "2", "unit_cost": seen["lines"][0]["unit_cost"]}
    masked.change(seen, {"lines": [given]})
    now = api.again(drafted)["lines"][0]
    assert (now["quantity"], now["unit_cost"]) == ("2", "123.45")


def test_a_masked_field_is_not_written(masked: Api, api: Api, secret: Json):
    now = api.again(secret)
    masked.change(now, {"standard_cost": "1", "lead_days": 3})
    assert (api.again(secret)["standard_cost"], api.again(secret)["lead_days"]) == (now["standard_cost"], 3)


def test_the_middle_of_a_phone_number_is_hidden(api: Api, masked: Api):
    who = trade.customer(api, phone="13812345678")
    shown = masked.again(who)
    assert (shown["phone"], shown["contacts"][0]["phone"]) == ("138••••5678", "138••••5678")
    changed = masked.change(who, {"phone": shown["phone"], "short_name": "S"})
    assert (changed["short_name"], api.again(who)["phone"]) == ("S", "13812345678")


def test_a_readonly_field_is_seen_and_not_written(api: Api, masked: Api):
    who = trade.customer(api, grade="B")
    assert masked.change(who, {"grade": "A", "short_name": "T"})["grade"] == "B"


def test_a_refusal_names_no_masked_amount(api: Api):
    name = trade.some("Blind to amounts")
    masks = {"contracts.contract": {"plan.amount": "hide"}, "sales.order": {"total": "hide"}, "catalog.item": {"list_price": "hide"}}
    masks |= {"finance.due": {"amount": "hide"}}
    below = {"quoting.quote": {"*": "all", "below_floor": "none"}}
    api.create("organization.role", {"name": name, "grants": {"*": {"*": "all"}, **below}, "masks": masks})
    blind = trade.join(api, name)
    agreed, placed = trade.order(api, {"item": trade.machine(api, "77000")["id"]})
    for who, seen in ((api, True), (blind, False)):
        told = who.refused(placed, "release", "deposit_missing")
        assert ("23100.00" in said(told)) == seen
        assert (HIDDEN in told["detail"], "amount" in told["help"][0]["values"]) == (not seen, seen)
    offer = trade.quote(api, {"item": trade.machine(api, "77000")["id"], "discount": "90"})
    told = blind.refused(offer, "send", "below_floor")
    assert [error["detail"] for error in told["errors"]] == [f"The floor of line 1 is {HIDDEN}."]
    receipt = api.create("finance.receipt", {"partner": agreed["customer"]["id"], "amount": "90000"})
    due = api.rows("finance.due", f"partner={agreed['customer']['id']}")[0]
    receipt = api.act(receipt, "post")["document"] if receipt["state"] == "draft" else receipt
    assert "¥7700.00" in said(api.refused(receipt, "allocate", "over_allocated", due=due["id"], amount="80000"))
    assert "7700" not in said(blind.refused(receipt, "allocate", "over_allocated", due=due["id"], amount="80000"))


def test_the_order_desk_keeps_to_the_masks(api: Api, masked: Api):
    _agreed, placed = trade.shipped(api)
    told = masked.get(f"/sales/orders/{placed['id']}/desk/")
    assert not {"cost", "margin", "margin_rate"} & set(told["totals"])
    assert "118200" not in said(told)
    events = masked.get(f"/sales/orders/{placed['id']}/events/")["rows"]
    assert [event for event in events if "118200" in said(event)] == []


# changes of rights ---------------------------------------------------------------------------------------------------
def test_a_role_taken_away_is_gone_with_the_next_request(api: Api, as_role):
    someone = trade.join(api, "Finance")
    someone.get("/finance/receipts/")
    member = api.read("organization.member", someone.member)
    api.change(member, {"roles": []})
    someone.get("/finance/receipts/", status=403)
    api.change(api.again(member), {"roles": [trade.first(api, "organization.role", name="Warehouse")]})
    someone.get("/inventory/moves/")


def test_a_changed_role_holds_at_once(api: Api):
    role = api.create("organization.role", {"name": "Reader", "grants": {"sales.order": {"read": "all"}}})
    reader = trade.join(api, "Reader")
    reader.get("/sales/orders/")
    api.change(role, {"grants": {"sales.order": {"read": "none"}}})
    reader.get("/sales/orders/", status=403)


@pytest.mark.parametrize(
    "values",
    [
        {"grants": {"sales.order": {"read": "everything"}}},
        {"grants": []},
        {"grants": {"x": "all"}},
        {"masks": {"sales.order": {"cost": "blur"}}},
    ],
)
def test_a_role_that_says_nothing_sensible_is_refused(api: Api, values: Json):
    assert api.create("organization.role", {"name": "Odd", **values}, 422)["code"] == "invalid"


def test_nobody_gives_themselves_a_role(api: Api, as_role):
    keeper = as_role("Warehouse")
    me = api.read("organization.member", keeper.member)
    admin = trade.first(api, "organization.role", name="Administrator")
    assert keeper.change(me, {"roles": [admin]}, 403)["code"] == "forbidden"
    told = keeper.post("/organization/members/bulk/", {"verb": "change", "ids": [me["id"]], "values": {"roles": [admin]}})
    assert told["results"][0]["code"] == "forbidden"
