"""Printed forms that a company puts together itself: what stands on them, for whom, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kernel import registry
from kernel.printing.capitals import capitals
from tests.api import Api
from tests.kernel.sheets import colleague
from tests.kernel.test_printing import offer, printed

__all__ = ["offer"]

DESIGN = [
    {"kind": "facts", "title": "To", "fields": ["number", "customer", "owner"], "columns": 2},
    {"kind": "lines", "title": "Scope", "lines": "lines", "columns": ["description", "quantity", "amount"]},
    {"kind": "sums", "fields": ["net_total", "tax_total", "total"], "capitals": "total"},
    {"kind": "text", "title": "Terms", "text": "Offer {number} for {customer.name}, valid until {valid_until}."},
    {"kind": "break"},
    {"kind": "signatures", "names": ["Seller", "Buyer"]},
]


def test_a_company_designs_a_form_of_its_own(api: Api, offer: dict):
    made = api.create("kernel.printtemplate", {"resource": "quoting.quote", "name": "Short offer", "blocks": DESIGN})
    prints = api.get("/meta/quoting/quotes/")["prints"]
    assert prints[0] == {"key": f"own-{made['id']}", "label": "Short offer"}
    text, pages = printed(api, offer, f"?template=own-{made['id']}", language="en")
    assert pages == 2
    for part in ("Shortoffer", "Scope", f"Offer{offer['number']}for{offer['customer']['label']}", "Buyer"):
        assert part.replace(" ", "") in text
    api.change(made, {"active": False})
    assert all(one["key"] != f"own-{made['id']}" for one in api.get("/meta/quoting/quotes/")["prints"])


def test_every_kind_of_document_can_be_printed_with_a_form_to_begin_with(full: Api):
    for resource in registry.everything().values():
        if not resource.platform and resource.menu:
            tried = full.post("/print-templates/try/", {"resource": resource.key})
            assert tried["blocks"], resource.key
            assert tried["pages"] or tried["document"] is None, resource.key


@pytest.mark.parametrize(
    ("block", "why"),
    [
        ({"kind": "magic"}, "choose what it shows"),
        ({"kind": "facts", "fields": ["colour"]}, "no field colour"),
        ({"kind": "lines", "lines": "parts", "columns": ["item"]}, "which lines"),
        ({"kind": "lines", "lines": "lines", "columns": []}, "at least one column"),
        ({"kind": "text", "text": "Dear {nobody}"}, "no field nobody"),
        ({"kind": "text", "text": "x" * 5000}, "too long"),
    ],
)
def test_a_block_that_cannot_be_printed_is_refused(api: Api, block: dict, why: str):
    told = api.create("kernel.printtemplate", {"resource": "quoting.quote", "name": "Wrong", "blocks": [DESIGN[0], block]}, 422)
    assert [error["path"] for error in told["errors"]] == ["blocks.1"]
    assert why in told["errors"][0]["detail"]


def test_what_is_hidden_from_somebody_is_not_on_their_paper(api: Api, offer: dict):
    made = api.create("kernel.printtemplate", {"resource": "quoting.quote", "name": "Masked", "blocks": DESIGN})
    blind = colleague(api, {"*": {"*": "all"}}, {"quoting.quote": {"total": "hide"}})
    amount = f"{Decimal(offer['total']):,.2f}"
    assert amount in printed(api, offer, f"?template=own-{made['id']}")[0]
    text, _pages = printed(blind, offer, f"?template=own-{made['id']}")
    assert amount not in text
    assert capitals(Decimal(offer["total"])) not in text
