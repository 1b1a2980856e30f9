"""Items bought in bars and stocked in metres, phantoms, batches, successors, and what a new item takes over from its category (W-1.6.3, W-1.6.4)."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest

from kernel.refusals import Invalid
from tenant_apps.catalog import units
from tenant_apps.catalog.models import Category, Item
from tests import trade
from tests.api import Api, Json

BAR = {"count": "1", "measure": {"id": 2, "label": "bar"}, "base": "6", "buy": True, "sell": False}
KILO = {"count": "2.466", "measure": {"id": 3, "label": "kg"}, "base": "1", "buy": False, "sell": True}


@pytest.mark.parametrize(
    ("quantity", "row", "base"), [("10", BAR, "60"), ("2.466", KILO, "1"), ("1", KILO, "0.405515"), ("0.000001", KILO, "0")]
)
def test_a_further_unit_is_exact_to_six_decimals(quantity, row, base):
    assert units.in_base(Decimal(quantity), row) == Decimal(base)


def test_the_same_quantity_is_told_in_every_unit():
    assert units.told(SimpleNamespace(units=[BAR, KILO]), Decimal(60)) == [
        {"unit": "bar", "quantity": "10", "use": "buy", "of": "6"},
        {"unit": "kg", "quantity": "147.96", "use": "sell", "of": "0.405515"},
    ]


def test_what_nobody_typed_is_taken_over():
    above = Category(name="Shafts", tax_code="109", costing="standard", planner=7, stock_account="1403", batches=True)
    bare = Item(name="Shaft")
    bare.take_over(above)
    assert (bare.tax_code, bare.costing, bare.planner, bare.stock_account, bare.batches) == ("109", "standard", 7, "1403", True)
    typed = Item(name="Spindle", costing="average", tax_code="110", planner=None, serialised=True)
    typed.take_over(above)
    assert (typed.tax_code, typed.costing, typed.planner, typed.batches) == ("110", "average", 7, False)


@pytest.mark.parametrize(
    ("values", "code"), [({"serialised": True, "batches": True}, "both"), ({"supply": "phantom", "batches": True}, "phantom")]
)
def test_tracking_that_cannot_be_is_refused(values, code):
    with pytest.raises(Invalid) as refused:
        Item(name="X", **values)._check_tracking()
    assert [one.code for one in refused.value.errors] == [code]


def measure(api: Api) -> int:
    return api.create("catalog.measure", {"name": trade.some("u")[:20]})["id"]


def bars(api: Api, **values: object) -> tuple[Json, int]:
    """Round steel, stocked in the first unit, bought in bars of six."""
    bar = measure(api)
    return trade.item(api, "12", "8", units=[{"measure": bar, "base": "6", "buy": True}], **values), bar


def test_a_line_in_a_further_unit_is_kept_in_the_items_own(api: Api):
    steel, bar = bars(api)
    assert [(row["count"], row["measure"]["id"], row["base"]) for row in steel["units"]] == [("1", bar, "6")]
    maker = api.create("partners.supplier", {"name": trade.some("Mill")})
    values = {
        "kind": "purchase",
        "customer": maker["id"],
        "lines": [{"item": steel["id"], "measure": bar, "quantity": "10", "unit_price": "60"}],
    }
    bought = api.create("contracts.contract", values)
    (line,) = bought["lines"]
    assert (line["quantity"], line["unit_price"], line["measure"]["id"], line["amount"]) == ("60", "10", steel["measure"]["id"], "600.00")
    again = api.change(bought, {"lines": [{"id": line["id"], "description": "Round steel"}]})["lines"][0]
    assert (again["quantity"], again["unit_price"]) == ("60", "10"), "what is stored is not turned a second time"
    (offered,) = trade.quote(api, {"item": steel["id"], "measure": bar, "quantity": "2"})["lines"]
    assert (offered["quantity"], offered["unit_price"], offered["amount"]) == ("12", "12", "144.00")
    wrong = api.create("contracts.contract", {**values, "lines": [{"item": steel["id"], "measure": measure(api)}]}, 422)["errors"][0]
    assert (wrong["path"], wrong["code"]) == ("lines.0.measure", "other_unit")


def test_units_that_contradict_are_refused_with_their_place(api: Api):
    steel, bar = bars(api)
    own, box = steel["measure"]["id"], measure(api)
    for rows, path, code in (
        ([{"measure": own, "base": "2"}], "units.0.measure", "twice"),
        ([{"measure": bar, "base": "0"}], "units.0.base", "positive"),
        ([{"measure": bar, "base": "6", "buy": True}, {"measure": box, "base": "2", "buy": True}], "units.1.buy", "twice"),
    ):
        error = api.change(steel, {"units": rows}, 422)["errors"][0]
        assert (error["path"], error["code"]) == (path, code)


def test_what_is_obsolete_or_a_phantom_is_not_offered_anew(api: Api):
    new = trade.item(api)
    old = trade.item(api, active=False, successor=new["id"])
    who = trade.customer(api)["id"]
    for item, code, said in ((old, "obsolete", new["name"]), (trade.item(api, supply="phantom"), "phantom", "bills of materials")):
        error = api.create("quoting.quote", {"customer": who, "lines": [{"item": item["id"]}]}, 422)["errors"][0]
        assert (error["path"], error["code"]) == ("lines.0.item", code)
        assert said in error["detail"]
    assert api.change(api.again(new), {"successor": old["id"]}, 422)["errors"][0]["code"] == "loop"


def test_a_new_item_takes_over_from_its_category_and_goes_to_its_warehouse(api: Api):
    above = api.create("catalog.category", {"name": trade.some("Metal"), "tax_code": "1090101", "costing": "standard", "batches": True})
    below = api.create("catalog.category", {"name": trade.some("Round"), "parent": above["id"], "tax_code": "1090102"})
    assert (below["costing"], below["batches"], below["tax_code"]) == ("standard", True, "1090102")
    place = api.create("inventory.warehouse", {"name": trade.some("Rack"), "categories": [above["id"]]})
    steel = trade.item(api, category=below["id"])
    assert (steel["tax_code"], steel["costing"], steel["batches"]) == ("1090102", "standard", True)
    assert trade.item(api, category=below["id"], batches=False)["batches"] is False
    moved = api.create("inventory.move", {"kind": "receipt", "lines": [{"item": steel["id"], "quantity": "5"}]})
    assert moved["lines"][0]["to_warehouse"]["id"] == place["id"]
