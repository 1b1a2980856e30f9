"""A token is for what it says, and never for more than its owner may do."""

from __future__ import annotations

import pytest

from kernel import scopes
from shared_apps.console.models import PlatformLog
from tenant_apps.organization.models import Token
from tenants.context import tenant_context
from tests import trade
from tests.api import Api
from tests.founding import browser


def program(api: Api, *told: str, days: int = 30) -> Api:
    made = api.post("/me/tokens/", {"name": "shop", "days": days, "scopes": list(told)}, 201)
    assert made["scopes"] == list(told)
    return Api(api.company, browser(api.company, HTTP_AUTHORIZATION=f"Bearer {made['token']}"))


def test_a_reader_reads(api: Api):
    mine, reader = trade.customer(api), program(api, "read")
    assert reader.again(mine) == mine | {"_can": reader.again(mine)["_can"], "_actions": []}
    assert reader.get("/partners/partners/lookup/?q=Steel")["rows"]
    assert reader.post("/partners/partners/export/", {"format": "csv"}, 202)["job"]


def test_a_reader_changes_nothing(api: Api):
    mine, reader = trade.customer(api), program(api, "read")
    reader.change(mine, {"name": "x"}, 403)
    reader.create("partners.partner", {"name": "x"}, 403)
    for path in ("/partners/partners/bulk/", f"/partners/partners/{mine['id']}/notes/", "/files/", f"{'/jobs/1/cancel/'}"):
        reader.post(path, {}, 403)
    reader.put("/me/settings/x/", {"value": 1}, 403)
    assert reader.get("/meta/")["member"]["is_admin"] is False
    assert api.again(mine) == mine


def test_a_part_is_all_it_gets(api: Api):
    mine = trade.customer(api)
    part = program(api, "write:partners.*", "read:catalog.item")
    assert part.change(mine, {"name": trade.some("Renamed")})["version"] == mine["version"] + 1
    assert part.rows("catalog.item", "limit=1") is not None
    part.post("/catalog/items/", {}, 403)
    part.get("/quoting/quotes/", status=403)
    assert set(part.get("/meta/")["resources"]) == {"catalog.item"} | {
        key for key in api.get("/meta/")["resources"] if key.startswith("partners.")
    }


def test_a_token_never_exceeds_its_owner(api: Api, as_role):
    seller = as_role("Sales engineer")
    program(seller, "write").get("/partners/partners/", status=200)
    program(seller, "write").post("/organization/roles/", {"name": "x"}, 403)
    theirs = trade.customer(api)
    program(seller, "write:partners.partner").get(f"/partners/partners/{theirs['id']}/", status=404)


def test_no_program_makes_itself_another_token(api: Api):
    machine = program(api, "write")
    machine.get("/me/tokens/", status=403)
    machine.post("/me/tokens/", {"name": "x"}, 403)
    assert machine.get("/security/", status=401)


def test_an_old_token_is_nobody(api: Api):
    made = api.post("/me/tokens/", {"name": "old", "days": 1}, 201)
    machine = Api(api.company, browser(api.company, HTTP_AUTHORIZATION=f"Bearer {made['token']}"))
    machine.get("/meta/")
    assert api.get("/me/tokens/")["rows"][0]["used_on"]
    with tenant_context(api.company):
        token = Token.objects.get(pk=made["id"])
        assert made["token"] not in token.digest
        Token.objects.filter(pk=token.pk).update(expires_at=token.created_at)
    machine.get("/meta/", status=401)


@pytest.mark.parametrize("told", [[], ["everything"], ["read:"], ["read:Sales.*"], ["write sales.order"], "read", [1], ["read"] * 21])
def test_scopes_that_say_nothing_are_refused(api: Api, told: object):
    assert api.post("/me/tokens/", {"name": "x", "scopes": told}, 422)["errors"][0]["path"] == "scopes"


@pytest.mark.parametrize(
    ("limit", "key", "verb", "allowed"),
    [("read", "sales.order", "read", True), ("read", "sales.order", "export", True), ("read", "sales.order", "confirm", False),
     ("write", "sales.order", "confirm", True), ("read:sales.*", "sales.order", "print", True), ("read:sales.*", "finance.due", "read", False),
     ("write:sales.order", "sales.order", "read", True), ("write:sales.order", "sales.orders", "read", False), ("read:*", "a.b", "read", True)],
)  # fmt: skip
def test_what_a_scope_covers(limit: str, key: str, verb: str, allowed: bool):
    assert scopes.allow((limit,), key, verb) is allowed


def test_the_platforms_log_has_it(api: Api):
    made = api.post("/me/tokens/", {"name": "logged", "scopes": ["read"]}, 201)
    api.delete(f"/me/tokens/{made['id']}/")
    lines = PlatformLog.objects.filter(company=api.company.pk).order_by("-pk")[:2]
    assert [(line.kind, line.data["token"]) for line in lines] == [("token_revoked", made["id"]), ("token_made", made["id"])]
