"""What a step hides, draws by lot, leaves to the initiator, and tells other programs (W-1.4.2)."""

from __future__ import annotations

import io
import json

import pypdf

from kernel.specs import MASK
from tenant_apps.approvals.drawing import Drawing, Edge, Node
from tenant_apps.approvals.engine import Engine
from tenant_apps.approvals.engine.flowing import fresh
from tests import trade
from tests.api import PREFIX, Api, Json
from tests.approvals.conftest import Office, ask, drawing
from tests.approvals.machines import Folk
from tests.kernel.receiver import Receiver, deliveries, later, receiver
from tests.kernel.sheets import take
from tests.kernel.test_webhook_keys import key_of, signs

__all__ = ["receiver"]

QUOTE = "quoting.quote"


def by_chance(name: str, *members: Api) -> Json:
    return ask(name, *members, mode="random")


def left_to(source: str, name: str, **more: object) -> Json:
    return {"id": name, "kind": "approve", "name": name.title(), "who": [{"source": source}], **more}


# hidden --------------------------------------------------------------------------------------------------------------
def test_what_a_step_hides_its_approvers_do_not_see_until_it_is_decided(office: Office):
    office.flow([ask("first", office.other, hidden=["total", "lines.unit_price"]), ask("last", office.boss)])
    offer, approval = office.held()
    url = f"/quoting/quotes/{offer['id']}/"
    total = office.boss.get(url)["total"]
    seen = office.other.get(url)
    assert seen["total"] != total and {line["unit_price"] for line in seen["lines"]} == {seen["total"]}
    assert office.other.get(f"/quoting/quotes/?id={offer['id']}&columns=total")["rows"][0]["total"] == seen["total"]
    assert office.other.get(f"/quoting/quotes/?id={offer['id']}&total__gte=1")["rows"] == []
    assert office.other.get(f"/quoting/quotes/?id={offer['id']}&sum=total")["sums"]["total"] == "0.00"
    (card,) = [one for one in office.other.get("/approvals/inbox/")["rows"] if one["approval"] == approval]
    assert card["amount"] is None and str(total) not in str(card["facts"])
    assert office.other.get(f"/approvals/story/{approval}/")["content"]["total"] == seen["total"]
    assert str(total) not in str(office.other.get(f"{url}events/"))
    preview = office.other.post("/quoting/quotes/preview/", {"id": offer["id"], "title": "x"})
    assert preview["total"] == seen["total"]
    office.agree(office.other, approval)
    assert office.other.get(url)["total"] == seen["total"]
    office.agree(office.boss, approval)
    assert office.other.get(url)["total"] == total


def test_neither_an_export_nor_a_paper_nor_what_stands_beside_it_tells_what_the_step_hides(office: Office):
    office.flow(
        [ask("first", office.boss, hidden=["total", "customer", "lines.unit_price", "lines.amount", "lines.item", "lines.discount"])]
    )
    offer, approval = office.held()
    url = f"/quoting/quotes/{offer['id']}/"
    full = office.admin.get(url)
    secrets = {full["total"], full["customer"]["label"], full["lines"][0]["unit_price"], full["lines"][0]["amount"]}
    told = take(office.boss, QUOTE, ids=[offer["id"]], columns=["number", "customer", "total", "lines.item", "lines.unit_price"])
    assert told[1:] == [[full["number"], MASK, MASK, MASK, MASK]]
    papers = [take(office.boss, QUOTE, ids=[offer["id"]], format="csv")[1:]]
    for form in office.boss.get("/meta/quoting/quotes/")["prints"]:
        answer = office.boss.client.get(f"{PREFIX}{url}print/?template={form['key']}")
        assert answer.status_code == 200, answer.content
        papers.append("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages))
    assert len(papers) > 2 and full["number"] in papers[1]
    for paper in papers:
        told = str(paper).replace(",", "").replace("\n", "")
        assert not [one for one in secrets if one in told or one.removesuffix("0000") in told], told
    for beside in ("prices", "repricing"):
        assert office.boss.get(f"{url}{beside}/", 403)["code"] == "forbidden"
    office.agree(office.boss, approval)
    told = take(office.boss, QUOTE, ids=[offer["id"]], columns=["customer"])
    assert told[1] == [full["customer"]["label"]], "once it is decided nothing is hidden any more"


def test_a_change_made_meanwhile_is_told_without_what_the_step_hides(office: Office):
    office.flow([ask("first", office.head, editable=["title", "remark"]), ask("last", office.other, hidden=["remark"])])
    offer, approval = office.held()
    office.head.change(office.head.again(offer), {"title": "Told", "remark": "Secret"})
    office.agree(office.head, approval)
    told = str(office.other.get(f"/approvals/of/{QUOTE}/{offer['id']}/"))
    assert "Told" in told and "Secret" not in told and "Secret" not in str(office.other.get(f"/quoting/quotes/{offer['id']}/events/"))
    assert "Secret" in str(office.boss.get(f"/quoting/quotes/{offer['id']}/events/"))


def test_a_step_hides_fields_only_and_none_that_it_lets_be_changed(office: Office):
    for settings, code in (
        ({"hidden": ["nonsense"]}, "unknown_field"),
        ({"hidden": ["number"]}, "unknown_field"),
        ({"hidden": ["remark"], "editable": ["remark"]}, "hidden_and_changed"),
        ({"hidden": ["lines.unit_price"], "editable": ["lines"]}, "hidden_and_changed"),
    ):
        steps = drawing([ask("first", office.head, **settings)])
        told = office.admin.post("/approvals/flows/check/", {"resource": QUOTE, "verb": "send", "drawing": steps})["errors"]
        assert [(one["path"], one["code"]) for one in told] == [("hidden", code)], settings
    names = office.admin.get(f"/approvals/names/?resource={QUOTE}&verb=send")["hideable"]
    assert {"total", "lines.unit_price"} <= {one["name"] for one in names} and "number" not in {one["name"] for one in names}


# by lot --------------------------------------------------------------------------------------------------------------
def drawn(about: str, *members: int) -> int:
    """Whom the engine asks of these."""
    node = Node("one", "approve", given={"members": members, "mode": "random"})
    steps = Drawing([Node("start", "start"), node, Node("end", "end")], [Edge("start", "one"), Edge("one", "end")])
    folk = Folk.__new__(Folk)
    folk.away, folk.truth = {}, {}
    engine = Engine(steps, {**fresh(), "seed": about}, folk)
    engine.start()
    (seat,) = engine.seats.rows
    return int(seat["who"])


def test_one_of_several_is_drawn_and_a_retry_draws_the_same():
    people = (2, 3, 4, 5)
    found = {about: drawn(str(about), *people) for about in range(60)}
    assert set(found.values()) == set(people)
    assert found == {about: drawn(str(about), *reversed(people)) for about in range(60)}
    for about, who in found.items():
        left = [one for one in people if one != who]
        assert drawn(str(about), who, left[0]) == who, "whoever was drawn stays drawn when another leaves"
    assert {drawn(str(about), 1, 2) for about in range(20)} == {2}, "whoever asks does not decide alone"


def test_asking_again_for_the_same_document_draws_nobody_else(office: Office):
    flow = office.flow([by_chance("first", office.head, office.boss, office.other)], withdrawal="until_end")
    offer, approval = office.held()
    turn = office.turn(approval)
    assert len(turn) == 1
    foreseen = office.admin.post(f"/approvals/flows/{flow['id']}/simulate/", {"document": offer["id"], "by": office.seller.member})
    assert [one["id"] for step in foreseen["steps"] for one in step["who"] if step["kind"] == "approve"] == turn
    office.admin.act(office.admin.read("approvals.approval", approval), "rerun", reason="again")
    assert office.turn(approval) == turn
    office.seller.act(office.seller.read("approvals.approval", approval), "withdraw")
    again = office.seller.act(office.seller.again(offer), "send", 202)["held"]["approval"]
    assert office.turn(again) == turn


# left to the initiator -----------------------------------------------------------------------------------------------
def test_the_initiator_says_who_decides_where_the_flow_leaves_it_to_them(office: Office):
    ways = [("start", "small"), ("small", "one", "total > 1"), ("small", "never"), ("one", "two"), ("two", "end"), ("never", "end")]
    steps = [{"id": "small", "kind": "condition"}, left_to("chosen", "one"), ask("two", office.boss), left_to("chosen", "never")]
    office.flow(steps, ways)
    offer = office.offer()
    refused = office.seller.act(offer, "send", 422)
    assert refused["code"] == "choose_people" and refused["choose"] == [{"node": "one", "label": "One"}]
    assert "One" in refused["detail"] and refused["errors"][0]["path"] == "_chosen.one"
    for chosen, code in (
        ({"one": [office.seller.member]}, "initiator"),
        ({"one": [10**9]}, "not_found"),
        ({"two": [office.head.member]}, "not_found"),
    ):
        assert office.seller.act(offer, "send", 422, _chosen=chosen)["errors"][0]["code"] == code
    told = office.seller.act(offer, "send", 202, _chosen={"one": [office.head.member, office.other.member]})
    assert office.turn(told["held"]["approval"]) == [office.head.member, office.other.member]


def test_a_new_document_and_a_batch_name_the_people_too(office: Office):
    on = ("partners.partner", "create")
    office.flow([left_to("chosen", "one")], on=on)
    values = {"name": trade.some("Partner")}
    assert office.seller.post("/partners/partners/", values, 422)["code"] == "choose_people"
    told = office.seller.post("/partners/partners/", {**values, "_chosen": {"one": [office.head.member]}}, 202)
    office.agree(office.head, told["held"]["approval"])
    assert [row["name"] for row in office.admin.rows("partners.partner", f"q={values['name']}")] == [values["name"]]
    office.off(on)
    office.flow([left_to("chosen", "one")])
    offers = [office.offer()["id"], office.offer()["id"]]
    batch = {"ids": offers, "verb": "send", "values": {}}
    refused = office.seller.post("/quoting/quotes/bulk/", batch)["results"]
    assert [(row["code"], row["choose"]) for row in refused] == [("choose_people", [{"node": "one", "label": "One"}])] * 2
    batch["values"] = {"_chosen": {"one": [office.head.member]}}
    assert all(row["ok"] and row["held"] for row in office.seller.post("/quoting/quotes/bulk/", batch)["results"])


def test_whoever_decides_says_who_is_asked_next(office: Office):
    office.flow([ask("first", office.head), left_to("chosen_by_previous", "next"), ask("last", office.boss)])
    _offer, approval = office.held()
    (card,) = [one for one in office.head.get("/approvals/inbox/")["rows"] if one["approval"] == approval]
    assert card["choose"] is True
    office.agree(office.head, approval, chosen=[office.other.member])
    assert office.turn(approval) == [office.other.member]
    office.agree(office.other, approval)
    assert office.turn(approval) == [office.boss.member]
    _offer, other = office.held()
    office.agree(office.head, other)
    assert office.turn(other) == [office.admin.member], "nobody was named: the rule for a step with nobody decides"


# other programs ------------------------------------------------------------------------------------------------------
def test_a_step_tells_another_program_signed_and_again_until_it_has_arrived(office: Office, receiver: Receiver):
    hook = office.admin.create("kernel.webhook", {"name": trade.some("Shop"), "url": receiver.url, "kinds": "partners.partner.delete"})
    told = {"id": "tell", "kind": "webhook", "name": "Tell", "webhook": hook["id"]}
    office.flow([ask("first", office.head), told, ask("last", office.boss)])
    receiver.status = 500
    _offer, approval = office.held()
    assert receiver.got == []
    office.agree(office.head, approval)
    assert office.turn(approval) == [office.boss.member], "a program that does not answer holds nobody up"
    assert receiver.kinds == ["approvals.approval.webhook"]
    receiver.status = 200
    assert later(office.admin, minutes=1) == 1
    (row,) = deliveries(office.admin, hook)
    assert (row["status"], row["attempts"], row["next_at"]) == (200, 2, None)
    headers, body = receiver.got[-1]
    assert json.loads(body)["document"]["_key"] == "approvals.approval" and json.loads(body)["document"]["id"] == approval
    assert signs(key_of(office.admin, hook), headers, body)
    office.agree(office.boss, approval)
    assert office.state(approval) == "approved" and len(receiver.got) == 2


def test_a_program_switched_off_is_passed_over_and_a_rescue_leads_past_it(office: Office, receiver: Receiver):
    hook = office.admin.create("kernel.webhook", {"name": trade.some("Shop"), "url": receiver.url, "kinds": "partners.partner.delete"})
    office.flow([ask("first", office.head), {"id": "tell", "kind": "webhook", "webhook": hook["id"]}, ask("last", office.boss)])
    office.admin.act(hook, "disable")
    _offer, approval = office.held()
    office.agree(office.head, approval)
    assert (office.turn(approval), receiver.got) == ([office.boss.member], [])
    office.admin.act(office.admin.again(hook), "enable")
    office.admin.act(office.admin.read("approvals.approval", approval), "jump", node="tell", reason="tell it now")
    assert len(receiver.got) == 1 and office.turn(approval) == [office.boss.member]
