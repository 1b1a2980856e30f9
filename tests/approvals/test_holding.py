"""An action under approval waits; nothing else changes until it is decided, and then it happens as it was asked for."""

from __future__ import annotations

import pytest

from kernel import holding
from tenants.context import tenant_context
from tests import trade
from tests.api import Api
from tests.approvals.conftest import Office, ask
from tests.kernel.sheets import bring

PARTNER, PARTNERS = "partners.partner", "/partners/partners/"


@pytest.fixture
def flow(office: Office) -> None:
    office.flow([ask("first", office.head)])


def test_a_held_call_changes_nothing_and_is_carried_out_when_all_agree(office: Office):
    office.flow([ask("first", office.head), ask("last", office.boss)])
    offer, approval = office.held()
    now = office.admin.again(offer)
    assert now["state"] == "draft" and now["_actions"] == [] and now["_approval"]["waiting_for"][0]["id"] == office.head.member
    office.agree(office.head, approval, comment="fine")
    assert office.admin.again(offer)["state"] == "draft"
    office.agree(office.boss, approval)
    done = office.admin.again(offer)
    assert done["state"] == "sent" and "_approval" not in done
    told = office.admin.read("approvals.approval", approval)
    assert told["state"] == "approved" and told["done_at"]
    sent = next(event for event in office.admin.get(f"/quoting/quotes/{offer['id']}/events/")["rows"] if event["verb"] == "send")
    assert sent["by"]["id"] == office.seller.member


def test_while_it_is_decided_the_document_is_locked_for_everybody(office: Office, flow: None):
    offer, approval = office.held()
    for who in (office.seller, office.admin, office.boss):
        told = who.patch(f"/quoting/quotes/{offer['id']}/", {"version": offer["version"], "title": "other"}, 409)
        assert told["code"] == "in_approval" and told["approval"] == approval
        assert who.act(offer, "lose", 409, reason="none")["code"] == "in_approval"
    assert office.admin.delete(f"/quoting/quotes/{offer['id']}/", 409)["code"] == "in_approval"
    assert office.seller.act(offer, "send", 409)["code"] == "in_approval"
    office.seller.act(office.seller.read("approvals.approval", approval), "withdraw")
    assert office.admin.change(office.admin.again(offer), {"title": "other"})["title"] == "other"


def test_refused_means_not_done(office: Office, flow: None):
    offer, approval = office.held()
    told = office.head.act(office.task(office.head, approval), "refuse", comment="too cheap")
    assert told["document"]["state"] == "rejected" and office.state(approval) == "rejected"
    assert office.admin.again(offer)["state"] == "draft"
    assert office.seller.act(office.admin.again(offer), "send", 202)["held"]["approval"] != approval


def test_what_cannot_be_carried_out_is_told_and_stays_until_it_is_tried_again_or_withdrawn(office: Office, flow: None):
    empty = office.admin.create("quoting.quote", {"customer": trade.customer(office.admin)["id"], "lines": []})
    approval = office.admin.act(empty, "send", 202)["held"]["approval"]
    office.agree(office.head, approval)
    told = office.admin.read("approvals.approval", approval)
    assert told["state"] == "failed" and "Add a line" in told["outcome"]
    assert office.admin.act(empty, "lose", 409, reason="x")["code"] == "in_approval"
    office.admin.act(told, "retry")
    assert office.state(approval) == "failed"
    office.admin.act(told, "withdraw")
    office.admin.act(office.admin.again(empty), "lose", reason="nothing on it")


def test_permission_is_asked_again_when_it_is_carried_out(office: Office, api: Api, flow: None):
    leaver = trade.join(api, "Sales engineer")
    offer, approval = office.held(leaver)
    member = api.read("organization.member", leaver.member)
    api.change(member, {"roles": []})
    office.agree(office.head, approval)
    told = office.admin.read("approvals.approval", approval)
    assert told["state"] == "failed" and "permission" in told["outcome"]
    assert office.admin.again(offer)["state"] == "draft"
    inbox = api.get("/me/messages/")["rows"]
    assert any(row["link"] == {"_key": "approvals.approval", "id": approval} for row in inbox)
    office.admin.act(told, "cancel", reason="left")


def test_a_held_call_with_a_key_is_held_once(office: Office, flow: None):
    offer, key = office.offer(), {"Idempotency-Key": trade.some("key")}
    path = f"/quoting/quotes/{offer['id']}/send/"
    first, again = (office.seller.post(path, {}, 202, **key) for _ in range(2))
    assert first == again
    assert len(office.admin.get(f"/approvals/of/quoting.quote/{offer['id']}/")["rows"]) == 1


def test_create_and_send_in_one_go_makes_the_draft_and_holds_the_rest(office: Office, flow: None):
    values = {"customer": trade.customer(office.admin)["id"], "lines": [{"item": trade.machine(office.admin)["id"]}]}
    told = office.admin.post("/quoting/quotes/?then=send", values, 202)
    assert told["document"]["state"] == "draft"
    office.agree(office.head, told["held"]["approval"])
    assert office.admin.again(told["document"])["state"] == "sent"


def test_creating_changing_and_deleting_wait_too(office: Office, api: Api):
    for verb in ("create", "change", "delete"):
        office.flow([ask("first", office.head)], on=(PARTNER, verb))
    name = trade.some("New")
    held = api.post(PARTNERS, {"name": name}, 202)
    assert held["document"] is None and api.rows(PARTNER, f"q={name}") == []
    office.agree(office.head, held["held"]["approval"])
    (made,) = api.rows(PARTNER, f"q={name}")
    made = api.again(made)
    assert api.get(f"/approvals/of/{PARTNER}/{made['id']}/")["rows"][0]["id"] == held["held"]["approval"]
    held = api.patch(f"{PARTNERS}{made['id']}/", {"version": made["version"], "name": f"{name} two"}, 202)
    assert held["document"]["name"] == name
    office.agree(office.head, held["held"]["approval"])
    made = api.again(made)
    assert made["name"] == f"{name} two"
    held = api.delete(f"{PARTNERS}{made['id']}/", 202)
    office.agree(office.head, held["held"]["approval"])
    api.get(f"{PARTNERS}{made['id']}/", 404)
    for verb in ("create", "change", "delete"):
        office.off((PARTNER, verb))


def test_a_batch_holds_each_document_for_itself(office: Office, flow: None):
    offers = [trade.quote(office.admin) for _ in range(3)]
    told = office.admin.post("/quoting/quotes/bulk/", {"verb": "send", "ids": [{"id": one["id"]} for one in offers]})
    held = [one["held"]["approval"] for one in told["results"]]
    assert len(set(held)) == 3 and all(one["ok"] for one in told["results"])
    cards = [card for card in office.head.get("/approvals/inbox/")["rows"] if card["approval"] in held]
    done = office.head.post(
        "/approvals/tasks/bulk/", {"verb": "agree", "ids": [{"id": card["id"]} for card in cards], "values": {"comment": "all"}}
    )
    assert [one["ok"] for one in done["results"]] == [True] * 3, done
    assert {office.admin.again(one)["state"] for one in offers} == {"sent"}


def test_as_a_part_of_another_action_it_is_refused_with_a_way_on(office: Office, api: Api):
    office.off()
    office.flow([ask("first", office.head)], on=("finance.receipt", "post"))
    agreed, _placed = trade.order(api)
    told = api.act(agreed, "receive", 409, amount="100")
    assert told["code"] == "needs_approval" and "Ask for it" in told["detail"]
    office.off(("finance.receipt", "post"))


def test_a_condition_and_the_lowest_priority_choose_the_flow(office: Office):
    office.off()
    small, large = trade.item(office.admin, price="100"), trade.item(office.admin, price="500000")
    office.flow([ask("first", office.head)], condition="total > 100000", priority=5)
    drawing = {"name": "Other", "resource": "quoting.quote", "verb": "send", "condition": "total < 200", "priority": 1}
    other = office.admin.create(
        "approvals.flow", {**drawing, "drawing": office.admin.rows("approvals.flow") and office.admin.latest("approvals.flow")["drawing"]}
    )
    office.admin.act(other, "publish")
    asked = {}
    for item in (small, large):
        offer = trade.quote(office.admin, {"item": item["id"]})
        approval = office.admin.act(offer, "send", 202)["held"]["approval"]
        asked[item["id"]] = office.admin.read("approvals.approval", approval)["flow"]["id"]
    assert asked[small["id"]] == other["id"] != asked[large["id"]]
    middle = trade.quote(office.admin, {"item": trade.item(office.admin, price="1000")["id"]})
    assert office.admin.act(middle, "send")["document"]["state"] == "sent"


def test_without_a_flow_nothing_is_asked(office: Office):
    office.off()
    with tenant_context(office.admin.company):
        assert "quoting.quote.send" not in holding.port.kinds()
    offer = office.offer()
    assert office.seller.act(offer, "send")["document"]["state"] == "sent"


def test_an_import_holds_each_document_that_it_would_make_or_change(office: Office, api: Api):
    for verb in ("create", "change"):
        office.flow([ask("first", office.head)], on=(PARTNER, verb))
    there = api.post(PARTNERS, {"name": trade.some("There")}, 202)["held"]["approval"]
    office.agree(office.head, there)
    old = api.latest(PARTNER)
    name = trade.some("Imported")
    told = bring(api, PARTNER, [["Number", "Name", "Phone"], ["", name, ""], [old["number"], old["name"], "021-55"]], mode="upsert")
    assert (told["created"], told["updated"], told["held"], told["failed"]) == (0, 0, 2, 0), told
    assert api.rows(PARTNER, f"q={name}") == [] and api.again(old)["phone"] == ""
    for card in office.head.get("/approvals/inbox/?resource=partners.partner")["rows"]:
        office.head.act(office.head.read("approvals.task", card["id"]), "agree")
    assert len(api.rows(PARTNER, f"q={name}")) == 1 and api.again(old)["phone"] == "021-55"
    for verb in ("create", "change"):
        office.off((PARTNER, verb))
