"""A signature says who, when and what exactly; it is void as soon as the content is another."""

from __future__ import annotations

import pytest

from shared_apps.implementation.models import Confirmation, FlowStep
from tenants.context import public_context
from tests.api import Api, Json, where


@pytest.fixture
def signed(project: Json, consultant: Api, api: Api) -> Json:
    values = {"project": project["id"], "kind": "flow", "title": "生产", "template": "production"}
    made = consultant.create("implementation.confirmation", values)
    consultant.act(made, "offer")
    return api.act(api.again(made), "sign", name="王建国")["document"]


def seal(api: Api, document: Json) -> Json:
    return api.get(f"{where(document)}seal/")


def test_it_tells_who_signed_with_which_log_in(signed: Json, api: Api):
    assert (signed["signed_by"], signed["state"]) == ("王建国", "signed")
    assert "@" in signed["signed_as"] and signed["signed_at"] and len(signed["seal"]) == 64
    assert seal(api, signed) == {"signed": True, "holds": True, "seal": signed["seal"]}


@pytest.mark.parametrize("change", ["title", "step"])
def test_the_seal_breaks_when_the_content_is_changed_behind_it(signed: Json, api: Api, change: str):
    with public_context():
        if change == "title":
            Confirmation.objects.filter(pk=signed["id"]).update(title="Something else")
        else:
            FlowStep.objects.filter(pk=signed["steps"][2]["id"]).update(what="Something else")
    assert seal(api, signed)["holds"] is False


def test_what_is_signed_is_changed_only_with_a_void_signature(signed: Json, api: Api, consultant: Api):
    consultant.change(consultant.again(signed), {"title": "x"}, 409)
    api.act(signed, "revise", 403, reason="x")
    draft = consultant.act(consultant.again(signed), "revise", reason="A department is missing")["document"]
    assert (draft["state"], draft["seal"], draft["signed_by"], draft["signed_at"]) == ("draft", "", "", None)
    changed = consultant.change(draft, {"title": "生产与检验"})
    consultant.act(changed, "offer")
    again = api.act(api.again(changed), "sign", name="王建国")["document"]
    assert again["seal"] not in ("", signed["seal"])


def test_a_requirement_that_is_opened_again_has_no_signature(project: Json, api: Api, consultant: Api):
    one = api.create("implementation.requirement", {"project": project["id"], "department": "销售部", "text": "运费单列"})
    consultant.act(consultant.again(one), "reply", fit="standard", text="可以", feature="W-6.2.1")
    agreed = api.act(api.again(one), "agree", name="王建国")["document"]
    assert seal(api, agreed)["holds"] is True
    opened = api.act(agreed, "reopen", reason="也要显示保险")["document"]
    assert (opened["state"], opened["signed_by"], opened["seal"]) == ("noted", "", "")


def test_nothing_is_not_signed(project: Json, consultant: Api):
    empty = consultant.create("implementation.confirmation", {"project": project["id"], "title": "x"})
    consultant.refused(empty, "offer", "empty")


def test_a_change_order_leaves_the_seal_of_the_contract_whole(project: Json, api: Api, consultant: Api):
    made = consultant.create("implementation.servicecontract", {"project": project["id"], "title": "实施", "total": "1000.00"})
    consultant.act(made, "offer")
    contract = api.act(api.again(made), "sign", name="王建国")["document"]
    change = consultant.create("implementation.changeorder", {"contract": contract["id"], "title": "接口", "amount": "500.00"})
    consultant.act(change, "offer_change")
    api.act(api.again(change), "agree_change", name="王建国")
    assert api.again(contract)["total"] == "1500.00"
    assert seal(api, contract)["holds"] and seal(api, change)["holds"]
