"""One machine from the quote to the last payment, with the figures of the specification (2.4, 5.1)."""

from __future__ import annotations

from tests import trade
from tests.api import Api


def test_all_the_way(api: Api):
    agreed, placed = trade.closed(api)
    assert [line["amount"] for line in agreed["plan"]] == ["69300.00", "138600.00", "23100.00"]
    assert (agreed["state"], placed["state"]) == ("completed", "closed")
