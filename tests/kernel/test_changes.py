"""The company's change log: who changed what from which value to which, for its administrators and nobody else."""

from __future__ import annotations

from datetime import date

import pytest

from tests import trade
from tests.api import Api, Json


def log(api: Api, **asked: object) -> list[Json]:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return api.get(f"/changes/?{query}")["rows"]


@pytest.fixture(scope="module")
def renamed(api: Api) -> Json:
    customer = trade.customer(api, name="Old Works")
    return api.change(customer, {"name": "New Works"})


def test_a_change_tells_the_old_and_the_new_value(api: Api, renamed: Json):
    row = log(api, kind="partners.partner", q="New Works")[0]
    assert (row["by"]["id"], row["subject"]["id"]) == (api.member, renamed["id"])
    assert {(change["from"], change["to"]) for change in row["changes"]} == {("Old Works", "New Works")}


def test_it_is_searched_by_person_kind_and_day(api: Api, as_role, renamed: Json):
    colleague = as_role("Sales manager")
    trade.customer(colleague, name="Theirs")
    assert {row["by"]["id"] for row in log(api, by=colleague.member)} == {colleague.member}
    assert log(api, kind="partners.partner", to="2020-01-01") == []
    assert log(api, **{"from": date.today().isoformat(), "kind": "partners.partner", "q": "Works"})
    assert api.get("/changes/?from=yesterday", 422)["code"] == "invalid"


def test_it_is_searched_by_pinyin_of_what_the_documents_are_called(api: Api):
    made = trade.customer(api, name="张伟精密机械")
    found = [log(api, **asked) for asked in ({"q": "zhangwei"}, {"q": "zwjm", "kind": "partners.partner"}, {"q": "张伟 jixie"})]
    assert [{row["subject"]["id"] for row in rows if row["subject"]["_key"] == "partners.partner"} for rows in found] == [{made["id"]}] * 3
    assert log(api, q="zhangmin") == []
    assert api.statements("/changes/?q=zhangwei") <= api.statements("/changes/?q=%E5%BC%A0%E4%BC%9F"), "looked for within the one statement"


def test_nobody_else_reads_it(as_role):
    assert as_role("Sales manager").get("/changes/", 403)["code"] == "forbidden"
