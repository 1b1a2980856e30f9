"""The price is divided as agreed, and a milestone is accepted when its tests are passed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api import Api, Json


def contract(consultant: Api, project: Json, **values: Any) -> Json:
    return consultant.create("implementation.servicecontract", {"project": project["id"], "title": "实施", "total": "1000.00", **values})


def test_the_source_documents_example_is_the_template(project: Json, consultant: Api):
    stages = contract(consultant, project)["stages"]
    assert [(stage["percent"], stage["amount"]) for stage in stages] == [("30", "300.00")] * 3 + [("10", "100.00")]


@pytest.mark.parametrize(("scheme", "amounts"), [("thirds", ["400.00", "400.00", "200.00"]), ("once", ["1000.00"])])
def test_other_schemes(project: Json, consultant: Api, scheme: str, amounts: list[str]):
    assert [stage["amount"] for stage in contract(consultant, project, scheme=scheme)["stages"]] == amounts


def test_own_stages_become_milestones_with_their_dates(project: Json, consultant: Api):
    stages = [
        {"name": "平台", "percent": "33.33", "due_on": "2026-12-01"},
        {"name": "销售", "percent": "33.33"},
        {"name": "验收", "percent": "33.34"},
    ]
    made = contract(consultant, project, total="100.01", stages=stages)
    consultant.act(made, "offer")
    rows = consultant.rows("implementation.milestone", f"contract={made['id']}&sort=position")
    assert [(row["name"], row["amount"], row["due_on"]) for row in rows] == [
        ("平台", "33.33", "2026-12-01"), ("销售", "33.33", None), ("验收", "33.35", None),
    ]  # fmt: skip


@pytest.mark.parametrize("percents", [["50", "49"], ["101", "-1"]])
def test_stages_are_the_whole_price(project: Json, consultant: Api, percents: list[str]):
    values = {"project": project["id"], "title": "x", "total": "10.00", "stages": [{"name": "x", "percent": one} for one in percents]}
    told = consultant.create("implementation.servicecontract", values, 422)
    assert told["errors"][0]["code"] == "not_100"


def delivered(project: Json, consultant: Api, api: Api) -> Json:
    made = contract(consultant, project, scheme="once")
    consultant.act(made, "offer")
    api.act(api.again(made), "sign", name="王建国")
    (stage,) = consultant.rows("implementation.milestone", f"contract={made['id']}")
    return consultant.act(consultant.act(stage, "begin")["document"], "deliver")["document"]


def test_a_milestone_waits_for_its_tests(project: Json, consultant: Api, api: Api):
    stage = delivered(project, consultant, api)
    values = {"project": project["id"], "title": "仓库", "template": "warehouse", "milestone": stage["id"]}
    script = consultant.create("implementation.acceptancescript", values)
    assert script["role"] and len(script["steps"]) == 4
    api.refused(api.again(stage), "accept", "test_open", name="王建国")
    consultant.act(script, "ready")
    ready = api.again(script)
    run = api.change(ready, {"steps": [{"id": step["id"], "result": "ok"} for step in ready["steps"]]})
    assert api.act(run, "finish", name="李娜")["document"]["state"] == "passed"
    assert api.act(api.again(stage), "accept", name="王建国")["document"]["state"] == "accepted"


def test_what_does_not_work_goes_back(project: Json, consultant: Api, api: Api):
    stage = delivered(project, consultant, api)
    back = api.act(api.again(stage), "send_back", reason="打印没有抬头")["document"]
    assert back["state"] == "in_work"
    consultant.refused(back, "accept", "wrong_state", name="x")


def test_only_the_date_of_a_milestone_is_changed(project: Json, consultant: Api, api: Api):
    made = contract(consultant, project)
    consultant.act(made, "offer")
    first = consultant.read("implementation.milestone", consultant.rows("implementation.milestone", f"contract={made['id']}")[0]["id"])
    assert consultant.change(first, {"due_on": "2027-01-05"})["due_on"] == "2027-01-05"
    assert consultant.change(consultant.again(first), {"name": "Less"})["name"] == first["name"]
    api.change(api.again(first), {"due_on": "2027-02-05"}, 403)


def test_a_contract_is_not_cancelled_over_work_under_way(project: Json, consultant: Api, api: Api):
    stage = delivered(project, consultant, api)
    made = consultant.read("implementation.servicecontract", stage["contract"]["id"])
    consultant.refused(made, "cancel", "milestone_open", reason="x")
    other = contract(consultant, project)
    assert consultant.act(other, "cancel", reason="x")["document"]["state"] == "cancelled"


def test_requirements_and_service_plan_are_written_out_for_signature(project: Json, consultant: Api, api: Api):
    contract(consultant, project)
    consultant.refused(project, "list_requirements", "unanswered")
    for department, fit, price in (("销售部", "standard", "0.00"), ("财务部", "extend", "9000.00")):
        one = api.create("implementation.requirement", {"project": project["id"], "department": department, "text": f"{department}需求"})
        consultant.act(consultant.again(one), "reply", fit=fit, text="答复", days="3", price=price)
    listed = consultant.made(consultant.again(project), "list_requirements", "implementation.confirmation")
    assert listed["kind"] == "requirements" and "【财务部】" in listed["text"] and "销售部需求" in listed["text"]
    plan = consultant.made(consultant.again(project), "plan_services", "implementation.confirmation")
    assert plan["kind"] == "plan" and "9,000.00" in plan["text"] and "CNY 300.00" in plan["text"]


def test_coverage_of_each_department(project: Json, consultant: Api, api: Api):
    for department, fit in (("销售部", "standard"), ("销售部", "no"), ("财务部", "configure"), ("仓库", "")):
        one = api.create("implementation.requirement", {"project": project["id"], "department": department, "text": "x"})
        if fit:
            consultant.act(consultant.again(one), "reply", fit=fit, text="y")
    told = api.get(f"/implementation/projects/{project['id']}/overview/")["departments"]
    assert {row["department"]: (row["count"], row["coverage"]) for row in told} == {
        "销售部": (2, "50"), "财务部": (1, "100"), "仓库": (1, None),
    }  # fmt: skip


def test_an_unknown_feature_is_refused(project: Json, consultant: Api, api: Api):
    one = api.create("implementation.requirement", {"project": project["id"], "department": "x", "text": "x"})
    told = consultant.act(consultant.again(one), "reply", 422, fit="standard", text="x", feature="W-99.9.9")
    assert told["errors"][0]["path"] == "feature"
