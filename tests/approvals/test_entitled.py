"""What the initiator may do and when, and who else hears of a decision (spec 2.14)."""

from __future__ import annotations

from tests import trade
from tests.api import Api
from tests.approvals.conftest import Office, ask


def test_withdrawing_before_anybody_decided(office: Office):
    office.flow([ask("first", office.head), ask("last", office.boss)])
    offer, approval = office.held()
    office.agree(office.head, approval)
    mine = office.seller.read("approvals.approval", approval)
    refused = office.seller.act(mine, "withdraw", 409)
    assert refused["code"] == "decided_already" and mine["_blocked"] == {"withdraw": refused["detail"]}
    told = (office.seller.get(f"/approvals/of/quoting.quote/{offer['id']}/"), office.seller.get("/approvals/inbox/?box=started"))
    for card, *_older in (one["rows"] for one in told):
        assert card["blocked"] == mine["_blocked"] and card["actions"] == ["copy", "urge"]
    rescuer = office.admin.read("approvals.approval", approval)
    assert "withdraw" not in rescuer["_actions"] and rescuer["_blocked"]["withdraw"] == office.admin.act(rescuer, "withdraw", 403)["detail"]
    assert set(office.boss.read("approvals.approval", approval)["_actions"]) <= {"copy"}, "rescues are an administrator's"
    assert office.seller.act(mine, "cancel", 403, reason="x")["code"] in ("forbidden", "not_yours")
    assert office.head.act(mine, "withdraw", 404)["code"] == "not_found"
    office.flow([ask("first", office.head), ask("last", office.boss)], withdrawal="until_end")
    _offer, other = office.held()
    office.agree(office.head, other)
    office.seller.act(office.seller.read("approvals.approval", other), "withdraw")
    assert office.state(other) == "withdrawn"
    assert office.admin.again(offer)["_approval"]["id"] == approval


def test_urging_is_possible_once_an_hour(office: Office):
    office.flow([ask("first", office.head)])
    _offer, approval = office.held()
    mine = office.seller.read("approvals.approval", approval)
    assert "urge" in mine["_actions"] and "_blocked" not in mine
    office.seller.act(mine, "urge")
    assert set(office.seller.again(mine)["_blocked"]) == {"urge"}
    assert office.seller.act(mine, "urge", 409)["code"] == "too_soon"
    assert any("asks you to decide" in row["title"] for row in office.head.get("/me/messages/")["rows"])


def test_whoever_is_named_in_a_comment_hears_of_it_if_they_may_see_it(office: Office):
    office.flow([ask("first", office.head), ask("last", office.boss)])
    _offer, approval = office.held()
    keeper = trade.join(office.admin, "Warehouse")
    names = {who: who.get("/meta/")["member"]["name"] for who in (office.boss, keeper, office.head)}
    office.agree(office.head, approval, comment=f"See the margin, @{names[office.boss]} and @{names[keeper]}")

    def told(who: Api) -> list[str]:
        return [row["text"] for row in who.get("/me/messages/?kind=mention")["rows"] if row["link"] and row["link"]["id"] == _offer["id"]]

    assert len(told(office.boss)) == 1 and "See the margin" in told(office.boss)[0]
    assert told(keeper) == [] == told(office.head), "whoever may not read quotes is not told of this one, nor whoever wrote it"


def test_the_workspace_is_told_how_much_waits_as_soon_as_that_changes(office: Office):
    office.flow([ask("first", office.head)])
    before = office.head.get("/me/messages/stamp/")
    offer, approval = office.held()
    now = office.head.get(f"/me/messages/stamp/?since={before['stamp']}")
    assert now["deciding"] == before["deciding"] + 1
    assert office.head.get(f"/me/messages/stamp/?since={now['stamp']}") == {"stamp": now["stamp"]}, "nothing new: no look at the database"
    shown = office.head.get("/home/approvals/")["rows"]
    assert (shown[0]["_key"], shown[0]["id"], shown[0]["amount"]) == ("quoting.quote", offer["id"], office.boss.again(offer)["total"])
    assert offer["id"] not in {row["id"] for row in office.other.get("/home/approvals/")["rows"]}
    office.agree(office.head, approval)
    assert office.head.get(f"/me/messages/stamp/?since={now['stamp']}")["deciding"] == before["deciding"]
