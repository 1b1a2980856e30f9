"""Rows that refer to other rows of the same sheet, such as a category to the one above it, in whatever order they stand."""

from __future__ import annotations

import pytest

from tests.api import Api
from tests.kernel.sheets import Rows, bring, named, undo
from tests.trade import some

CATEGORY, UNIT = "catalog.category", "organization.unit"


def tree(api: Api, *names: str) -> dict[str, str | None]:
    """{name: name of the one above} of categories."""
    above = {}
    for name in names:
        (found,) = named(api, name, CATEGORY)
        above[name] = found["parent"]["label"] if found["parent"] else None
    return above


def rows(*pairs: tuple[str, str]) -> Rows:
    return [["name", "parent"], *([name, parent] for name, parent in pairs)]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)], ids=["from the top", "from the bottom", "mixed"])
def test_a_tree_comes_in_at_once_in_any_order(api: Api, order: tuple[int, ...]):
    top, middle, leaf, other = (some("Tree") for _ in range(4))
    pairs = [(top, ""), (middle, top), (leaf, middle), (other, top)]
    told = bring(api, CATEGORY, rows(*(pairs[at] for at in order)))
    assert (told["created"], told["creates"]) == (4, [])
    assert tree(api, top, middle, leaf, other) == {top: None, middle: top, leaf: middle, other: top}


def test_a_dry_run_of_a_tree_finds_nothing_wrong(api: Api):
    top, leaf = some("Tree"), some("Tree")
    told = bring(api, CATEGORY, rows((leaf, top), (top, "")), dry_run="1")
    assert (told["created"], told["failed"], named(api, top, CATEGORY)) == (2, 0, [])


def test_a_tree_is_taken_back_from_its_leaves(api: Api):
    names = [some("Tree") for _ in range(4)]
    told = bring(api, CATEGORY, rows(*zip(names, ["", *names], strict=False)))
    back = undo(api, told)
    assert (back["undone"], back["kept"], [named(api, name, CATEGORY) for name in names]) == (4, 0, [[]] * 4)


def test_what_stands_above_may_be_made_on_the_way(api: Api):
    top, middle, leaf = (some("Tree") for _ in range(3))
    told = bring(api, CATEGORY, rows((leaf, middle), (middle, top)), create_missing='["parent"]')
    assert (told["created"], [one["names"] for one in told["creates"]]) == (2, [[top]])
    assert tree(api, top, middle, leaf) == {top: None, middle: top, leaf: middle}
    assert undo(api, told)["undone"] == 3


def test_a_circle_is_refused_and_shown(api: Api):
    one, two, three, behind, free = (some("Circle") for _ in range(5))
    sheet = rows((one, two), (two, three), (three, one), (behind, one), (free, ""))
    told = bring(api, CATEGORY, sheet, on_error="skip")
    assert [(error["row"], error["path"], error["code"]) for error in told["errors"]] == [
        (2, "parent", "circle"),
        (3, "parent", "circle"),
        (4, "parent", "circle"),
        (5, "parent", "depends"),
    ]
    assert f"{one} → {two} → {three} → {one}" in told["errors"][0]["detail"]
    assert "row 2" in told["errors"][3]["detail"]
    assert (told["created"], tree(api, free)) == (1, {free: None})


def test_one_that_stands_above_itself_is_refused(api: Api):
    name = some("Self")
    (error,) = bring(api, CATEGORY, rows((name, name)), "failed")["errors"]
    assert (error["row"], error["code"]) == (2, "circle")
    assert f"{name} → {name}" in error["detail"]


def test_rows_below_a_wrong_one_say_so(api: Api):
    top, leaf, deep = (some("Tree") for _ in range(3))
    sheet = [["name", "parent", "tax_code"], [deep, leaf, ""], [leaf, top, ""], [top, "", "9" * 30]]
    told = bring(api, CATEGORY, sheet, on_error="skip")
    assert {(error["row"], error["code"]) for error in told["errors"]} == {(4, "too_long"), (3, "depends"), (2, "depends")}
    assert (told["created"], named(api, leaf, CATEGORY)) == (0, [])


def test_a_name_that_two_rows_have_is_asked_back(api: Api):
    twice, leaf = some("Twice"), some("Tree")
    (error,) = bring(api, CATEGORY, rows((leaf, twice), (twice, ""), (twice, "")), "failed")["errors"]
    assert (error["row"], error["path"], error["code"]) == (2, "parent", "ambiguous")


def test_a_tree_that_is_there_is_hung_elsewhere(api: Api):
    top, leaf, new = (some("Tree") for _ in range(3))
    bring(api, CATEGORY, rows((leaf, top), (top, "")))
    told = bring(api, CATEGORY, rows((leaf, new), (new, top)), mode="upsert")
    assert (told["created"], told["updated"]) == (1, 1)
    assert tree(api, top, new, leaf) == {top: None, new: top, leaf: new}


@pytest.mark.parametrize("key", [CATEGORY, UNIT])
def test_what_is_there_is_not_hung_in_a_circle(api: Api, key: str):
    top, leaf = some("Tree"), some("Tree")
    extra = {"organization.unit": {"company": api.rows("organization.company")[0]["id"]}}.get(key, {})
    above = api.create(key, {"name": top, **extra})
    below = api.create(key, {"name": leaf, "parent": above["id"], **extra})
    assert [error["code"] for error in api.change(above, {"parent": below["id"]}, 422)["errors"]] == ["loop"]
    if key == CATEGORY:
        (error,) = bring(api, key, rows((top, leaf), (leaf, top)), "failed", mode="update")["errors"]
        assert (error["row"], error["path"], error["code"]) == (2, "parent", "loop")
