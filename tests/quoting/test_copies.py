"""Copies, revisions and prices made anew never lose or double a line, and what is typed stays whose it is (spec 2.3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenant_apps.quoting import comparing
from tenant_apps.quoting.models import QuoteLine
from tests import trade
from tests.api import Api, Json

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""On a busy machine the first example takes its time."""
KEPT = (
    "item",
    "description",
    "spec",
    "quantity",
    "measure",
    "unit_price",
    "discount",
    "tax_rate",
    "amount",
    "kind",
    "remark",
    "configuration",
)
amounts = st.integers(0, 10**8).map(lambda whole: Decimal(whole) / 100)
lines = st.fixed_dictionaries({
    "item_id": st.integers(1, 3), "configuration_id": st.sampled_from([None, 7, 8]), "description": st.sampled_from(["A", "B"]), "quantity": amounts,
    "unit_price": amounts, "discount": st.integers(0, 100).map(Decimal), "kind": st.sampled_from(QuoteLine.Kind.values), "remark": st.sampled_from(["", "spare"]),
}).map(lambda told: QuoteLine(**told))  # fmt: skip


def figures(line: QuoteLine) -> list[Any]:
    return [getattr(line, name) for name in (*(f"{name}_id" if name in ("item", "measure", "configuration") else name for name in KEPT),)]


@UNHURRIED
@given(st.lists(lines, max_size=12))
def test_a_line_again_is_the_same_line(rows: list[QuoteLine]):
    assert [figures(line.again()) for line in rows] == [figures(line) for line in rows]
    for line in rows:
        fresh = line.afresh()
        assert (fresh.item_id, fresh.configuration_id, fresh.quantity, fresh.kind) == (
            line.item_id,
            line.configuration_id,
            line.quantity,
            line.kind,
        )
        assert (fresh.unit_price, fresh.discount) == (None, Decimal(0))


@UNHURRIED
@given(st.lists(lines, max_size=8), st.randoms(use_true_random=False))
def test_every_line_of_a_revision_was_at_most_one_and_a_shuffled_copy_is_paired_whole(rows: list[QuoteLine], chance: Any):
    for at, line in enumerate(rows, 1):
        line.pk = at
    after = [line.again() for line in rows]
    chance.shuffle(after)
    for at, line in enumerate(after, 101):
        line.pk = at
    twins = comparing.paired(rows, after)
    assert sorted(line.pk for line in twins.values()) == [line.pk for line in rows]
    for line in after:
        twin = twins[line.pk]
        assert (twin.item_id, twin.configuration_id, twin.description) == (line.item_id, line.configuration_id, line.description)


def mixed(api: Api) -> Json:
    """A quote with a typed price, a discount, an option, and one item on two lines."""
    item, other = trade.item(api)["id"], trade.item(api, "500")["id"]
    return trade.quote(
        api, {"item": item, "quantity": "2", "unit_price": "990"}, {"item": item, "discount": "3", "remark": "spare"},
        {"item": other, "kind": "optional"}, {"item": other, "kind": "alternative", "spec": "as drawn"}, delivery_days=33,
    )  # fmt: skip


def told(document: Json) -> list[Json]:
    return [{name: line[name] for name in KEPT} for line in document["lines"]]


def test_a_copy_for_the_same_customer_keeps_every_line_as_it_is(api: Api):
    first = mixed(api)
    made = api.made(first, "copy", "quoting.quote")
    assert told(made) == told(first) and made["number"] != first["number"] and made["revision"] == 1
    assert (made["total"], made["customer"], made["delivery_days"], made["state"]) == (first["total"], first["customer"], 33, "draft")
    assert api.again(first) == first


def test_a_copy_for_somebody_else_is_priced_by_the_rules(api: Api):
    first, who = mixed(api), trade.customer(api)
    made = api.made(first, "copy", "quoting.quote", customer=who["id"])
    assert [(line["quantity"], line["unit_price"], line["discount"], line["kind"]) for line in made["lines"]] == [
        ("2", "1000", "0", "normal"), ("1", "1000", "0", "normal"), ("1", "500", "0", "optional"), ("1", "500", "0", "alternative"),
    ]  # fmt: skip
    assert (made["customer"]["id"], made["contact"]) == (who["id"], None)


def test_a_revision_keeps_every_line_and_nothing_differs(api: Api):
    first = api.act(mixed(api), "send")["document"]
    second = api.made(first, "revise", "quoting.quote")
    assert told(second) == told(first)
    assert api.get(f"/quoting/quotes/{second['id']}/differences/{first['id']}/")["lines"] == []


def test_priced_anew_twice_nothing_changes_the_second_time(api: Api, on_day):
    on_day(date(2026, 5, 1))
    dear, same = trade.item(api), trade.item(api, "500")
    made = trade.quote(
        api, {"item": dear["id"], "discount": "4"}, {"item": same["id"], "unit_price": "480"}, {"item": dear["id"], "quantity": "3", "kind": "optional"},
        valid_until="2026-05-20",
    )  # fmt: skip
    on_day(date(2026, 6, 1))
    api.change(dear, {"list_price": "1100"})
    rows = api.get(f"/quoting/quotes/{made['id']}/repricing/")["lines"]
    assert [(row["changed"], row["typed"], row["difference"]) for row in rows] == [
        (True, False, "96.00"), (False, True, "20.00"), (True, False, "300.00"),
    ]  # fmt: skip
    api.act(made, "reprice", 422, lines=[rows[0]["id"], 4711])
    once = api.act(made, "reprice", lines=[row["id"] for row in rows if row["changed"]])["document"]
    assert [line["amount"] for line in once["lines"]] == ["1056.00", "480.00", "3300.00"]
    once = api.change(once, {"valid_until": "2026-06-20"})
    twice = api.act(once, "reprice", lines=[rows[0]["id"]])["document"]
    assert told(twice) == told(once)
    assert {name: twice[name] for name in ("total", "quote_date", "valid_until", "level")} == {
        name: once[name] for name in ("total", "quote_date", "valid_until", "level")
    }
