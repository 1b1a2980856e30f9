"""What a sheet refers to and is not there yet is made on the way, where the person asks for it and may."""

from __future__ import annotations

import json

import pytest

from tests.api import Api, Json
from tests.kernel.sheets import ITEM, PARTNER, bring, colleague, named, send, undo, xlsx
from tests.trade import customer, some

CATEGORY, MEASURE, CONTACT = "catalog.category", "catalog.measure", "partners.contact"
MISSING = json.dumps(["category", "measure"])
MEANT = ["code", "name", "measure", "tax", "category"]


def goods(api: Api, *rows: tuple[str, str]) -> list[list[str]]:
    """Items of (unit, category), each with a code of its own."""
    tax = api.rows("catalog.tax")[0]["name"]
    return [MEANT, *([some("I"), "Part", measure, tax, category] for measure, category in rows)]


def unit() -> str:
    return some("u")[:20]


def test_new_categories_and_units_come_with_the_items(api: Api):
    old, new, measure = api.create(CATEGORY, {"name": some("Old")}), some("New"), unit()
    rows = goods(api, (measure, old["name"]), (measure, new), (measure, new))
    told = bring(api, ITEM, rows, create_missing=MISSING)
    assert told["created"] == 3
    assert told["creates"] == [
        {"_key": CATEGORY, "label": "Product categories", "count": 1, "names": [new]},
        {"_key": MEASURE, "label": "Units of measure", "count": 1, "names": [measure]},
    ]
    (made,) = named(api, new, CATEGORY)
    assert [api.one(ITEM, f"code={row[0]}")["category"]["id"] for row in rows[1:]] == [old["id"], made["id"], made["id"]]
    assert [event["verb"] for event in api.get(f"/catalog/categories/{made['id']}/events/")["rows"]] == ["import"]


def test_a_dry_run_says_what_would_be_made_and_makes_nothing(api: Api):
    new, measure = some("New"), unit()
    told = bring(api, ITEM, goods(api, (measure, new)), create_missing=MISSING, dry_run="1")
    assert (told["created"], [(one["_key"], one["count"], one["names"]) for one in told["creates"]]) == (
        1,
        [(CATEGORY, 1, [new]), (MEASURE, 1, [measure])],
    )
    assert named(api, new, CATEGORY) == named(api, measure, MEASURE) == []


def test_a_column_not_chosen_still_asks_for_what_is_there(api: Api):
    new, measure = some("New"), unit()
    told = bring(api, ITEM, goods(api, (measure, new)), "failed", create_missing='["category"]')
    assert [(error["path"], error["code"]) for error in told["errors"]] == [("measure", "not_found")]
    assert told["creates"] == []
    assert named(api, new, CATEGORY) == []


def test_what_only_wrong_rows_refer_to_is_not_made(api: Api):
    good, bad, measure = some("Good"), some("Bad"), unit()
    rows = goods(api, (measure, good), (measure, bad), (measure, bad))
    for row in rows[2:]:
        row[1] = ""
    told = bring(api, ITEM, rows, create_missing=MISSING, on_error="skip")
    assert (told["created"], told["failed"]) == (1, 2)
    assert [one["names"] for one in told["creates"]] == [[good], [measure]]
    assert (len(named(api, good, CATEGORY)), named(api, bad, CATEGORY)) == (1, [])


def test_a_name_that_cannot_be_one_is_told_in_its_cell(api: Api):
    rows = goods(api, ("a unit with far too long a name", some("C")))
    (error,) = bring(api, ITEM, rows, "failed", create_missing=MISSING)["errors"]
    assert (error["row"], error["path"], error["code"]) == (2, "measure", "too_long")


def test_a_number_that_is_gone_does_not_become_a_new_customers_name(api: Api):
    gone = int(customer(api)["number"].removeprefix("C")) + 5000
    rows = [["name", "partner"], ["Li", f"C{gone:05d}"], ["Wu", some("New steel")]]
    told = bring(api, CONTACT, rows, create_missing='["partner"]', on_error="skip")
    assert [(error["row"], error["code"]) for error in told["errors"]] == [(2, "not_found")]
    assert [one["names"] for one in told["creates"]] == [[rows[2][1]]]


@pytest.mark.parametrize(("key", "path"), [(ITEM, "tax"), (ITEM, "name"), (ITEM, "nothing"), ("catalog.pricelist", "lines.item")])
def test_only_what_its_name_suffices_for_can_be_made(api: Api, key: str, path: str):
    told = send(api, key, xlsx([["name"], ["x"]]), 422, create_missing=json.dumps([path]))
    assert [(error["path"], error["code"]) for error in told["errors"]] == [("create_missing", "not_creatable")]
    told = send(api, key, xlsx([["name"], ["x"]]), 200, "import/inspect")
    assert path not in [field["path"] for field in told["fields"] if field["creatable"]]


@pytest.mark.parametrize("wrong", ["{}", "[1]", "category", '["\\u0000"]'])
def test_a_choice_that_is_no_list_is_told(api: Api, wrong: str):
    assert send(api, ITEM, xlsx([["name"], ["x"]]), 422, create_missing=wrong)["errors"][0]["path"] == "create_missing"


def creatable(api: Api) -> set[str]:
    told = send(api, ITEM, xlsx([["name"], ["x"]]), 200, "import/inspect")
    return {field["path"] for field in told["fields"] if field["creatable"]}


def test_only_who_may_create_it_is_offered_to(api: Api):
    buyer = colleague(api, {ITEM: {"*": "all"}, "catalog.*": {"read": "all"}, MEASURE: {"read": "all", "create": "all"}})
    assert (creatable(api), creatable(buyer)) == ({"brand", "category", "measure", "series"}, {"measure"})
    told = send(buyer, ITEM, xlsx([["name"], ["x"]]), 422, create_missing=MISSING)
    assert told["errors"][0]["code"] == "not_creatable"


# the way back --------------------------------------------------------------------------------------------------------
def imported(api: Api, new: str, measure: str, mode: str = "insert", **more: str) -> tuple[Json, list[list[str]]]:
    rows = goods(api, (measure, new))
    return bring(api, ITEM, rows, create_missing=MISSING, mode=mode, **more), rows


def test_taking_it_back_takes_them_along(api: Api):
    new, measure = some("New"), unit()
    told, rows = imported(api, new, measure)
    back = undo(api, told)
    assert (back["undone"], back["kept"]) == (3, 0)
    assert named(api, new, CATEGORY) == named(api, measure, MEASURE) == api.rows(ITEM, f"code={rows[1][0]}") == []


def test_what_others_use_meanwhile_stays_and_is_named(api: Api):
    new, measure = some("New"), unit()
    told, _rows = imported(api, new, measure)
    bring(api, ITEM, goods(api, (measure, "")))
    back = undo(api, told)
    assert [(one["_key"], one["label"]) for one in back["errors"]] == [(MEASURE, measure)]
    assert (back["undone"], named(api, new, CATEGORY), len(named(api, measure, MEASURE))) == (2, [], 1)


def test_an_item_that_had_another_category_has_it_again(api: Api):
    """What was only changed refers to what was made: it is put right before that goes."""
    first, second, measure = some("First"), some("Second"), unit()
    _told, rows = imported(api, first, measure)
    rows[1][4] = second
    told = bring(api, ITEM, rows, create_missing=MISSING, mode="update")
    assert (told["updated"], [one["names"] for one in told["creates"]]) == (1, [[second]])
    back = undo(api, told)
    assert (back["undone"], back["kept"]) == (2, 0)
    assert api.one(ITEM, f"code={rows[1][0]}")["category"]["label"] == first
    assert named(api, second, CATEGORY) == []


def test_a_customer_made_on_the_way_is_a_customer_like_any_other(api: Api):
    who = some("Steel") + "有限公司"
    told = bring(api, CONTACT, [["name", "partner"], ["Li", who], ["Wu", who]], create_missing='["partner"]')
    (made,) = named(api, who)
    assert [one["names"] for one in told["creates"]] == [[who]]
    assert made["number"].startswith("C") and {one["name"] for one in made["contacts"]} == {"Li", "Wu"}
    again = bring(api, CONTACT, [["name", "partner"], ["Xu", who.removesuffix("有限公司")]], "failed", create_missing='["partner"]')
    assert [(error["path"], error["code"]) for error in again["errors"]] == [("partner", "duplicate")]
    assert len(api.rows(PARTNER, f"q={who.removesuffix('有限公司')}")) == 1
