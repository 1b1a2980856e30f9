"""What people do with their part (spec 2.14): each with the rule that goes with it."""

from __future__ import annotations

from tests.api import Api
from tests.approvals.conftest import Office, ask

PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def act(office: Office, who: Api, approval: int, verb: str, status: int = 200, **values):
    return who.act(office.task(who, approval), verb, status, **values)


def test_nobody_decides_for_another(office: Office):
    office.flow([ask("first", office.head)])
    _offer, approval = office.held()
    task = office.task(office.head, approval)
    for who, status, code in ((office.seller, 404, "not_found"), (office.admin, 403, "not_yours"), (office.other, 404, "not_found")):
        assert who.act(task, "agree", status)["code"] == code
    assert office.state(approval) == "running"


def test_back_to_the_start_and_straight_to_whoever_sent_it_back(office: Office):
    office.flow([ask("first", office.head), ask("last", office.boss)])
    offer, approval = office.held()
    office.agree(office.head, approval)
    act(office, office.boss, approval, "return", node="start", comment="mend the title")
    again = office.task(office.seller, approval)
    assert again["kind"] == "resubmit" and office.turn(approval) == [office.seller.member]
    office.seller.act(again, "edit", values={"title": "Mended"})
    office.seller.act(again, "agree")
    assert office.turn(approval) == [office.boss.member]
    assert office.admin.again(offer)["title"] == "Mended"
    told = office.boss.get(f"/approvals/story/{approval}/")
    changes = [line for step in told["steps"] for task in step["tasks"] for line in task["changes"]]
    assert [(line["from"], line["to"]) for line in changes] == [("Testing machine", "Mended")]
    office.agree(office.boss, approval)
    assert office.admin.again(offer)["state"] == "sent"


def test_back_and_all_again(office: Office):
    office.flow([ask("first", office.head), ask("last", office.boss)])
    _offer, approval = office.held()
    office.agree(office.head, approval)
    act(office, office.boss, approval, "return", node="start", comment="all again", again=True)
    act(office, office.seller, approval, "agree")
    assert office.turn(approval) == [office.head.member]


def test_out_of_a_parallel_branch_back_before_the_split(office: Office):
    """Siblings are called off and asked again properly (ruoyi#867)."""
    nodes = [
        ask("before", office.head),
        {"id": "split", "kind": "parallel"},
        ask("one", office.boss),
        ask("two", office.other),
        {"id": "join", "kind": "join"},
    ]
    edges = [
        ("start", "before"),
        ("before", "split"),
        ("split", "one"),
        ("split", "two"),
        ("one", "join"),
        ("two", "join"),
        ("join", "end"),
    ]
    office.flow(nodes, edges)
    offer, approval = office.held()
    office.agree(office.head, approval)
    assert sorted(office.turn(approval)) == sorted([office.boss.member, office.other.member])
    act(office, office.other, approval, "return", node="before", comment="?")
    assert office.turn(approval) == [office.head.member]
    office.agree(office.head, approval)
    assert sorted(office.turn(approval)) == sorted([office.boss.member, office.other.member])
    office.agree(office.other, approval)
    office.agree(office.boss, approval)
    assert office.admin.again(offer)["state"] == "sent"


def test_added_before_then_oneself(office: Office):
    office.flow([ask("first", office.head)])
    _offer, approval = office.held()
    act(office, office.head, approval, "add_before", members=[office.other.member, office.boss.member])
    assert office.turn(approval) == [office.other.member, office.boss.member]
    office.agree(office.other, approval)
    assert office.turn(approval) == [office.boss.member]
    mine = next(row for row in office.head.rows("approvals.task", f"approval={approval}") if row["state"] == "waiting")
    office.head.act(office.head.again(mine), "remove", members=[office.boss.member])
    assert office.turn(approval) == [office.head.member]
    assert act(office, office.head, approval, "add_after", 409, members=[office.boss.member])["code"] == "not_both"
    office.agree(office.head, approval)
    assert office.state(approval) == "approved"


def test_added_after_counts_when_they_agree_and_refuses_with_them(office: Office):
    office.flow([ask("first", office.head)])
    for verb, outcome in (("agree", "approved"), ("refuse", "rejected")):
        _offer, approval = office.held()
        act(office, office.head, approval, "add_after", members=[office.other.member])
        assert office.state(approval) == "running"
        act(office, office.other, approval, verb, comment="said")
        assert office.state(approval) == outcome


def test_refusing_while_added_ones_are_asked_ends_it_for_them_too(office: Office):
    """ruoyi PR#566."""
    office.flow([ask("first", office.head, office.boss)])
    _offer, approval = office.held()
    act(office, office.head, approval, "add_before", members=[office.other.member])
    act(office, office.boss, approval, "refuse", comment="no")
    assert office.state(approval) == "rejected" and office.turn(approval) == []
    assert not [card for card in office.other.get("/approvals/inbox/")["rows"] if card["approval"] == approval]


def test_nobody_is_asked_twice_in_a_step_and_never_whoever_asked(office: Office):
    office.flow([ask("first", office.head, office.boss)])
    _offer, approval = office.held()
    assert act(office, office.head, approval, "add_beside", 409, members=[office.boss.member])["code"] == "there_already"
    assert act(office, office.head, approval, "hand_over", 409, to=office.seller.member)["code"] == "initiator"
    assert act(office, office.head, approval, "add_beside", 422, members=[99999])["code"] == "invalid"


def test_handed_over_stays_away_and_delegated_comes_back(office: Office):
    office.flow([ask("first", office.head)])
    _offer, approval = office.held()
    act(office, office.head, approval, "delegate", to=office.other.member, comment="look at it")
    assert office.turn(approval) == [office.other.member]
    act(office, office.other, approval, "refuse", comment="I would not")
    assert office.turn(approval) == [office.head.member] and office.state(approval) == "running"
    act(office, office.head, approval, "hand_over", to=office.boss.member)
    assert office.turn(approval) == [office.boss.member]
    office.agree(office.boss, approval)
    assert office.state(approval) == "approved"


def test_taken_back_while_the_next_is_untouched(office: Office):
    office.flow([ask("first", office.head), ask("second", office.other), ask("last", office.boss)])
    _offer, approval = office.held()
    mine = office.agree(office.head, approval)
    office.head.act(mine, "take_back")
    assert office.turn(approval) == [office.head.member]
    mine = office.agree(office.head, approval)
    office.agree(office.other, approval)
    assert office.head.act(mine, "take_back", 409)["code"] == "went_on"


def test_modes_of_voting(office: Office):
    people = (office.head, office.boss, office.other)
    weights = {str(office.boss.member): 3}
    cases = (
        ({"mode": "all"}, "agree agree agree", "approved"), ({"mode": "all"}, "agree refuse", "rejected"), ({"mode": "any"}, "refuse", "rejected"),
        ({"mode": "first_approval"}, "refuse agree", "approved"), ({"mode": "ratio", "ratio": 60}, "refuse agree agree", "approved"),
        ({"mode": "ratio", "ratio": 60}, "refuse refuse", "rejected"), ({"mode": "ratio", "ratio": 80, "weights": weights}, "agree agree", "approved"),
        ({"mode": "ratio", "ratio": 30, "veto": True}, "refuse", "rejected"), ({"mode": "sequence"}, "agree agree agree", "approved"),
    )  # fmt: skip
    for settings, answers, outcome in cases:
        office.flow([ask("all", *people, **settings)])
        _offer, approval = office.held()
        assert len(office.turn(approval)) == (1 if settings["mode"] == "sequence" else 3)
        for who, verb in zip(people, answers.split(), strict=False):
            assert office.state(approval) == "running", (settings, answers)
            act(office, who, approval, verb, comment="x")
        assert office.state(approval) == outcome, (settings, answers)


def test_refused_by_vote_may_mean_back_instead_of_the_end(office: Office):
    office.flow(
        [
            ask("first", office.head),
            ask("board", office.boss, office.other, mode="ratio", ratio=60, rejected={"then": "return", "to": "first"}),
        ]
    )
    _offer, approval = office.held()
    office.agree(office.head, approval)
    act(office, office.other, approval, "refuse", comment="no")
    assert office.turn(approval) == [office.head.member] and office.state(approval) == "running"


def test_a_copy_is_read_and_holds_nothing_up(office: Office):
    copy = {"id": "copy", "kind": "copy", "name": "Copy", "who": [{"source": "person", "members": [office.other.member]}]}
    office.flow([copy, ask("first", office.head)])
    _offer, approval = office.held()
    act(office, office.head, approval, "copy", members=[office.boss.member])
    for who in (office.other, office.boss):
        (card,) = [one for one in who.get("/approvals/inbox/?box=copied")["rows"] if one["approval"] == approval]
        assert card["actions"] == ["read"]
        who.act(who.read("approvals.task", card["id"]), "read")
    office.agree(office.head, approval)
    assert office.state(approval) == "approved"


def test_a_signature_is_asked_for_and_kept(office: Office):
    office.flow([ask("first", office.head, signature=True)])
    _offer, approval = office.held()
    assert act(office, office.head, approval, "agree", 422)["errors"][0]["path"] == "signature"
    assert act(office, office.head, approval, "agree", 422, signature="data:text/html;base64,PGI+")["code"] == "invalid"
    act(office, office.head, approval, "agree", signature=PIXEL)
    told = office.seller.get(f"/approvals/story/{approval}/")
    assert next(task for step in told["steps"] for task in step["tasks"])["signature"]


def test_fields_a_step_may_change_and_no_others(office: Office):
    office.flow([ask("first", office.head, editable=["title"]), ask("last", office.boss)])
    offer, approval = office.held()
    told = office.head.get(f"/approvals/of/quoting.quote/{offer['id']}/")["rows"][0]
    assert told["editable"] == ["title"] and "edit" in told["task_actions"]
    assert act(office, office.head, approval, "edit", 422, values={"remark": "x"})["errors"][0]["code"] == "not_editable"
    now = office.head.again(offer)
    assert office.head.change(now, {"title": "By the form"})["title"] == "By the form"
    office.agree(office.head, approval)
    assert office.head.change(office.head.again(offer), {"title": "late"}, 409)["code"] == "in_approval"
    hashes = {row["id"]: row for row in office.admin.rows("approvals.task", f"approval={approval}")}
    assert len(hashes) == 2


def test_only_the_buttons_a_step_offers(office: Office):
    office.flow([ask("first", office.head, buttons=["agree", "refuse"])])
    _offer, approval = office.held()
    assert act(office, office.head, approval, "delegate", 409, to=office.boss.member)["code"] == "not_offered"


def test_a_stand_in_decides_and_both_are_named(office: Office):
    office.flow([ask("first", office.head)])
    values = {"agent": office.other.member, "begins_on": "2020-01-01", "ends_on": "2099-01-01"}
    away = office.head.create("approvals.delegation", values)
    back = {"agent": office.head.member, "begins_on": "2020-01-01", "ends_on": "2099-01-01"}
    assert office.other.create("approvals.delegation", back, 422)["errors"][0]["code"] == "circle"
    _offer, approval = office.held()
    assert office.turn(approval) == [office.other.member]
    office.agree(office.other, approval)
    story = office.seller.get(f"/approvals/story/{approval}/")
    assert story["steps"][0]["tasks"][0]["instead_of"]["id"] == office.head.member
    office.head.delete(f"/approvals/delegations/{away['id']}/")


def test_rescue(office: Office):
    office.flow([ask("first", office.head), ask("second", office.other), ask("last", office.boss)])
    _offer, approval = office.held()
    whole = office.admin.read("approvals.approval", approval)
    office.admin.act(whole, "replace", old=office.head.member, new=office.other.member, reason="left")
    assert office.turn(approval) == [office.other.member]
    office.admin.act(whole, "jump", node="last", reason="urgent")
    assert office.turn(approval) == [office.boss.member]
    office.admin.act(whole, "rerun", reason="from the start")
    assert office.turn(approval) == [office.head.member]
    events = [event["verb"] for event in office.admin.get(f"/approvals/approvals/{approval}/events/")["rows"]]
    assert events.count("rescue") == 3
    office.admin.act(whole, "cancel", reason="enough")
    assert office.state(approval) == "cancelled"
