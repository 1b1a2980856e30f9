"""Drawing flows: what is refused and where, editions, trying a flow on a real document, ready flows, deadlines (W-1.4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from kernel import clock
from tenant_apps.approvals import tasks
from tenant_apps.approvals.models import Task
from tenant_apps.organization import hours
from tenants.context import tenant_context
from tests import trade
from tests.api import Api, Json
from tests.approvals.conftest import SEND, Office, ask, drawing

ZONE = timezone.get_default_timezone()


def draft(office: Office, told: Json, status: int = 201, **more: object) -> Json:
    return office.admin.create(
        "approvals.flow", {"name": trade.some("Flow"), "resource": SEND[0], "verb": SEND[1], "drawing": told, **more}, status
    )


def split(*ends: str) -> list[tuple[str, ...]]:
    return [("start", "split"), ("split", "one"), ("split", "two"), *(tuple(end.split(">")) for end in ends)]


def faults(office: Office) -> list[tuple[str, Json, str]]:
    one, two = ask("one", office.head), ask("two", office.boss)
    parallel, join = {"id": "split", "kind": "parallel"}, {"id": "join", "kind": "join"}
    choice = {"id": "split", "kind": "condition"}
    three = [*split("one>join", "two>join", "join>end"), ("split", "three"), ("three", "end")]
    return [
        ("loop", drawing([one, two], [("start", "one"), ("one", "two"), ("two", "one"), ("one", "end")]), "one"),
        ("unreachable", drawing([one, two], [("start", "one"), ("one", "end"), ("two", "end")]), "two"),
        ("no_end", {"nodes": [{"id": "start", "kind": "start"}, one], "edges": [{"from": "start", "to": "one"}]}, ""),
        ("leads_nowhere", drawing([one, two], [("start", "one"), ("one", "two")]), "two"),
        ("meets_without_join", drawing([parallel, one, two], split("one>end", "two>end")), "end"),
        ("join_incomplete", drawing([parallel, one, two, ask("three", office.boss), join], three), "join"),
        ("one_otherwise", drawing([choice, one, two, join], split("one>join", "two>join", "join>end")), "split"),
        ("incomplete", drawing([{"id": "one", "kind": "approve"}]), "one"),
        ("bad_ratio", drawing([{**one, "mode": "ratio", "ratio": 0}]), "one"),
        ("unknown_field", drawing([{**one, "editable": ["nonsense"]}]), "one"),
        ("bad_deadline", drawing([{**one, "deadline": {"hours": -1}}]), "one"),
    ]  # fmt: skip


def test_a_faulty_flow_is_refused_with_the_step_named_and_nothing_is_published(office: Office):
    office.off()
    for code, told, node in faults(office):
        found = office.admin.post("/approvals/flows/check/", {"resource": SEND[0], "verb": SEND[1], "drawing": told})["errors"]
        assert (code, node) in {(one["code"], one.get("node", "")) for one in found}, (code, found)
        assert all(one["detail"] for one in found)
        status, made = office.admin.ask("post", "/approvals/flows/", {"name": "x", "resource": SEND[0], "verb": SEND[1], "drawing": told})
        if status == 201:
            assert office.admin.act(made, "publish", 422)["code"] == "flow_faulty"
            assert office.admin.again(made)["state"] == "draft"
        else:
            assert status == 422 and made["errors"][0]["path"].startswith("drawing"), made
    assert office.admin.rows("approvals.flow", f"resource={SEND[0]}&state=published") == []


def test_formulas_are_read_before_anything_is_saved(office: Office):
    one, two = ask("one", office.head), ask("two", office.boss)
    choice, join = {"id": "split", "kind": "condition"}, {"id": "join", "kind": "join"}
    for text, code in (
        ("total >", "bad_formula"),
        ("totl > 1", "bad_formula"),
        ("1 / 0 > 1", "bad_formula"),
        ("__import__('os')", "bad_formula"),
    ):
        ways = [("start", "split"), ("split", "one", text), ("split", "two"), ("one", "join"), ("two", "join"), ("join", "end")]
        told = draft(office, drawing([choice, one, two, join], ways), 422)
        assert told["errors"][0]["code"] == code and told["errors"][0]["path"] == "drawing.edges.split.one.when", told
        assert draft(office, drawing([one]), 422, condition=text)["errors"][0]["path"] == "condition"
    assert draft(office, drawing([one]), 422, verb="nonsense")["errors"][0]["path"] == "verb"
    assert draft(office, {"nodes": "x"}, 422)["errors"][0]["path"] == "drawing"


def test_a_formula_that_fails_on_a_document_refuses_the_step_and_names_it(office: Office):
    choice, join = {"id": "split", "kind": "condition", "name": "Margin"}, {"id": "join", "kind": "join"}
    ways = [("start", "split"), ("split", "one", "total / discount_rate > 5"), ("split", "join"), ("one", "join"), ("join", "end")]
    office.flow([choice, ask("one", office.head), join], ways)
    offer = office.offer()
    told = office.seller.act(offer, "send", 409)
    assert told["code"] == "flow_formula" and "Margin" in told["detail"]
    assert office.admin.again(offer)["state"] == "draft"


def test_what_runs_keeps_its_edition(office: Office):
    flow = office.flow([ask("first", office.head), ask("last", office.boss)])
    _offer, approval = office.held()
    next_one = office.admin.made(flow, "revise", "approvals.flow")
    assert office.admin.act(flow, "revise", 409)["code"] == "draft_there"
    next_one = office.admin.change(next_one, {"drawing": drawing([ask("only", office.head)])})
    told = office.admin.act(next_one, "publish")["document"]
    assert (told["edition"], office.admin.again(flow)["state"]) == (2, "retired")
    office.agree(office.head, approval)
    assert office.turn(approval) == [office.boss.member]
    _offer, newer = office.held()
    office.agree(office.head, newer)
    assert office.state(newer) == "approved"


def test_a_flow_is_tried_on_a_real_document_without_a_trace(office: Office):
    large = {"id": "large", "kind": "condition", "name": "Large?"}
    nodes = [large, {**ask("boss", office.boss), "who": [{"source": "superiors", "level": 9}]}, {"id": "join", "kind": "join"}]
    ways = [("start", "large"), ("large", "boss", "total > 100000"), ("large", "join"), ("boss", "join"), ("join", "end")]
    flow = draft(office, drawing(nodes, ways))
    offer = office.offer()
    before = office.admin.get("/approvals/approvals/?count=1")["count"]
    told = office.admin.post(f"/approvals/flows/{flow['id']}/simulate/", {"document": offer["id"], "by": office.seller.member})
    assert told["nodes"] == ["start", "large", "boss", "join", "end"] and ["large", "boss"] in told["edges"]
    step = next(one for one in told["steps"] if one["node"] == "boss")
    assert [who["id"] for who in step["who"]] == [office.head.member, office.boss.member] and "superiors" in step["why"]
    cheap = trade.quote(office.admin, {"item": trade.item(office.admin, price="10")["id"]})
    told = office.admin.post(f"/approvals/flows/{flow['id']}/simulate/", {"document": cheap["id"]})
    assert "boss" not in told["nodes"]
    assert office.admin.get("/approvals/approvals/?count=1")["count"] == before and office.admin.again(offer)["state"] == "draft"
    office.seller.post(f"/approvals/flows/{flow['id']}/simulate/", {"document": offer["id"]}, 403)


QUOTES, ORDERS = {"resource": "quoting.quote", "verb": "submit"}, {"resource": "sales.order", "verb": "confirm"}


def test_three_levels_by_organisation_are_switched_on_and_off(office: Office):
    office.off()
    rows = office.admin.get("/approvals/kinds/")["rows"]
    verbs = {verb["kind"]: verb for row in rows for verb in row["verbs"]}
    assert verbs["quoting.quote.send"]["usual"] and not verbs["quoting.quote.send"]["flow"]
    flow = office.admin.post("/approvals/kinds/quoting.quote/send/", {"on": True})["flow"]
    _offer, approval = office.held()
    for who in (office.head, office.boss):
        assert office.turn(approval) == [who.member]
        office.agree(who, approval)
    assert office.state(approval) == "approved"
    told = office.seller.get(f"/approvals/story/{approval}/")
    assert [step["state"] for step in told["steps"]] == ["done", "skipped", "done"]
    office.admin.post("/approvals/kinds/quoting.quote/send/", {"on": False})
    assert office.admin.read("approvals.flow", flow["id"])["state"] == "retired"
    for row in office.admin.get("/approvals/templates/")["rows"]:
        made = office.admin.post(f"/approvals/templates/{row['key']}/import/", QUOTES if row["resource"] else ORDERS, 201)["flow"]
        assert office.admin.read("approvals.flow", made["id"])["state"] == "draft"


def test_the_nearest_superior_whose_limit_is_enough(office: Office, api: Api):
    posts = {}
    for name, who, limit in (("Head of sales", office.head, "50000"), ("General manager", office.boss, "900000")):
        post = api.create("organization.position", {"name": trade.some(name), "department": trade.unit(api, "Sales")})
        member = api.read("organization.member", who.member)
        api.change(member, {"position": post["id"]})
        api.create("approvals.limit", {"position": post["id"], "resource": "quoting.quote", "amount": limit})
        posts[who.member] = post["id"]
    office.flow([{"id": "limit", "kind": "approve", "who": [{"source": "limit", "what": ["amount"]}]}])
    for price, who in (("1000", office.head), ("231000", office.boss)):
        offer = trade.quote(office.seller, {"item": trade.item(api, price=price)["id"]})
        approval = office.seller.act(offer, "send", 202)["held"]["approval"]
        assert office.turn(approval) == [who.member]


def test_sub_flow_wait_set_and_inclusive_branches(office: Office):
    office.flow([ask("inner", office.other)], on=("quoting.quote", "lose"))
    inner = office.admin.latest("approvals.flow")
    nodes = [
        {"id": "set", "kind": "set", "values": {"title": '"Set by the flow"'}}, {"id": "sub", "kind": "subflow", "flow": inner["id"]},
        {"id": "some", "kind": "inclusive"}, ask("large", office.boss), ask("always", office.head), {"id": "join", "kind": "join"},
        {"id": "wait", "kind": "wait", "event": "quoting.quote.note"},
    ]  # fmt: skip
    ways = [
        ("start", "set"),
        ("set", "sub"),
        ("sub", "some"),
        ("some", "large", "total > 1"),
        ("some", "always"),
        ("large", "join"),
        ("always", "join"),
        ("join", "wait"),
        ("wait", "end"),
    ]
    office.flow(nodes, ways)
    offer, approval = office.held()
    assert office.admin.again(offer)["title"] == "Set by the flow"
    office.off(("quoting.quote", "lose"))
    for who in (office.other, office.boss):
        assert office.turn(approval) == [who.member]
        office.agree(who, approval)
    assert office.turn(approval) == [] and office.state(approval) == "running"
    office.admin.post(f"/quoting/quotes/{offer['id']}/notes/", {"text": "arrived"}, 201)
    assert office.state(approval) == "approved" and office.admin.again(offer)["state"] == "sent"


# time ----------------------------------------------------------------------------------------------------------------
def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_working_hours_leave_out_nights_weekends_and_public_holidays(api: Api):
    with tenant_context(api.company):
        assert hours.add_working(at("2026-11-20T16:30"), 2) == at("2026-11-23T09:30")  # Friday evening to Monday morning
        assert hours.add_working(at("2026-09-30T17:00"), 1) == at("2026-10-08T09:00")  # over the National Day holidays
        assert hours.works_on(date(2026, 10, 10)) and not hours.works_on(date(2026, 10, 17))  # a Saturday worked in exchange
        assert hours.working_between(at("2026-11-20T16:30"), at("2026-11-23T09:30")) == timedelta(hours=2)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch, api: Api):
    """`later(30)`: so many days on, the scheduler looks at the deadlines."""

    def travel(days: int) -> None:
        now = timezone.now() + timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda: timezone.localtime(now))
        with tenant_context(api.company):
            for _ in range(4):
                tasks.look_at_deadlines()

    return travel


def test_deadlines_remind_then_escalate_or_decide_but_not_above_an_amount(office: Office, later):
    deadline = {"hours": 8, "remind": [50, 80], "then": "approve", "not_above": "100000"}
    office.flow([ask("first", office.head, deadline=deadline)])
    large, small = office.held()[1], trade.quote(office.seller, {"item": trade.item(office.admin, price="10")["id"]})
    small = office.seller.act(small, "send", 202)["held"]["approval"]
    with tenant_context(office.admin.company):
        task = Task.objects.get(approval=large)
        assert task.due_at == hours.add_working(task.since, 8) and task.next_at < task.due_at
    later(10)
    assert office.state(small) == "approved"
    assert office.state(large) == "running" and office.turn(large) == [office.boss.member]
    told = [row["title"] for row in office.head.get("/me/messages/?limit=100")["rows"] if "% of the time" in row["title"]]
    assert {title.split()[0] for title in told} == {"50", "80", "100"}
