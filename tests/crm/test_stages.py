"""Sales stages and evaluation models are called by their names in the reader's language."""

from __future__ import annotations

from tests import trade
from tests.api import Api
from tests.crm.sales import deal
from tests.trade import some

CHINESE = {"Accept-Language": "zh-hans"}


def test_a_stage_and_its_checklist_speak_the_readers_language(api: Api):
    """In a reference, a label, the page, the funnel and a refusal; a tick is understood in either language."""
    first = api.rows("crm.stage", "sort=position")[0]
    stage = api.again(first)
    assert (stage["name"], stage["name_en"], stage["_label"]) == ("S1 初步接触", "S1 Contact made", "S1 Contact made")
    one, page = deal(api), "/crm/opportunities/{}/desk/".format
    assert one["stage"]["label"] == stage["name_en"]
    told = api.get(page(one["id"]), **CHINESE)
    assert (told["document"]["stage"]["label"], told["stages"][0]["name"]) == (stage["name"], stage["name"])
    assert api.get("/crm/funnel/", **CHINESE)["stages"][0]["label"] == stage["name"]
    chinese, english = ([item["text"] for item in api.get(page(one["id"]), **headers)["stages"][0]["items"]] for headers in (CHINESE, {}))
    assert (chinese, english) == (stage["checklist"].splitlines(), stage["checklist_en"].splitlines())
    one = api.act(one, "tick", item=chinese[0])["document"]
    assert api.refused(one, "advance", "checklist_open")["missing"] == english[1:]
    one = api.act(one, "tick", item=english[1])["document"]
    assert (one["ticked"], api.act(one, "advance")["document"]["stage"]["label"]) == (chinese, "S2 Need understood")


def test_a_checklist_has_an_english_name_for_each_item_or_for_none(api: Api):
    values = {"name": some("S"), "checklist": "一\n二", "probability": "5", "active": False}
    assert api.create("crm.stage", {**values, "checklist_en": "one"}, 422)["errors"][0]["path"] == "checklist_en"
    assert api.create("crm.stage", {**values, "checklist_en": ""})["checklist"] == "一\n二"


def test_an_evaluation_is_told_in_the_readers_language(api: Api):
    who = trade.customer(api)["id"]
    api.act(next(row for row in api.rows("crm.evaluationmodel") if row["_label"] == "Customers"), "run")
    one = api.one("crm.evaluation", f"partner={who}")
    said = [api.get(f"/crm/evaluations/{one['id']}/", **headers) for headers in (CHINESE, {})]
    assert [row["model"]["label"] for row in said] == ["客户", "Customers"]
    assert [row["detail"][2]["name"] for row in said] == ["毛利", "Margin"]
    assert said[1]["detail"][2]["basis"].startswith("Margin of the orders") and "毛利" in said[0]["detail"][2]["basis"]


def test_an_evaluation_does_not_tell_what_its_sources_hide(api: Api):
    """Neither on its page nor in a list that asks for it; the grade and what is open stay."""
    name = trade.some("Role")
    api.create("organization.role", {"name": name, "grants": {"*": {"*": "all"}}, "masks": {"sales.order": {"margin": "hide"}}})
    rep, poor = trade.join(api, name), trade.customer(api, credit_limit="500000", grade="A")
    api.act(next(row for row in api.rows("crm.evaluationmodel") if row["_label"] == "Customers"), "run")
    one = rep.one("crm.evaluation", f"partner={poor['id']}")
    listed = rep.rows("crm.evaluation", f"partner={poor['id']}&columns=detail")[0]["detail"]
    for detail in (rep.read("crm.evaluation", one["id"])["detail"], listed):
        assert (detail[2]["basis"], detail[2]["points"], detail[2]["facts"]) == ("•••", None, {})
        assert detail[0]["basis"].startswith("Contracts signed") and detail[0]["points"] == "0.00"
    assert "Margin of the orders" in api.read("crm.evaluation", one["id"])["detail"][2]["basis"]


def test_a_band_that_grants_no_limit_takes_the_limit_away(api: Api):
    bands = [{"grade": "A", "least": "50", "limit": ""}, {"grade": "D", "least": "0", "limit": "0"}]
    factors = [{"name": "Contacts", "weight": "1", "formula": "contacts * 60"}]
    model = api.create("crm.evaluationmodel", {"name": some("M"), "factors": factors, "bands": bands})
    good, poor = (trade.customer(api, credit_limit="500000") for _ in range(2))
    api.act(api.create("crm.activity", {"partner": good["id"], "subject": "Visit"}), "finish")
    api.act(model, "run")
    for who, grade, limit in ((poor, "D", "0.00"), (good, "A", "500000.00")):
        api.act(api.one("crm.evaluation", f"partner={who['id']}&model={model['id']}"), "adopt")
        assert (api.again(who)["grade"], api.again(who)["credit_limit"]) == (grade, limit)
