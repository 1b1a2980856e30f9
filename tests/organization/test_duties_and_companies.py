"""Duties that a company keeps apart itself, and roles that reach the documents of a named company of the group (W-1.3.1)."""

from __future__ import annotations

from tests import trade
from tests.api import Api, Json

SETTING, PARTNER = "organization.setting", "partners.partner"


def role_of(api: Api, grants: Json) -> Json:
    return api.create("organization.role", {"name": trade.some("Role"), "grants": grants})


def explained(api: Api, document: Json, who: Api) -> Json:
    return api.get(f"/organization/permissions/explain/?resource={PARTNER}&id={document['id']}&verb=read&member={who.member}")


def test_a_company_keeps_duties_of_its_own_apart(api: Api):
    pair = {"first": "partners.partner.create", "second": "finance.receipt.post", "why": "Made-up customers", "on": True}
    shipped = next(one["name"] for one in api.get("/organization/permissions/duties/")["rows"] if one["second"]["verb"] == "waive")
    kept = api.create(SETTING, {"name": "organization.duties", "value": {"own": [pair], "off": [shipped]}})
    grants = {"partners.partner": {"create": "all"}, "finance.receipt": {"post": "all"}, "finance.due": {"waive": "all"}}
    told = api.post("/organization/permissions/duties/", {"grants": grants})["rows"]
    assert [(one["name"], one["own"]) for one in told] == [("partners.partner.create finance.receipt.post", True)]
    screen = api.get("/organization/permissions/duties/")
    assert screen["setting"]["id"] == kept["id"] and not next(one["on"] for one in screen["rows"] if one["name"] == shipped)
    api.change(kept, {"value": {"own": [{**pair, "on": False}], "off": []}})
    assert [one["name"] for one in api.post("/organization/permissions/duties/", {"grants": grants})["rows"]] == [shipped]
    for wrong, code in (
        ({"second": "finance.receipt.dance"}, "unknown_method"), ({"second": pair["first"]}, "same"), ({"why": " "}, "no_reason"),
        ({"first": "finance.due.waive"}, "twice"), ({"on": 1}, "bad_duties"),
    ):  # fmt: skip
        told = api.change(api.again(kept), {"value": {"own": [{**pair, **wrong}]}}, 422)
        assert (told["errors"][0]["path"], told["errors"][0]["code"]) == ("value", code)
    assert "organization.duties" not in {row["name"] for row in api.get("/organization/parameters/")["rows"]}


def test_a_role_reaches_the_documents_of_a_company_of_the_group(api: Api):
    branch = api.create("organization.company", {"name": "Controls Shenzhen"})
    office = api.create("organization.unit", {"name": "Shenzhen", "company": branch["id"]})
    offered = {one["value"] for one in api.get("/organization/permissions/")["reaches"]}
    assert {"company:Controls Shenzhen", "company:Test Works"} <= offered
    made = role_of(api, {"partners.partner": {"read": ["own", "company:Controls Shenzhen"]}})
    auditor, seller = trade.join(api, made["name"]), trade.join(api, "Sales engineer")
    member = api.read("organization.member", seller.member or 0)
    api.change(member, {"department": office["id"]})
    theirs, ours = trade.customer(seller), trade.customer(api)
    assert [row["id"] for row in auditor.rows("partners.partner")] == [theirs["id"]]
    told = explained(api, theirs, auditor)
    assert told["allowed"] and {"label": "Controls Shenzhen", "ok": True} in told["steps"][1]["reaches"]
    assert not explained(api, ours, auditor)["allowed"]
    api.change(branch, {"name": "Controls South"})
    assert [row["id"] for row in auditor.rows("partners.partner")] == [theirs["id"]]
    assert api.again(made)["grants"]["partners.partner"]["read"] == ["own", "company:Controls South"]
    assert api.change(api.again(made), {"grants": {PARTNER: {"read": "company:Atlantis"}}}, 422)["errors"][0]["code"] == "unknown_company"
