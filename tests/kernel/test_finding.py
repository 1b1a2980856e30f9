"""Chinese is found by its characters, its sound and its initials, whatever the width and the case."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from kernel import registry, words
from kernel.documents import Document
from tests import trade
from tests.api import Api


@pytest.fixture(scope="module")
def who(api: Api) -> int:
    for name in ("首都钢铁公司", "东北特钢", "Baosteel Europe"):
        trade.customer(api, name=name)
    return trade.customer(api, name="宝钢研究院（上海）有限公司", short_name="宝研ＲＤ", tax_no="91310000MA1K35XX7Q")["id"]


@pytest.mark.parametrize(
    "text", ["宝钢", "钢研", "研", "baogang", "BaoGang", "bgyjy", "上海", "宝钢 上海", "rd", "ＲＤ", "91310000ma1k", "yanjiu"]
)
def test_it_is_found(api: Api, who: int, text: str):
    for path in ("/partners/partners/", "/partners/partners/lookup/", "/search/"):
        assert who in [row["id"] for row in api.get(f"{path}?q={text}")["rows"]], path


@pytest.mark.parametrize("text", ["宝铁", "baotie", "钢宝", "宝钢 东北", "zzz", "%", "_", "\\"])
def test_it_is_not_found(api: Api, who: int, text: str):
    assert who not in [row["id"] for row in api.rows("partners.partner", f"q={text}")]


def test_a_document_is_found_by_its_customers_name(api: Api, who: int):
    offer = trade.quote(api, customer=who)
    assert offer["id"] in [row["id"] for row in api.rows("quoting.quote", "q=宝钢")]
    assert offer["id"] not in [row["id"] for row in api.rows("quoting.quote", "q=东北")]


def test_a_changed_name_is_found_at_once(api: Api):
    made = trade.customer(api, name="旧名字公司")
    api.change(made, {"name": "新名字公司"})
    assert [row["id"] for row in api.rows("partners.partner", "q=新名字")] == [made["id"]]
    assert api.rows("partners.partner", "q=旧名字") == []


def test_pasted_names_become_references(api: Api, who: int):
    found = api.post("/partners/partners/lookup/", {"texts": ["宝钢研究院（上海）有限公司", "nobody", "", "91310000MA1K35XX7Q"]})["rows"]
    assert [row and row["id"] for row in found] == [who, None, None, who]


@given(st.text(), st.text())
def test_what_is_part_of_a_text_is_part_of_its_index(before: str, after: str):
    assert words.encode("宝钢") in words.encode(f"{before}宝钢{after}")


@given(st.text())
def test_what_is_stored_is_searched_in_the_same_form(text: str):
    for token in words.fold(text).split():
        assert words.encode(token) in words.index([text])


NAMES = {"name", "short_name", "title", "subject", "label"}
BY_OTHERS = {("approvals.task", "node_name"), ("finance.invoice", "title"), ("organization.handover", "subject")}
"""A step of a flow, the name of the customer by whom an invoice is found, and the key of a document type."""


def test_whatever_has_a_name_is_found_by_its_sound():
    named: dict[tuple[str, str], type[Document]] = {}
    for key, resource in registry.everything().items():
        model: Any = resource.model
        texts = {field.name for field in model._meta.concrete_fields if isinstance(field, models.CharField) and not field.choices}
        named |= {(key, name): model for name in texts & (NAMES | {model.label_field}) - {"number"}}
    assert len(named) > 60
    assert {slot for slot, model in named.items() if slot[1] not in model.search} == BY_OTHERS
    for (key, name), model in named.items():
        if (key, name) not in BY_OTHERS:
            assert "baogangyanjiu bgyj" in model(**{name: "宝钢研究"}).index_text(), (key, name)
