"""A company that is there already: refused, or asked about, in the form, by programs and in a sheet (W-4.1.1, spec 2.1)."""

from __future__ import annotations

import pytest

from tests import trade
from tests.api import Api, Json
from tests.kernel.sheets import bring


def named(api: Api, name: str, status: int = 201, **values: object) -> Json:
    return api.create("partners.partner", {"name": name, **values}, status)


@pytest.fixture(scope="module")
def shence(api: Api) -> Json:
    return named(api, "上海申测仪器有限公司", phone="021-55551234", website="www.shence.cn", tax_no="91310000MA1K35AA1B")


@pytest.mark.parametrize(
    "values",
    [
        {"name": "申测仪器设备（上海）有限公司"},
        {"name": "甲乙丙", "phone": "+86 (021) 5555 1234"},
        {"name": "丁戊己", "website": "https://shence.cn/x"},
    ],
    ids=["name", "phone", "domain"],
)
def test_what_is_alike_is_a_question_that_is_answered_once(api: Api, shence: Json, values: Json):
    told = api.create("partners.partner", values, 422)
    assert [(one["path"], one["code"]) for one in told["errors"]] == [("different_from", "alike")]
    assert shence["number"] in told["detail"] and "上海申测仪器有限公司" in told["detail"]
    made = api.create("partners.partner", {**values, "different_from": shence["number"]})
    assert made["different_from"] == shence["number"]
    api.change(made, {"short_name": "S"})
    api.delete(f"/partners/partners/{made['id']}/")


def test_an_equal_tax_number_or_name_is_refused_whatever_is_said(api: Api, shence: Json):
    for values, path in (({"name": "庚辛壬", "tax_no": "91310000ma1k35aa1b"}, "tax_no"), ({"name": "上海申测仪器有限公司"}, "name")):
        told = api.create("partners.partner", {**values, "different_from": "*"}, 422)
        assert [(one["path"], one["code"]) for one in told["errors"]] == [(path, "duplicate")]


def test_a_rename_is_asked_about_and_other_changes_are_not(api: Api, shence: Json):
    other = named(api, "子丑寅公司")
    assert api.change(other, {"name": "申测仪器"}, 422)["errors"][0]["code"] == "alike"
    assert api.change(shence, {"short_name": "申测"})["short_name"] == "申测"


def test_rows_of_a_sheet_wait_with_their_question(api: Api, shence: Json):
    rows = [
        ["name", "different_from"],
        ["申测仪器科技有限公司", ""],
        ["卯辰巳公司", ""],
        ["卯辰巳股份公司", ""],
        ["申测检测技术有限公司", "*"],
    ]
    told = bring(api, "partners.partner", rows, on_error="skip")
    assert (told["created"], told["failed"]) == (2, 2)
    assert [(one["row"], one["code"]) for one in told["errors"]] == [(2, "alike"), (4, "duplicate")]
    assert told["file"]


def test_whoever_may_not_see_it_learns_the_name_and_whose_it_is(api: Api, as_role, shence: Json):
    rep = as_role("Sales engineer")
    (row,) = rep.get("/partners/partners/alike/?name=申测仪器&phone=")["rows"]
    assert (row["name"], row["why"], row["blocks"], row["document"]) == ("上海申测仪器有限公司", ["alike"], False, None)
    (mine,) = api.get("/partners/partners/alike/?name=申测仪器")["rows"]
    assert mine["document"]["tax_no"] == "91310000MA1K35AA1B"


def test_many_are_compared_in_memory_as_in_the_database(company, api: Api, shence: Json, monkeypatch):
    from tenant_apps.partners import duplicates

    names = ["申测仪器", "申测仪器设备", "宝钢", "恒力精密机械", "Baosteel"]
    named(api, "苏州恒力精密机械设备有限公司")
    asked = "&".join(f"name={name}" for name in names)
    by_database = [[row["name"] for row in api.get(f"/partners/partners/alike/?name={name}")["rows"]] for name in names]
    monkeypatch.setattr(duplicates, "FEW", 0)
    told = bring(api, "partners.partner", [["name"], *[[name] for name in names]], on_error="skip", dry_run=True)
    wrong = {one["row"] - 2 for one in told["errors"]}
    assert wrong >= {at for at, found in enumerate(by_database) if found}, (by_database, told, asked)


def test_a_number_of_a_stranger_says_nothing(api: Api):
    assert api.get("/partners/partners/alike/?name=x")["rows"] == []
    assert api.get("/partners/partners/alike/?name=nobody&id=999999999999999999999")["rows"] == []
    assert trade.customer(api, name="午未申有限公司")["state"] == "protected"


def test_accounts_that_are_there_already_are_told_as_pairs_until_they_are_merged_or_told_apart(founded):
    api = Api.of_owner(founded(name="Pairs"))
    first = trade.customer(api, name="上海恒力精密机械有限公司", tax_no="91310115MA1K00001X")
    second = trade.customer(api, name="恒力精密机械设备（苏州）有限公司", different_from="*")
    trade.customer(api, name="东方锅炉股份有限公司")
    api.change(second, {"different_from": ""})
    told = api.get("/partners/partners/pairs/")
    assert [(pair["one"]["id"], pair["other"]["id"], pair["why"]) for pair in told["rows"]] == [(second["id"], first["id"], ["alike"])]
    assert (told["looked"], told["next"]) == (3, None)
    again = api.again(second)
    api.change(again, {"different_from": first["number"]})
    assert api.get("/partners/partners/pairs/")["rows"] == []
    third = trade.customer(api, name="恒力精密机械", different_from="*")
    api.change(third, {"different_from": second["number"]})
    (pair,) = api.get("/partners/partners/pairs/")["rows"]
    api.act(api.again(first), "merge", others=[third["id"]])
    assert pair["other"]["id"] == first["id"] and api.get("/partners/partners/pairs/")["rows"] == []
    assert trade.join(api, "Sales engineer").get("/partners/partners/pairs/", 403)["code"] == "forbidden"
