"""Designing forms: what cannot be is refused with its place, what is published becomes a document type, versions are kept."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from tests.api import Api, Json
from tests.office.conftest import Office

TEXT = {"name": "what", "kind": "text", "label": "什么", "label_en": "What"}
NUMBER = {"name": "count", "kind": "decimal", "label": "数量", "label_en": "Count"}


def design(*fields: Json, **more: Any) -> Json:
    return {"sections": [{"title": "内容", "title_en": "Content", "fields": [deepcopy(one) for one in fields or (TEXT, NUMBER)]}], **more}


def computed(formula: str, name: str = "worked") -> Json:
    return {"name": name, "kind": "computed", "label": "结果", "label_en": "Result", "formula": formula}


def form(api: Api, key: str, drawn: Json | None = None, status: int = 201, **more: Any) -> Json:
    return api.post("/office/forms/", {"key": key, "name": "表", "name_en": "Sheet", "design": drawn or design(), **more}, status)


def published(api: Api, key: str, drawn: Json | None = None, **more: Any) -> Json:
    return api.post(f"/office/forms/{form(api, key, drawn, **more)['id']}/publish/", {})["document"]


WRONG: dict[str, tuple[Json, str, str]] = {
    "divides by zero": (design(NUMBER, computed("count / 0")), "sections.0.fields.1.formula", "bad_formula"),
    "unknown field": (design(NUMBER, computed("cuont * 2")), "sections.0.fields.1.formula", "bad_formula"),
    "runs away": (design(NUMBER, computed("count" + " + count" * 300)), "sections.0.fields.1.formula", "bad_formula"),
    "reaches out": (design(NUMBER, computed("__import__('os')")), "sections.0.fields.1.formula", "bad_formula"),
    "wait for each other": (design(computed("other + 1"), computed("worked + 1", "other")), "sections", "circle"),
    "hides what is required": (design(NUMBER, {**TEXT, "required": True, "visible": "count > 1"}), "sections.0.fields.1.visible", "hides_required"),
    "same key twice": (design(TEXT, TEXT), "sections.0.fields.1.name", "taken"),
    "key of every document": (design({**TEXT, "name": "owner"}), "sections.0.fields.0.name", "taken"),
    "no such kind": (design({**TEXT, "kind": "spell"}), "sections.0.fields.0.kind", "not_a_choice"),
    "no such type": (design({**TEXT, "kind": "ref", "target": "ghosts.ghost"}), "sections.0.fields.0.target", "not_found"),
    "nothing to choose": (design({**TEXT, "kind": "choice"}), "sections.0.fields.0.options", "no_options"),
    "unknown setting": (design({**TEXT, "colour": "red"}), "sections.0.fields.0.colour", "unknown_field"),
    "empty": ({"sections": []}, "sections", "empty"),
    "no design": ([], "", "not_an_object"),
    "booking of nothing": (design(booking={"what": "room", "from": "a", "until": "b"}), "booking", "unknown_field"),
    "adds up words": (design(lines={"title": "行", "fields": [TEXT], "totals": ["what"]}), "lines.totals", "not_a_number"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_is_refused_at_its_place_and_nothing_is_kept(api: Api, case: str):
    drawn, path, code = WRONG[case]
    told = api.post("/office/forms/", {"key": "wrong", "name": "表", "design": drawn}, 422)
    assert (f"design.{path}".rstrip("."), code) in {(error["path"], error["code"]) for error in told["errors"]}, told["errors"]
    assert all(error["detail"] for error in told["errors"])
    assert api.rows("office.form", "q=wrong") == []


@pytest.mark.parametrize("key", ["form", "Leave", "a", "x" * 31, "library"])
def test_a_key_that_cannot_be_is_refused(api: Api, key: str):
    told = form(api, key, status=422)
    assert told["errors"][0]["path"] == "key"


def test_a_form_without_a_key_gets_one_of_its_name(api: Api):
    made = [form(api, "", name="外协 加工", name_en=english)["key"] for english in ("Outside work!", "Outside work", "", "Form", "7")]
    assert made == ["outside_work", "outside_work_2", "waixiejiagong", "form_2", "waixiejiagong_2"]


def test_two_forms_have_two_keys(api: Api):
    form(api, "twice")
    assert form(api, "twice", status=422)["errors"][0]["code"] == "taken"


def test_only_a_published_form_is_there_to_be_filled_in(api: Api):
    drawn = form(api, "hidden_yet")
    api.get("/meta/office/hidden_yet/", 404)
    api.post("/office/hidden_yet/", {"custom": {"what": "x"}}, 404)
    api.post(f"/office/forms/{drawn['id']}/publish/", {})
    told = api.get("/meta/office/hidden_yet/")
    assert (told["label"], told["key"], told["url"]) == ("Sheet", "office.hidden_yet", "/api/v1/office/hidden_yet/")
    menu = next(group for group in api.get("/meta/")["menu"] if group["key"] == "office")
    assert "office.hidden_yet" in {item["key"] for item in menu["items"]}


def test_entries_follow_the_version_they_were_made_with(api: Api):
    office = Office(api)
    drawn = published(api, "versions", design(TEXT, {**NUMBER, "required": True}))
    old = office.fill("versions", what="Old", count="2")
    third = {"name": "reason", "kind": "text", "label": "原因", "label_en": "Reason", "required": True}
    changed = api.change(drawn, {"design": design(TEXT, third)})
    assert changed["changed"] and old["custom"]["count"] == "2"
    api.act(changed, "publish")
    assert api.again(drawn)["revision"] == 2
    assert office.change(old, custom={"what": "Still old"})["custom"] == {"what": "Still old", "count": "2", "reason": None}
    assert office.read(old)["_hidden"] == ["reason"]
    new = office.fill("versions", what="New", reason="Since version 2")
    assert new["_hidden"] == ["count"]
    assert office.fill("versions", 422, what="New")["errors"][0]["path"] == "custom.reason"


def test_a_field_does_not_become_another_kind(api: Api):
    drawn = published(api, "kinds")
    changed = api.change(drawn, {"design": design({**TEXT, "kind": "date"})})
    assert api.refused(changed, "publish", "invalid", 422)["errors"][0]["code"] == "kind_changed"


def test_the_key_of_a_published_form_stays(api: Api):
    told = api.change(published(api, "stays"), {"key": "goes"}, 422)
    assert told["errors"][0]["code"] == "fixed"


def test_a_withdrawn_form_takes_nothing_in_and_keeps_what_it_has(api: Api):
    office = Office(api)
    drawn = published(api, "over")
    entry = office.fill("over", what="Kept")
    api.act(drawn, "retire")
    office.fill("over", 405, what="Too late")
    assert office.read(entry)["custom"]["what"] == "Kept"


def test_a_form_with_entries_is_not_deleted(api: Api):
    drawn = published(api, "used")
    Office(api).fill("used", what="x")
    assert api.delete(f"/office/forms/{drawn['id']}/", 409)["code"] == "in_use"


def test_numbers_follow_the_form(api: Api):
    published(api, "counted", numbering="ZZ{seq:03d}")
    assert [Office(api).fill("counted", what="x")["number"] for _n in range(2)] == ["ZZ001", "ZZ002"]
    tried = api.post("/organization/numbering/preview/", {"resource": "office.counted", "pattern": "ZZ{seq:03d}"})
    assert {row["number"] for row in tried["rows"]} == {"ZZ003"}


def test_a_formula_that_divides_by_what_was_typed_says_so_at_its_field(api: Api):
    published(api, "ratio", design(NUMBER, computed("100 / count")))
    office = Office(api)
    assert office.fill("ratio", count="8")["custom"]["worked"] == "12.5"
    (error,) = office.fill("ratio", 422, count="0")["errors"]
    assert (error["path"], error["code"]) == ("custom.worked", "formula_zero")


def test_whoever_may_not_design_does_not_see_the_designs(boss: Office, ann: Office):
    ann.api.get("/office/forms/", 403)
    ann.api.get("/office/forms/library/", 403)
    ann.api.post("/office/forms/try/", {"design": design()}, 403)


def test_a_design_is_tried_out_without_being_kept(api: Api):
    told = api.post(
        "/office/forms/try/", {"name": "试", "design": design(NUMBER, computed("count * 2")), "values": {"custom": {"count": "4"}}}
    )
    assert told["errors"] == [] and told["computed"]["custom"]["worked"] == "8"
    assert [part["fields"] for part in told["description"]["form"]] == [["count", "worked"]]
    wrong = api.post("/office/forms/try/", {"name": "试", "design": design(computed("nothing + 1"))})
    assert wrong["errors"][0]["code"] == "bad_formula"
    assert bytes(api.post("/office/forms/try/print/", {"name": "试", "design": design()})).startswith(b"%PDF")


def test_every_ready_form_can_be_published_and_described_in_both_languages(boss: Office):
    rows = boss.api.get("/office/forms/library/")["rows"]
    assert len(rows) == 14 and all(row["form"] for row in rows)
    for row in rows:
        for language in ("zh-hans", "en"):
            told = boss.api.get(f"/meta/office/{row['key']}/", **{"Accept-Language": language})
            assert set(told["columns"]) <= set(told["fields"]) and all(field["label"] for field in told["fields"].values())


def test_another_company_does_not_know_the_form(boss: Office, founded):
    stranger = Api.of_owner(founded())
    stranger.get("/meta/office/leave/", 404)
    stranger.get("/office/leave/", 404)


def test_a_form_nobody_filled_in_goes_and_its_name_changes_at_once(api: Api):
    drawn = published(api, "short_lived")
    renamed = api.change(drawn, {"name_en": "Renamed"})
    assert api.get("/meta/office/short_lived/")["label"] == "Renamed"
    api.delete(f"/office/forms/{renamed['id']}/")
    api.get("/office/short_lived/", 404)
