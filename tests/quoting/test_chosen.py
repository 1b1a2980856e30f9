"""What was chosen stands on papers and links, and in what differs; goods are called by their English names where English is read (spec 2.2, 2.3)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kernel.printing import typesetting
from tests import trade
from tests.api import PREFIX, Api, Json, where
from tests.kernel.test_papers import of_excel, of_pdf, of_word, plain
from tests.quoting.test_configured import configured, published
from tests.quoting.test_link import mailed

READ = {"pdf": of_pdf, "docx": of_word, "xlsx": of_excel}
NAME, ENGLISH = "电子万能试验机", "Testing machine"


@pytest.fixture(scope="module")
def table(api: Api) -> Json:
    made = api.again(published(api))
    api.change(api.read("catalog.item", made["item"]["id"]), {"name": NAME, "name_en": ENGLISH})
    return made


@pytest.fixture(scope="module")
def offer(api: Api, table: Json) -> Json:
    return offered(api, table, {}, title="System")


def offered(api: Api, table: Json, *choices: Json, **values: Any) -> Json:
    """A quote with a machine of a table for each set of choices."""
    lines = [{"item": table["item"]["id"], "configuration": configured(api, table, **one)["id"], "quantity": "2"} for one in choices]
    return trade.quote(api, *lines, **values)


def printed(api: Api, document: Json, form: str, language: str, way: str) -> str:
    return READ[way](api.client.get(f"{PREFIX}{where(document)}print/?template={form}&as={way}&language={language}").content)


@pytest.mark.parametrize("way", READ)
@pytest.mark.parametrize("form", ["default", "technical", "configuration"])
def test_papers_say_what_was_chosen_though_the_model_code_does_not(api: Api, offer: Json, form: str, way: str):
    text = printed(api, offer, form, "zh-hans" if way == "pdf" else "both", way)
    zh, en = ("计算机", "台式机", "第三方检定", "24个月", "220V"), ("Computer", "Third-partyverification", "24months", "楔形夹具、压盘")
    for part in (NAME, *zh, *(() if way == "pdf" else (*en, plain(ENGLISH)))):
        assert part in text, part
    assert ("256,800" in text) == (form == "default")


def test_the_configuration_list_names_options_by_their_groups(api: Api, offer: Json):
    text = printed(api, offer, "configuration", "en", "docx")
    assert plain("1. Testing machine × 2") in text and NAME not in text
    at = [text.index(plain(part)) for part in ("1 Machine", "Accessories", "Control and software", "Services")]
    assert at == sorted(at)
    assert plain(f"1. {NAME} {ENGLISH} × 2") in printed(api, offer, "configuration", "both", "docx"), "what both say alike stands once"


def test_reading_configurations_costs_no_more_for_more_lines(api: Api, table: Json, offer: Json):
    three = offered(api, table, {}, {"computer": "IPC"}, {"warranty": "36"})
    for form in ("default", "configuration"):
        of = [api.statements(f"{where(one)}print/?template={form}&language=en") for one in (offer, offer, three)]
        assert of[1] == of[2]


def test_the_paper_of_what_is_typed_says_it_too(api: Api, table: Json, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(typesetting, "drawings", lambda _template, told: [json.dumps(told["blocks"], ensure_ascii=False)])
    kept = configured(api, table, computer="IPC")
    machine = {"item": table["item"]["id"]}
    lines = [machine | {"configuration": kept["id"]}, machine | {"spec": "Still being chosen"}]
    typed = {"customer": trade.customer(api)["id"], "lines": lines}
    (page,) = api.post("/quoting/quotes/preview/print/?template=technical&language=en", typed)["pages"]
    assert "Computer: Industrial PC" in page and ENGLISH in page and "Still being chosen" in page


def test_the_customer_unfolds_what_was_chosen_in_their_language(api: Api, offer: Json):
    sent = api.act(api.made(offer, "copy", "quoting.quote"), "send")["document"]
    customer, link = mailed(api, sent, email="li@example.com")
    (line,) = customer.get(link, **{"Accept-Language": "en"})["lines"]
    told = {one["group"]: dict(one["options"]) for one in line["chosen"]}
    assert (line["description"], told["Services"]["Warranty"], line["kind"]) == (ENGLISH, "24 months", "normal")
    (line,) = customer.get(link, **{"Accept-Language": "zh-hans"})["lines"]
    assert (line["description"], dict(line["chosen"][0]["options"])["最大试验力"]) == (NAME, "100 kN")


def test_what_is_signed_names_what_was_chosen(api: Api, table: Json):
    agreed = api.made(api.act(offered(api, table, {}), "send")["document"], "accept", "contracts.contract")
    customer, link = mailed(api, agreed, email="li@example.com")
    assert dict(customer.get(link, **{"Accept-Language": "en"})["lines"][0]["chosen"][-1]["options"])["Warranty"] == "24 months"
    signed = api.act(agreed, "sign")["document"]
    text = printed(api, signed, "default", "en", "docx")
    assert plain("Computer: PC") in text and plain("Power supply: 220 V") in text
    assert plain(ENGLISH) in text and NAME not in text, "though its line has an item of its own by now"
    made = api.read("catalog.item", signed["lines"][0]["item"]["id"])
    assert made["name_en"].startswith(f"{ENGLISH} UTM-E100D")
    (cell,) = [row for row in api.rows("catalog.item", "q=LC-100&limit=5") if row["code"] == "LC-100"]
    assert api.read("catalog.item", cell["id"])["name_en"] == "Load cell 100 kN"


def test_choices_that_differ_between_revisions_are_told(api: Api, table: Json):
    first = api.act(offered(api, table, {"warranty": "24"}), "send")["document"]
    second = api.made(first, "revise", "quoting.quote")
    (line,) = second["lines"]
    other = configured(api, table, warranty="36", air="yes")
    second = api.change(second, {"lines": [{"id": line["id"], "configuration": other["id"], "unit_price": line["unit_price"]}]})
    (row,) = api.get(f"/quoting/quotes/{second['id']}/differences/{first['id']}/")["lines"]
    told = [(one["label"], one["from"], one["to"]) for one in row["changes"]]
    assert ("Warranty", "24 months", "36 months") in told
    assert ("Air supply confirmed", "No", "Yes") in told, "what changes neither price nor code is told too"


def test_a_change_order_tells_the_choices_it_changes(api: Api, table: Json):
    agreed = api.made(api.act(offered(api, table, {}), "send")["document"], "accept", "contracts.contract")
    change = api.made(api.act(agreed, "sign")["document"], "amend", "contracts.change")
    (line,) = change["lines"]
    other = {
        "item": table["item"]["id"],
        "id": line["id"],
        "configuration": configured(api, table, air="yes")["id"],
        "spec": line["spec"],
        "unit_price": line["unit_price"],
    }
    change = api.change(change, {"lines": [other], "reason": "Air"})
    (row,) = api.get(f"/contracts/changes/{change['id']}/desk/")["lines"]
    assert row["before"]["amount"] == row["after"]["amount"]
    assert [(one["label"], one["from"], one["to"]) for one in row["choices"]] == [("Air supply confirmed", "No", "Yes")]


def test_goods_are_called_by_their_english_names_where_english_is_read(api: Api):
    pump, other = (trade.item(api, name="液压泵", name_en="Hydraulic pump")["id"] for _ in range(2))
    about = trade.quote(api, {"item": pump}, {"item": other, "description": "液压泵（蓝色）"})
    english, chinese, both = (printed(api, about, "default", language, "docx") for language in ("en", "zh-hans", "both"))
    assert "Hydraulicpump" in english and "1液压泵套" not in english and "液压泵（蓝色）" in english
    assert "Hydraulicpump" not in chinese and "液压泵Hydraulicpump" in both
    agreed = api.made(api.act(about, "send")["document"], "accept", "contracts.contract")
    assert "Hydraulicpump" in printed(api, agreed, "default", "en", "docx")
    found = api.get("/catalog/items/?q=hydraulic", **{"Accept-Language": "en"})["rows"]
    assert {row["_label"] for row in found if row["id"] in (pump, other)} == {"Hydraulic pump"}
