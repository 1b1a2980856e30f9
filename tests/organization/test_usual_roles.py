"""Companies founded before learn what the usual roles have gained or lost since, and take over what they want (W-1.3.1)."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.db import connection

from kernel import clock, saving
from kernel.access import SYSTEM
from kernel.configuration import carry, diff, pictured
from tenant_apps.organization import usual
from tenant_apps.organization.models import Role
from tenants.context import tenant_context
from tests import trade
from tests.api import Api, Json

ROLE = "organization.role"
NOW = usual.standards()["sales_engineer"]
SALE = dict.fromkeys(("read", "create", "change", "delete", "send", "convert", "estimate", "adopt", "print", "export"), "own")
THEN = {
    "grants": {**{key: row for key, row in NOW["grants"].items() if not key.startswith("quoting.")}, "quoting.*": SALE},
    "masks": NOW["masks"],
}
"""What a sales engineer was granted when everything about quoting was granted at once, estimates with it."""


def founded_then(api: Api, own: Json | None = None, remembered: bool = True) -> Json:
    """A sales engineer as made by an older product, with what the administrator has made of it since."""
    basis = {"key": "sales_engineer", **(THEN if remembered else {})}
    with tenant_context(api.company):
        values = {"name": trade.some("Sales"), "grants": THEN["grants"] | (own or {}), "masks": THEN["masks"], "usual": basis}
        made = saving.create(Role, values, by=SYSTEM, at=clock.now())
    return api.read(ROLE, made.pk)


def news(role: Json) -> dict[tuple[str, str], Json]:
    return {(one["label"], method): one for one in role["_usual"]["updates"] for method in one["what"].split(", ")}


def test_estimates_are_no_longer_read_once_that_is_taken_over_and_own_changes_stay(api: Api):
    role = founded_then(api, {"quoting.quote": {"delete": "none"}, "partners.*": {"read": "all", "create": "own"}})
    seller = trade.join(api, role["name"])
    seller.get("/quoting/estimates/")
    told = news(role)
    estimates = told["Cost estimates", "Read"]
    assert (estimates["from"], estimates["to"], estimates["sign"], estimates["own"]) == ("Own", "Not allowed", "-", False)
    assert told["Quote templates", "Read"]["sign"] == "+" and ("Quotes", "Delete") not in told
    assert not any(label == "Customers" for label, _method in told), "what only the administrator changed is no news"
    (row,) = api.rows(ROLE, f"q={role['name']}")
    assert row["_mark"] == f"{role['_usual']['count']} updates" and role["_usual"]["known"]
    (seen,) = seller.rows(ROLE, f"q={role['name']}")
    assert seen["_mark"] == "", "only whoever can do something about it is told"
    seller.act(role, "take_over", 403)
    after = api.act(role, "take_over")["document"]
    assert after["_usual"] is None
    seller.get("/quoting/estimates/", 403)
    assert after["grants"]["quoting.quotetemplate"]["read"] == ["own", "unit"]
    assert after["grants"]["quoting.quote"]["delete"] == "none" and after["grants"]["partners.*"]["read"] == "all"
    assert "quoting.*" not in after["grants"], "it is written as in the usual role, not method by method"
    api.refused(role, "take_over", "nothing_new")
    (event, *_rest) = api.get(f"/organization/roles/{role['id']}/events/")["rows"]
    assert (event["verb"], event["by"]["id"]) == ("take_over", api.member)


def test_where_both_changed_the_administrator_wins_and_is_told_so(api: Api):
    role = founded_then(api, {"quoting.estimate": {"read": "all"}})
    told = news(role)["Cost estimates", "Read"]
    assert (told["from"], told["to"], told["own"]) == ("All", "Not allowed", True)
    after = api.act(role, "take_over")["document"]
    assert after["grants"]["quoting.estimate"] == {"read": "all"}
    other = founded_then(api, {"quoting.estimate": {"read": "all"}})
    assert api.act(other, "take_over", 422, chosen=["grants quoting.estimate dance"])["errors"][0]["path"] == "chosen"
    after = api.act(other, "take_over", chosen=[told["name"]])["document"]
    assert after["grants"]["quoting.estimate"]["read"] == "none", "said by name, it is taken over all the same"
    assert after["grants"]["quoting.*"]["read"] == "own" and "read" not in after["grants"].get("quoting.quotetemplate", {})


def test_what_is_left_is_told_again_only_when_the_usual_role_changes_anew(api: Api, monkeypatch):
    role = api.change(founded_then(api), {"entry": {"addresses": ["127.0.0.0/8"]}})
    copied = api.made(role, "copy", ROLE)
    assert (copied["_usual"], copied["entry"]) == (role["_usual"], role["entry"]), "a copy is told the same, and as restricted"
    after = api.act(role, "leave")["document"]
    assert (after["grants"], after["_usual"]) == (role["grants"], None)
    newer: Any = {
        "grants": {**NOW["grants"], "catalog.*": {"read": "none"}},
        "masks": {**NOW["masks"], "partners.partner": {"remark": "hide"}},
    }
    monkeypatch.setattr(usual, "standards", lambda: {"sales_engineer": newer})
    told = api.again(role)["_usual"]
    assert {one["label"] for one in told["updates"]} >= {"Items", "Customers"} and told["more"] == 0
    assert "Estimates" not in {one["label"] for one in told["updates"]}, "what was left stays left"
    after = api.act(role, "take_over")["document"]
    assert after["grants"]["quoting.*"] == SALE and after["grants"]["catalog.*"] == {"read": "none"}
    assert after["masks"]["partners.partner"] == {"remark": "hide"}


def test_of_roles_that_nobody_remembers_nothing_is_taken_over_unsaid(api: Api):
    role = founded_then(api, {"inventory.*": {"read": "all"}}, remembered=False)
    told = news(role)
    assert not role["_usual"]["known"] and told["Cost estimates", "Read"]["sign"] == "-"
    api.refused(role, "take_over", "choose")
    after = api.act(role, "take_over", chosen=[told["Cost estimates", "Read"]["name"]])["document"]
    seller = trade.join(api, role["name"])
    seller.get("/quoting/estimates/", 403)
    seller.get("/quoting/quotes/")
    seller.get("/inventory/moves/")
    assert after["_usual"] is None


def test_roles_of_companies_founded_before_are_known_again_by_their_names(api: Api):
    adopt = import_module("tenant_apps.organization.migrations.0009_usual_roles").ADOPT
    with tenant_context(api.company):
        untouched = saving.create(Role, {"name": "仓管", "grants": {"inventory.*": {"read": "all"}}}, by=SYSTEM, at=clock.now())
        changed = saving.create(Role, {"name": "Finance", "grants": {"finance.*": {"read": "all"}}}, by=SYSTEM, at=clock.now())
        other = saving.create(Role, {"name": trade.some("Own"), "grants": {}}, by=SYSTEM, at=clock.now())
        Role.objects.filter(pk=changed.pk).update(version=2)
        with connection.cursor() as cursor:
            cursor.execute(adopt)
        known = Role.objects.in_bulk([untouched.pk, changed.pk, other.pk])
    assert known[untouched.pk].usual == {"key": "warehouse", "grants": {"inventory.*": {"read": "all"}}, "masks": {}}
    assert known[changed.pk].usual == {"key": "finance"}
    assert known[other.pk].usual == {}


def test_taking_away_never_opens_something_wider(api: Api):
    role = founded_then(api, {"quoting.*": SALE | {"read": "all"}, "*": {"export": "all"}})
    after = api.act(role, "take_over")["document"]
    seller = trade.join(api, role["name"])
    assert after["grants"]["*"] == {"export": "all"}
    with tenant_context(api.company):
        reached = usual.reach_in(after["grants"], "quoting.estimate", "export")
        assert reached == usual.reach_in(NOW["grants"], "quoting.estimate", "export") == frozenset()
    seller.get("/quoting/quotes/")


def test_what_a_role_was_made_from_goes_along_with_the_configuration(api: Api):
    role = founded_then(api)
    with tenant_context(api.company):
        there = pictured()
        there[ROLE][role["name"],].values["usual"] = {"key": "sales_engineer", **NOW}
        shown = diff(pictured(), there)
        (row,) = shown["rows"]
        assert [change["label"] for change in row["changes"]] == ["Usual role"]
        carry(there, shown["digest"], by=SYSTEM, at=clock.now())
    assert api.again(role)["_usual"] is None
