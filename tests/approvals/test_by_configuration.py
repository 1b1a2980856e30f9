"""A handover, an accounting period opened again: put under approval by a flow alone, without a line of their own for it."""

from __future__ import annotations

from tests import trade
from tests.approvals.conftest import Office, ask

HAND_OVER, REOPEN = ("organization.handover", "hand_over"), ("organization.period", "reopen")


def test_business_goes_over_when_somebody_has_agreed(office: Office):
    leaver, heir = trade.join(office.admin, "Sales manager"), trade.join(office.admin, "Sales engineer")
    customer = office.admin.create("partners.partner", {"name": trade.some("Great"), "owner": leaver.member})
    office.flow([ask("first", leaver)])
    _offer, decided_by_leaver = office.held()
    office.flow([ask("first", office.boss)], on=HAND_OVER)
    parts = [{"receiver": heir.member}]
    handover = office.admin.create("organization.handover", {"giver": leaver.member, "parts": parts})
    approval = office.admin.act(handover, "hand_over", 202)["held"]["approval"]
    member = office.admin.read("organization.member", leaver.member)
    assert office.admin.again(customer)["owner"]["id"] == leaver.member and office.turn(decided_by_leaver) == [leaver.member]
    assert office.admin.refused(member, "disable", "open_business")
    assert office.admin.change(office.admin.again(handover), {"parts": []}, 409)["code"] == "in_approval"
    office.agree(office.boss, approval)
    done = office.admin.read("approvals.approval", approval)
    assert (done["state"], bool(done["done_at"])) == ("approved", True), done["outcome"]
    assert office.admin.again(customer)["owner"]["id"] == heir.member and office.turn(decided_by_leaver) == [heir.member]
    assert office.admin.act(office.admin.again(member), "disable")["document"]["state"] == "disabled"
    office.off(HAND_OVER)
    office.off()


def test_an_accounting_period_is_opened_again_when_somebody_has_agreed(office: Office):
    (own,) = office.admin.rows("organization.company")
    office.admin.post("/organization/periods/year/", {"year": 2019, "company": own["id"]}, 201)
    (month,) = [row for row in office.admin.rows("organization.period", "limit=200&columns=name") if row["name"] == "2019-03"]
    closed = office.admin.act(office.admin.read("organization.period", month["id"]), "close")["document"]
    office.flow([ask("first", office.boss)], on=REOPEN)
    receipt = {"partner": trade.customer(office.admin)["id"], "amount": "10.00", "received_on": "2019-03-10"}
    refused = office.admin.act(closed, "reopen", 202, reason="late invoice", ledger="receivable")["held"]["approval"]
    assert office.admin.create("finance.receipt", receipt, 409)["code"] == "period_closed"
    assert office.admin.delete(f"/organization/periods/{month['id']}/", 409)["code"] == "in_approval"
    office.boss.act(office.task(office.boss, refused), "refuse", comment="no")
    assert office.admin.create("finance.receipt", receipt, 409)["code"] == "period_closed"
    assert office.admin.delete(f"/organization/periods/{month['id']}/", 409)["code"] == "period_closed"
    agreed = office.admin.act(office.admin.again(closed), "reopen", 202, reason="late invoice", ledger="receivable")["held"]["approval"]
    office.agree(office.boss, agreed)
    now = office.admin.again(closed)
    assert (now["receivable_closed"], now["stock_closed"]) == (False, True)
    assert office.admin.create("finance.receipt", receipt)["received_on"] == "2019-03-10"
    told = office.admin.get(f"/organization/periods/{month['id']}/events/")["rows"]
    assert any("late invoice" in event["text"] for event in told)
    office.off(REOPEN)
