"""The form of a document type as a role has it: order, fields left out, required, filled in beforehand."""

from __future__ import annotations

from typing import Any

import pytest

from tests import trade
from tests.api import Api, Json

KEY = "partners.partner"


def laid_out(api: Api, status: int = 201, **layout: Any) -> Json:
    """A role that may do everything with customers, and has their form laid out."""
    role = {
        "name": trade.some("Desk"),
        "grants": {"partners.*": {"*": "all"}, "organization.*": {"read": "all"}},
        "screens": {"forms": {KEY: layout}},
    }
    return api.create("organization.role", role, status)


def desk(api: Api, **layout: Any) -> Api:
    return trade.join(api, laid_out(api, **layout)["name"])


def form(api: Api) -> list[Json]:
    return api.get("/meta/partners/partners/")["form"]


def test_sections_stand_as_the_role_says_and_no_field_gets_lost(api: Api):
    usual = [name for part in form(api) if part["kind"] == "fields" for name in part["fields"]]
    shown = form(desk(api, sections=[{"title": "First of all", "fields": ["phone", "name"]}], hide=["tax_no"]))
    assert (shown[0]["title"], shown[0]["fields"]) == ("First of all", ["phone", "name"])
    assert sorted(name for part in shown if part["kind"] == "fields" for name in part["fields"]) == sorted(set(usual) - {"tax_no"})
    assert [part["kind"] for part in shown][-1] == [part["kind"] for part in form(api)][-1]


def test_what_the_role_demands_is_asked_for_on_every_way_in(api: Api):
    person = desk(api, required=["phone"])
    assert person.get("/meta/partners/partners/")["fields"]["phone"]["required"]
    told = person.create(KEY, {"name": trade.some("Customer")}, 422)
    assert [(error["path"], error["code"]) for error in told["errors"]] == [("phone", "required")]
    made = person.create(KEY, {"name": trade.some("Customer"), "phone": "021-5551234"})
    assert person.change(made, {"phone": ""}, 422)["errors"][0]["path"] == "phone"
    assert trade.customer(api)["id"]


def test_what_the_role_fills_in_beforehand_holds_unless_something_else_is_sent(api: Api):
    person = desk(api, defaults={"phone": "021-5550000"}, hide=["phone"], required=["phone"])
    assert person.create(KEY, {"name": trade.some("Customer")})["phone"] == "021-5550000"
    assert person.create(KEY, {"name": trade.some("Customer"), "phone": "010-1"})["phone"] == "010-1"
    assert person.post("/partners/partners/preview/", {})["phone"] == "021-5550000"


WRONG: dict[str, tuple[Json, str]] = {
    "unknown field": ({"hide": ["ghost"]}, "unknown_field"),
    "hides what is needed": ({"hide": ["name"]}, "hides_required"),
    "hides what it demands": ({"hide": ["phone"], "required": ["phone"]}, "hides_required"),
    "same field twice": ({"sections": [{"title": "A", "fields": ["name", "name"]}]}, "taken"),
    "begins with what does not fit": ({"defaults": {"active": "perhaps"}}, "not_yes_or_no"),
    "unknown setting": ({"colour": "red"}, "not_an_object"),
    "no list": ({"hide": "name"}, "not_an_object"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_layout_that_cannot_be_is_refused(api: Api, case: str):
    layout, code = WRONG[case]
    told = laid_out(api, 422, **layout)
    assert code in {error["code"] for error in told["errors"]}, told


def test_a_form_that_no_role_lays_out_costs_nothing_more(api: Api):
    person = desk(api, required=["phone"])
    assert person.statements("/partners/partners/?limit=20") == api.statements("/partners/partners/?limit=20")
