"""Pick lists, regions, territories, companies of a group, and what is kept secret of a colleague (W-1.1.1, W-1.1.2, W-1.2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kernel import divisions
from tenant_apps.organization import territories
from tenant_apps.organization.models import Member
from tenants.context import tenant_context
from tests import trade
from tests.api import Api, Json
from tests.kernel import sheets
from tests.organization.test_chart import colleague, post, unit

CODE, REGION = "organization.code", "organization.region"


def options(api: Api, field: str) -> dict[str, str]:
    return {one["value"]: one["label"] for one in api.get("/meta/partners/partners/")["fields"][field]["options"]}


# pick lists ----------------------------------------------------------------------------------------------------------
def test_a_company_adds_renames_and_switches_off_entries(api: Api):
    assert options(api, "source")["exhibition"] == "Exhibition"
    api.create(
        CODE, {"table": "partners.source", "code": "fair", "label": "展会二", "label_en": "Second fair", "colour": "cyan", "position": 1}
    )
    renamed = api.create(CODE, {"table": "partners.source", "code": "exhibition", "label": "展会", "label_en": "Trade fair"})
    assert next(iter(options(api, "source"))) == "fair" and options(api, "source")["exhibition"] == "Trade fair"
    steel = trade.customer(api, source="Trade fair")
    assert steel["source"] == "exhibition"
    api.change(renamed, {"active": False})
    assert "exhibition" not in options(api, "source")
    told = api.create("partners.partner", {"name": trade.some("New"), "source": "exhibition"}, 422)
    assert told["errors"][0]["code"] == "not_a_choice"
    assert {row["id"] for row in api.rows("partners.partner", "source=exhibition")} == {steel["id"]}


def test_a_used_code_is_not_deleted_and_a_system_code_comes_back(api: Api):
    mine = api.create(CODE, {"table": "partners.source", "code": "club", "label": "商会"})
    trade.customer(api, source="club")
    assert api.delete(f"/organization/codes/{mine['id']}/?version={mine['version']}", 409)["code"] == "in_use"
    system = api.create(CODE, {"table": "partners.source", "code": "tender", "label": "招标"})
    trade.customer(api, source="tender")
    api.delete(f"/organization/codes/{system['id']}/?version={system['version']}")
    assert options(api, "source")["tender"] == "Tender notice"
    assert api.change(mine, {"code": "other"}, 422)["errors"][0]["code"] == "fixed"
    assert api.create(CODE, {"table": "no.such", "code": "x", "label": "x"}, 422)["errors"][0]["code"] == "not_found"


def test_the_screen_shows_every_list_with_the_products_entries(api: Api):
    tables = {row["key"]: row for row in api.get("/organization/code-tables/")["rows"]}
    first = tables["partners.grade"]["entries"][0]
    assert (first["code"], first["system"], first["id"]) == ("A", True, None)
    steel = next(entry for entry in tables["partners.industry"]["entries"] if entry["code"] == "steel")
    assert steel["label_en"] == "Steel and metals" and steel["label"] != steel["label_en"]


def test_an_industry_that_is_not_in_the_list_stays_as_typed(api: Api):
    assert trade.customer(api, industry="Watchmaking")["industry"] == "Watchmaking"
    assert trade.customer(api, industry="Aerospace")["industry"] == "aerospace"


# places --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "code"),
    [("320500", "320500"), ("32", "320000"), ("江苏", "320000"), ("苏州市", "320500"), ("上海", "310000"), ("广东 深圳 南山区", "440305"),
     ("南山区", ""), ("朝阳", ""), ("Atlantis", ""), ("999999", ""), ("德国", "DE0000"), ("Germany", "DE0000"), ("de", "DE0000"), ("DE0000", "DE0000"),
     ("XX", ""), ("台湾", "710000"), ("TW", "")],
)  # fmt: skip
def test_a_place_is_known_by_code_or_by_name_when_there_is_only_one(text, code):
    assert divisions.find(text) == code


def test_divisions_go_down_to_counties(api: Api):
    places = api.get("/organization/divisions/")["rows"]
    assert len([row for row in places if row["code"].isdecimal()]) == 34 and len(places) == 34 + 245
    assert {"code": "DE0000", "name": "Germany", "label": "Germany", "leaf": True} in places
    assert [row["code"] for row in api.get("/organization/divisions/?q=日本")["rows"]] == ["JP0000"]
    suzhou = api.get("/organization/divisions/?within=320500")["rows"]
    assert {"code": "320583", "name": "昆山市", "label": "江苏省 苏州市 昆山市", "leaf": True} in suzhou
    assert {api.get(f"/organization/divisions/?q={word}")["rows"][0]["code"] for word in ("昆山", "kunshan", "suzhou ks")} == {"320583"}
    assert {api.get(f"/organization/divisions/?q={word}")["rows"][0]["code"] for word in ("deguo", "Germany")} == {"DE0000"}


def test_a_customers_region_follows_from_the_place_and_the_closest_region_counts(api: Api):
    east = api.create(REGION, {"name": "East China", "divisions": ["上海", "江苏", "浙江"]})
    assert east["divisions"] == ["310000", "320000", "330000"]
    api.create(REGION, {"name": "Suzhou", "parent": east["id"], "divisions": ["320500"]})
    kunshan = trade.customer(api, division="320583")
    assert (kunshan["region"], kunshan["division"]) == ("Suzhou", {"id": "320583", "label": "江苏省 苏州市 昆山市"})
    assert trade.customer(api, division="南京市")["region"] == "East China"
    assert trade.customer(api, division={"id": "440300"})["region"] == ""
    overseas = api.create(REGION, {"name": "Europe", "divisions": ["DE", "法国"]})
    assert overseas["divisions"] == ["DE0000", "FR0000"]
    abroad = trade.customer(api, division="Germany")
    assert (abroad["region"], abroad["division"]) == ("Europe", {"id": "DE0000", "label": "Germany"})
    assert [row["id"] for row in api.rows("partners.partner", "division=DE")] == [abroad["id"]]
    assert kunshan["id"] in {row["id"] for row in api.rows("partners.partner", "division=32")}
    assert kunshan["id"] not in {row["id"] for row in api.rows("partners.partner", "division=33")}


def test_a_territory_tells_who_serves_a_place(api: Api):
    north = api.create(REGION, {"name": "North", "divisions": ["北京"]})
    city = api.create(REGION, {"name": "Haidian", "parent": north["id"], "divisions": ["110108"]})
    office = unit(api, "Beijing office", regions=[north["id"]])
    seller = post(api, "Haidian seller", office, regions=[city["id"]])
    with tenant_context(api.company):
        assert territories.serving("Haidian") == ([office["id"]], [seller["id"]])
        assert territories.serving("North") == ([office["id"]], [])


def test_what_comes_from_a_place_goes_to_whoever_is_nearest_to_it(api: Api):
    boss, seller = (trade.join(api, "Sales engineer").member for _ in range(2))
    south = api.create(REGION, {"name": "South", "divisions": ["广东"], "manager": boss})
    city = api.create(REGION, {"name": "Shenzhen", "parent": south["id"], "divisions": ["440300"]})
    held = post(api, "Shenzhen seller", unit(api, "Shenzhen office", head=boss), regions=[city["id"]])
    with tenant_context(api.company):
        assert [territories.member_for(place) for place in ("440303", "440300", "Shenzhen", "South")] == [boss] * 4
    api.change(api.read("organization.member", seller or 0), {"position": held["id"]})
    with tenant_context(api.company):
        found = [territories.member_for(place) for place in ("440303", "Shenzhen", "440100", "South", "110000", "Nowhere", "")]
    assert found == [seller, seller, boss, boss, None, None, None]


def test_territories_tell_what_comes_out_of_them_and_of_those_who_serve_them(api: Api):
    north = api.create(REGION, {"name": trade.some("Northeast"), "divisions": ["辽宁"]})
    city = api.create(REGION, {"name": trade.some("Dalian"), "parent": north["id"], "divisions": ["大连"]})
    office = unit(api, "Dalian office", regions=[north["id"]])
    held = post(api, "Dalian seller", office, regions=[city["id"]])
    buyer, other = trade.customer(api, division="大连"), trade.customer(api, division="沈阳")
    agreed, _placed = trade.order(api, customer=buyer["id"])
    trade.order(api, customer=other["id"])
    api.create("crm.lead", {"name": trade.some("Lead"), "division": "沈阳", "phone": trade.some("1")})

    def told(who: Api, by: str, key: int | None) -> tuple[int, int, int, str | None]:
        (row,) = [one for one in who.get(f"/partners/territories/?by={by}")["rows"] if one["id"] == key]
        return row["customers"], row["leads"], row["contracts"], row["signed"]

    both = str(Decimal(agreed["total"]) * 2)
    assert told(api, "region", city["id"]) == (1, 0, 1, agreed["total"])
    assert told(api, "region", north["id"]) == told(api, "unit", office["id"]) == (2, 1, 2, both)
    assert told(api, "position", held["id"]) == (1, 0, 1, agreed["total"])
    grants: Json = {"partners.partner": {"read": "own"}, "contracts.contract": {"read": "all"}}
    seller = sheets.colleague(api, grants, {"contracts.contract": {"total": "hide"}})
    assert told(seller, "region", north["id"]) == (0, 0, 2, None)
    before = api.get(f"/partners/territories/?year={date.today().year + 1}")["rows"]
    assert next(one for one in before if one["id"] == north["id"])["before"] == both
    assert api.get("/partners/territories/?by=colour", 400)["code"] == "unknown_field"


def test_a_division_belongs_to_one_region_and_regions_have_no_loops(api: Api):
    west = api.create(REGION, {"name": "West", "divisions": ["四川"]})
    told = api.create(REGION, {"name": "South West", "divisions": ["510000", "云南"]}, 422)
    assert told["errors"][0]["code"] == "taken" and "四川省" in told["errors"][0]["detail"] and "West" in told["errors"][0]["detail"]
    inner = api.create(REGION, {"name": "Chengdu", "parent": west["id"]})
    assert api.change(west, {"parent": inner["id"]}, 422)["errors"][0]["code"] == "loop"
    assert api.create(REGION, {"name": "Nowhere", "divisions": ["Atlantis"]}, 422)["errors"][0]["code"] == "not_found"


# companies of a group ------------------------------------------------------------------------------------------------
def test_companies_form_a_group_with_several_invoice_titles(api: Api):
    (own,) = api.rows("organization.company", "sort=id&limit=1")
    titles = [
        {"title": "Test Works Ltd", "bank_name": "ICBC", "bank_account": "1", "default": True},
        {"title": "Test Works Shenzhen branch"},
    ]
    branch = api.create("organization.company", {"name": "Controls", "parent": own["id"], "titles": titles})
    assert [row["title"] for row in branch["titles"]] == ["Test Works Ltd", "Test Works Shenzhen branch"]
    told = api.change(api.read("organization.company", own["id"]), {"parent": branch["id"]}, 422)
    assert told["errors"][0]["code"] == "loop" and "Controls" in told["errors"][0]["detail"]


# what is kept secret -------------------------------------------------------------------------------------------------
ID = "11010519491231002X"


def test_an_id_number_lies_sealed_and_each_look_is_on_record(api: Api, as_role):
    wang = colleague(api, "Wang")
    path = f"/organization/members/{wang['id']}/private/"
    api.put(path, {"id_number": ID.lower(), "bank_name": "ICBC", "bank_account": "6222 0000"})
    with tenant_context(api.company):
        kept = Member.objects.get(pk=wang["id"]).private
    assert kept and ID not in kept and "6222" not in kept
    assert api.get(path) == {"id_number": ID, "bank_name": "ICBC", "bank_account": "62220000"}
    assert ID not in str(api.again(wang)) and ID not in str(api.get(f"/organization/members/{wang['id']}/events/"))
    kinds = [event["verb"] for event in api.get(f"/organization/members/{wang['id']}/events/")["rows"]]
    assert kinds[:2] == ["looked", "private"]
    assert as_role("Sales engineer").get(path, 403)["code"] == "forbidden"


def test_a_wrong_id_number_is_refused(api: Api):
    li = colleague(api, "Lina")
    told = api.put(f"/organization/members/{li['id']}/private/", {"id_number": ID[:-1] + "1"}, 422)
    assert told["errors"][0]["code"] == "bad_id"
    assert api.get(f"/organization/members/{li['id']}/private/")["id_number"] == ""


# charge items --------------------------------------------------------------------------------------------------------
def test_stages_of_a_payment_plan_say_what_they_are_for(api: Api):
    agreed, _order = trade.order(api)
    assert [due["charge"]["label"] for due in trade.dues(api, agreed)] == ["Deposit", "Progress payment", "Retention"]


def test_an_item_of_the_product_is_switched_off_not_deleted(api: Api):
    rebate = api.one("finance.chargeitem", "q=rebate")
    assert api.delete(f"/finance/charge-items/{rebate['id']}/?version={rebate['version']}", 409)["code"] == "system"
    assert api.change(rebate, {"code": "advance"}, 422)["errors"][0]["code"] == "system"
    assert api.change(rebate, {"name": "Bonus"})["name"] == "Bonus"
