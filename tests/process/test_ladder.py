"""The ladder of the specification: T−3 the owner, T+1 the owner and their superior, T+5 the head of department, T+10 the general manager."""

from __future__ import annotations

from datetime import date

import pytest

from tests.api import Api, Json
from tests.process.conftest import alerts, inbox, placed

LATE = 'state in ("confirmed", "released", "ready")'


@pytest.fixture(scope="module")
def rule(bare: Api, crew: dict[str, Api]) -> Json:
    manager = next(row["id"] for row in bare.rows("organization.role") if row["name"] == "General manager")
    steps = [
        {"days": -3, "to": [{"who": "owner"}]},
        {"days": 1, "to": [{"who": "owner"}, {"who": "superior", "level": 1}]},
        {"days": 5, "to": [{"who": "head"}]},
        {"days": 10, "to": [{"who": "role", "id": manager}]},
    ]
    values = {"name": "Order late", "resource": "sales.order", "condition": LATE, "anchor": "date", "field": "promised_date"}
    return bare.create("process.rule", {**values, "steps": steps, "level": "critical", "facts": ["customer", "total"]})


def told(crew: dict[str, Api], order: Json) -> dict[str, int]:
    """How many messages about the order lie in each inbox."""
    return {name: sum(order["number"] in row["title"] for row in inbox(who)) for name, who in crew.items()}


def test_an_order_that_stays_late_is_told_up_the_ladder_until_it_leaves(bare, crew, rule, watching):
    watching(date(2027, 3, 1))
    order = placed(bare, crew["seller"], "2027-03-20")
    watching(date(2027, 3, 16))
    assert told(crew, order) == {"seller": 0, "superior": 0, "head": 0, "manager": 0}
    watching(date(2027, 3, 17))
    assert told(crew, order) == {"seller": 1, "superior": 0, "head": 0, "manager": 0}
    watching(date(2027, 3, 18))
    assert told(crew, order) == {"seller": 1, "superior": 0, "head": 0, "manager": 0}, "told once, not every hour"
    watching(date(2027, 3, 21))
    assert told(crew, order) == {"seller": 2, "superior": 1, "head": 0, "manager": 0}
    watching(date(2027, 3, 25))
    assert told(crew, order) == {"seller": 2, "superior": 1, "head": 1, "manager": 0}
    watching(date(2027, 3, 30))
    assert told(crew, order) == {"seller": 2, "superior": 1, "head": 1, "manager": 1}
    (alert,) = alerts(crew["seller"], f"of=sales.order:{order['id']}")
    assert (alert["step"], alert["steps"], alert["level"], alert["document"]["label"]) == (4, 4, "critical", order["number"])
    message = inbox(crew["manager"])[0]
    assert "10 days past" in message["text"] and order["customer"]["label"] in message["text"] and "231,000.00" in message["text"]

    bare.act(order, "cancel", reason="Customer withdrew")
    watching(date(2027, 3, 31))
    assert alerts(bare, f"of=sales.order:{order['id']}") == []
    assert all(row["read"] and not row["ack"] for row in inbox(crew["seller"]) if order["number"] in row["title"])


def test_a_new_date_ends_the_alert_and_starts_the_ladder_anew(bare, crew, rule, watching):
    watching(date(2027, 4, 1))
    order = placed(bare, crew["seller"], "2027-04-02")
    watching(date(2027, 4, 3))
    assert [row["step"] for row in alerts(bare, f"of=sales.order:{order['id']}")] == [2]
    from kernel import clock, saving
    from kernel.access import SYSTEM
    from tenant_apps.sales.models import Order
    from tenants.context import tenant_context

    with tenant_context(bare.company):
        saving.change(Order.objects.get(pk=order["id"]), {"promised_date": date(2027, 5, 20)}, by=SYSTEM, at=clock.now())
    watching(date(2027, 4, 4))
    assert alerts(bare, f"of=sales.order:{order['id']}") == []
    watching(date(2027, 5, 18))
    assert [row["step"] for row in alerts(bare, f"of=sales.order:{order['id']}")] == [1]


def test_whoever_takes_it_up_says_why_and_the_ladder_stops(bare, crew, rule, watching):
    watching(date(2027, 6, 1))
    order = placed(bare, crew["seller"], "2027-06-10")
    watching(date(2027, 6, 11))
    seller = crew["seller"]
    message = next(row for row in inbox(seller, "box=waiting&kind=alert") if order["number"] in row["title"])
    seller.post("/me/messages/handle/", {"ids": [message["id"]], "verb": "acknowledge", "reason": "Casting late, new date agreed"})
    (alert,) = alerts(bare, f"of=sales.order:{order['id']}")
    assert (alert["reason"], alert["acknowledged_by"]["id"]) == ("Casting late, new date agreed", seller.member)
    watching(date(2027, 6, 25))
    assert told(crew, order)["head"] == 0


def test_what_is_put_off_comes_back_on_its_day(bare, crew, rule, watching):
    watching(date(2027, 7, 1))
    order = placed(bare, crew["seller"], "2027-07-10")
    watching(date(2027, 7, 11))
    seller = crew["seller"]
    ids = [row["id"] for row in inbox(seller, "box=unread&kind=alert") if order["number"] in row["title"]]
    told_why = seller.post("/me/messages/handle/", {"ids": ids, "verb": "snooze", "until": "2027-07-20T08:00:00"}, 422)
    assert told_why["errors"][0]["path"] == "reason"
    seller.post("/me/messages/handle/", {"ids": ids, "verb": "snooze", "until": "2027-07-20T08:00:00", "reason": "Waiting for the crane"})
    watching(date(2027, 7, 16))
    assert told(crew, order)["head"] == 0 and not [row for row in inbox(seller, "box=unread") if row["id"] in ids]
    watching(date(2027, 7, 21))
    assert told(crew, order) == {"seller": 1, "superior": 1, "head": 0, "manager": 1}, "it has reached the last rung meanwhile"
