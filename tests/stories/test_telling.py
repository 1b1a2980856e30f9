"""Documents are called what people call them, lead to what they came from, and tell what was changed in their lines."""

from __future__ import annotations

from tests import trade
from tests.api import Api, Json
from tests.kernel.sheets import colleague


def changes(api: Api, document: Json) -> dict[str, tuple[str, str]]:
    event = api.get(f"/quoting/quotes/{document['id']}/events/")["rows"][0]
    assert event["kind"] == "changed"
    return {one["label"]: (one["from"], one["to"]) for one in event["changes"]}


def lines(document: Json, **changed: str) -> list[Json]:
    """Both lines as they stand, the second one changed."""
    first, second = document["lines"]
    return [{"id": first["id"]}, {"id": second["id"], **changed}]


def test_the_history_tells_which_cell_of_which_line_became_what(api: Api):
    part = trade.item(api)["id"]
    offer = trade.quote(api, {"item": part}, {"item": part, "unit_price": "1200.50"})
    api.change(offer, {"lines": lines(offer, quantity="3", unit_price="1100")})
    told = changes(api, offer)
    assert told["Items 2 · Quantity"] == ("1", "3")
    assert told["Items 2 · Unit price"] == ("1,200.5", "1,100")
    assert told["Total"] == ("2,200.50", "4,300.00")
    assert not [label for label in told if label.startswith("Items 1") or "Amount" in label]


def test_a_hidden_column_stays_hidden_in_the_history(api: Api):
    part = trade.item(api)["id"]
    offer = trade.quote(api, {"item": part}, {"item": part})
    api.change(offer, {"lines": lines(offer, quantity="3", unit_price="987.65")})
    reader = colleague(api, {"quoting.*": {"read": "all"}}, {"quoting.quote": {"lines.unit_price": "hide", "lines.amount": "middle"}})
    assert changes(reader, offer)["Items 2 · Quantity"] == ("1", "3")
    assert "987.65" not in str(reader.get(f"/quoting/quotes/{offer['id']}/events/"))


def test_what_came_out_of_another_document_leads_there(api: Api):
    agreed = trade.contract(api)
    offer = api.latest("quoting.quote")
    assert (agreed["source_label"], agreed["_links"]) == (offer["number"], {"source_label": {"_key": "quoting.quote", "id": offer["id"]}})
    assert trade.order(api)[1]["_links"]["source_label"]["_key"] == "contracts.contract"


def test_who_finds_no_quotes_is_led_to_none(api: Api):
    agreed = trade.contract(api)
    reader = colleague(api, {"contracts.*": {"read": "all"}})
    assert (reader.again(agreed)["source_label"], reader.again(agreed)["_links"]) == (agreed["source_label"], {})
    reader = colleague(
        api, {"contracts.*": {"read": "all"}, "quoting.*": {"read": "all"}}, {"contracts.contract": {"source_label": "hide"}}
    )
    assert reader.again(agreed)["_links"] == {}


def test_stock_is_called_by_its_item_and_warehouse(api: Api):
    part = trade.stocked(api)
    (row,) = api.rows("inventory.balance", f"item={part['id']}&columns=on_hand")
    assert row["_label"] == f"{part['name']} · {row_of(api, part)['warehouse']['label']}" == api.again(row)["_label"]
    reader = colleague(api, {"inventory.*": {"read": "all"}}, {"inventory.balance": {"item": "hide"}})
    assert reader.again(row)["_label"] == row_of(api, part)["warehouse"]["label"]


def row_of(api: Api, part: Json) -> Json:
    return api.one("inventory.balance", f"item={part['id']}")
