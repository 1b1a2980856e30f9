"""Rules: what is refused, what they find, who hears of it, and what they would have found last month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tenant_apps.process.models import Alert, Rule
from tenants.context import tenant_context
from tests import trade
from tests.api import Api, Json
from tests.process.conftest import alerts, inbox, look, placed

OWNER = {"days": 0, "to": [{"who": "owner"}]}


def rule(api: Api, status: int = 201, **values) -> Json:
    basis = {
        "name": trade.some("Watch"),
        "resource": "quoting.quote",
        "condition": 'state = "sent"',
        "anchor": "date",
        "field": "valid_until",
    }
    return api.create("process.rule", {**basis, "steps": [OWNER], **values}, status)


@pytest.mark.parametrize(
    ("values", "path", "code"),
    [
        ({"condition": "state = ("}, "condition", "bad_formula"),
        ({"condition": "total / 0 > 1"}, "condition", "bad_formula"),
        ({"condition": "nonsense > 1"}, "condition", "bad_formula"),
        ({"condition": 'valid_until > "many"'}, "condition", "formula_kinds"),
        ({"field": "customer"}, "field", "no_date"),
        ({"field": ""}, "field", "no_date"),
        ({"unit_of_time": "hours"}, "unit_of_time", "no_hours"),
        ({"steps": []}, "steps", "required"),
        ({"steps": [{"days": 3, "to": OWNER["to"]}, {"days": 1, "to": OWNER["to"]}]}, "steps.1.days", "backwards"),
        ({"steps": [{"days": "soon", "to": OWNER["to"]}]}, "steps.0.days", "invalid"),
        ({"steps": [{"days": 1, "to": []}]}, "steps.0.to", "required"),
        ({"steps": [{"days": 1, "to": [{"who": "role", "id": 99999}]}]}, "steps.0.to.0", "recipient"),
        ({"steps": [{"days": 1, "to": [{"who": "field", "field": "title"}]}]}, "steps.0.to.0", "recipient"),
        ({"steps": [{"days": 1, "to": OWNER["to"], "channels": ["pigeon"]}]}, "steps.0.channels", "unknown"),
        ({"anchor": "silent", "kinds": "quoting.nothing.send", "steps": [{"days": 1, "to": OWNER["to"]}]}, "kinds", "unknown_kind"),
        ({"anchor": "holds", "steps": [{"days": -1, "to": OWNER["to"]}]}, "steps.0.days", "too_early"),
        ({"facts": ["nonsense"]}, "facts", "unknown_field"),
        ({"per": "nonsense"}, "per", "unknown_field"),
        ({"resource": "no.such"}, "resource", "not_found"),
    ],
)
def test_a_rule_that_cannot_work_is_refused_where_it_is_wrong(bare: Api, values: Json, path: str, code: str):
    before = len(bare.rows("process.rule", "limit=200"))
    told = rule(bare, 422, **values)
    assert (path, code) in {(error["path"], error["code"]) for error in told["errors"]}, told
    assert all(error["detail"] for error in told["errors"])
    assert len(bare.rows("process.rule", "limit=200")) == before


def test_a_colleague_who_has_left_is_no_recipient(bare: Api):
    gone = trade.join(bare, "Warehouse")
    bare.act(bare.read("organization.member", gone.member), "disable")
    told = rule(bare, 422, steps=[{"days": 1, "to": [{"who": "member", "id": gone.member}]}])
    assert "has left" in told["errors"][0]["detail"]


def test_who_leaves_later_is_replaced_by_the_administrators_who_are_told_why(bare: Api, watching):
    keeper = trade.join(bare, "General manager")
    made = rule(bare, steps=[{"days": -400, "to": [{"who": "member", "id": keeper.member}]}])
    bare.act(bare.read("organization.member", keeper.member), "disable")
    offer = bare.act(trade.quote(bare), "send")["document"]
    look(bare)
    assert "nobody who is here" in bare.again(made)["trouble"]
    titles = [row["title"] for row in inbox(bare, "")]
    assert any(offer["number"] in title for title in titles) and any(made["name"] in title and "needs a look" in title for title in titles)
    bare.act(bare.again(made), "disable")


def test_many_at_once_are_one_message_and_each_reader_sees_only_what_is_theirs(bare: Api, crew, watching):
    made = rule(
        bare,
        condition='state = "draft" and title = "Flood"',
        steps=[{"days": -400, "to": [{"who": "owner"}, {"who": "superior"}]}],
        facts=["total"],
    )
    mine = [
        trade.quote(crew["seller"], {"item": trade.item(bare)["id"]}, title="Flood", customer=trade.customer(crew["seller"])["id"])
        for _ in range(7)
    ]
    look(bare)
    (message,) = [row for row in inbox(crew["seller"]) if made["name"] in row["title"]]
    assert message["title"].endswith("7 documents") and message["link"] == {"_key": "alerts", "id": made["id"]}
    assert message["text"].count("\n") == 6
    assert len([row for row in inbox(crew["superior"]) if made["name"] in row["title"]]) == 1
    stranger = trade.join(bare, "Sales engineer")
    assert alerts(stranger, f"rule={made['id']}") == [] and len(alerts(crew["seller"], f"rule={made['id']}")) == 7
    stranger.post("/process/alerts/handle/", {"ids": [alerts(bare, f"rule={made['id']}")[0]["id"]], "verb": "acknowledge", "reason": "x"})
    assert not any(row["acknowledged_at"] for row in alerts(bare, f"rule={made['id']}"))
    crew["seller"].post("/me/messages/handle/", {"ids": [message["id"]], "verb": "acknowledge", "reason": "All known"})
    assert {row["reason"] for row in alerts(bare, f"rule={made['id']}")} == {"All known"}
    assert len(mine) == 7
    bare.act(bare.again(made), "disable")
    assert alerts(bare, f"rule={made['id']}") == []


def test_what_a_role_hides_is_not_told(bare: Api, crew, watching):
    watching(date(2027, 8, 1))
    made = rule(bare, resource="sales.order", condition="", anchor="holds", field="", facts=["cost", "total"])
    placed(bare, crew["seller"], "2027-12-01")
    look(bare)
    message = next(row for row in inbox(crew["seller"]) if made["name"] in row["title"])
    assert "Cost •••" in message["text"] and "Total" in message["text"]
    bare.act(bare.again(made), "disable")


def test_one_alert_a_customer_however_many_documents(bare: Api, watching):
    made = rule(
        bare, condition='state = "draft" and title = "Per customer"', per="customer", steps=[{"days": -400, "to": [{"who": "owner"}]}]
    )
    who = trade.customer(bare)["id"]
    for _ in range(3):
        trade.quote(bare, customer=who, title="Per customer")
    look(bare)
    (alert,) = alerts(bare, f"rule={made['id']}")
    assert alert["count"] == 3
    bare.act(bare.again(made), "disable")


def test_silence_is_counted_from_the_last_event_and_told_again(bare: Api, watching):
    watching(date(2027, 9, 1))
    made = rule(
        bare,
        condition='state = "sent" and title = "Silent"',
        anchor="silent",
        field="",
        steps=[{"days": 7, "to": [{"who": "owner"}]}],
        repeat=5,
    )
    offer = bare.act(trade.quote(bare, title="Silent", valid_until="2027-12-31"), "send")["document"]
    watching(date(2027, 9, 7))
    assert alerts(bare, f"rule={made['id']}") == []
    watching(date(2027, 9, 8))
    assert [row["document"]["id"] for row in alerts(bare, f"rule={made['id']}")] == [offer["id"]]
    for day in (10, 13, 14):
        watching(date(2027, 9, day))
    assert len([row for row in inbox(bare) if made["name"] in row["title"]]) == 2
    bare.post(f"/quoting/quotes/{offer['id']}/notes/", {"text": "called them"}, 201)
    watching(date(2027, 9, 15))
    assert alerts(bare, f"rule={made['id']}") == [], "the cause is gone: somebody did something"
    bare.act(bare.again(made), "disable")


def test_a_rule_is_tried_on_what_is_and_on_last_month(bare: Api, crew, watching):
    watching(date(2027, 10, 1))
    kept = placed(bare, crew["seller"], "2027-10-10")
    solved = placed(bare, crew["seller"], "2027-10-12")
    watching(date(2027, 10, 14))
    bare.act(solved, "cancel", reason="withdrawn")
    watching(date(2027, 10, 25))
    steps = [{"days": 1, "to": [{"who": "owner"}]}, {"days": 5, "to": [{"who": "head"}]}]
    given = {
        "name": "Try",
        "resource": "sales.order",
        "condition": 'state in ("confirmed", "released") and promised_date > DATE_FROM',
        "anchor": "date",
    }
    refused = bare.post("/process/rules/try/", {**given, "field": "promised_date", "steps": steps}, 422)
    assert refused["errors"][0]["path"] == "condition"
    given["condition"] = 'state in ("confirmed", "released") and title = "Testing machine"'
    told = bare.post("/process/rules/try/", {**given, "field": "promised_date", "steps": steps})
    assert kept["id"] in {row["document"]["id"] for row in told["now"]["rows"]} and solved["id"] not in {
        row["document"]["id"] for row in told["now"]["rows"]
    }
    past = {(row["day"], row["step"], row["document"]["id"]) for row in told["history"]["rows"]}
    assert {("2027-10-11", 0, kept["id"]), ("2027-10-15", 1, kept["id"]), ("2027-10-13", 0, solved["id"])} <= past
    assert ("2027-10-17", 1, solved["id"]) not in past
    assert told["history"]["complete"] and sum(day["count"] for day in told["history"]["days"]) == told["history"]["count"]
    assert alerts(bare, "state=all") == alerts(bare, "state=all")


def test_working_days_and_hours_are_kept(bare: Api, crew, watching, monkeypatch: pytest.MonkeyPatch):
    """Promised for Friday 5 November 2027: the first working day after it is Monday the 8th."""
    made = rule(
        bare,
        resource="sales.order",
        condition='state = "confirmed"',
        field="promised_date",
        steps=[{"days": 1, "to": [{"who": "owner"}]}],
        working=True,
    )
    watching(date(2027, 10, 20))
    order = placed(bare, crew["seller"], "2027-11-05")
    for day, count in ((5, 0), (6, 0), (7, 0), (8, 1)):
        monkeypatch.setattr("tenant_apps.organization.hours.works_on", weekday)
        watching(date(2027, 11, day))
        found = [row for row in alerts(bare, f"rule={made['id']}") if row["document"]["id"] == order["id"]]
        assert len(found) == count, day
    bare.act(bare.again(made), "disable")


def weekday(day: date) -> bool:
    """Monday to Friday, whatever the holidays of that year will be."""
    return day.weekday() < 5


def test_one_look_costs_a_few_statements_however_many_documents(bare: Api, watching, django_assert_max_num_queries):
    from kernel import clock
    from tenant_apps.process.engine import running

    made = rule(bare, condition='state = "draft" and title = "Count"', steps=[{"days": -400, "to": [{"who": "owner"}]}])
    for _ in range(12):
        trade.quote(bare, title="Count")
    with tenant_context(bare.company):
        found = Rule.objects.get(pk=made["id"])
        with django_assert_max_num_queries(14):
            running.run(found, clock.now())
        assert Alert.objects.filter(rule=found).count() == 12
        with django_assert_max_num_queries(2):
            running.run(found, clock.now())
    bare.act(bare.again(made), "disable")


def test_one_rule_that_fails_keeps_no_other_from_its_turn(bare: Api, watching, monkeypatch: pytest.MonkeyPatch):
    from tenant_apps.process.engine import matching

    broken, sound = (
        rule(bare),
        rule(bare, condition='state = "draft" and title = "Sound"', steps=[{"days": -400, "to": [{"who": "owner"}]}]),
    )
    trade.quote(bare, title="Sound")
    usual = matching.found
    monkeypatch.setattr(matching, "found", lambda one, *rest: 1 / 0 if one.pk == broken["id"] else usual(one, *rest))
    look(bare)
    assert len(alerts(bare, f"rule={sound['id']}")) == 1 and "could not be worked out" in bare.again(broken)["trouble"]
    for one in (broken, sound):
        bare.act(bare.again(one), "disable")


def test_the_shipped_rules_work_and_each_can_be_taken_over_again(bare: Api):
    told = bare.get("/process/rules/ready/")["rows"]
    assert {"order-late", "due-overdue", "retention-due", "quote-expiring", "stock-short"} <= {row["key"] for row in told}
    assert all(row["taken"] for row in told)
    made = bare.post("/process/rules/ready/", {"key": "order-late"}, 201)
    assert [step["days"] for step in bare.read("process.rule", made["id"])["steps"]] == [-3, 1, 5, 10]
    with tenant_context(bare.company):
        Rule.objects.update(next_at=None)
        from tenant_apps.process.engine import running

        for one in Rule.objects.all():
            running.run(one, running.clock.now() + timedelta(days=3))


def test_the_quality_of_rules_is_told(bare: Api):
    rows = bare.get("/process/alerts/quality/")["rows"]
    assert sum(row["fired"] for row in rows) >= 10 and all(row["fired"] >= row["acted"] + row["open"] for row in rows)
    assert any(row["answered"] for row in rows)
