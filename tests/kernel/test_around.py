"""What stands around the documents: many at once, the home page, unsaved input, settings, the inbox, the search box."""

from __future__ import annotations

from typing import Any

import pytest

from kernel import cards, registry
from kernel.batch import AT_ONCE
from tests import trade
from tests.api import Api, Json, at


# many at once --------------------------------------------------------------------------------------------------------
def drafts(api: Api, count: int) -> list[Json]:
    who, part = trade.customer(api)["id"], trade.item(api)["id"]
    return [api.create("quoting.quote", {"customer": who, "lines": [{"item": part}]}) for _ in range(count)]


def bulk(api: Api, verb: str, rows: list[Any], status: int = 200, **values: Any) -> Json:
    return api.post(f"{at('quoting.quote')}bulk/", {"verb": verb, "ids": rows, "values": values}, status)


def test_each_row_succeeds_or_is_refused_for_itself(api: Api):
    good, stale, sent = drafts(api, 3)
    api.act(sent, "send")
    rows = [{"id": good["id"], "version": 1}, {"id": stale["id"], "version": 7}, sent["id"], 2**40, "x", {"id": True}]
    told = bulk(api, "send", rows)["results"]
    assert [one["code"] for one in told] == ["", "stale", "wrong_state", "not_found", "not_found", "not_found"]
    assert [one["ok"] for one in told] == [True] + [False] * 5
    assert (told[0]["label"], told[0]["version"]) == (good["number"], 2)
    assert [api.again(one)["state"] for one in (good, stale, sent)] == ["sent", "draft", "sent"]


def test_many_are_changed_and_deleted(api: Api):
    three = drafts(api, 3)
    told = bulk(api, "change", [one["id"] for one in three], title="Same")["results"]
    assert all(one["ok"] for one in told) and {api.again(one)["title"] for one in three} == {"Same"}
    refused = bulk(api, "change", [three[0]["id"]], colour="red")["results"][0]
    assert (refused["ok"], refused["code"]) == (False, "invalid")
    bulk(api, "delete", [one["id"] for one in three])
    assert api.rows("quoting.quote", "&".join(f"id={one['id']}" for one in three)) == []


def test_a_long_batch_is_done_by_a_worker_and_tells_what_came_of_it(api: Api):
    many = drafts(api, AT_ONCE + 1)
    api.act(many[0], "send")
    job = bulk(api, "send", [one["id"] for one in many], 202)["job"]
    done = api.get(f"/jobs/{job['id']}/")
    assert (done["state"], done["result"]["rows"], done["result"]["failed"]) == ("done", AT_ONCE + 1, 1)
    assert {api.again(one)["state"] for one in many} == {"sent"}
    assert api.get("/me/messages/")["rows"][0]["link"] == {"_key": "job", "id": job["id"]}


# home ----------------------------------------------------------------------------------------------------------------
ROLES = ["Administrator", "General manager", "Sales engineer", "Sales manager", "Sales director", "Production", "Warehouse", "Finance"]


@pytest.mark.parametrize("role", ROLES)
def test_every_card_of_a_role_has_something_to_show(api: Api, as_role, role: str):
    trade.closed(api)
    reader = as_role(role)
    told = reader.get("/home/")
    assert {one["name"] for one in told["cards"]} == {
        one.name for one in cards._cards.values() if one.needs in registry.everything() and may(reader, one.needs)
    }
    assert {one["name"] for one in told["layout"]} <= {one["name"] for one in told["cards"]}
    for one in told["cards"]:
        data = reader.get(f"/home/{one['name']}/")
        wanted = {"figure": {"value", "unit", "delta", "better"}, "list": {"rows"}, "chart": {"x", "series"}}[one["kind"]]
        assert wanted <= set(data), one["name"]


def may(reader: Api, key: str) -> bool:
    return key in reader.get("/meta/")["resources"]


def test_a_card_that_is_not_for_me_is_not_there(as_role):
    as_role("Warehouse").get("/home/overdue/", status=404)


def test_figures_count_what_happened(founded, on_day):
    from datetime import date

    api = Api.of_owner(founded())
    on_day(date(2026, 2, 10))
    agreed, _placed = trade.order(api, {"item": trade.item(api)["id"]})
    api.act(agreed, "receive", amount="250")
    on_day(date(2026, 3, 10))
    second, _placed = trade.order(api, {"item": trade.item(api, "3000")["id"]})
    api.act(second, "receive", amount="500")
    api.act(trade.quote(api, {"item": trade.item(api, "700")["id"]}), "send")
    figures = {name: api.get(f"/home/{name}/") for name in ("signed", "received", "overdue", "offered")}
    assert {name: told["value"] for name, told in figures.items()} == {
        "signed": "3000.00",
        "received": "500.00",
        "overdue": "50.00",
        "offered": "700.00",
    }
    assert (figures["signed"]["delta"], figures["received"]["delta"]) == ("2.000", "1.000")
    trend = api.get("/home/trend/")
    assert (trend["x"][-2:], trend["series"][0]["data"][-2:], trend["series"][1]["data"][-2:]) == (
        ["2026-02", "2026-03"],
        ["1000.00", "3000.00"],
        ["250.00", "500.00"],
    )
    assert [row["amount"] for row in api.get("/home/late-money/")["rows"]] == ["50.00", "400.00"]


# one's own -----------------------------------------------------------------------------------------------------------
def test_unsaved_input_waits_on_every_device_and_for_nobody_else(api: Api, as_role):
    draft = {"values": {"title": "half"}, "version": 3, "device": "phone", "title": "Quote"}
    api.put("/me/drafts/quoting.quote:5/", draft)
    other = Api.of_account(api.company, api.company.owner_id)
    (row,) = [row for row in other.get("/me/drafts/")["rows"] if row["key"] == "quoting.quote:5"]
    assert {name: row[name] for name in draft} == draft and row["updated_at"]
    assert as_role("Finance").get("/me/drafts/")["rows"] == []
    other.delete("/me/drafts/quoting.quote:5/")
    assert "quoting.quote:5" not in [row["key"] for row in api.get("/me/drafts/")["rows"]]


def test_settings_are_ones_own(api: Api, as_role):
    assert api.get("/me/settings/views.quoting.quote/") == {"value": None}
    api.put("/me/settings/views.quoting.quote/", {"value": {"columns": ["number"]}})
    assert api.get("/me/settings/views.quoting.quote/") == {"value": {"columns": ["number"]}}
    assert as_role("Finance").get("/me/settings/views.quoting.quote/") == {"value": None}


def test_the_layout_of_the_home_page_is_kept(api: Api):
    api.put("/me/settings/home/", {"value": [{"name": "trend", "w": 12, "h": 6}]})
    assert api.get("/home/")["layout"] == [{"name": "trend", "w": 12, "h": 6}]


def test_the_language_is_kept(as_role):
    someone = as_role("Production")
    someone.put("/me/settings/language/", {"value": "en"})
    assert someone.get("/meta/")["member"]["language"] == "en"


def test_one_box_finds_everything_that_has_a_name(api: Api):
    who = trade.customer(api, name="Xylophone Testing")
    offer = trade.quote(api, customer=who["id"], title="Xylophone machine")
    found = {(row["_key"], row["id"]) for row in api.get("/search/?q=xylophone")["rows"]}
    assert {("partners.partner", who["id"]), ("quoting.quote", offer["id"])} <= found
    (row,) = api.get(f"/search/?q={offer['number']}")["rows"]
    assert (row["label"], row["sub"], row["state"]["value"]) == (offer["number"], "Xylophone Testing", "draft")
    assert api.get("/search/?q=")["rows"] == []


def test_the_menu_leads_to_what_one_may_read(as_role):
    for role in ROLES:
        told = as_role(role).get("/meta/")
        keys = [item["key"] for group in told["menu"] for item in group["items"]]
        documents = {key for key in keys if not key.startswith("page.")}
        assert len(keys) == len(set(keys)) and documents <= set(told["resources"])
        assert set(told["resources"]) <= {*registry.everything(), *registry.of_platform()}
