"""Numbers by the document's date, from 1 each year, none missing where none may be (spec 2.22)."""

from __future__ import annotations

from datetime import date

import pytest

from tests import trade
from tests.api import Api, Json


@pytest.fixture
def own(founded) -> Api:
    """A company that has no numbers yet."""
    return Api.of_owner(founded())


def quote(api: Api, who: int, on: str) -> str:
    return api.create("quoting.quote", {"customer": who, "quote_date": on, "lines": []})["number"]


def test_the_date_of_the_document_counts_and_not_today(own: Api, on_day):
    on_day(date(2027, 1, 2))
    who = trade.customer(own)["id"]
    assert quote(own, who, "2026-12-31") == "Q2026-00001"
    assert quote(own, who, "2027-01-02") == "Q2027-00001"
    assert quote(own, who, "2026-12-30") == "Q2026-00002"
    assert own.create("quoting.quote", {"customer": who, "lines": []})["number"] == "Q2027-00002"


def test_invoices_have_no_gaps_whatever_happens_to_drafts(own: Api, on_day):
    on_day(date(2026, 7, 1))
    who, part = trade.customer(own)["id"], trade.item(own)
    drafts = [own.create("finance.invoice", {"partner": who, "lines": [{"item": part["id"]}]}) for _ in range(5)]
    assert [draft["number"] for draft in drafts] == [""] * 5
    own.delete(f"/finance/invoices/{drafts[0]['id']}/")
    empty = own.create("finance.invoice", {"partner": who, "lines": []})
    own.refused(empty, "issue", "empty")
    issued = [own.act(drafts[position], "issue")["document"]["number"] for position in (3, 1, 4)]
    assert issued == ["SI202607-0001", "SI202607-0002", "SI202607-0003"]
    on_day(date(2026, 8, 1))
    assert own.act(drafts[2], "issue")["document"]["number"] == "SI202608-0001"


def test_a_number_is_not_lost_when_saving_fails(own: Api):
    who = trade.customer(own)["id"]
    assert quote(own, who, "2026-03-01") == "Q2026-00001"
    own.post("/quoting/quotes/?then=send", {"customer": who, "quote_date": "2026-03-01", "lines": []}, 409)
    assert quote(own, who, "2026-03-01") == "Q2026-00002"


def rule(api: Api, pattern: str, status: int = 201, **values: object) -> Json:
    return api.create("kernel.numberrule", {"resource": "quoting.quote", "pattern": pattern, **values}, status)


def test_a_company_numbers_in_its_own_way(own: Api, on_day):
    on_day(date(2026, 3, 15))
    who = trade.customer(own)["id"]
    made = rule(own, "SC-{date:%y%m}-{seq:03d}")
    assert [quote(own, who, day) for day in ("2026-03-01", "2026-03-31", "2026-04-01", "2026-03-02")] == [
        "SC-2603-001", "SC-2603-002", "SC-2604-001", "SC-2603-003"
    ]  # fmt: skip
    own.change(made, {"pattern": "SC-{date:%y%m}-{seq:03d}", "gap_free_numbers": True})
    drafted = own.create("quoting.quote", {"customer": who, "lines": [{"item": trade.item(own)["id"]}]})
    assert drafted["number"] == ""
    assert own.act(drafted, "send")["document"]["number"] == "SC-2603-004"


@pytest.mark.parametrize("pattern", ["Q", "{seq}{seq}", "Q{year}-{seq}", "Q{seq", "{date:%Y}"])
def test_a_pattern_that_makes_no_numbers_is_refused(own: Api, pattern: str):
    assert rule(own, pattern, 422)["code"] in ("bad_pattern", "invalid")


def test_a_kind_has_one_rule(own: Api):
    rule(own, "A{seq:04d}")
    assert rule(own, "B{seq:04d}", 409)["code"] == "duplicate"


def test_deliveries_and_receipts_count_by_month(own: Api, on_day):
    on_day(date(2026, 12, 31))
    agreed, placed = trade.ready(own, {"item": trade.item(own)["id"]})
    assert trade.delivery(own, placed)["number"] == "DN202612-0001"
    on_day(date(2027, 1, 1))
    assert own.made(agreed, "receive", "finance.receipt", amount="1")["number"] == "RC202701-0001"
    assert own.made(agreed, "receive", "finance.receipt", amount="1", on="2026-12-30")["number"] == "RC202612-0002"
