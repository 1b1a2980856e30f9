"""An import is taken back: what it made goes, what it changed is as it was, and what was touched since stays."""

from __future__ import annotations

import secrets

from tests.api import Api
from tests.kernel.sheets import PARTNER, RECEIPT, bring, colleague, named, undo
from tests.trade import customer, some


def test_an_import_is_taken_back(api: Api):
    was = customer(api, grade="A", contacts=[{"name": "Li", "phone": "1"}])
    new = some("New")
    rows = [
        ["name", "grade", "owner", "contacts.name", "contacts.phone"],
        [was["name"], "B", "", "Li", "9"],
        ["", "", "", "Wu", "2"],
        [new, "C", "", "", ""],
    ]
    told = bring(api, PARTNER, rows, mode="upsert")
    back = undo(api, told)
    assert (back["undone"], back["kept"]) == (2, 0)
    now = api.again(was)
    assert named(api, new) == []
    assert (now["grade"], [(one["name"], one["phone"]) for one in now["contacts"]]) == ("A", [("Li", "1")])
    assert api.post(f"/jobs/{told['job']['id']}/undo/", status=409)["code"] == "nothing_to_undo"


def test_what_was_touched_since_stays_and_is_named(api: Api):
    names = [some("Back") for _ in range(3)]
    told = bring(api, PARTNER, [["name"], *([name] for name in names)])
    touched, used = named(api, names[0])[0], named(api, names[1])[0]
    api.change(touched, {"grade": "A"})
    api.create(RECEIPT, {"partner": used["id"], "amount": "1.00"})
    back = undo(api, told)
    assert (back["undone"], back["kept"]) == (1, 2)
    assert {one["label"] for one in back["errors"]} == {names[0], names[1]}
    assert [len(named(api, name)) for name in names] == [1, 1, 0]


def test_own_fields_come_back_as_they_were(api: Api):
    name = f"tag_{secrets.token_hex(3)}"
    api.create("kernel.customfield", {"resource": PARTNER, "name": name, "label": f"Tag {name}", "kind": "decimal"})
    was = customer(api, custom={name: "1.5"})
    told = bring(api, PARTNER, [["name", f"Tag {name}"], [was["name"], "2.5"]], mode="update")
    assert api.again(was)["custom"][name] == "2.5"
    undo(api, told)
    assert api.again(was)["custom"][name] == "1.5"


def test_nobody_else_takes_it_back(api: Api):
    told = bring(api, PARTNER, [["name"], [some("Mine")]])
    colleague(api, {"*": {"*": "all"}}).post(f"/jobs/{told['job']['id']}/undo/", status=404)
