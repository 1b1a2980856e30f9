"""What is filled in: worked out, checked, decided about, booked once, and found again like any document."""

from __future__ import annotations

from tests.api import Json
from tests.office.conftest import Office

LEAVE = {"leave_kind": "annual", "first_day": "2026-12-01", "last_day": "2026-12-04", "reason": "Visiting my parents"}


def said(told: Json) -> dict[str, str]:
    return {error["path"]: error["code"] for error in told["errors"]}


def test_half_days_of_a_leave_are_counted(ann: Office):
    entry = ann.fill("leave", **LEAVE, first_half="pm", stand_in=1)
    assert entry["custom"]["days"] == "3.5"
    assert (entry["title"], entry["state"]) == ("Annual · 3.5", "draft")
    assert entry["number"].startswith("QJ")


def test_three_days_need_a_stand_in_and_a_shorter_leave_does_not(ann: Office):
    told = ann.fill("leave", 422, **LEAVE)
    assert said(told) == {"custom.stand_in": "required"}
    assert ann.fill("leave", **{**LEAVE, "last_day": "2026-12-02"})["custom"]["days"] == "2"


def test_a_leave_that_ends_before_it_begins_is_refused_with_the_sentence_of_its_designer(ann: Office):
    told = ann.fill("leave", 422, **{**LEAVE, "last_day": "2026-11-30"})
    assert "ends before it begins" in next(error["detail"] for error in told["errors"] if error["path"] == "custom.last_day")


def test_a_meeting_room_is_booked_once_and_it_is_said_who_has_it(boss: Office, ann: Office, ben: Office):
    meeting = {"room": "large", "subject": "Design review", "begins": "2026-12-01T09:00+08:00", "ends": "2026-12-01T11:00+08:00"}
    assert ann.submitted("room", **meeting)["state"] == "approved"
    told = ben.fill("room", 422, **{**meeting, "begins": "2026-12-01T10:30+08:00", "ends": "2026-12-01T12:00+08:00"})
    (error,) = told["errors"]
    assert (error["path"], error["code"]) == ("custom.room", "booked")
    assert "Colleague" in error["detail"] and "2026-12-01 09:00 to 11:00" in error["detail"]
    ben.fill("room", **{**meeting, "begins": "2026-12-01T11:00+08:00", "ends": "2026-12-01T12:00+08:00"})
    ben.fill("room", **{**meeting, "room": "small"})


def test_two_drafts_of_one_room_end_with_one_booking(ann: Office, ben: Office):
    meeting = {"room": "guest", "subject": "Visit", "begins": "2026-12-02T09:00+08:00", "ends": "2026-12-02T10:00+08:00"}
    first, second = ann.fill("room", **meeting), ben.fill("room", **meeting)
    ann.act(first, "submit")
    assert said(ben.act(second, "submit", 422)) == {"custom.room": "booked"}
    ann.act(first, "cancel", note="Visit called off")
    assert ben.act(second, "submit")["document"]["state"] == "approved"


ITEMS = [{"item": "Gloves", "quantity": "12", "price": "3.35"}, {"item": "Drill", "quantity": "1.5", "price": "99.99"}]


def test_lines_are_multiplied_and_summed_on_the_server(ann: Office):
    entry = ann.fill("purchase", purpose="Workshop", needed_on="2026-12-24", amount="1", lines=ITEMS)
    assert [line["amount"] for line in entry["lines"]] == ["40.20", "149.99"]
    assert (entry["custom"]["amount"], entry["total"]) == ("190.19", "190.19")


def test_a_line_that_is_changed_keeps_what_was_not_sent(ann: Office):
    entry = ann.fill("purchase", purpose="Workshop", needed_on="2026-12-24", lines=ITEMS)
    first, second = entry["lines"]
    changed = ann.change(entry, lines=[{"id": second["id"], "quantity": "2"}, {"item": "Oil", "quantity": 1, "price": 8}])
    assert [(line["item"], line["amount"]) for line in changed["lines"]] == [("Drill", "199.98"), ("Oil", "8.00")]
    assert changed["lines"][1]["id"] not in (first["id"], second["id"])


def test_a_wrong_line_is_told_at_its_place_and_nothing_is_kept(ann: Office):
    before = len(ann.rows("purchase"))
    told = ann.fill("purchase", 422, purpose="Workshop", needed_on="2026-12-24", lines=[ITEMS[0], {"item": "Oil", "quantity": "much"}])
    assert said(told)["lines.1.quantity"] == "not_a_number"
    assert len(ann.rows("purchase")) == before


def test_what_a_rule_hides_is_neither_asked_for_nor_kept(ann: Office):
    asked = {"purpose": "Spare part", "needed_on": "2026-12-24", "urgent": True}
    assert said(ann.fill("purchase", 422, lines=ITEMS, **asked)) == {"custom.urgent_reason": "required"}
    entry = ann.fill("purchase", lines=ITEMS, **{**asked, "urgent": False, "urgent_reason": "Line stands still"})
    assert "urgent_reason" not in {name for name, value in entry["custom"].items() if value} and "urgent_reason" in entry["_hidden"]


def test_one_changed_field_leaves_the_others_as_they_are(ann: Office):
    entry = ann.fill("leave", **{**LEAVE, "last_day": "2026-12-01"})
    changed = ann.change(entry, custom={"reason": "Moving house"})
    assert (changed["custom"]["reason"], changed["custom"]["leave_kind"]) == ("Moving house", "annual")
    assert ann.change(entry, custom={"phone": "13800000000"})["custom"]["phone"] == "13800000000"
    assert said(ann.change(entry, 422, custom={"leave_kind": None})) == {"custom.leave_kind": "required"}


def test_somebody_else_decides_and_the_applicant_is_told(boss: Office, ann: Office):
    entry = ann.submitted("leave", **{**LEAVE, "last_day": "2026-12-01"})
    assert entry["state"] == "submitted" and "approve" not in entry["_actions"]
    ann.act(entry, "approve", 403)
    assert boss.act(entry, "reject", note="Audit that day")["document"]["note"] == "Audit that day"
    assert any(entry["number"] in message["title"] for message in ann.api.get("/me/messages/")["rows"])
    ann.change(entry, custom={"first_day": "2026-12-07", "last_day": "2026-12-07"})
    ann.act(entry, "submit")
    assert boss.act(entry, "approve")["document"]["state"] == "approved"
    assert ann.act(entry, "finish")["document"]["state"] == "done"


def test_a_colleague_sees_their_own_entries_and_everybody_sees_the_rooms(ann: Office, ben: Office):
    entry = ann.fill("leave", **{**LEAVE, "last_day": "2026-12-01"})
    assert entry["id"] not in {row["id"] for row in ben.rows("leave", "limit=500")}
    ben.api.get(ben.at(entry), 404)
    room = ann.fill("room", room="small", subject="Talk", begins="2027-01-04T09:00+08:00", ends="2027-01-04T10:00+08:00")
    assert room["id"] in {row["id"] for row in ben.rows("room", "limit=500")}


def test_lists_filter_sort_sum_and_group_by_fields_of_the_form(ann: Office):
    made = {ann.fill("purchase", purpose=f"Sort {n}", needed_on=f"2027-02-0{n}", urgent=n == 1, urgent_reason="Now" if n == 1 else None, lines=[{"item": "Oil", "quantity": n, "price": "99"}])["id"]: n for n in (1, 2, 3)}  # fmt: skip
    kept = "custom.needed_on__gte=2027-02-01&custom.needed_on__lte=2027-02-03&q=sort"
    assert [made[row["id"]] for row in ann.rows("purchase", f"{kept}&sort=-custom.amount")] == [3, 2, 1]
    assert [made[row["id"]] for row in ann.rows("purchase", f"{kept}&custom.urgent=true")] == [1]
    assert [made[row["id"]] for row in ann.rows("purchase", f"{kept}&custom.amount__gte=150&sort=custom.amount")] == [2, 3]
    told = ann.api.get(f"/office/purchase/?{kept}&sum=custom.amount&count=1")
    assert (told["count"], told["sums"]) == (3, {"amount": "594.00"})
    groups = ann.api.get(f"/office/purchase/?{kept}&group=custom.urgent&sum=custom.amount")["groups"]
    assert (True, 1, "99.00") in {(group["value"], group["count"], group["sums"]["amount"]) for group in groups}


def test_a_list_takes_two_statements_however_many_forms_there_are(ann: Office):
    assert ann.api.statements("/office/purchase/?limit=50") <= ann.api.statements("/partners/partners/?limit=50")


def test_pages_by_a_field_of_the_form_lose_nothing(ann: Office):
    every = {row["id"] for row in ann.rows("purchase", "limit=500")}
    for sort in ("custom.amount", "-custom.amount", "custom.needed_on", "-custom.purpose"):
        seen, cursor = [], ""
        while cursor is not None:
            page = ann.api.get(f"/office/purchase/?sort={sort}&limit=2&cursor={cursor}")
            seen, cursor = [*seen, *(row["id"] for row in page["rows"])], page["next"]
        assert len(seen) == len(set(seen)) and set(seen) == every, sort


def test_it_is_printed_searched_noted_and_followed(boss: Office, ann: Office):
    entry = ann.fill("trip", destination="Suzhou Industrial Park", first_day="2026-12-01", last_day="2026-12-03", purpose="Acceptance", lines=[{"what": "hotel", "amount": "640"}])  # fmt: skip
    assert bytes(ann.api.get(f"{ann.at(entry)}print/")).startswith(b"%PDF")
    odd = ann.fill("leave", **{**LEAVE, "last_day": "2026-12-01"})  # a wide field after an odd number of others
    assert bytes(ann.api.get(f"{ann.at(odd)}print/")).startswith(b"%PDF")
    assert entry["id"] in {row["id"] for row in ann.api.get("/search/?q=Suzhou Industrial")["rows"] if row["_key"] == "office.trip"}
    ann.api.post(f"{ann.at(entry)}notes/", {"text": "By train"}, 201)
    kinds = [event["verb"] for event in ann.api.get(f"{ann.at(entry)}events/")["rows"]]
    assert kinds == ["note", "create"]


def test_entries_of_one_form_are_not_found_under_another(boss: Office, ann: Office):
    entry = ann.fill("leave", **{**LEAVE, "last_day": "2026-12-01"})
    boss.api.get(f"/office/trip/{entry['id']}/", 404)
    boss.api.get(f"/office/nothing/{entry['id']}/", 404)
    boss.api.get(f"/office/form/{entry['id']}/", 404)


def test_they_leave_and_come_as_a_sheet(boss: Office):
    boss.fill("visitor", visitor="Li Lei", company="Export Ltd", arrives="2026-12-08T09:00+08:00", host=1)
    job = boss.api.post("/office/visitor/export/", {"format": "csv", "columns": ["number", "visitor", "custom.company", "host"]}, 202)[
        "job"
    ]
    done = boss.api.get(f"/jobs/{job['id']}/")
    content = b"".join(boss.api.client.get(done["result"]["file"]).streaming_content).decode("utf-8-sig")
    assert "Li Lei" in content and "Export Ltd" in content


def test_the_api_describes_the_forms_of_the_company(boss: Office):
    told = boss.api.get("/schema/")
    fields = told["components"]["schemas"]["office.leave.New"]["properties"]["custom"]["properties"]
    assert {"leave_kind", "first_day", "days"} <= set(fields)
    assert "/api/v1/office/leave/{id}/submit/" in {path.replace("{pk}", "{id}") for path in told["paths"]}


def uploaded(office: Office, name: str) -> int:
    place = office.api.post("/files/", {"name": name, "type": "text/plain", "size": 5}, 201)
    answer = office.api.client.put(place["upload"]["url"], b"proof", content_type="text/plain")
    assert answer.status_code in (200, 204), answer.content
    return place["id"]


def test_a_file_belongs_to_the_entry_it_was_filled_into(boss: Office, ann: Office, ben: Office):
    sick = {"leave_kind": "sick", "first_day": "2026-12-01", "last_day": "2026-12-04", "reason": "Flu", "stand_in": 1}
    assert said(ann.fill("leave", 422, **sick)) == {"custom.certificate": "required"}
    file = uploaded(ann, "flu.txt")
    assert said(ben.fill("leave", 422, **sick, certificate=file)) == {"custom.certificate": "not_found"}
    entry = ann.fill("leave", **sick, certificate=file)
    assert entry["custom"]["certificate"] == {"id": file, "label": "flu.txt"}
    assert boss.api.client.get(f"/api/v1/files/{file}/").status_code == 200
    assert ben.api.client.get(f"/api/v1/files/{file}/").status_code == 404
    assert said(ann.fill("leave", 422, **sick, certificate=file)) == {"custom.certificate": "not_found"}
    assert ann.change(entry, custom={"phone": "110"})["custom"]["certificate"]["id"] == file


def test_the_history_tells_fields_of_the_form_by_their_labels(ann: Office):
    entry = ann.fill("leave", **{**LEAVE, "last_day": "2026-12-01"})
    ann.change(entry, custom={"leave_kind": "personal", "last_day": "2026-12-02"})
    changes = {row["label"]: (row["from"], row["to"]) for row in ann.api.get(f"{ann.at(entry)}events/")["rows"][0]["changes"]}
    assert changes["Kind of leave"] == ("Annual", "Personal") and changes["Days"] == ("1", "2")


def test_what_an_approval_agreed_to_is_approved(ann: Office):
    """The action is carried out again once people have agreed: nobody is asked a second time."""
    from kernel import calls, clock, holding
    from kernel.access import SYSTEM
    from kernel.actions import perform
    from tenant_apps.office.forms import kinds
    from tenants.context import tenant_context

    entry = ann.fill("leave", **{**LEAVE, "last_day": "2026-12-01"})
    with tenant_context(ann.api.company), calls.call(), holding.let_through("office.leave", entry["id"]):
        resource = kinds()["office.leave"]
        perform(resource.verbs["submit"], resource.model(pk=entry["id"]), by=SYSTEM, at=clock.now(), values={})
    assert ann.read(entry)["state"] == "approved"


def test_lines_go_out_with_their_entry(boss: Office):
    boss.fill("purchase", purpose="Export", needed_on="2026-12-24", lines=ITEMS)
    asked = {"format": "csv", "columns": ["purpose", "lines.item", "lines.amount"], "filters": {"q": "Export"}}
    job = boss.api.post("/office/purchase/export/", asked, 202)["job"]
    content = b"".join(boss.api.client.get(boss.api.get(f"/jobs/{job['id']}/")["result"]["file"]).streaming_content).decode("utf-8-sig")
    assert [line.split(",")[-2:] for line in content.strip().splitlines()[1:3]] == [["Gloves", "40.20"], ["Drill", "149.99"]]
