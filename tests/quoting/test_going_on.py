"""Policies on real quotes, pricing anew, differences, currencies, hints and estimates (spec 2.3, P-A.11, P-A.12)."""

from __future__ import annotations

from datetime import date

import pytest

from tests import trade
from tests.api import Api, Json
from tests.kernel import sheets


def policy(api: Api, **values: object) -> Json:
    made = api.create("pricing.pricepolicy", {"name": trade.some("Policy"), "level": "product", "value": "10", **values})
    return api.act(made, "publish")["document"]


def test_a_quote_is_priced_by_the_policies_in_force(api: Api):
    item, grade = trade.item(api, cost="400", floor_percent="80"), trade.customer(api, grade="A")["id"]
    draft = api.create("pricing.pricepolicy", {"name": "Later", "level": "product", "item": item["id"], "value": "50"})
    policy(api, item=item["id"])
    policy(api, level="group", grade="A", value="5")
    policy(api, level="quantity", item=item["id"], from_quantity="10", value="2")
    made = trade.quote(api, {"item": item["id"], "quantity": "10"}, customer=grade)
    assert (made["lines"][0]["unit_price"], made["lines"][0]["list_price"], made["level"]) == ("837.9", "1000", 1)
    (line,) = api.get(f"/quoting/quotes/{made['id']}/prices/")["lines"]
    assert [(step["step"], step["amount"]) for step in line["steps"]] == [
        ("list", "1000"), ("product", "-100"), ("customer", "-45"), ("quantity", "-17.1"),
    ]  # fmt: skip
    reduced = api.change(made, {"lines": [{"id": made["lines"][0]["id"], "discount": "3"}]})
    assert (reduced["lines"][0]["amount"], reduced["level"]) == ("8127.63", 1)
    assert api.get(f"/quoting/quotes/{made['id']}/prices/")["lines"][0]["steps"][-1]["amount"] == "-25.137"
    assert draft["state"] == "draft"


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"level": "customer"}, "partner"), ({"level": "quantity"}, "from_quantity"), ({"level": "company", "value": "101"}, "value"),
        ({"level": "company", "kind": "formula", "formula": "cost * margin"}, "formula"),
        ({"level": "company", "valid_from": "2026-02-01", "valid_to": "2026-01-01"}, "valid_to"),
    ],
)  # fmt: skip
def test_a_policy_that_cannot_be_is_refused(api: Api, values: Json, path: str):
    told = api.create("pricing.pricepolicy", {"name": "Wrong", **values}, 422)
    assert told["errors"][0]["path"] == path


def test_prices_that_hold_no_more_are_told_and_made_anew_line_by_line(api: Api, on_day):
    on_day(date(2026, 5, 1))
    first, second = trade.item(api), trade.item(api, "500")
    made = trade.quote(api, {"item": first["id"]}, {"item": second["id"], "discount": "4"}, valid_until="2026-07-31")
    on_day(date(2026, 6, 1))
    api.change(first, {"list_price": "1100"})
    api.change(second, {"list_price": "550"})
    told = api.refused(made, "send", "prices_expired")
    assert told["help"][0]["action"] == "quoting.quote.reprice"
    rows = api.get(f"/quoting/quotes/{made['id']}/repricing/")["lines"]
    assert [(row["price_before"], row["price"], row["difference"]) for row in rows] == [("1000", "1100", "100.00"), ("500", "550", "48.00")]
    now = api.act(made, "reprice", lines=[made["lines"][0]["id"]])["document"]
    assert [(line["unit_price"], line["list_price"], line["amount"]) for line in now["lines"]] == [
        ("1100", "1100", "1100.00"), ("500", "550", "480.00"),
    ]  # fmt: skip
    assert now["quote_date"] == "2026-06-01"
    assert api.act(now, "send")["document"]["state"] == "sent"


def test_a_promotion_that_is_withdrawn_does_not_go_out_on_the_same_day(api: Api, as_role):
    seller = as_role("Sales engineer")
    item = trade.item(api)["id"]
    promotion = policy(api, level="promotion", item=item, value="12")
    made = trade.quote(seller, {"item": item})
    assert (made["total"], made["level"]) == ("880.00", 1)
    api.act(promotion, "withdraw")
    assert seller.refused(made, "send", "prices_expired")["help"][0]["action"] == "quoting.quote.reprice"
    now = seller.act(made, "reprice")["document"]
    assert (now["total"], seller.act(now, "send")["document"]["state"]) == ("1000.00", "sent")


def test_a_quote_is_not_dated_ahead(api: Api, on_day):
    on_day(date(2026, 5, 1))
    item = trade.item(api)["id"]
    policy(api, level="promotion", item=item, value="12", valid_from="2026-11-01")
    values = {"customer": trade.customer(api)["id"], "title": trade.some("Ahead"), "lines": [{"item": item}]}
    ahead = values | {"quote_date": "2026-11-17"}
    for told in (api.create("quoting.quote", ahead, 422)["errors"], api.post("/quoting/quotes/preview/", ahead)["_errors"]):
        assert [(one["path"], one["code"]) for one in told] == [("quote_date", "future")] and "2026-05-01" in told[0]["detail"]
    made = api.create("quoting.quote", values | {"quote_date": "2026-04-30"})
    assert api.change(made, {"quote_date": "2026-11-17"}, 422)["errors"][0]["code"] == "future"
    sheet = [["customer", "title", "quote_date", "lines.item"]]
    rows = [made["customer"]["label"], values["title"], "2026-11-17", api.read("catalog.item", item)["code"]]
    assert "2026-05-01" in str(sheets.bring(api, "quoting.quote", [*sheet, rows], "failed"))
    assert [row["total"] for row in api.rows("quoting.quote", f"customer={values['customer']}")] == ["1000.00"]


def test_what_differs_between_revisions(api: Api):
    kept, gone, new = (trade.item(api, name=name)["id"] for name in ("Kept", "Gone", "New"))
    first = api.act(trade.quote(api, {"item": kept}, {"item": gone}), "send")["document"]
    second = api.made(first, "revise", "quoting.quote")
    lines = [{"id": second["lines"][0]["id"], "discount": "5"}, {"item": new}]
    second = api.change(second, {"lines": lines, "delivery_days": 90})
    told = api.get(f"/quoting/quotes/{second['id']}/differences/{first['id']}/")
    assert [(row["description"], row["before"] and row["before"]["amount"], row["after"] and row["after"]["amount"]) for row in told["lines"]] == [
        ("Kept", "1000.00", "950.00"), ("New", None, "1000.00"), ("Gone", "1000.00", None),
    ]  # fmt: skip
    assert ("60", "90") in [(row["from"], row["to"]) for row in told["terms"] if row["name"] == "delivery_days"]
    again = api.act(first, "revise", 409)
    assert second["number"] in again["detail"]


def test_another_currency_has_a_rate_that_stays_until_it_ends(api: Api, on_day):
    on_day(date(2026, 5, 1))
    item, who = trade.item(api, "1400", "700"), trade.customer(api)["id"]
    values = {"customer": who, "currency": "usd", "lines": [{"item": item["id"]}], "valid_until": "2026-12-31"}
    assert api.create("quoting.quote", values, 422)["errors"][0]["code"] == "no_rate"
    api.create("pricing.exchangerate", {"currency": "USD", "rate": "7", "valid_from": "2026-05-01", "valid_to": "2026-05-31"})
    made = api.create("quoting.quote", values)
    assert (made["currency"], made["total"], made["cost_total"], made["lines"][0]["floor"]) == ("USD", "200.00", "100.00", "170.00")
    on_day(date(2026, 6, 1))
    api.refused(made, "send", "rate_expired")
    assert api.act(made, "reprice", 422)["errors"][0]["code"] == "no_rate"
    api.create("pricing.exchangerate", {"currency": "USD", "rate": "7.2", "valid_from": "2026-06-01", "valid_to": "2026-06-30"})
    (row,) = api.get(f"/quoting/quotes/{made['id']}/repricing/")["lines"]
    assert (row["price_before"], row["price"], row["difference"]) == ("200", "194.44", "-5.56"), (
        "at the rate of the day on which it is taken"
    )
    now = api.act(made, "reprice")["document"]
    assert (now["total"], now["lines"][0]["unit_price"]) == ("194.44", row["price"])
    sent = api.act(now, "send")["document"]
    agreed = api.made(sent, "accept", "contracts.contract")
    assert (agreed["currency"], agreed["rate"]) == ("USD", "7.2")


def test_what_others_paid_stands_beside_the_price(api: Api, as_role):
    item, who = trade.item(api), trade.customer(api)["id"]
    for discount, verb in (("0", "accept"), ("4", "accept"), ("5", "lose")):
        sent = api.act(trade.quote(api, {"item": item["id"], "discount": discount}, customer=who), "send")["document"]
        api.act(sent, verb, **({"reason": "price"} if verb == "lose" else {}))
    asked = {"customer": who, "lines": [{"item": item["id"], "discount": "5"}]}
    (told,) = api.post("/quoting/hints/", asked)["lines"]
    assert [row["price"] for row in told["last"]] == ["950.00", "960.00", "1000.00"]
    assert told["range"] == {"least": "960.00", "middle": "980.00", "most": "1000.00", "deals": 2}
    assert told["win_rate"] == {"won": 1, "of": 2, "from": "2.5", "to": "7.5"}
    api.create("pricing.exchangerate", {"currency": "NZD", "rate": "4", "valid_from": "2020-01-01", "valid_to": "2099-12-31"})
    dollars = api.post("/quoting/hints/", asked | {"currency": "NZD"})
    assert (dollars["currency"], dollars["lines"][0]["range"]["middle"]) == ("NZD", "245.00")
    assert api.post("/quoting/hints/", asked | {"currency": "XXX"})["currency"] == "CNY"
    (others,) = as_role("Sales engineer").post("/quoting/hints/", asked)["lines"]
    assert (others["last"], others["range"]) == ([], None), "quotes of colleagues are not theirs to see"
    api.post("/quoting/hints/", {"lines": ["x"]}, 422)


def test_the_policies_of_a_series_stand_with_it(api: Api):
    series = api.create("catalog.series", {"name": trade.some("Series")})["id"]
    made = policy(api, level="series", series=series)
    api.create("pricing.pricepolicy", {"name": "Draft", "level": "series", "series": series, "value": "5"})
    assert [row["id"] for row in api.rows("pricing.pricepolicy", f"series={series}&state=published")] == [made["id"]]


def test_a_policy_that_cannot_be_worked_out_is_named(api: Api):
    item = trade.item(api)["id"]
    made = policy(api, kind="formula", formula="list / (quantity - 2)", item=item)
    told = api.create("quoting.quote", {"customer": trade.customer(api)["id"], "lines": [{"item": item, "quantity": "2"}]}, 409)
    assert told["code"] == "price_policy" and made["name"] in told["detail"]


def test_what_comes_to_more_than_can_be_is_refused_in_words(api: Api):
    line = {"item": trade.item(api)["id"], "quantity": "99999999999", "unit_price": "99999999999"}
    who = trade.customer(api)["id"]
    told = api.create("quoting.quote", {"customer": who, "lines": [line]}, 422)
    assert told["detail"] and not api.rows("quoting.quote", f"customer={who}")


def test_what_is_accepted_too_late_is_refused_and_leads_to_a_new_revision(api: Api, on_day):
    on_day(date(2026, 5, 1))
    sent = api.act(trade.quote(api, {"item": trade.item(api)["id"]}, valid_until="2026-05-10"), "send")["document"]
    on_day(date(2026, 5, 11))
    for verb in ("accept", "confirm"):
        told = api.refused(sent, verb, "expired")
        assert told["help"][0]["action"] == "quoting.quote.revise"


def test_goods_offered_out_of_their_territory_are_warned_of(api: Api):
    north, brand = trade.some("North"), trade.some("Brand")
    region = api.create("organization.region", {"name": trade.some("East")})["id"]
    api.create("organization.region", {"name": north})
    maker = trade.customer(api, kind="supplier")["id"]
    api.create("partners.agency", {"brand": brand, "kind": "ours", "partner": maker, "regions": [region]})
    series = api.create("catalog.series", {"name": trade.some("Series"), "brand": api.create("catalog.brand", {"name": brand})["id"]})["id"]
    foreign, own = trade.item(api, series=series)["id"], trade.item(api)["id"]
    made = trade.quote(api, {"item": foreign}, {"item": own}, customer=trade.customer(api, region=north)["id"])
    assert [brand in told["detail"] and north in told["detail"] for told in made["_authority"]["warnings"]] == [True]
    assert (made["_authority"]["full"], made["_authority"]["floor"]) == ("2000.00", "1700.00")
    assert api.change(made, {"lines": [{"id": made["lines"][1]["id"]}]})["_authority"]["warnings"] == []
    assert api.act(made | api.again(made), "send")["document"]["state"] == "sent", "a warning does not refuse"


def test_full_cost_decides_about_margin_and_floor(api: Api):
    offer = trade.quote(api, {"item": trade.item(api, "100000", "40000")["id"]})
    found = api.made(offer, "estimate", "quoting.estimate")
    assert [(line["kind"], line["amount"]) for line in found["lines"]] == [("material", "40000.00")]
    lines = [
        {"id": found["lines"][0]["id"]}, {"kind": "labour", "description": "Assembly", "quantity": "100", "unit_cost": "65"},
        {"kind": "freight", "description": "Crate and truck", "formula": "material * 0.05"}, {"kind": "travel", "unit_cost": "3000"},
    ]  # fmt: skip
    values = {"risk_percent": "4", "finance_rate": "5", "finance_days": 73, "tax_percent": "1", "target_margin": "29", "lines": lines}
    found = api.change(found, values)
    assert (found["direct_cost"], found["risk"], found["finance_cost"]) == ("51500.00", "2060.00", "535.60")
    assert (found["net_price"], found["tax"], found["total_cost"], found["price"]) == ("77279.43", "772.79", "54868.39", "87325.76")
    api.act(found, "adopt")
    offer = api.again(offer)
    assert (offer["cost_total"], offer["margin_rate"], offer["level"]) == ("54868.39", "38.00", 1) or offer["margin_rate"] == "38"
    cheaper = api.change(offer, {"lines": [{"id": offer["lines"][0]["id"], "unit_price": "77000"}]})
    assert cheaper["level"] == 5
    api.act(api.act(cheaper, "send")["document"], "lose", reason="price")
    assert api.refused(api.act(found, "reopen")["document"], "adopt", "wrong_state")


def test_an_estimate_has_versions_and_stands_beside_the_price(api: Api):
    offer = trade.quote(api, {"item": trade.item(api, "100000", "40000")["id"]})
    first = api.made(offer, "estimate", "quoting.estimate")
    first = api.change(first, {"target_margin": "40", "lines": [{"id": first["lines"][0]["id"]}, {"kind": "travel", "unit_cost": "2000"}]})
    second = api.made(first, "revise", "quoting.estimate")
    assert (second["number"], second["total_cost"], second["quote"]["id"]) == (f"{first['number']}-R2", first["total_cost"], offer["id"])
    rows = [{"id": line["id"]} for line in second["lines"]]
    second = api.change(second, {"risk_percent": "10", "lines": [rows[0], {**rows[1], "unit_cost": "8000"}]})
    told = api.get(f"/quoting/estimates/{second['id']}/weighing/")
    assert [(row["kind"], row["before"], row["amount"], row["share"]) for row in told["costs"]] == [
        ("material", "40000.00", "40000.00", "75.8"), ("travel", "2000.00", "8000.00", "15.2"), ("risk", "0.00", "4800.00", "9.1"),
        ("total_cost", "42000.00", "52800.00", "100.0"),
    ]  # fmt: skip
    assert [(row["what"], row["price"], row["margin"]) for row in told["prices"]] == [
        ("least", "74580.00", "20.00"), ("wanted", "99440.00", "40.00"), ("offered", "100000.00", "40.34"),
    ]  # fmt: skip
    assert [row["number"] for row in told["versions"]] == [second["number"], first["number"]]
    assert api.refused(first, "adopt", "wrong_state")["help"][0]["values"] == {"id": second["id"]}
    api.delete(f"/quoting/estimates/{second['id']}/")
    assert api.again(first)["state"] == "draft"


def test_costs_are_estimated_by_those_who_may_see_them(api: Api, as_role):
    made = api.create("quoting.estimate", {"title": "Tender", "lines": [{"unit_cost": "5"}]})
    seller = as_role("Sales engineer")
    for path in ("", "weighing/"):
        seller.get(f"/quoting/estimates/{made['id']}/{path}", 403)
    assert "total_cost" in as_role("Finance").read("quoting.estimate", made["id"])


def test_a_bid_is_estimated_without_a_quote_and_nonsense_is_refused(api: Api):
    claim = {"title": trade.some("Plant"), "end_user": trade.some("Steel"), "scope": "Two presses"}
    found = api.made(api.create("crm.registration", claim), "estimate", "quoting.estimate")
    assert (found["title"], found["source_label"], found["lines"]) == (claim["title"], claim["title"], [])
    told = api.get(f"/quoting/estimates/{found['id']}/weighing/")
    assert ([row["what"] for row in told["prices"]], told["against"]) == (["least", "wanted"], None)
    told = api.create(
        "quoting.estimate", {"title": "Tender", "target_margin": "99", "tax_percent": "1", "lines": [{"unit_cost": "5"}]}, 422
    )
    assert told["errors"][0]["path"] == "target_margin"
    for line, path in (({"formula": "material / 0"}, "formula"), ({"unit_cost": "5", "quantity": "-1"}, "quantity")):
        told = api.create("quoting.estimate", {"title": "Tender", "lines": [line]}, 422)
        assert told["errors"][0]["path"] == f"lines.0.{path}"


def test_an_offer_for_later_pay_or_an_early_day_needs_more(api: Api):
    late = trade.first(api, "contracts.scheme", name="100% 30 days after shipment")
    slow = trade.item(api, lead_days=70)
    made = trade.quote(api, {"item": slow["id"]}, scheme=late, delivery_days=60)
    assert made["level"] == 4 and len(made["_authority"]["why"]) == 2
    assert trade.quote(api, {"item": slow["id"]}, delivery_days=70)["level"] == 1


def test_a_policy_is_tried_on_the_last_twelve_months(api: Api, as_role):
    item, who = trade.item(api, "2000", "1000"), trade.customer(api)
    for _ in range(2):
        api.act(api.act(trade.quote(api, {"item": item["id"], "quantity": "2"}, customer=who["id"]), "send")["document"], "accept")
    draft = api.create(
        "pricing.pricepolicy", {"name": "Special", "level": "customer", "partner": who["id"], "item": item["id"], "value": "10"}
    )
    told = api.get(f"/pricing/policies/{draft['id']}/effect/")
    assert (told["difference"], told["customers"], told["top"][0]["customer"]["label"]) == ("-800.00", 1, who["name"])
    (row,) = told["top"]
    assert (row["before"], row["after"], row["margin_before"], row["margin_after"]) == ("8000.00", "7200.00", "43.50", "37.22")
    assert "margin_before" not in as_role("Sales manager").get(f"/pricing/policies/{draft['id']}/effect/")
    grants = {"quoting.quote": {"read": "all"}, "pricing.pricepolicy": {"read": "all"}}
    role = {"name": trade.some("Pricing"), "grants": grants, "masks": {"quoting.quote": {"margin_rate": "hide"}}}
    told = trade.join(api, api.create("organization.role", role)["name"]).get(f"/pricing/policies/{draft['id']}/effect/")
    assert told["difference"] == "-800.00" and not any(name.startswith("margin") for name in {**told, **told["top"][0]})
    as_role("Warehouse").get(f"/pricing/policies/{draft['id']}/effect/", 403)
