"""Exports: every row the reader may see, with what the reader may see of it, as real numbers and dates."""

from __future__ import annotations

import secrets
from datetime import datetime
from decimal import Decimal

import pytest

from kernel.models import Event
from tenant_apps.partners.models import Contact, Partner
from tenants.context import tenant_context
from tests.api import Api, at
from tests.kernel.sheets import PARTNER, RECEIPT, book, bring, colleague, fetch, finished, take
from tests.trade import customer, some


def test_an_export_holds_real_numbers_and_dates(api: Api):
    receipt = api.create(RECEIPT, {"partner": customer(api)["id"], "amount": "1234567.89", "received_on": "2026-03-02"})
    headings, row = take(
        api, RECEIPT, columns=["number", "partner", "amount", "received_on", "state"], filters={"number": receipt["number"]}
    )
    assert headings == ["Number", "Customer", "Amount", "Received on", "State"]
    assert Decimal(str(row[2])) == Decimal("1234567.89")
    assert row[3] == datetime(2026, 3, 2)
    assert row[1] == receipt["partner"]["label"]
    assert row[4] == "Draft"


def test_what_looks_like_a_formula_leaves_as_text(api: Api):
    was = customer(api, name=f"=cmd|' /C calc'!A0 {secrets.token_hex(3)}", phone="+86 21 1", address="@home", industry="-")
    columns, where = ["name", "phone", "address", "industry"], {"number": was["number"]}
    told = finished(api, api.post(f"{at(PARTNER)}export/", {"columns": columns, "filters": where}, 202)["job"])
    sheet = book(fetch(api, told["file"])).worksheets[0]
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [(was[name], "s") for name in columns]
    assert take(api, PARTNER, format="csv", columns=columns, filters=where)[1] == [f"'{was[name]}" for name in columns]


def test_every_row_comes_out_with_the_filters_and_order_of_the_list(api: Api):
    mark = secrets.token_hex(4)
    bring(api, PARTNER, [["name", "industry"], *([f"{number:04d} {mark}", mark] for number in range(1203))])
    rows = take(api, PARTNER, format="csv", columns=["name"], filters={"industry": mark, "sort": "-name"})
    assert [row[0] for row in rows[1:]] == [f"{number:04d} {mark}" for number in reversed(range(1203))]


def test_chosen_rows_only(api: Api):
    one, two = customer(api), customer(api)
    assert {row[0] for row in take(api, PARTNER, columns=["name"], ids=[one["id"], two["id"]])[1:]} == {one["name"], two["name"]}


def test_what_goes_out_with_its_lines_comes_in_again(api: Api):
    was = customer(api, contacts=[{"name": "Li", "phone": "1"}, {"name": "Wu", "phone": "2"}])
    columns = ["number", "name", "grade", "contacts.name", "contacts.phone"]
    rows = take(api, PARTNER, columns=columns, ids=[was["id"]])
    assert [row[3:] for row in rows[1:]] == [["Li", "1"], ["Wu", "2"]]
    assert rows[2][0] is None
    assert bring(api, PARTNER, rows, mode="update")["unchanged"] == 1


def test_an_export_shows_no_more_than_the_reader_sees(api: Api):
    mine = customer(api, phone="13812345678")
    seller = colleague(api, {PARTNER: {"*": "own"}}, {PARTNER: {"phone": "middle", "contacts.phone": "hide"}})
    theirs = bring(seller, PARTNER, [["name", "contacts.name", "phone"], [some("Theirs"), "Li", "1"]])
    assert theirs["ignored"] == ["phone"]
    with tenant_context(api.company):
        Partner.objects.filter(owner=seller.member).update(phone="13987654321")
        Contact.objects.filter(partner__owner=seller.member).update(phone="13811112222")
    rows = take(seller, PARTNER, columns=["number", "phone", "contacts.name", "contacts.phone"])
    assert [row[1:] for row in rows[1:]] == [["139••••4321", "Li", "•••"]]
    assert mine["number"] not in {row[0] for row in rows}


def test_an_export_is_written_down(api: Api):
    take(api, PARTNER, columns=["name"], filters={"grade": "A"})
    with tenant_context(api.company):
        event = Event.objects.filter(kind="partners.partner.export").latest("id")
    assert (event.actor, event.data["filters"], event.data["columns"]) == (api.member, {"grade": "A"}, ["name"])


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"columns": ["secret"]}, 400),
        ({"filters": {"nonsense": "1"}}, 400),
        ({"format": "pdf"}, 422),
        ({"colour": 1}, 422),
        ({"ids": ["x"]}, 422),
    ],
)
def test_an_export_that_makes_no_sense_is_refused_at_once(api: Api, asked: dict, status: int):
    api.post(f"{at(PARTNER)}export/", asked, status)
