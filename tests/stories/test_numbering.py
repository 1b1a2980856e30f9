"""Numbers by the document's date, from 1 each year, none missing where none may be (spec 2.22)."""

from __future__ import annotations

from datetime import date

import pytest

from kernel.patterns import check_digit
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


def test_a_number_is_not_lost_when_saving_fails(own: Api, on_day):
    on_day(date(2026, 3, 1))
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
    assert [quote(own, who, day) for day in ("2026-02-01", "2026-02-28", "2026-03-01", "2026-02-02")] == [
        "SC-2602-001", "SC-2602-002", "SC-2603-001", "SC-2602-003"
    ]  # fmt: skip
    own.change(made, {"pattern": "SC-{date:%y%m}-{seq:03d}", "gap_free_numbers": True})
    drafted = own.create("quoting.quote", {"customer": who, "lines": [{"item": trade.item(own)["id"]}]})
    assert drafted["number"] == ""
    assert own.act(drafted, "send")["document"]["number"] == "SC-2603-002"


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


def test_a_number_tells_department_customer_and_a_check_digit(own: Api, on_day):
    on_day(date(2026, 4, 15))
    who = trade.customer(own, name="Acme Testing")["id"]
    rule(own, "{company}-{field:customer.name}-{date:%Y%m}-{seq:03d/date:%Y}{check}")
    first, second = quote(own, who, "2026-03-01"), quote(own, who, "2026-04-01")
    other = quote(own, trade.customer(own, name="Beta")["id"], "2026-04-02")
    assert [number.split("-")[1:3] for number in (first, second, other)] == [
        ["AcmeTesting", "202603"], ["AcmeTesting", "202604"], ["Beta", "202604"]
    ]  # fmt: skip
    assert [number.split("-")[3] for number in (first, second, other)] == ["0011", "0028", "0036"], (
        "one series a year, with its check digit"
    )


def test_the_check_digit_is_the_one_everybody_uses():
    assert check_digit("7992739871") == "3"
    assert check_digit("SC-4539-1488-0343-646") == "7"


def test_the_parts_of_a_whole_are_counted_within_it(own: Api, on_day):
    on_day(date(2026, 5, 1))
    own.create("kernel.numberrule", {"resource": "sales.order", "pattern": "{source}-{seq:02d}"})
    _agreed, placed = trade.ready(own, {"item": trade.item(own)["id"]})
    agreed, again = trade.ready(own, {"item": trade.item(own)["id"]})
    assert placed["number"].endswith("-01")
    assert again["number"] == f"{agreed['number']}-01"


def test_the_last_number_is_given_again_where_the_company_wants_it(own: Api, on_day):
    on_day(date(2026, 3, 15))
    rule(own, "SC{seq:03d}", reuse_last=True)
    who = trade.customer(own)["id"]
    made = [own.create("quoting.quote", {"customer": who, "lines": []}) for _ in range(3)]
    own.delete(f"/quoting/quotes/{made[1]['id']}/")
    assert quote(own, who, "2026-03-15") == "SC004", "one that is not the highest leaves its gap"
    own.delete(f"/quoting/quotes/{made[2]['id']}/")
    assert quote(own, who, "2026-03-15") == "SC005"
    last = own.create("quoting.quote", {"customer": who, "lines": []})
    own.delete(f"/quoting/quotes/{last['id']}/")
    assert quote(own, who, "2026-03-15") == "SC006"


def tried(api: Api, pattern: str, status: int = 200) -> Json:
    return api.post("/organization/numbering/preview/", {"resource": "quoting.quote", "pattern": pattern}, status)


def test_a_rule_is_tried_on_real_documents_and_says_what_is_taken(own: Api, on_day):
    on_day(date(2026, 3, 15))
    who = trade.customer(own)["id"]
    assert tried(own, "N{seq:03d}")["rows"][0]["number"] == "N001"
    quote(own, who, "2026-03-15")
    row = tried(own, "Q{date:%Y}-{seq:05d}")["rows"][0]
    assert (row["document"], row["last"], row["number"], row["taken"]) == ("Q2026-00001", 1, "Q2026-00002", [])
    assert tried(own, "Q{date:%Y}-{seq:05d/-}")["rows"][0]["taken"] == ["Q2026-00001"]
    assert tried(own, "{field:customer.nothing}{seq}", 422)["code"] == "unknown_field"
    assert tried(own, "N{seq:03d/date:%Y}", 422)["code"] == "bad_pattern"


def test_a_counter_goes_on_where_an_older_system_stopped_and_never_back(own: Api, on_day):
    on_day(date(2026, 3, 15))
    who, made = trade.customer(own)["id"], rule(own, "Q{date:%Y}-{seq:05d}")
    own.act(made, "set_counter", next=731)
    assert quote(own, who, "2026-03-15") == "Q2026-00731"
    own.refused(made, "set_counter", "counter_too_low", next=731)
    own.act(made, "set_counter", next=40, on="2025-12-31")
    assert quote(own, who, "2025-12-31") == "Q2025-00040"


def test_a_number_is_typed_by_hand_where_the_rule_lets_it(own: Api, on_day):
    on_day(date(2026, 3, 15))
    who = trade.customer(own)["id"]
    values = {"customer": who, "quote_date": "2026-03-01", "lines": []}
    assert own.create("quoting.quote", {**values, "number": "MINE-1"})["number"] == "Q2026-00001"
    made = rule(own, "Q{date:%Y}-{seq:05d}", by_hand=True)
    assert own.get("/meta/quoting/quotes/")["typed_number"]
    typed = own.create("quoting.quote", {**values, "number": " MINE-1 "})
    assert typed["number"] == "MINE-1"
    assert own.create("quoting.quote", {**values, "number": "MINE-1"}, 422)["errors"][0]["code"] == "duplicate"
    assert own.create("quoting.quote", {**values, "number": "Q2026-00007"})["number"] == "Q2026-00007"
    assert quote(own, who, "2026-03-01") == "Q2026-00008", "the series goes on after what was typed"
    assert own.change(typed, {"number": "MINE-2", "title": "Again"})["number"] == "MINE-1", "a number stays"
    own.change(made, {"by_hand_fits": True})
    told = own.create("quoting.quote", {**values, "number": "MINE-3"}, 422)["errors"][0]
    assert (told["path"], told["code"]) == ("number", "bad_number") and "Q2026-00001" in told["detail"]
    seller = trade.join(own, "Sales engineer")
    assert not seller.get("/meta/quoting/quotes/")["typed_number"]
    assert (
        seller.create("quoting.quote", {**values, "customer": trade.customer(seller)["id"], "number": "Q2026-00099"})["number"]
        == "Q2026-00009"
    )


def test_numbers_without_gaps_stay_without_gaps_when_some_are_typed(own: Api, on_day):
    on_day(date(2026, 7, 1))
    values = {"partner": trade.customer(own)["id"], "lines": [{"item": trade.item(own)["id"]}]}
    pattern = {"resource": "finance.invoice", "pattern": "SI{date:%Y%m}-{seq:04d}", "gap_free_numbers": True, "by_hand": True}
    assert own.create("kernel.numberrule", {**pattern, "by_hand_fits": True}, 422)["errors"][0]["code"] == "gap_free"
    own.create("kernel.numberrule", pattern)
    assert own.create("finance.invoice", {**values, "number": "SI202607-0005"}, 422)["errors"][0]["code"] == "gap_free"
    old = own.create("finance.invoice", {**values, "number": "OLD-77"})
    later = own.create("finance.invoice", values)
    later = own.change(later, {"number": "OLD-78"})
    drawn = own.create("finance.invoice", values)
    assert [own.act(one, "issue")["document"]["number"] for one in (old, drawn, later)] == ["OLD-77", "SI202607-0001", "OLD-78"]
