"""A supplier, an item, a colleague on one page each, as far as its reader may see them (WF-4.S5)."""

from __future__ import annotations

from datetime import date

from tests import trade
from tests.api import Api, Json, at

TODAY = date(2026, 3, 2)


def desk(api: Api, key: str, pk: int) -> Json:
    return api.get(f"{at(key)}{pk}/desk/")


def bought(api: Api, maker: Json, item: Json, **line: str) -> Json:
    values = {"kind": "purchase", "customer": maker["id"], "lines": [{"item": item["id"], "unit_price": "500", "quantity": "4", **line}]}
    return api.act(api.create("contracts.contract", values), "sign")["document"]


def supplier(api: Api, **values: object) -> Json:
    made = api.create("partners.supplier", {"name": trade.some("Castings"), "quality": "80", **values})
    return api.act(made, "approve")["document"]


def test_a_supplier_shows_papers_purchases_and_score(api: Api, as_role, on_day):
    on_day(TODAY)
    papers = [{"kind": "licence", "licence": "iso9001", "ends_on": day} for day in ("2026-03-20", "2027-01-01", "2026-02-28")]
    maker, part = supplier(api, papers=papers, contacts=[{"name": "Wu"}]), trade.item(api)
    agreed = bought(api, maker, part)
    told = desk(api, "partners.supplier", maker["id"])
    assert told["figures"] == {"count": "1", "contracted": "2000.00", "paid": "0.00", "open": "2000.00"}
    assert [(one["ends_on"], one["standing"]) for one in told["papers"]] == [
        ("2026-02-28", "out"),
        ("2026-03-20", "soon"),
        ("2027-01-01", "holds"),
    ]
    assert [(one["name"], one["value"]) for one in told["score"] if one["value"]] == [("quality", "80")]
    assert [(one["item"], one["price"], one["on"]) for one in told["bought"]] == [(part["id"], "500.00", "2026-03-02")]
    assert [one["id"] for one in told["documents"]] == [agreed["id"]]
    assert [one["name"] for one in told["contacts"]] == ["Wu"]
    keeper = desk(as_role("Warehouse"), "partners.supplier", maker["id"])
    assert (keeper["figures"], keeper["bought"], keeper["documents"]) == (None, [], [])


def test_an_item_shows_where_it_was_offered_sold_and_bought(api: Api, as_role, on_day):
    on_day(TODAY)
    item = trade.stocked(api, "7", lead_days=9)
    _agreed, placed = trade.order(api, {"item": item["id"], "quantity": "2", "unit_price": "900"})
    lost = api.act(trade.quote(api, {"item": item["id"]}), "send")["document"]
    api.act(lost, "lose", reason="price")
    bought(api, supplier(api), item)
    told = desk(api, "catalog.item", item["id"])
    assert told["win"] == {"won": 1, "of": 2}
    assert [(one["price"], one["quantity"]) for one in told["quotes"]] == [("1000.00", "1"), ("900.00", "2")]
    assert [(one["label"], one["price"]) for one in told["sold"]] == [(placed["source_label"], "900.00")]
    assert [one["price"] for one in told["bought"]] == ["500.00"]
    assert told["prices"] == [{"period": "2026Q1", "least": "900.00", "middle": "900.00", "most": "900.00", "quantity": "2"}]
    assert [(one["on_hand"], one["free"]) for one in told["stock"]["rows"]] == [("7", "7")]
    keeper = desk(as_role("Warehouse"), "catalog.item", item["id"])
    assert (keeper["quotes"], keeper["sold"], keeper["prices"], keeper["win"]) == ([], [], [], None)
    assert keeper["stock"]["rows"] == told["stock"]["rows"]
    assert desk(api, "catalog.item", trade.item(api, supply="service")["id"])["stock"] is None


def test_a_colleague_shows_what_is_theirs_and_what_they_did(api: Api, on_day):
    on_day(TODAY)
    seller = trade.join(api, "Sales engineer")
    who = trade.customer(seller)
    seller.create("crm.activity", {"subject": "Visit", "partner": who["id"], "day": "2026-03-01"})
    seller.create("crm.activity", {"subject": "Call", "partner": who["id"], "day": "2026-03-04"})
    seen = seller.create("crm.activity", {"subject": "Talk", "partner": who["id"], "day": "2026-03-02"})
    seller.act(seen, "finish", text="They buy", result="")
    offer = trade.quote(seller, {"item": trade.item(api)["id"]}, customer=who["id"])
    told = desk(api, "organization.member", seller.member)
    owns = {one["_key"]: (one["count"], one["amount"]) for one in told["owns"]}
    assert (owns["partners.partner"], owns["quoting.quote"]) == ((1, None), (1, "1000.00"))
    query = next(one["query"] for one in told["owns"] if one["_key"] == "quoting.quote")
    assert [row["id"] for row in api.rows("quoting.quote", query)] == [offer["id"]]
    assert told["weeks"][-1] == {"from": "2026-03-02", "planned": 2, "kept": 1, "done": 1}
    assert told["weeks"][-2]["planned"] == 1
    assert [(one["title"], one["late"]) for one in told["next"]] == [("Visit", True), ("Call", False)]
    assert told["signed"] == {"now": "0.00", "before": "0.00"}
