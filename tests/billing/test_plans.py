"""Operators keep the plans: what they allow and cost, also beyond the month's number, holds for everybody who has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from shared_apps.billing.models import Plan
from tenants.context import public_context
from tests.api import Api, Json
from tests.billing.conftest import standing, usage
from tests.billing.stripe_server import StripeServer
from tests.billing.test_cards import over, pays
from tests.billing.test_changes import preview
from tests.console.conftest import account, client_of, operator

__all__ = ["account", "operator", "over"]
Operator = Callable[..., Api]


@pytest.fixture
def plan(operator: Operator) -> Iterator[Json]:
    """A plan of this test's own, cheaper than the others."""
    finance = operator("finance")
    told = {"seats": 4, "documents": 100, "monthly": "100.00", "yearly": "1000.00", "seat_monthly": "10.00", "seat_yearly": "100.00"}
    with public_context():
        number = Plan.objects.count()
    made = finance.create("billing.plan", {"code": f"own-{number}", "name": "自用版", "name_en": "Own", **told})
    yield made
    finance.change(finance.again(made), {"on_sale": False})


def test_what_lies_beyond_costs_what_operators_say(plan: Json, operator: Operator, over: Api, stripe: StripeServer, deliver):
    finance = operator("finance")
    assert [one["beyond"] for one in over.get("/billing/plans/")["rows"] if one["code"] == plan["code"]] == [{}]
    finance.change(finance.again(plan), {"document_price": "0.35"})
    pays(over, stripe, deliver, plan=plan["code"])
    assert usage(over)["documents"]["beyond"]["price"] == "0.35"
    changed = finance.change(finance.again(plan), {"document_price": "0.50", "monthly": "120.00", "documents": 200})
    assert usage(over)["documents"]["most"] == 200  # what it allows holds at once
    assert usage(over)["documents"]["beyond"]["price"] == "0.35"  # what was agreed stays
    assert preview(over, plan=plan["code"], seats=5)["renewal"] == "130.00"
    history = finance.get(f"/billing/offers/{plan['id']}/events/")["rows"]
    assert (changed["version"], "0.35" in str(history)) == (3, True)


def test_a_plan_says_what_is_wrong_with_it(plan: Json, operator: Operator):
    admin = operator()
    for wrong in ({"code": "other"}, {"monthly": "0"}, {"seats": 0}, {"call_price": "-1"}, {"storage_gb": -1}):
        refused = admin.change(admin.again(plan), wrong, 422)
        assert refused["errors"][0]["path"] == next(iter(wrong))
    twice = admin.create(
        "billing.plan",
        {name: plan[name] for name in ("code", "name", "name_en", "seats", "monthly", "yearly", "seat_monthly", "seat_yearly")},
        422,
    )
    assert twice["errors"][0]["path"] == "code"


def test_plans_are_called_by_name_in_the_readers_language(plan: Json, operator: Operator, over: Api):
    admin = operator()
    row = client_of(admin, over.company)
    admin.act(row, "give_plan", plan=plan["code"], seats=9, reason="Pilot")
    assert standing(over)["plan"]["name"] == "Own"
    options = {one["value"]: one["label"] for one in field(admin, "plan")["options"]}
    assert (options["team"], options[plan["code"]]) == ("标准版", "自用版")
    assert {one["value"]: one["label"] for one in field(admin, "plan", "en")["options"]}["team"] == "Team"
    assert [one["id"] for one in admin.rows("console.client", f"plan={plan['code']}")] == [row["id"]]


def test_a_plan_holds_parts_by_name_and_those_they_cannot_do_without(plan: Json, operator: Operator, over: Api):
    finance = operator("finance")
    (parts,) = [
        one for one in finance.get("/meta/billing/offers/", **{"Accept-Language": "en"})["fields"].values() if one["name"] == "apps"
    ]
    names = {one["value"]: one["label"] for one in parts["options"]}
    assert (parts["type"], names["quoting"], "organization" in names) == ("choices", "Quotes · Quote templates · Cost estimates", False)
    changed = finance.change(finance.again(plan), {"apps": ["quoting"]})
    assert set(changed["apps"]) == {"quoting", "partners", "catalog"}
    told = finance.get(f"/billing/offers/{plan['id']}/events/", **{"Accept-Language": "en"})["rows"][0]["changes"]
    assert [one["to"].split(", ")[-1].split(" · ")[0] for one in told if one["field"] == "apps"] == ["Items"]
    (offered,) = [one for one in over.get("/billing/plans/")["rows"] if one["code"] == plan["code"]]
    assert "Quotes · Quote templates · Cost estimates" in offered["parts"]
    assert finance.change(finance.again(plan), {"apps": ["golf"]}, 422)["errors"][0]["path"] == "apps"


def field(admin: Api, name: str, language: str = "zh") -> Json:
    return admin.get("/meta/console/clients/", **{"Accept-Language": language})["fields"][name]


def test_only_those_who_keep_the_books_change_plans(plan: Json, operator: Operator, over: Api):
    support = operator("support")
    assert support.ask("get", f"/billing/offers/{plan['id']}/")[0] == 403
    assert over.ask("get", "/billing/offers/")[0] == 403
