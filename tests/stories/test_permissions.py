"""Rights as an administrator arranges them: shared rows, roles for a time, duties in one hand, the workspace seen as a role, and why (W-1.3)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kernel import clock
from tests import trade
from tests.api import Api, Json, at, where

QUOTE = "quoting.quote"


@pytest.fixture(scope="module")
def ann(as_role) -> Api:
    return as_role("Sales engineer")


@pytest.fixture(scope="module")
def bob(api: Api) -> Api:
    return trade.join(api, "Sales engineer")


@pytest.fixture
def offer(api: Api, ann: Api) -> Json:
    return trade.quote(ann, {"item": trade.stocked(api)["id"]}, customer=trade.customer(ann)["id"])


def role(api: Api, **values: object) -> Json:
    return api.create("organization.role", {"name": trade.some("Role"), **values})


def explained(api: Api, document: Json | None, verb: str, member: int | None = None, key: str = QUOTE) -> Json:
    pk = f"&id={document['id']}" if document else ""
    return api.get(f"/organization/permissions/explain/?resource={key}{pk}&verb={verb}&member={member or ''}")


def steps(told: Json) -> dict[str, bool]:
    return {step["level"]: step["ok"] for step in told["steps"]}


# single rows ---------------------------------------------------------------------------------------------------------
def test_a_row_is_shared_for_reading_then_for_changing_and_taken_back(ann: Api, bob: Api, offer: Json):
    shares = f"{where(offer)}shares/"
    bob.get(where(offer), status=404)
    given = ann.post(shares, {"member": bob.member}, 201)
    assert bob.get(where(offer))["_can"] == {"change": False, "delete": False}
    assert bob.rows(QUOTE, f"id={offer['id']}")[0]["id"] == offer["id"]
    assert bob.change(offer, {"title": "Mine"}, 403)["code"] == "forbidden"
    assert bob.get("/me/messages/")["rows"][0]["link"] == {"_key": QUOTE, "id": offer["id"]}
    assert bob.post(shares, {"member": bob.member, "may_change": True}, 403)["code"] == "forbidden"
    assert ann.post(shares, {"member": bob.member, "may_change": True}, 201)["id"] == given["id"]
    assert bob.change(offer, {"title": "Ours"})["title"] == "Ours"
    assert [row["member"]["id"] for row in ann.get(shares)["rows"]] == [bob.member]
    assert "shared" in ann.get(f"{where(offer)}events/")["rows"][1]["title"]
    ann.delete(f"{shares}{given['id']}/")
    bob.get(where(offer), status=404)


def test_a_share_ends_with_its_day(ann: Api, bob: Api, offer: Json, on_day):
    today = clock.now().date()
    ann.post(f"{where(offer)}shares/", {"member": bob.member, "until": today.isoformat()}, 201)
    bob.get(where(offer))
    on_day(today + timedelta(days=1))
    bob.get(where(offer), status=404)


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({}, "member"),
        ({"member": 10**9}, "member"),
        ({"unit": "x"}, "unit"),
        ({"member": 1, "unit": 1}, "member"),
        ({"member": 1, "until": "2020-01-01"}, "until"),
    ],
)
def test_a_share_that_cannot_be_is_refused(ann: Api, offer: Json, asked: Json, path: str):
    assert ann.post(f"{where(offer)}shares/", asked, 422)["errors"][0]["path"] == path
    assert ann.get(f"{where(offer)}shares/")["rows"] == []


def test_what_everybody_sees_is_not_shared(api: Api):
    part = trade.item(api)
    assert api.get(f"{where(part)}shares/")["may_share"] is False
    assert api.post(f"{where(part)}shares/", {"member": 1}, 409)["code"] == "not_shareable"


def test_a_customers_team_sees_what_the_customer_gets(api: Api, ann: Api, offer: Json):
    made = role(api, grants={QUOTE: {"read": ["own", "team"]}, "partners.partner": {"read": "team"}})
    helper = trade.join(api, made["name"])
    helper.get(where(offer), status=404)
    api.post(f"/partners/partners/{offer['customer']['id']}/shares/", {"member": helper.member, "team": True}, 201)
    assert helper.again(offer)["number"] == offer["number"]
    assert [row["id"] for row in helper.rows("partners.partner")] == [offer["customer"]["id"]]


# rules and reaches ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("grants", "code"),
    [
        ({QUOTE: {"read": ["own", "everything"]}}, "bad_grants"),
        ({QUOTE: {"read": []}}, "bad_grants"),
        ({QUOTE: {"read": "rule: total >"}}, "bad_formula"),
        ({QUOTE: {"read": "rule: colour = 1"}}, "bad_formula"),
        ({"quoting.*": {"read": "rule: total > 1"}}, "rule_for_many"),
    ],
)
def test_a_reach_that_says_nothing_sensible_is_refused(api: Api, grants: Json, code: str):
    told = api.create("organization.role", {"name": "Odd", "grants": grants}, 422)
    assert (told["errors"][0]["path"], told["errors"][0]["code"]) == ("grants", code)


def test_a_rule_reads_fields_even_of_shared_master_data(api: Api):
    cheap, dear = trade.item(api, "10"), trade.item(api, "99999")
    made = role(api, grants={"catalog.item": {"read": "rule: list_price < 100"}})
    seen = {row["id"] for row in trade.join(api, made["name"]).rows("catalog.item", "limit=500")}
    assert cheap["id"] in seen and dear["id"] not in seen


def test_an_app_or_screen_switched_off_is_gone_whatever_is_granted(api: Api):
    made = role(api, grants={"*": {"*": "all"}}, screens={"off": ["quoting", "sales.order"]})
    someone = trade.join(api, made["name"])
    there = someone.get("/meta/")["resources"]
    assert QUOTE not in there and "sales.order" not in there and "contracts.contract" in there
    someone.get(at("sales.order"), status=403)


# roles for a time ----------------------------------------------------------------------------------------------------
def test_a_role_for_a_time_begins_and_ends_by_itself(api: Api, on_day):
    someone, today = trade.join(api), clock.now().date()
    member = api.read("organization.member", someone.member)
    finance = trade.first(api, "organization.role", name="Finance")
    line = {"role": finance, "since": today + timedelta(days=1), "until": today + timedelta(days=2), "reason": "Holiday of Li"}
    line = {name: str(value) if name in ("since", "until") else value for name, value in line.items()}
    told = api.change(member, {"temporary": [{**line, "until": str(today)}]}, 422)
    assert told["errors"][0]["path"] == "temporary.0.until"
    api.change(member, {"temporary": [line]})
    for day, status in ((0, 403), (1, 200), (2, 200), (3, 403)):
        on_day(today + timedelta(days=day))
        someone.get(at("finance.receipt"), status=status)


# duties --------------------------------------------------------------------------------------------------------------
def test_conflicting_duties_are_told_for_a_draft_a_role_and_a_member(api: Api):
    grants = {"finance.receipt": {"post": "all"}, "finance.due": {"waive": "own"}}
    drafted = api.post("/organization/permissions/duties/", {"grants": grants})["rows"]
    assert [(one["first"]["verb"], one["second"]["verb"]) for one in drafted] == [("post", "waive")]
    assert api.post("/organization/permissions/duties/", {"grants": {"finance.receipt": {"post": "all"}}})["rows"] == []
    halves = [role(api, grants={key: verbs}) for key, verbs in grants.items()]
    both = trade.join(api, *(half["name"] for half in halves))
    rows = api.get("/organization/permissions/duties/")["rows"]
    pair = next(one for one in rows if one["second"]["verb"] == "waive")
    assert both.member in [one["id"] for one in pair["members"]]
    assert not {half["id"] for half in halves} & {one["id"] for one in pair["roles"]}
    both.get("/organization/permissions/duties/", status=403)


def test_every_known_conflict_names_verbs_that_exist(api: Api):
    rows = api.get("/organization/permissions/duties/")["rows"]
    assert len(rows) >= 8
    screens = {
        one["key"]: {verb["verb"] for verb in one["verbs"]}
        for app in api.get("/organization/permissions/")["apps"]
        for one in app["screens"]
    }
    assert [pair for pair in rows for side in (pair["first"], pair["second"]) if side["verb"] not in screens[side["key"]]] == []


# why -----------------------------------------------------------------------------------------------------------------
def test_it_is_explained_level_by_level(api: Api, ann: Api, bob: Api, offer: Json):
    assert explained(api, offer, "read", ann.member)["allowed"]
    told = explained(api, offer, "read", bob.member)
    assert not told["allowed"] and steps(told) == {"method": True, "rows": False, "fields": True}
    assert [one["ok"] for one in told["steps"][1]["reaches"]][:1] == [False]
    ann.post(f"{where(offer)}shares/", {"member": bob.member}, 201)
    assert explained(api, offer, "read", bob.member)["allowed"]
    keeper = trade.join(api, "Warehouse")
    assert steps(explained(api, offer, "read", keeper.member)) == {"method": False}
    ann.act(offer, "send")
    assert steps(explained(api, offer, "change", ann.member)) == {"method": True, "rows": True, "state": False, "fields": True}
    assert "fields" in steps(explained(api, None, "read", ann.member, "sales.order"))


def test_the_explanation_agrees_with_what_happens(api: Api, ann: Api, bob: Api, offer: Json):
    for who in (ann, bob):
        for verb in ("read", "change", "delete", "send", "accept"):
            said = explained(api, offer, verb, who.member)["allowed"]
            status, shown = who.ask("get", where(offer))
            done = status == 200 and (verb == "read" or verb in shown["_actions"] or shown["_can"].get(verb, False))
            assert said == done, (who.member, verb)


def test_nobody_asks_about_others_or_about_what_they_do_not_see(api: Api, ann: Api, bob: Api, offer: Json):
    assert explained(ann, offer, "send")["allowed"]
    plain = trade.join(api, role(api, grants={QUOTE: {"read": "own"}})["name"])
    assert explained(plain, None, "read")["allowed"]
    plain.get(f"/organization/permissions/explain/?resource={QUOTE}&verb=read&member={bob.member}", status=403)
    bob.get(f"/organization/permissions/explain/?resource={QUOTE}&id={offer['id']}", status=404)
    api.get("/organization/permissions/explain/?resource=no.such", status=404)


def test_a_message_tells_no_more_than_a_list_would(api: Api, ann: Api, bob: Api, offer: Json):
    """Bob is named in a note on a quote that he does not see."""
    note = {"text": "Discount of 40 %?", "mentions": [bob.member]}
    ann.post(f"{where(offer)}notes/", note, 201)
    told = bob.get("/me/messages/")["rows"][0]
    assert told["link"] is None and offer["number"] not in told["title"] and "40" not in told["text"] and "share" in told["text"]
    ann.post(f"{where(offer)}shares/", {"member": bob.member}, 201)
    ann.post(f"{where(offer)}notes/", note, 201)
    told = bob.get("/me/messages/")["rows"][0]
    assert (told["link"], told["text"]) == ({"_key": QUOTE, "id": offer["id"]}, note["text"])


# the workspace as a role ---------------------------------------------------------------------------------------------
def test_an_administrator_looks_through_a_roles_eyes_and_changes_nothing(api: Api, founded):
    there = Api.of_owner(founded())
    keeper = trade.first(there, "organization.role", name="Warehouse")
    there.post(f"/organization/roles/{keeper}/see-as/")
    seen = there.get("/meta/")
    assert seen["member"]["seen_as"] == "Warehouse" and not seen["member"]["is_admin"] and QUOTE not in seen["resources"]
    there.get(at(QUOTE), status=403)
    assert there.post(at("inventory.warehouse"), {"name": "x"}, 403)["code"]
    assert there.patch(f"{at('organization.role')}{keeper}/", {"name": "x"}, 403)["code"]
    there.post("/me/see-as-myself/", status=204)
    assert there.get("/meta/")["member"]["is_admin"]
    assert there.get(f"{at('organization.role')}{keeper}/events/")["rows"][0]["verb"] == "see_as"


def test_only_who_changes_roles_sees_as_one(api: Api, ann: Api):
    keeper = trade.first(api, "organization.role", name="Warehouse")
    assert ann.post(f"/organization/roles/{keeper}/see-as/", {}, 403)["code"] == "forbidden"


# menu and lists ------------------------------------------------------------------------------------------------------
def test_a_role_arranges_the_menu_and_how_lists_begin(api: Api):
    menu = [{"key": "stock", "label": "My goods", "items": ["sales.order", "inventory.balance", "organization.role"]}, {"key": "sales"}]
    lists = {"sales.order": {"columns": ["number", "total"], "filters": {"state": ["released"]}, "sort": "-total"}}
    made = role(api, grants={"sales.*": {"read": "all"}, "inventory.*": {"read": "all"}, "quoting.*": {"read": "all"}},
                screens={"menu": menu, "hidden": ["inventory.serial"], "lists": lists})  # fmt: skip
    someone = trade.join(api, made["name"])
    groups = someone.get("/meta/")["menu"]
    assert [(groups[0]["label"], [one["key"] for one in groups[0]["items"]][:2])] == [("My goods", ["sales.order", "inventory.balance"])]
    keys = [one["key"] for group in groups for one in group["items"]]
    assert "inventory.serial" not in keys and keys.count("sales.order") == 1 and "organization.role" not in keys
    told = someone.get("/meta/sales/orders/")
    assert (told["columns"], told["default_sort"]) == (["number", "total"], "-total")
    assert groups[0]["items"][0]["filters"] == {"state": ["released"]}


@pytest.mark.parametrize(
    "screens", [[], {"colour": 1}, {"menu": {}}, {"menu": [{"label": "x"}]}, {"off": [1]}, {"lists": {"a": {"columns": "x"}}}]
)
def test_an_arrangement_that_says_nothing_sensible_is_refused(api: Api, screens: object):
    assert api.create("organization.role", {"name": "Odd", "screens": screens}, 422)["errors"][0]["path"] == "screens"


# who administers, who left -------------------------------------------------------------------------------------------
def test_the_last_administrators_rights_stay(founded):
    there = Api.of_owner(founded())
    admin = there.read("organization.role", trade.first(there, "organization.role", name="Administrator"))
    for change in ({"grants": {"*": {"read": "all"}}}, {"screens": {"off": ["organization"]}}, {"grants": {"*": {"*": ["unit", "below"]}}}):
        assert there.change(admin, {**change, "remark": "half"}, 409)["code"] == "last_admin"
        assert there.again(admin) == admin
    assert there.delete(where(admin), status=409)["code"] == "in_use"


def test_a_leavers_shares_and_roles_for_a_time_are_worth_nothing(api: Api, ann: Api, offer: Json):
    someone, today = trade.join(api, "Sales engineer"), clock.now().date().isoformat()
    member = api.read("organization.member", someone.member)
    line = {"role": trade.first(api, "organization.role", name="Finance"), "since": today, "until": today, "reason": "Month's end"}
    member = api.change(member, {"temporary": [line]})
    ann.post(f"{where(offer)}shares/", {"member": someone.member}, 201)
    token = someone.post("/me/tokens/", {"name": "x"}, 201)["token"]
    someone.get(where(offer))
    api.act(api.again(member), "disable")
    assert someone.ask("get", where(offer))[0] in (401, 404)
    assert someone.ask("get", at("finance.receipt"), None, Authorization=f"Bearer {token}")[0] == 401
    assert not explained(api, offer, "read", someone.member)["allowed"]
