"""Runtime parameters: the nearest value counts, what cannot be is refused, who changed what is on record (W-1.5.1)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kernel import people
from tenant_apps.quoting.parameters import VALID_DAYS
from tenants.context import tenant_context
from tests import trade
from tests.api import Api

SETTING = "organization.setting"


def set_to(api: Api, value: object, scope: str = "tenant", place: int | None = None, status: int = 201):
    return api.create(SETTING, {"name": "quoting.valid_days", "scope": scope, "place": place, "value": value}, status)


@pytest.fixture
def clean(api: Api):
    for row in api.rows(SETTING, "limit=500"):
        api.delete(f"/organization/settings/{row['id']}/?version={row['version']}")


def test_the_nearest_value_counts(api: Api, clean, as_role):
    with tenant_context(api.company):
        me = people.actor_of(api.company.owner_id)
        assert VALID_DAYS.value(me) == VALID_DAYS.value() == 30
    (own,) = api.rows("organization.company")
    board = next(row["id"] for row in api.rows("organization.unit") if row["parent"] is None)
    found = []
    for scope, place, value in [("tenant", None, 20), ("company", own["id"], 21), ("unit", board, 22), ("user", 1, 23)]:
        set_to(api, value, scope, place)
        with tenant_context(api.company):
            found.append((VALID_DAYS.value(people.actor_of(api.company.owner_id)), VALID_DAYS.value()))
    assert found == [(20, 20), (21, 20), (22, 20), (23, 20)]


def test_a_value_changes_what_the_product_does(api: Api, clean, on_day):
    from datetime import date

    on_day(date(2026, 3, 2))
    set_to(api, 10)
    assert trade.quote(api)["valid_until"] == "2026-03-12"


@pytest.mark.parametrize(
    ("given", "code"), [({"value": 0}, "range"), ({"value": 366}, "range"), ({"value": "soon"}, "not_a_number"), ({"value": None}, "required"),
                        ({"name": "quoting.made_up"}, "not_found"), ({"scope": "user"}, "required")],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_saved(api: Api, clean, given, code):
    told = api.create(SETTING, {"name": "quoting.valid_days", "scope": "tenant", "value": 5, **given}, 422)
    assert told["errors"][0]["code"] == code and told["errors"][0]["detail"]
    assert api.rows(SETTING) == []


def test_a_parameter_is_set_once_for_a_place(api: Api, clean):
    set_to(api, 12)
    assert set_to(api, 13, status=409)["code"] == "duplicate"


def test_the_screen_shows_defaults_values_and_who_changed_them(api: Api, clean):
    made = set_to(api, 12)
    api.change(made, {"value": 15})
    row = next(row for row in api.get("/organization/parameters/")["rows"] if row["name"] == "quoting.valid_days")
    assert (row["default"], row["least"], row["most"], row["scopes"]) == (30, 1, 365, ["tenant", "company", "unit", "user"])
    assert [(one["value"], one["scope"]) for one in row["values"]] == [(15, "tenant")]
    latest = api.get("/organization/parameters/changes/")["rows"][0]
    assert (latest["label"], latest["value"], latest["verb"]) == ("Days a quote is valid", ["12", "15"], "change")
    assert latest["by"]["id"] == api.member


def test_known_values_cost_no_statement(api: Api, clean):
    with tenant_context(api.company):
        me = people.actor_of(api.company.owner_id)
        VALID_DAYS.value(me)
        with CaptureQueriesContext(connection) as queries:
            VALID_DAYS.value(me)
        assert len(queries) == 0


def test_only_those_who_may_read_settings_see_them(as_role):
    assert as_role().get("/organization/parameters/", 403)["code"] == "forbidden"


def test_amounts_are_kept_exactly():
    from kernel.parameters import KNOWN, Parameter

    try:
        limit = Parameter("tests.limit", "money", Decimal(100), "Limit", least=0)
        assert limit.parse("12.345") == Decimal("12.35") and limit.stored(limit.parse("12.345")) == "12.35"
    finally:
        KNOWN.pop("tests.limit")
