"""A company goes live in eight weeks: requirements answered and agreed, functions confirmed, tests signed, milestones accepted and paid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from shared_apps.implementation.models import Project
from tenants.context import public_context
from tenants.models import Tenant
from tests.api import Api, Json
from tests.console.conftest import Operator


def asked(api: Api, project: Json, text: str, **more: Any) -> Json:
    return api.create("implementation.requirement", {"project": project["id"], "department": "销售部", "text": text, **more})


def test_the_plan_has_eight_weeks_and_a_burn_down(project: Json, consultant: Api):
    steps = project["steps"]
    assert (project["live_by"], len(steps), {step["week"] for step in steps}) == ("2027-01-18", 18, set(range(1, 9)))
    lines = [{"id": step["id"], **({"done_on": "2026-11-25"} if step["week"] == 1 else {})} for step in steps]
    consultant.change(project, {"steps": lines})
    with public_context():
        burn = Project.objects.get(pk=project["id"]).burn_down
    assert burn[:2] == [(0, 18, 18), (1, 15, 15)] and burn[8] == (8, 0, 15)


def test_coverage_is_the_share_met_as_it_is_or_by_configuration(project: Json, api: Api, consultant: Api):
    answers = [("standard", "0"), ("configure", "0.5"), ("configure", "1"), ("extend", "6"), ("no", "0")]
    for fit, days in answers:
        one = asked(api, project, f"Something {fit}")
        price = "9000.00" if fit == "extend" else "0.00"
        consultant.act(consultant.again(one), "reply", fit=fit, text="So", feature="W-6.2.1", days=days, price=price)
    dropped = asked(api, project, "Not needed")
    api.act(dropped, "drop", reason="Twice on the list")
    told = api.again(project)
    assert (told["requirements"], told["coverage"], told["extra_days"], told["extra_price"]) == (5, "60", "7.5", "9000.00")


def test_only_the_company_agrees_and_under_a_name(project: Json, api: Api, consultant: Api):
    one = asked(api, project, "The quote shows freight", importance="must")
    answered = consultant.act(consultant.again(one), "reply", fit="standard", text="It does.")["document"]
    consultant.act(answered, "agree", 403, name="顾问")
    consultant.refused(project, "go_live", "must_open")
    assert api.act(api.again(one), "agree", 422, name="  ")["errors"][0]["path"] == "name"
    agreed = api.act(api.again(one), "agree", name="王建国")["document"]
    assert (agreed["state"], agreed["signed_by"]) == ("agreed", "王建国")
    assert consultant.act(consultant.again(project), "go_live")["document"]["live_on"] is not None


def contract_of(consultant: Api, project: Json, total: str) -> Json:
    made = consultant.create("implementation.servicecontract", {"project": project["id"], "title": "实施服务", "total": total})
    return consultant.act(made, "offer")["document"]


def test_milestones_divide_the_contract_to_the_cent(project: Json, consultant: Api):
    contract = contract_of(consultant, project, "98765.43")
    stages = consultant.rows("implementation.milestone", f"contract={contract['id']}&sort=position")
    assert [stage["amount"] for stage in stages] == ["29629.63", "29629.63", "29629.63", "9876.54"]


def test_a_milestone_is_paid_only_after_the_company_accepted_it(project: Json, api: Api, consultant: Api, operator: Operator):
    contract = contract_of(consultant, project, "100000.00")
    (first, *_others) = consultant.rows("implementation.milestone", f"contract={contract['id']}&sort=position")
    consultant.refused(first, "begin", "not_signed")
    api.act(api.again(contract), "sign", name="王建国")
    begun = consultant.act(consultant.again(first), "begin")["document"]
    consultant.refused(begun, "invoice", "wrong_state")
    delivered = consultant.act(begun, "deliver")["document"]
    consultant.act(delivered, "accept", 403, name="顾问")
    accepted = api.act(api.again(delivered), "accept", name="王建国")["document"]
    invoiced = consultant.act(consultant.again(accepted), "invoice")["document"]
    consultant.act(invoiced, "pay", amount="30000.00", reference="ICBC 4711")
    assert (api.again(contract)["paid"], api.again(contract)["state"]) == ("30000.00", "signed")


def test_a_change_becomes_a_milestone_of_its_own_and_the_last_payment_completes(project: Json, api: Api, consultant: Api):
    contract = contract_of(consultant, project, "1000.00")
    api.act(api.again(contract), "sign", name="王建国")
    change = consultant.create(
        "implementation.changeorder", {"contract": contract["id"], "title": "对接钉钉考勤", "days": "3", "amount": "4500.00"}
    )
    offered = consultant.act(change, "offer_change")["document"]
    consultant.act(offered, "agree_change", 403, name="顾问")
    api.act(api.again(offered), "agree_change", name="王建国")
    stages = consultant.rows("implementation.milestone", f"contract={contract['id']}&sort=position")
    assert [stage["amount"] for stage in stages] == ["300.00", "300.00", "300.00", "100.00", "4500.00"]
    assert api.again(contract)["total"] == "5500.00"
    for stage in stages:
        delivered = consultant.act(consultant.act(stage, "begin")["document"], "deliver")["document"]
        accepted = api.act(api.again(delivered), "accept", name="王建国")["document"]
        consultant.act(
            consultant.act(consultant.again(accepted), "invoice")["document"], "pay", amount=stage["amount"], reference=stage["name"]
        )
    assert (api.again(contract)["paid"], api.again(contract)["state"]) == ("5500.00", "completed")


def test_what_is_signed_is_sealed(project: Json, api: Api, consultant: Api):
    made = consultant.create(
        "implementation.confirmation", {"project": project["id"], "kind": "flow", "title": "报价到收款", "text": "报价 → 合同 → 订单"}
    )
    offered = consultant.act(made, "offer")["document"]
    rejected = api.act(api.again(offered), "reject", reason="缺少发票")["document"]
    changed = consultant.change(consultant.again(rejected), {"text": "报价 → 合同 → 订单 → 发票"})
    again = consultant.act(changed, "offer")["document"]
    signed = api.act(api.again(again), "sign", name="王建国")["document"]
    assert (signed["state"], len(signed["seal"])) == ("signed", 64)
    consultant.patch(f"/implementation/confirmations/{signed['id']}/", {"version": signed["version"], "text": "x"}, 409)


def test_a_test_is_passed_when_every_step_came_out_as_expected(project: Json, api: Api, consultant: Api):
    steps = [{"what": "Make a quote", "expected": "It has a number"}, {"what": "Send it", "expected": "PDF with letterhead"}]
    made = consultant.create("implementation.acceptancescript", {"project": project["id"], "title": "报价", "role": "销售", "steps": steps})
    ready = consultant.act(made, "ready")["document"]
    api.refused(api.again(ready), "finish", "steps_open", name="李娜")
    first, second = ready["steps"]
    run = api.change(
        api.again(ready), {"steps": [{"id": first["id"], "result": "ok"}, {"id": second["id"], "result": "wrong", "note": "Logo missing"}]}
    )
    failed = api.act(run, "finish", name="李娜")["document"]
    assert (failed["state"], failed["signed_by"]) == ("failed", "李娜")
    once_more = consultant.act(consultant.again(failed), "again")["document"]
    assert {step["result"] for step in once_more["steps"]} == {"open"}


def test_another_company_sees_nothing_of_a_project(project: Json, consultant: Api, founded: Callable[[], Tenant]):
    contract = contract_of(consultant, project, "1000.00")
    other = Api.of_owner(founded())
    assert other.rows("implementation.project") == other.rows("implementation.milestone") == []
    other.post(f"/implementation/contracts/{contract['id']}/sign/", {"name": "谁"}, 404)
    refused = other.ask("post", "/implementation/requirements/", {"project": project["id"], "department": "x", "text": "x"})
    assert refused[0] == 422 and refused[1]["errors"][0]["code"] == "not_found"


def test_a_late_start_moves_the_plan(consultant: Api, project: Json):
    starts = date(2027, 2, 1)
    made = consultant.create("implementation.project", {"client": project["client"]["id"], "name": "二期", "starts_on": starts.isoformat()})
    assert made["steps"][0]["planned_on"] == (starts + timedelta(days=6)).isoformat()
