"""Accounts of leave: so much a year by years of service, reserved, booked, given back; working days; whom a form is for; references."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tenant_apps.office.allowance import Rule, Tier, Year, standing
from tests.api import PREFIX, Api, Json
from tests.kernel.sheets import finished, text
from tests.office.conftest import Office
from tests.office.test_entries import said

ANNUAL = {"leave_kind": "annual", "first_day": "2026-12-03", "last_day": "2026-12-07", "reason": "Family", "stand_in": 1}
RULE = Rule((Tier(0, Decimal(5)), Tier(10, Decimal(10))), keeps=Decimal(3), until=(3, 31))


# arithmetic ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("hired", "on", "due"),
    [(None, "2026-06-01", 5), ("2016-06-01", "2026-05-31", 5), ("2016-06-01", "2026-06-01", 10), ("2016-02-29", "2026-02-28", 5)],
)
def test_what_is_due_follows_full_years_of_service(hired: str | None, on: str, due: int):
    assert RULE.due(date.fromisoformat(hired) if hired else None, date.fromisoformat(on)) == due


def test_the_year_of_joining_gives_its_share_in_half_days():
    assert Rule((Tier(0, Decimal(5)),), part=True).due(date(2026, 10, 1), date(2026, 12, 1)) == Decimal("1.0")
    assert Rule((Tier(0, Decimal(5)),), part=True).due(date(2025, 10, 1), date(2026, 12, 1)) == 5


def test_what_is_left_is_kept_as_far_as_it_may_and_lapses_on_its_day():
    written = {2025: Year(taken=Decimal(1)), 2026: Year(taken=Decimal(2), early=Decimal(1))}
    assert standing(RULE, None, written, 2025, date(2026, 3, 31)).left == 5 + 3 - 2
    late = standing(RULE, None, written, 2025, date(2026, 4, 1))
    assert (late.kept, late.left) == (1, 5 + 1 - 2)
    assert standing(RULE, None, {2025: Year(taken=Decimal(9))}, 2025, date(2026, 1, 5)).left == 5


# of a company --------------------------------------------------------------------------------------------------------
def account(office: Office, who: Api, kind: str = "annual") -> Json:
    told = office.api.get("/office/accounts/?year=2026")
    (row,) = [row for row in told["rows"] if row["member"]["id"] == who.member]
    return row["accounts"][kind]


def test_days_off_do_not_count_and_halves_do(ann: Office):
    assert ann.fill("leave", **ANNUAL)["custom"]["days"] == "3"  # Thursday to Monday
    assert ann.fill("leave", **ANNUAL, first_half="pm", last_half="am")["custom"]["days"] == "2"
    weekend = ann.fill("leave", **{**ANNUAL, "first_day": "2026-12-05", "first_half": "pm"}, last_half="am")
    assert weekend["custom"]["days"] == "0.5"
    told = ann.fill("leave", 422, **{**ANNUAL, "first_day": "2026-12-05", "last_day": "2026-12-06"})
    assert said(told) == {"custom.last_half": "check"}


def test_a_leave_is_reserved_booked_and_given_back(boss: Office, ann: Office):
    first = ann.submitted("leave", **ANNUAL)
    assert (account(boss, ann.api)["waiting"], account(boss, ann.api)["left"]) == ("3", "2")
    told = ann.fill("leave", 422, **ANNUAL)
    assert said(told) == {"custom.days": "over_balance"} and "2 left and 3" in told["errors"][0]["detail"]
    shown = ann.api.post("/office/leave/preview/", {"custom": ANNUAL})
    drawn = boss.api.get(f"/office/forms/{boss.api.rows('office.form', 'q=leave&sort=id')[0]['id']}/")
    tried = boss.api.post("/office/forms/try/", {"key": "leave", "name": "L", "design": drawn["design"], "values": {"custom": ANNUAL}})
    assert tried["errors"] == [] and tried["computed"]["custom"]["left"] == "5"
    assert shown["custom"]["left"] == "2" and shown["_errors"][0]["code"] == "over_balance"
    boss.act(first, "approve")
    assert (account(boss, ann.api)["taken"], account(boss, ann.api)["waiting"]) == ("3", "0")
    ann.act(first, "cancel", note="Stays at work")
    assert account(boss, ann.api)["left"] == "5"
    taken = ann.submitted("leave", **{**ANNUAL, "first_day": "2026-01-05", "last_day": "2026-01-05"})
    boss.act(taken, "approve")
    assert ann.act(taken, "cancel", 409, note="Took it")["code"] == "begun"
    boss.act(taken, "cancel", note="Was at work")
    second = ann.submitted("leave", **ANNUAL)
    ann.act(second, "withdraw")
    assert account(boss, ann.api) == {"due": "5", "kept": "0", "given": "0", "taken": "0", "waiting": "0", "left": "5"}


def test_two_drafts_do_not_take_what_is_there_once(ann: Office, ben: Office):
    drafts = [ben.fill("leave", **ANNUAL) for _n in range(2)]
    ben.act(drafts[0], "submit")
    assert said(ben.act(drafts[1], "submit", 422)) == {"custom.days": "over_balance"}
    assert [row["member"]["id"] for row in ann.api.get("/office/accounts/")["rows"]] == [ann.api.member]


def test_overtime_gives_time_off_and_an_administrator_corrects(boss: Office, ann: Office):
    lieu = {**ANNUAL, "leave_kind": "lieu", "last_day": "2026-12-03"}
    assert said(ann.fill("leave", 422, **lieu)) == {"custom.days": "over_balance"}
    worked = {
        "begins": "2026-11-14T09:00+08:00",
        "ends": "2026-11-14T17:00+08:00",
        "day_kind": "weekend",
        "paid_as": "lieu",
        "reason": "Due",
    }
    boss.act(ann.submitted("overtime", **worked), "approve")
    assert ann.fill("leave", **lieu)["custom"]["left"] == "1"
    ann.fill("credit", 403, who=ann.api.member, leave_kind="lieu", days="9", counts_on="2026-01-01", reason="A present")
    boss.submitted("credit", who=ann.api.member, leave_kind="lieu", days="-0.5", counts_on="2026-01-01", reason="Counted twice")
    assert account(boss, ann.api, "lieu")["given"] == "0.5"
    assert said(ann.fill("leave", 422, **lieu)) == {"custom.days": "over_balance"}


def test_opening_balances_come_as_a_sheet(boss: Office, ann: Office):
    name = boss.api.get(f"/organization/members/{ann.api.member}/")["name"]
    sheet = [
        ["Colleague", "Account", "Days (below zero takes)", "Counts on", "Reason"],
        [name, "Annual", "2.5", "2026-01-01", "Brought along"],
    ]
    sent = boss.api.client.post(f"{PREFIX}/office/credit/import/", {"file": SimpleUploadedFile("rows.csv", text(sheet))})
    finished(boss.api, sent.json()["job"])
    (draft,) = boss.rows("credit", "q=brought")
    boss.act(draft, "submit")
    assert account(boss, ann.api)["given"] == "2.5"


# whom a form is for --------------------------------------------------------------------------------------------------
def change(boss: Office, key: str, **values: object) -> None:
    (form,) = boss.api.rows("office.form", f"q={key}")
    boss.api.change(boss.api.get(f"/office/forms/{form['id']}/"), values)


def menu(office: Office) -> set[str]:
    return {item["key"] for group in office.api.get("/meta/")["menu"] for item in group["items"]}


def test_a_form_is_for_roles_and_departments_and_the_menu_follows(boss: Office, ann: Office, ben: Office):
    seller = next(row["id"] for row in boss.api.rows("organization.role") if row["name"] == "Sales engineer")
    change(boss, "asset", for_roles=[seller])
    assert "office.asset" in menu(ann) and "office.asset" not in menu(ben)
    ben.api.get("/office/asset/", 403)
    ben.fill("asset", 403)
    unit = boss.api.get(f"/organization/members/{ben.api.member}/")["department"]["id"]
    change(boss, "asset", for_roles=[], for_units=[unit])
    assert "office.asset" in menu(ben)


def test_entries_are_seen_by_the_department_by_some_roles_and_decided_by_superiors(boss: Office, ann: Office, ben: Office):
    stamp = {"seal": "contract", "file_name": "NDA", "copies": 1, "receiver": "Bank", "reason": "Loan"}
    entry = ann.submitted("seal", **stamp)
    ben.api.get(ben.at(entry), 404)
    change(boss, "seal", seen_by="unit")
    assert ben.read(entry)["_actions"] == []
    keeper = next(row["id"] for row in boss.api.rows("organization.role") if row["name"] == "Warehouse")
    change(boss, "seal", seen_by="own", seen_roles=[keeper])
    assert ben.read(entry)["id"] == entry["id"]
    change(boss, "seal", seen_roles=[], decision="superior")
    ben.api.get(ben.at(entry), 404)
    department = boss.api.get(f"/organization/members/{ann.api.member}/")["department"]["id"]
    boss.api.change(boss.api.get(f"/organization/units/{department}/"), {"head": ben.api.member})
    assert ben.act(entry, "approve")["document"]["state"] == "approved"


# references ----------------------------------------------------------------------------------------------------------
def test_an_expense_claim_names_an_approved_trip_and_is_grouped_by_it(boss: Office, ann: Office):
    trip = {"destination": "Suzhou", "first_day": "2026-12-01", "last_day": "2026-12-03", "purpose": "Acceptance"}
    going = ann.submitted("trip", lines=[{"what": "hotel", "amount": "640"}], **trip)
    spent = [{"spent_on": "2026-12-02", "what": "hotel", "amount": "640"}]
    told = ann.fill("expense", 422, subject="Hotel", trip=going["id"], lines=spent)
    assert said(told) == {"custom.trip": "wrong_state"}
    boss.act(going, "approve")
    claim = ann.fill("expense", subject="Hotel", trip=going["id"], lines=spent)
    assert claim["custom"]["trip"] == {"id": going["id"], "label": f"{going['number']} · {going['title']}"[:60]}
    ann.fill("expense", subject="Train", trip=going["id"], lines=[{**spent[0], "what": "travel", "amount": "60"}])
    assert len(ann.rows("expense", f"custom.trip={going['id']}")) == 2
    (group,) = ann.api.get("/office/expense/?group=custom.trip&sum=custom.amount")["groups"]
    assert (group["value"], group["count"], group["sums"]) == (going["id"], 2, {"amount": "700.00"}) and going["number"] in group["label"]
    offered = ann.api.get("/office/trip/lookup/?state=approved&state=done")["rows"]
    assert [(row["id"], row["sub"]) for row in offered] == [(going["id"], going["title"])]
