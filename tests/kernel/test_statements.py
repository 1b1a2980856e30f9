"""What reading costs: the number of SQL statements of every list and document endpoint, held by a committed file.

A number that changes is either a fault or a decision; `pytest tests/kernel/test_statements.py --write-baseline` writes the new ones down.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kernel import config, registry
from tenants.context import tenant_context
from tests import trade
from tests.api import CONTROL, Api, at

BASELINE = Path(__file__).with_name("sql_baseline.json")
EVERY = registry.everything()
CYCLE_AT_MOST = 150


def measured(api: Api) -> dict[str, dict[str, int]]:
    return {key: of_resource(api, key) for key in sorted(EVERY)} | {"": of_others(api)}


def of_resource(api: Api, key: str) -> dict[str, int]:
    latest = at(key) + str(api.rows(key, "sort=-id&limit=1")[0]["id"])
    sums = ",".join(name for name in EVERY[key].summary if EVERY[key].own[name].meta()["sum"])
    paths = {
        "list": f"{at(key)}?limit=50",
        "search": f"{at(key)}?q=steel",
        "count": f"{at(key)}?count=1&sum={sums}",
        "lookup": f"{at(key)}lookup/?q=steel",
        "document": f"{latest}/",
        "events": f"{latest}/events/",
    }
    return {name: api.statements(path) for name, path in paths.items()}


def of_others(api: Api) -> dict[str, int]:
    order, customer = api.rows("sales.order", "limit=1")[0], api.rows("partners.partner", "sort=id&limit=1")[0]
    paths = {
        "order desk": f"/sales/orders/{order['id']}/desk/",
        "customer desk": f"/partners/partners/{customer['id']}/desk/",
        "meta": "/meta/",
        "meta of a resource": "/meta/quoting/quotes/",
        "inbox": "/me/messages/",
        "home": "/home/",
    }
    return {name: api.statements(path) for name, path in paths.items()}


def test_every_reading_takes_as_many_statements_as_written_down(full: Api, pytestconfig: pytest.Config):
    found = measured(full)
    if pytestconfig.getoption("--write-baseline"):
        BASELINE.write_text(json.dumps(found, indent=1) + "\n")
    known = json.loads(BASELINE.read_text())
    assert known.keys() == found.keys()
    assert {key: [known[key], found[key]] for key in found if known[key] != found[key]} == {}


@pytest.mark.parametrize("key", EVERY)
def test_a_longer_list_takes_no_more(full: Api, key: str):
    assert full.statements(f"{at(key)}?limit=1") == full.statements(f"{at(key)}?limit=500")


def test_ten_lines_take_no_more_than_one(full: Api):
    one = trade.quote(full)
    ten = trade.quote(full, *({"item": trade.item(full)["id"]} for _ in range(10)))
    assert full.statements(f"{at('quoting.quote')}{ten['id']}/") == full.statements(f"{at('quoting.quote')}{one['id']}/")


def test_a_whole_order_stays_within_its_budget(full: Api):
    """Quote with ten lines → contract → order → delivery → invoice → full payment, of goods in stock."""
    lines = [{"item": trade.stocked(full)["id"]} for _ in range(10)]
    who, scheme = trade.customer(full)["id"], trade.first(full, "contracts.scheme", name="100% 30 days after shipment")
    cycle(full, who, scheme, lines)
    with CaptureQueriesContext(connection) as queries:
        cycle(full, who, scheme, lines)
    assert sum(not query["sql"].startswith(CONTROL) for query in queries.captured_queries) <= CYCLE_AT_MOST


def cycle(api: Api, who: int, scheme: int, lines: list[dict]) -> None:
    offer = api.create("quoting.quote", {"customer": who, "scheme": scheme, "title": "Parts", "lines": lines})
    api.act(offer, "send")
    agreed = made(api.act(offer, "accept"), "contracts.contract")
    placed = made(api.act(agreed, "sign"), "sales.order")
    api.act(made(api.act(placed, "deliver"), "logistics.delivery"), "ship")
    api.act(made(api.act(placed, "invoice"), "finance.invoice"), "issue")
    api.act(agreed, "receive", amount=offer["total"])


def made(answer: dict, key: str) -> dict:
    (one,) = [row for row in answer["created"] if row["_key"] == key]
    return one


def test_settings_that_one_process_has_loaded_another_takes_from_it(full: Api):
    def first_of_a_process() -> int:
        config._kept.clear()
        with CaptureQueriesContext(connection) as queries:
            full.get(f"{at('sales.order')}?limit=50")
        return len(queries)

    with tenant_context(full.company):
        config.changed()
        config._advance()
    assert first_of_a_process() > first_of_a_process() == full.statements(f"{at('sales.order')}?limit=50")
