"""Two accounts that are one company: everything moves, the old names still find it, and for 30 days all of it goes back (W-4.1.1, spec 2.1)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from kernel import clock, registry
from tenant_apps.partners import references
from tenants.context import tenant_context
from tests import trade
from tests.api import Api, Json
from tests.kernel.sheets import bring


@pytest.fixture(scope="module")
def done(api: Api) -> dict[str, Json]:
    """An account with all its business, merged into another one."""
    agreed, placed = trade.closed(api, {"item": trade.item(api)["id"]})
    old = api.read("partners.partner", agreed["customer"]["id"])
    old = api.change(old, {"phone": "0512-66667777", "tax_no": "91320500MA1OLD001X", "titles": [{"title": "Old works", "tax_no": "9"}]})
    api.post(f"/partners/partners/{old['id']}/notes/", {"text": "paid in cash", "mentions": []}, 201)
    kept = trade.customer(api, website="kept.cn")
    api.create("partners.paper", {"partner": old["id"], "licence": "iso9001", "ends_on": "2030-01-01"})
    side = api.get(f"/partners/partners/merging/?ids={kept['id']},{old['id']}")
    told = api.act(kept, "merge", others=[old["id"]], choice={"phone": old["id"], "tax_no": old["id"], "website": kept["id"]})
    merged = next(row for row in told["created"] if row["_key"] == "partners.merge")
    return {
        "old": old,
        "kept": told["document"],
        "agreed": agreed,
        "placed": placed,
        "side": side,
        "merge": api.read("partners.merge", merged["id"]),
    }


def everything(api: Api, who: int) -> dict[str, int]:
    """How much of each kind names a customer."""
    asked = {
        "quoting.quote": "customer", "contracts.contract": "customer", "sales.order": "customer", "logistics.delivery": "partner", "finance.due": "partner",
        "finance.invoice": "partner", "finance.receipt": "partner", "partners.contact": "partner", "partners.paper": "partner",
    }  # fmt: skip
    return {key: len(api.rows(key, f"{name}={who}")) for key, name in asked.items()}


def test_all_of_it_hangs_on_the_account_kept(api: Api, done):
    now = everything(api, done["kept"]["id"])
    assert all(now.values()) and now["partners.contact"] == 2, now
    assert not any(everything(api, done["old"]["id"]).values())
    assert api.again(done["placed"])["customer"]["id"] == done["kept"]["id"]
    api.get(f"/partners/partners/{done['old']['id']}/", 404)
    desk = api.get(f"/partners/partners/{done['kept']['id']}/desk/")
    assert desk["ledger"] and desk["figures"]["contracted"] == "1000.00"


def test_no_column_of_the_database_that_names_a_partner_is_left_out(company):
    """The foreign keys as PostgreSQL has them, and every pair of a document type and an id, against what a merge moves."""
    keys = """SELECT conrelid::regclass::text, attname FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)
      WHERE contype = 'f' AND confrelid = 'partners_partner'::regclass"""
    with tenant_context(company), connection.cursor() as cursor:
        cursor.execute(keys)
        there = {(table.rpartition(".")[2], column) for table, column in cursor.fetchall()}
    places = references.fixed()
    assert there == {(place.model._meta.db_table, place.name) for place in places if place.kind == "ref"} and len(there) > 20
    pairs = {place.model._meta.label for place in places if place.kind == "key"}
    assert {"kernel.File", "kernel.Note", "kernel.Share"} <= pairs
    assert set(references.keys()) >= {"partners.partner", "partners.supplier", "crm.industrycompany"}
    nested = [
        f"{resource.key}.{spec.name}.{column.name}"
        for resource in registry.everything().values()
        for spec in resource.own.values()
        for column in spec.columns
        if references.is_partner(column.target)
    ]
    assert nested == []  # a short table that names a partner would have to be moved, too


def test_values_are_those_chosen_and_lists_are_joined(done):
    kept = done["kept"]
    assert (kept["state"], sorted(one["main"] for one in kept["contacts"])) == ("customer", [False, True])
    assert (kept["phone"], kept["tax_no"], kept["website"]) == ("0512-66667777", "91320500MA1OLD001X", "kept.cn")
    assert [title["title"] for title in kept["titles"]] == ["Old works"]
    differing = {field["name"] for field in done["side"]["fields"] if field["differs"]}
    assert {"name", "phone", "tax_no", "website"} <= differing
    assert {row["label"] for row in done["side"]["accounts"][1]["counts"]} >= {"Contracts", "Contacts"}


def test_the_old_name_and_number_still_find_it(api: Api, done):
    old, kept = done["old"], done["kept"]["id"]
    for text in (old["name"], old["number"]):
        assert [row["id"] for row in api.rows("partners.partner", f"q={text}")] == [kept]
        told = bring(api, "quoting.quote", [["customer", "title"], [text, f"by {text}"]], dry_run=True)
        assert (told["created"], told["failed"]) == (1, 0), told
    updated = bring(api, "partners.partner", [["number", "short_name"], [old["number"], "by its old number"]], mode="update")
    assert updated["updated"] == 1
    refused = api.create("partners.partner", {"name": old["name"]}, 422)
    assert done["kept"]["name"] in refused["detail"]


def test_the_tax_number_of_what_was_merged_is_still_taken(api: Api):
    """Spec 2.1: an equal tax number blocks, whatever is said."""
    old, kept = trade.customer(api, tax_no="91320500MA1OLD002X"), trade.customer(api)
    api.act(kept, "merge", others=[old["id"]])
    told = api.create("partners.partner", {"name": trade.some("Anew"), "tax_no": "91320500MA1OLD002X", "different_from": "*"}, 422)[
        "errors"
    ]
    assert [(one["path"], one["code"]) for one in told] == [("tax_no", "duplicate")]


def test_ten_accounts_side_by_side_are_counted_at_once(api: Api):
    some = [str(trade.customer(api)["id"]) for _ in range(4)]
    two, four = (api.statements(f"/partners/partners/merging/?ids={','.join(ids)}") for ids in (some[:2], some))
    assert four - two <= 8  # each is found and read with its people and papers; nothing more


def test_both_histories_are_one(api: Api, done):
    verbs = [row["verb"] for row in api.get(f"/partners/partners/{done['kept']['id']}/events/")["rows"]]
    assert verbs.count("merge") == 2 and verbs.count("create") >= 2


def test_who_may_not_change_one_of_them_may_not_merge(api: Api, as_role):
    rep = as_role("Sales engineer")
    mine, other = trade.customer(rep), trade.customer(api)
    assert rep.act(mine, "merge", 403, others=[other["id"]])["code"] == "forbidden"
    assert api.act(other, "merge", 422, others=[])["code"] == "invalid"
    assert api.act(other, "merge", 422, others=[999999])["errors"][0]["code"] == "not_found"


def test_it_goes_back_within_thirty_days(api: Api, done, on_day):
    """The last test of this company: what came meanwhile stays, what was moved returns, with its number, name and history."""
    later = trade.quote(api, customer=done["kept"]["id"])
    today = clock.now().date()
    on_day(today + timedelta(days=31))
    api.refused(done["merge"], "part", "too_late")
    on_day(today + timedelta(days=30))
    api.act(done["merge"], "part")
    old = api.again(done["old"])
    assert {name: old[name] for name in ("name", "number", "phone", "tax_no")} == {
        name: done["old"][name] for name in ("name", "number", "phone", "tax_no")
    }
    assert api.again(done["placed"])["customer"]["id"] == old["id"] and everything(api, old["id"])["finance.due"]
    assert api.again(later)["customer"]["id"] == done["kept"]["id"]
    kept = api.again(done["kept"])
    assert (kept["phone"], kept["tax_no"], kept["titles"], kept["state"]) == ("", "", [], "protected")
    assert (old["state"], [one["main"] for one in old["contacts"]]) == ("customer", [True])
    assert api.rows("partners.partner", f"q={old['number']}")[0]["id"] == old["id"]
    notes = api.get(f"/partners/partners/{old['id']}/notes/")["rows"]
    assert [row["text"] for row in notes] == ["paid in cash"]
    api.refused(done["merge"], "part", "wrong_state")
