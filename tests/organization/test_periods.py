"""A closed period takes no more documents of its days, ledger by ledger and company by company (W-1.1.3)."""

from __future__ import annotations

from datetime import date

import pytest

from tests import trade
from tests.api import Api, Json

PERIOD = "organization.period"


@pytest.fixture(scope="module")
def year(api: Api) -> dict[str, Json]:
    (own,) = api.rows("organization.company")
    assert api.post("/organization/periods/year/", {"year": 2026, "company": own["id"]}, 201)["created"] == 1 + 4 + 12 + 53
    return {row["name"]: row for row in api.rows(PERIOD, "limit=200&columns=name,kind,starts,ends,company")}


def closed(api: Api, month: Json, **values: str) -> Json:
    return api.act(api.read(PERIOD, month["id"]), "close", **values)["document"]


def opened(api: Api, month: Json) -> None:
    api.act(api.read(PERIOD, month["id"]), "reopen", reason="late invoice")


def test_a_year_is_laid_out_once(api: Api, year):
    assert (year["2026Q1"]["ends"], year["2026-02"]["ends"], year["2026W01"]["starts"]) == ("2026-03-31", "2026-02-28", "2025-12-29")
    again = {"year": 2026, "company": year["2026"]["company"]["id"]}
    assert api.post("/organization/periods/year/", again, 409)["code"] == "there"
    assert api.post("/organization/periods/year/", {**again, "year": 99}, 422)["errors"][0]["code"] == "range"


def test_money_and_stock_are_closed_each_by_itself(api: Api, year, on_day):
    part, who = trade.item(api), trade.customer(api)["id"]
    receipt = {"partner": who, "amount": "10.00", "received_on": "2026-02-10"}
    line = {"item": part["id"], "quantity": "1", "to_warehouse": trade.main_warehouse(api)}
    early = api.create("finance.receipt", receipt)
    closed(api, year["2026-02"], ledger="receivable")
    told = api.create("finance.receipt", receipt, 409)
    assert told["code"] == "period_closed" and "2026-02" in told["detail"] and "2026-02-10" in told["detail"]
    assert api.refused(early, "post", "period_closed")
    assert api.change(early, {"received_on": "2026-03-01"}, 409)["code"] == "period_closed"
    assert api.create("inventory.move", {"moved_on": "2026-02-10", "lines": [line]})["moved_on"] == "2026-02-10"
    closed(api, year["2026-02"], ledger="stock")
    assert api.create("inventory.move", {"moved_on": "2026-02-10", "lines": [line]}, 409)["code"] == "period_closed"
    opened(api, year["2026-02"])
    assert api.act(early, "post")["document"]["state"] == "posted"


def test_an_invoice_is_neither_issued_into_a_closed_month_nor_reversed_on_a_closed_day(api: Api, year, on_day):
    on_day(date(2026, 5, 20))
    part, who = trade.item(api), trade.customer(api)["id"]
    invoice = api.create("finance.invoice", {"partner": who, "invoice_date": "2026-04-30", "lines": [{"item": part["id"]}]})
    closed(api, year["2026-04"])
    assert api.refused(invoice, "issue", "period_closed")
    opened(api, year["2026-04"])
    invoice = api.act(invoice, "issue")["document"]
    closed(api, year["2026-04"])
    closed(api, year["2026-05"])
    assert api.refused(invoice, "reverse", "period_closed", reason="wrong")
    on_day(date(2026, 6, 1))
    assert api.act(invoice, "reverse", reason="wrong")["document"]["state"] == "reversed"
    opened(api, year["2026-04"])
    opened(api, year["2026-05"])


def test_opening_again_needs_a_reason_and_stays_on_record(api: Api, year):
    month = closed(api, year["2026-07"])
    assert month["receivable_closed"] and month["payroll_closed"]
    assert api.act(month, "reopen", 422)["errors"][0]["path"] == "reason"
    api.act(month, "reopen", reason="late invoice", ledger="payroll")
    month = api.again(month)
    assert month["receivable_closed"] and not month["payroll_closed"]
    assert api.change(month, {"ends": "2026-07-30"}, 422)["errors"][0]["code"] == "closed"
    assert "late invoice" in str(api.get(f"/organization/periods/{month['id']}/events/")["rows"][0])
    opened(api, year["2026-07"])


def test_another_company_of_the_group_stays_open(api: Api, year):
    (own,) = api.rows("organization.company")
    branch = api.create("organization.company", {"name": "Controls", "parent": own["id"]})
    office = api.create("organization.unit", {"name": "Controls", "company": branch["id"]})
    seller = trade.join(api, "Finance", department="Controls")
    closed(api, year["2026-08"])
    values = {"partner": trade.customer(api)["id"], "amount": "1.00", "received_on": "2026-08-08"}
    assert api.create("finance.receipt", values, 409)["code"] == "period_closed"
    assert seller.create("finance.receipt", values)["received_on"] == "2026-08-08"
    assert office["company"]["id"] == branch["id"]
    opened(api, year["2026-08"])


def test_periods_of_a_kind_do_not_overlap(api: Api, year):
    values = {"company": year["2026"]["company"]["id"], "kind": "month", "name": "13", "starts": "2026-12-15", "ends": "2027-01-14"}
    assert api.create(PERIOD, values, 422)["errors"][0]["code"] == "overlap"


def test_while_nothing_is_closed_a_receipt_costs_no_statement_more(api: Api, year):
    receipt = api.create("finance.receipt", {"partner": trade.customer(api)["id"], "amount": "1.00"})
    before = api.statements(f"/finance/receipts/{receipt['id']}/")
    closed(api, year["2026-01"])
    assert api.statements(f"/finance/receipts/{receipt['id']}/") == before
    opened(api, year["2026-01"])
