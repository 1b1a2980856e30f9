"""A company's own fields: typed, checked, in lists, filters, forms and files like any other."""

from __future__ import annotations

from typing import Any

import pytest

from tests import trade
from tests.api import Api, Json

KINDS: dict[str, tuple[Any, Any, Any, str]] = {  # kind: (sent, read, refused, code)
    "text": ("  heavy ", "heavy", ["x"], "not_text"),
    "int": ("12", 12, "1.5", "not_whole"),
    "decimal": ("1.250", "1.25", "much", "not_a_number"),
    "money": ("1,234.5", "1234.50", "¥x", "not_a_number"),
    "date": ("2026/3/1", "2026-03-01", "soon", "not_a_date"),
    "bool": ("yes", True, "perhaps", "not_yes_or_no"),
    "choice": ("red", "red", "green", "not_a_choice"),
}


def field(api: Api, name: str, kind: str, **values: Any) -> Json:
    return api.create("kernel.customfield", {"resource": "partners.partner", "name": name, "label": f"Own {name}", "kind": kind, **values})


@pytest.fixture(scope="module")
def own(api: Api) -> Api:
    """A company whose customers have a field of each kind."""
    for kind in KINDS:
        field(api, f"a_{kind}", kind, options=["red", "blue"] if kind == "choice" else [])
    return api


def described(api: Api) -> Json:
    return api.get("/meta/partners/partners/")


def test_they_are_described_in_form_and_list(own: Api):
    told = described(own)
    names = {f"a_{kind}" for kind in KINDS}
    assert names <= set(told["fields"]) and names <= set(told["columns"])
    assert all(told["fields"][name]["custom"] for name in names)
    assert set(told["form"][-1]["fields"]) == names
    assert [option["value"] for option in told["fields"]["a_choice"]["options"]] == ["red", "blue"]
    assert told["fields"]["a_text"]["label"] == "Own a_text"


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_read_as_it_was_meant_and_found_again(own: Api, kind: str):
    sent, read, _wrong, _code = KINDS[kind]
    made = trade.customer(own, custom={f"a_{kind}": sent})
    assert made["custom"][f"a_{kind}"] == read
    (row,) = own.rows("partners.partner", f"id={made['id']}")
    assert row["custom"][f"a_{kind}"] == read
    found = own.rows("partners.partner", f"custom.a_{kind}={sent}")
    assert made["id"] in {row["id"] for row in found}
    assert trade.customer(own)["id"] not in {row["id"] for row in own.rows("partners.partner", f"custom.a_{kind}={sent}")}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_none_of_its_kind_is_refused_at_its_place(own: Api, kind: str):
    _sent, _read, wrong, code = KINDS[kind]
    told = own.create("partners.partner", {"name": trade.some("Steel"), "custom": {f"a_{kind}": wrong}}, 422)
    assert [(error["path"], error["code"]) for error in told["errors"]] == [(f"custom.a_{kind}", code)]


def test_a_classification_has_several_values_of_which_each_is_a_group_and_a_filter(founded):
    api = Api.of_owner(founded())
    field(api, "uses", "choices", options=["press", "lathe", "saw"])
    field(api, "lead", "choice", options=["hot", "cold"])
    assert {"uses", "lead"} <= set(described(api)["groups"])
    both = trade.customer(api, custom={"uses": "press、saw", "lead": "hot"})
    one, none = trade.customer(api, custom={"uses": ["saw"]}), trade.customer(api)
    assert both["custom"]["uses"] == ["press", "saw"]
    groups = {row["value"]: row["count"] for row in api.get("/partners/partners/?group=custom.uses")["groups"]}
    assert groups == {"saw": 2, "press": 1, None: 1}
    assert {row["value"]: row["count"] for row in api.get("/partners/partners/?group=custom.lead")["groups"]} == {"hot": 1, None: 2}
    for asked, found in (("custom.uses=saw", {both["id"], one["id"]}), ("custom.uses__isnull=true", {none["id"]})):
        assert {row["id"] for row in api.rows("partners.partner", asked)} == found
    api.change(one, {"custom": {"uses": []}})
    assert len(api.rows("partners.partner", "custom.uses__isnull=true")) == 2
    assert (
        api.create("partners.partner", {"name": trade.some("Steel"), "custom": {"uses": ["drill"]}}, 422)["errors"][0]["code"]
        == "not_a_choice"
    )


def test_a_field_nobody_made_is_refused(own: Api):
    told = own.create("partners.partner", {"name": trade.some("Steel"), "custom": {"shoe_size": 42}}, 422)
    assert told["errors"][0]["path"] == "custom.shoe_size"
    assert own.get("/partners/partners/?custom.shoe_size=42", status=400)["code"] == "unknown_field"


def test_a_required_one_must_be_filled_in(founded):
    api = Api.of_owner(founded())
    old = trade.customer(api)
    field(api, "grade_2", "text", required=True)
    told = api.create("partners.partner", {"name": trade.some("Steel")}, 422)
    assert [(error["path"], error["code"]) for error in told["errors"]] == [("custom.grade_2", "required")]
    assert trade.customer(api, custom={"grade_2": "x"})["custom"] == {"grade_2": "x"}
    assert api.change(old, {"phone": "1"})["phone"] == "1"


def test_one_that_is_deleted_is_gone_at_once(founded):
    api = Api.of_owner(founded())
    made = field(api, "short_lived", "text")
    who = trade.customer(api, custom={"short_lived": "x"})
    assert "short_lived" in described(api)["fields"]
    api.delete(f"/kernel/custom-fields/{made['id']}/")
    assert "short_lived" not in described(api)["fields"]
    assert "custom" not in api.again(who)


def test_changing_another_field_keeps_them(own: Api):
    made = trade.customer(own, custom={"a_text": "heavy", "a_int": 7})
    changed = own.change(made, {"phone": "021"})
    assert (changed["custom"]["a_text"], changed["custom"]["a_int"]) == ("heavy", 7)


def test_they_are_exported_under_their_labels(own: Api):
    trade.customer(own, custom={"a_text": "exported"})
    job = own.post(
        "/partners/partners/export/", {"format": "csv", "columns": ["name", "custom.a_text"], "filters": {"custom.a_text": "exported"}}, 202
    )["job"]
    done = own.get(f"/jobs/{job['id']}/")
    text = b"".join(own.client.get(done["result"]["file"]).streaming_content).decode("utf-8-sig")
    heading, row = text.strip().splitlines()
    assert heading.split(",")[1] == "Own a_text"
    assert row.split(",")[1] == "exported"


@pytest.mark.parametrize("name", ["Name", "1st", "a-b", "x" * 41, "", "名"])
def test_its_key_is_one_that_programs_can_use(api: Api, name: str):
    told = api.create("kernel.customfield", {"resource": "partners.partner", "name": name, "label": "X"}, 422)
    assert told["errors"][0]["path"] == "name"


def test_its_key_may_not_be_that_of_a_field_there_is(api: Api):
    told = api.create("kernel.customfield", {"resource": "partners.partner", "name": "phone", "label": "X"}, 422)
    assert told["errors"][0]["path"] == "name"


def test_changing_one_own_field_leaves_the_others_and_emptying_one_takes_only_it_away(own: Api):
    made = trade.customer(own, custom={"a_text": "heavy", "a_int": 3})
    changed = own.change(made, {"custom": {"a_int": 4}})
    assert (changed["custom"]["a_text"], changed["custom"]["a_int"]) == ("heavy", 4)
    emptied = own.change(changed, {"custom": {"a_text": None}})
    assert (emptied["custom"]["a_text"], emptied["custom"]["a_int"]) == (None, 4)
